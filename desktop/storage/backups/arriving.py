"""A backup comes to a computer without records: all of it in a folder beside, which then takes the place."""

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from desktop.errors import Refusal
from desktop.storage import ballast, lock, places
from desktop.storage.backups import listing, manifest, restoring, second, verifying
from desktop.storage.backups.manifest import Backup
from desktop.storage.backups.restoring import WHAT, Restored
from desktop.storage.files import settle
from desktop.storage.keys import attempts, keyfile
from desktop.storage.keys.key import Key
from desktop.storage.keys.slots import Keys
from desktop.storage.lock import FolderLock
from desktop.storage.trouble import as_refusal

ENDING = ".arriving"
TRIFLES = (lock.FILE, attempts.FILE, ballast.FILE)  # what a folder without records may hold
KEYS = (keyfile.FILE, keyfile.COPY)
PAUSES = (0.1, 0.3, 1, 3)  # seconds: a virus scanner may still be reading what was just written
PULLED = Refusal(WHAT, "读不到备份了，U 盘可能已拔出", "U 盘上的备份没有改动，请插好 U 盘再试一次")


def empty(folder: Path) -> bool:
    """Whether there is nothing in ``folder`` that could be lost, so that another may take its place."""
    if not folder.name:  # a whole disk cannot give way to a folder
        return False
    try:
        return not {one.name for one in folder.iterdir()} - {*TRIFLES}
    except FileNotFoundError:
        return True
    except OSError:
        return False


def refuse_filled(folder: Path) -> None:
    """:raises Refusal: not :func:`empty`."""
    if not empty(folder):
        raise Refusal(WHAT, f"“{folder}”里已经有文件", "请把这个文件夹改名留存，再打开程序恢复")


def beside(folder: Path) -> Path:
    """Where everything is made that is to become ``folder``."""
    return folder.with_name(folder.name + ENDING)


def lay_out(folder: Path, backup: Backup) -> Keys:
    """Put the key file of ``backup`` beside ``folder``: passwords are tried there, and not on the stick.

    :raises Refusal: neither this backup nor another one beside it has a key file that can be read.
    """
    part = beside(folder)
    places.refuse_network(folder)
    if lock.is_held(part):
        raise Refusal(WHAT, "另一个窗口正在这台电脑上恢复", "请切换到那个窗口，等它完成")
    _clear(part, attempts.FILE)
    try:
        with as_refusal(WHAT):
            part.mkdir(parents=True, exist_ok=True)
            for source in (backup, *(one for one in listing.claimed(backup.root) if one.root == backup.root)):
                _copy_keys(source.folder, part)
                with contextlib.suppress(keyfile.KeysLost):
                    return Keys(part)
        if not backup.file.exists():
            raise PULLED
        raise Refusal(WHAT, "这份备份里没有能读的钥匙文件", "请另选一份备份，或另一个 U 盘")
    except BaseException:
        sweep(folder)
        raise


@contextmanager
def trying(folder: Path, backup: Backup) -> Iterator[Path]:
    """Gives where everything is made; if that fails, only the key file stays there, for another try.

    :raises Refusal: the stick was pulled, or the disk is full.
    """
    part = beside(folder)
    try:
        with as_refusal(WHAT):
            yield part
    except BaseException as trouble:
        _clear(part, *KEYS, attempts.FILE)
        if isinstance(trouble, Refusal) and not backup.file.exists():
            raise PULLED from trouble
        raise


def bring(part: Path, backup: Backup, key: Key, step: Callable[[int, int], None]) -> Restored:
    """Make everything in ``part``, where the keys of ``backup`` were laid out.

    :param step: told how many of how many scans are there.
    :raises Refusal: the backup is damaged, or of a newer program.
    """
    held = FolderLock(part)
    try:
        copy = second.bring(manifest.read(backup.folder, key) or backup, part, key)
        scans = verifying.examine(copy.file, key).scans
        second.copy_scans(backup.root, part, key, scans, step)
        step(len(scans), len(scans))
        if not backup.file.exists():  # a scan that is not there, and a stick that is not, look the same
            raise PULLED
        second.note(part, copy, copy.made_at)
        done = restoring.restore(part, key, copy, beyond=listing.highest(backup.root))
        return replace(done, lost=len(verifying.lost_scans(part, key, scans)))  # a stick may lose a bit
    finally:
        held.release()


def put_in_place(folder: Path) -> None:
    """Make what stands beside ``folder`` the folder, at one stroke. Nothing of either is open.

    :raises Refusal: something is in the way; what stands beside is taken away.
    """
    try:
        with as_refusal(WHAT):
            refuse_filled(folder)
            part = beside(folder)
            for one in (*part.rglob("*/"), part):  # every name is on the disk before the last one
                settle(one)
            if folder.exists():
                shutil.rmtree(folder)
            _rename(part, folder)
            settle(folder.parent)
    except BaseException:
        sweep(folder)
        raise


def sweep(folder: Path) -> None:
    """Take away what was begun and given up; wrong passwords stay counted."""
    part = beside(folder)
    if lock.is_held(part):  # another window is at it
        return
    _clear(part, attempts.FILE)
    with contextlib.suppress(OSError):
        part.rmdir()


def _copy_keys(source: Path, part: Path) -> None:
    for name in KEYS:
        if (source / name).exists():
            shutil.copyfile(source / name, part / name)


def _rename(part: Path, folder: Path) -> None:
    for pause in PAUSES:
        try:
            part.rename(folder)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    part.rename(folder)


def _clear(part: Path, *kept: str) -> None:
    """Take away everything in ``part`` but some files."""
    with contextlib.suppress(OSError):
        for left in part.iterdir():
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            elif left.name not in kept:
                left.unlink(missing_ok=True)
