"""The start is measured to the first picture, whatever the program does afterwards."""

import os
import sys
from pathlib import Path

import pytest

from freeze import starting

PROGRAM = """\
#!{python}
import json, sys, time
from pathlib import Path
assert sys.argv[1] == "--smoke-test"
Path(sys.argv[2]).write_text(json.dumps({{"shown": time.time() + 100}}))
"""


def test_a_program_that_shows_itself_late_is_measured_as_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if os.name == "nt":
        with capsys.disabled():
            print("\n没有量启动时间：假的程序是 Linux 的脚本")
        return
    program = tmp_path / "pingan-window"
    program.write_text(PROGRAM.format(python=sys.executable), "utf-8")
    program.chmod(0o755)
    source, frozen = starting.starts(tmp_path, times=1)
    assert 0 < source < 60
    assert 100 < frozen < 160
