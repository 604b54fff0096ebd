"""A clerk at the command line, in a process of its own: a file that hangs or crashes it does no more harm.

Run as a program it answers requests, one line of JSON each: the arguments of the command line in, what came
of them out.
"""

import contextlib
import io
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0  # seconds by the clock; this only ends a hang


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call of the command line came to.

    :param code: exit code; ``None`` if it was hung or crashed.
    :param seconds: of work by every process together: the machine may have other things to do.
    :param peak: the most memory that any process it waited for has had, in MB; 0 where that is not known.
    """

    code: int | None
    out: str
    err: str
    seconds: float
    peak: int


class Clerk:
    """Keeps one process and asks it; a new one after a hang or a crash."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._said: queue.Queue[str] = queue.Queue()

    def ask(self, *arguments: str | Path) -> Answer:
        """Call the command line with these arguments."""
        process = self._running()
        assert process.stdin
        process.stdin.write(json.dumps([str(one) for one in arguments]) + "\n")
        process.stdin.flush()
        try:
            line = self._said.get(timeout=PATIENCE)
        except queue.Empty:
            line = ""
        if not line:
            self.leave()
            return Answer(None, "", "", PATIENCE, 0)
        told: dict[str, Any] = json.loads(line)
        return Answer(told["code"], told["out"], told["err"], told["seconds"], told["peak"])

    def leave(self) -> None:
        """End the process and what it has started."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            with self._process:
                self._process.wait()
            self._process = None

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self.leave()
            self._said = queue.Queue()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.corpus.clerk"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                cwd=ROOT,
                start_new_session=True,
            )
            threading.Thread(target=_hear, args=(self._process, self._said), daemon=True).start()
        return self._process


def _hear(process: subprocess.Popen[str], said: queue.Queue[str]) -> None:
    assert process.stdout
    for line in process.stdout:
        said.put(line)
    said.put("")


def serve() -> None:
    """Answer requests until there are no more."""
    from desktop.cli import main

    answers, sys.stdout = sys.stdout, io.StringIO()
    for request in sys.stdin:
        begun, out, err = _worked(), io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = main(json.loads(request))
            except SystemExit as left:
                code = left.code if isinstance(left.code, int) else 2
            except Exception as bug:  # noqa: BLE001 - a traceback is what must not be: told as exit code 99
                code, _ = 99, err.write(f"{type(bug).__name__}: {bug}")
        told = {"code": code, "out": out.getvalue(), "err": err.getvalue()}
        told |= {"seconds": _worked() - begun, "peak": _peak()}
        print(json.dumps(told), file=answers, flush=True)


def _worked() -> float:
    """Seconds of work so far, by this process and the children it has waited for."""
    of = os.times()
    return of.user + of.system + of.children_user + of.children_system


def _peak() -> int:
    """Of the children waited for and of this process, in MB."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    ever = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
    return max(ever) // 1024


if __name__ == "__main__":
    serve()
