"""How long the program takes to its first picture, from the source tree and frozen."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from freeze.freezing import ROOT

TIMES = 5
MOST = 1.2  # times as long as the source


def starts(program: Path, times: int = TIMES) -> tuple[float, float]:
    """Seconds from the start of the process to the first picture, with new records: source, frozen.

    The median of ``times`` each, in turn, so that a busy moment falls on both.

    :param program: the folder of the frozen program.
    :raises subprocess.CalledProcessError: one of them did not do what it should.
    """
    ways = ([sys.executable, "-m", "ui"], [str(program / "pingan-window")])
    seen = [[_once(way) for way in ways] for _ in range(times)]
    source, frozen = (statistics.median(column) for column in zip(*seen, strict=True))
    return source, frozen


def _once(command: Sequence[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        env = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
        began = time.time()
        whole = [*command, "--smoke-test", str(report)]
        subprocess.run(whole, cwd=ROOT, env=env, check=True, capture_output=True, timeout=200)
        shown: float = json.loads(report.read_text("utf-8"))["shown"]
    return shown - began
