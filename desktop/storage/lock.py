"""One program a folder: an operating-system lock that a crash or a power cut releases by itself."""

import errno
import json
import os
import platform
import sys
from pathlib import Path
from typing import IO

from desktop.errors import Refusal

FILE = "app.lock"
LONGEST = 1024  # bytes of its text
TAKEN = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
WHAT = "未能打开数据"


class Taken(Refusal):
    """A running program on this computer holds the folder."""


class Elsewhere(Refusal):
    """Another computer left the folder open; the clerk is asked before its lock is removed."""


def is_held(folder: Path) -> bool:
    """Whether a running program on this computer holds ``folder``."""
    try:
        with (folder / FILE).open("r+b") as file:
            _lock(file)
    except OSError as trouble:
        return trouble.errno in TAKEN
    return False


def holder(folder: Path) -> int | None:
    """The process that holds ``folder``, as its lock says."""
    try:
        return int(json.loads((folder / FILE).read_bytes())["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def left_by(folder: Path) -> Elsewhere | None:
    """What is to be asked before ``folder`` is opened: another computer has not closed it."""
    try:
        with (folder / FILE).open("rb") as file:
            return _elsewhere(file.read(LONGEST))
    except OSError:
        return None


class FolderLock:
    """Holds ``app.lock`` of a data folder until released.

    The operating system's lock is the truth; the file's text names the computer for a folder that travels.

    :param take_over: the clerk has said that the other computer named in it no longer uses the folder.
    :raises Taken: another running program holds it.
    :raises Elsewhere: it was left behind by another computer.
    """

    def __init__(self, folder: Path, *, take_over: bool = False) -> None:
        self._file: IO[bytes] = (folder / FILE).open("a+b")
        try:
            self._take()
            self._file.seek(0)
            left = _elsewhere(self._file.read(LONGEST))
            if left is not None and not take_over:
                raise left
            self._write(json.dumps({"host": platform.node(), "pid": os.getpid()}).encode())
        except BaseException:
            self._file.close()
            raise

    def release(self) -> None:
        """Let the next one in; the text goes, so a stick that was closed properly asks nothing elsewhere."""
        if self._file.closed:
            return
        try:
            self._write(b"")
        finally:
            self._file.close()

    def _take(self) -> None:
        try:
            _lock(self._file)
        except OSError as taken:
            if taken.errno not in TAKEN:
                raise
            raise Taken(
                WHAT, "平安台账已经在这台电脑上打开了同一份数据", "请切换到已打开的窗口，或先关闭它"
            ) from taken

    def _write(self, text: bytes) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(text)
        self._file.flush()


def _elsewhere(text: bytes) -> Elsewhere | None:
    """What the text of a lock says of another computer."""
    try:
        found = json.loads(text or b"{}")
        host = str(found.get("host", "")) if isinstance(found, dict) else ""
    except ValueError:
        return None
    if not host or host == platform.node():
        return None
    return Elsewhere(
        WHAT,
        f"电脑“{host[:30]}”上次没有正常关闭这份数据，可能还在使用",
        "请先到那台电脑上关闭平安台账；确认没有人在用，再选择“仍然打开”（命令行用 --take-over）",
    )


if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 30  # a byte far behind the content, so that others can still read the text

    def _lock(file: IO[bytes]) -> None:
        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
