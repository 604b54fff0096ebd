"""One program a folder: an operating-system lock that a crash or a power cut releases by itself."""

import errno
import os
import sys
from pathlib import Path
from typing import IO

from desktop.errors import Refusal

TAKEN = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


class FolderLock:
    """Holds ``app.lock`` of a data folder until released.

    :raises Refusal: another running program holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = (folder / "app.lock").open("a+b")
        try:
            _lock(self._file)
        except OSError as taken:
            self._file.close()
            if taken.errno not in TAKEN:
                raise
            raise Refusal(
                "未能打开数据", "平安台账已经在这台电脑上打开了同一份数据", "请切换到已打开的窗口，或先关闭它"
            ) from taken
        self._file.seek(0)
        self._file.truncate()
        self._file.write(str(os.getpid()).encode())
        self._file.flush()

    def release(self) -> None:
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 30  # a byte far behind the content, so that others can still read the number

    def _lock(file: IO[bytes]) -> None:
        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
