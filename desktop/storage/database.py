"""The data folder of one unit: whether it is there, and opening it."""

import contextlib
import errno
from pathlib import Path

from desktop.errors import Refusal
from desktop.storage import aside, ballast, files, lock, opening, places, state
from desktop.storage.engine import FILE
from desktop.storage.keys import keyfile
from desktop.storage.keys.key import Secret
from desktop.storage.keys.slots import Keys
from desktop.storage.lock import FolderLock
from desktop.storage.opening import APPLICATION_ID, HEAD, Opened
from desktop.storage.store import LockedUp, Store, shut
from desktop.storage.trouble import as_refusal

__all__ = [
    "APPLICATION_ID",
    "FILE",
    "HEAD",
    "LockedUp",
    "Store",
    "exists",
    "open_folder",
    "started",
]

WHAT = "未能打开数据"
UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS)
COPY = "请把整个文件夹复制到可以写入的地方，再打开那一份"


def exists(folder: Path) -> bool:
    """Whether ``folder`` holds a unit's records, or what is left of them."""
    return (folder / FILE).exists() or (folder / state.FILE).exists()


def open_folder(
    folder: Path,
    secret: Secret | None = None,
    *,
    exclusive: bool = True,
    read_only: bool = False,
    take_over: bool = False,
    accept: bool = False,
) -> Store:
    """Open the records in ``folder``; an older version is brought up to date.

    :param secret: ``None`` opens only a practice folder.
    :param exclusive: hold the folder's lock, as every writer must; without it nothing is written.
    :param read_only: look at records that are damaged or may not be written to; nothing is checked.
    :param take_over: the clerk was asked about a lock left by another computer.
    :param accept: an administrator works on although the last saves are missing.
    :returns: one that is read-only and says so in its warning where the folder cannot be written to.
    :raises Damaged: not all records are there.
    :raises Refusal: no data, another or newer program's data, in use, wrong password, not readable.
    """
    places.refuse_network(folder)
    with as_refusal(WHAT):
        opening.look(folder)
        if read_only:
            return Store(folder, opening.for_reading(folder / FILE, Keys(folder).open(secret)), None)
        if not exclusive:
            return _beside(folder, secret)
        try:
            held = FolderLock(folder, take_over=take_over)
        except OSError as trouble:
            if trouble.errno not in UNWRITABLE:
                raise
            return _unwritable(folder, secret)
        try:
            keys = Keys(folder)
            key = keys.open(secret)
            keyfile.mend(folder, keys.content, key)
            if accept and not key.role.manages:
                raise Refusal(WHAT, "只有管理账号可以确认丢失的保存", "请用管理账号登录")
            opened = opening.for_writing(folder, key, keys.database, accept=accept)
        except BaseException:
            held.release()
            raise
    return started(folder, opened, held)


def _unwritable(folder: Path, secret: Secret | None) -> Store:
    """Look at records that lie where nothing can be written; they must have been closed properly."""
    keys = Keys(folder)
    key = keys.open(secret)
    if aside.left_over(folder):
        raise Refusal(WHAT, "数据文件夹是只读的，而上次没有正常关闭", COPY)
    opened = opening.compared(opening.for_reading(folder / FILE, key), folder, keys.database)
    store = Store(folder, opened, None)
    store.warning = f"数据文件夹是只读的，现在只能查看，不能修改。要修改，{COPY}"
    return store


def _beside(folder: Path, secret: Secret | None) -> Store:
    """Read beside a window that may be at work; what a crash left is settled first if there is none."""
    keys = Keys(folder)
    key = keys.open(secret)
    if opening.needs_a_writer(folder, key):
        with contextlib.suppress(lock.Taken):  # then a window has settled it
            try:
                held = FolderLock(folder)
            except OSError as trouble:
                if trouble.errno not in UNWRITABLE:
                    raise
                return _unwritable(folder, secret)
            try:
                shut(folder, opening.for_writing(folder, key, keys.database))
            finally:
                held.release()
    opened = opening.for_reading(folder / FILE, key)
    return Store(folder, opening.compared(opened, folder, keys.database), None)


def started(folder: Path, opened: Opened, held: FolderLock) -> Store:
    """An open store of a folder whose lock is ``held``, after a sweep."""
    files.sweep(folder)
    if not opened.key.practice:
        ballast.keep(folder)
    return Store(folder, opened, held)
