"""Plays scenes in processes of their own, which are killed or recorded.

They are forked from one server that has warmed up (:mod:`tests.torture.warm`) and, where there is a compiler,
carries the recorder; so a scene begins at once, and what it does to its folder can be written down.
"""

import ctypes
import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.torture import subject
from tests.torture.place import lasting
from tests.torture.power.log import FOLDER, REFUSED
from tests.torture.scenes import SCENES

SOURCE = Path(__file__).parent / "power" / "recorder.c"
LONGEST = 600  # seconds of one scene


def why_not_recorded() -> str:
    """Why nothing is recorded on this computer; empty where it can be."""
    if not sys.platform.startswith("linux"):
        return f"LD_PRELOAD is Linux's, and this is {sys.platform}"
    return "" if shutil.which("cc") else "there is no C compiler (cc) for recorder.c"


def started(target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """A process that runs ``target``."""
    process = context().Process(target=target, args=arguments, daemon=True)
    process.start()
    return process


@cache
def context() -> ForkServerContext | SpawnContext:
    """How processes are started here."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.torture.warm"])
    if not why_not_recorded():
        recorder = lasting() / "recorder.so"
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-pthread", "-o", recorder, SOURCE], check=True)
        os.environ["LD_PRELOAD"] = str(recorder)
    try:
        (first := made.Process(target=str)).start()  # the server comes with it
        first.join()
    finally:
        os.environ.pop("LD_PRELOAD", None)
    return made


def record(scene: str, folder: Path, log: Path, *, again: bool = False) -> None:
    """Play ``scene`` in ``folder`` and write down in ``log`` what it does there.

    :param again: play what follows a blow, in each folder within ``folder``; a mark names it before.
    """
    process = started(_recorded, scene, folder, log, again)
    process.join(LONGEST)
    if process.exitcode != 0:
        process.kill()
        raise RuntimeError(f"{scene} in {folder} ended with {process.exitcode}")


def _recorded(scene: str, folder: Path, log: Path, again: bool) -> None:
    recorder = ctypes.CDLL(None)
    recorder.recorder_begin(os.fsencode(folder), os.fsencode(log))

    def mark(text: str) -> None:
        content = text.encode()
        recorder.recorder_mark(content, ctypes.c_size_t(len(content)))

    if not again:
        SCENES[scene].act(folder, mark)
        return
    for one in sorted(folder.iterdir()):
        mark(f"{FOLDER}{one.name}")
        try:
            SCENES[scene].again(one, mark)
        except subject.TROUBLE as trouble:
            mark(f"{REFUSED}{type(trouble).__name__} {trouble}")
