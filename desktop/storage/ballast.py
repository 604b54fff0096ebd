"""A few megabytes held back on the disk: given up to finish a save when it is full, taken again later."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from desktop.errors import Refusal
from desktop.storage.trouble import DRIVERS, full

FILE = "ballast.bin"
SIZE = 4 * 1024 * 1024  # bytes
TIGHT = 2 * 1024 * 1024  # less room than this, and a save may not fit
ROOMY = 64 * 1024 * 1024  # more room than this, and there is some to hold back

RELEASED = "磁盘快满了：这次用掉了预留的备用空间，已保存的内容没有丢。请删除一些不用的文件"


@contextmanager
def room(folder: Path) -> Iterator[bool]:
    """Make room for one save; gives whether it had to be taken from the ballast.

    :raises Refusal: the disk filled up on the way; the ballast is given up, so the next try will fit.
    """
    given = tight(folder) and release(folder)
    try:
        yield given
    except (DBAPIError, *DRIVERS, OSError) as trouble:
        if full(trouble) and release(folder):
            raise Refusal(
                "未能保存", "磁盘已满", "已腾出预留的备用空间，请再保存一次，然后删除一些不用的文件"
            ) from trouble
        raise


def keep(folder: Path) -> None:
    """Hold room back if there is plenty; a disk that cannot is no trouble yet."""
    file = folder / FILE
    try:
        if file.exists() and file.stat().st_size == SIZE:
            return
        if shutil.disk_usage(folder).free < ROOMY:
            return
        with file.open("wb") as opened:
            opened.write(os.urandom(SIZE))  # a file of zeros may take no room at all
            opened.flush()
            os.fsync(opened.fileno())
    except OSError:
        file.unlink(missing_ok=True)


def release(folder: Path) -> bool:
    """Give the room up; whether there was any."""
    try:
        (folder / FILE).unlink()
    except OSError:
        return False
    return True


def tight(folder: Path) -> bool:
    """Whether the next save may not fit."""
    try:
        return shutil.disk_usage(folder).free < TIGHT
    except OSError:
        return False
