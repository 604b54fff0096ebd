"""Putting a backup in force: the records of now are backed up first, and it can be undone."""

import contextlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import Refusal
from desktop.storage import aside, opening, state
from desktop.storage.backups import exchanging, listing, making, manifest, second, verifying
from desktop.storage.backups.manifest import HOME, Backup, Reason
from desktop.storage.files import settle, write_whole
from desktop.storage.keys import keyfile
from desktop.storage.keys.key import Key
from desktop.storage.keys.slots import Keys
from desktop.storage.rights import Right, refuse
from desktop.storage.state import State
from desktop.storage.trouble import as_refusal

WHAT = "未能恢复备份"
MARK = "restored.json"  # beside the backups: what was restored last, and what undoes it
FRONT, KEPT = "replaced-", 3  # folders with the files that a backup has taken the place of


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done.

    :param before: the backup of the records as they were; ``None`` if they were too damaged for one.
    :param kept: the folder with the old files as they were; ``None`` if there were none.
    :param lost: scans that the records name and that are nowhere to be found.
    """

    backup: Backup
    before: Backup | None
    kept: Path | None
    lost: int = 0


def restore(folder: Path, key: Key, backup: Backup, *, beyond: int = 0) -> Restored:
    """Put ``backup`` in force. The folder's lock is held, and its database closed.

    :param beyond: the highest number known to be given elsewhere.
    :raises Refusal: the backup is damaged, of another unit or of a newer program, or there is no room;
        nothing was changed.
    """
    refuse(key, Right.RESTORE, WHAT)
    with as_refusal(WHAT):
        folder.mkdir(parents=True, exist_ok=True)
        sound = verifying.verify(backup, key)
        database = _keys(folder, sound, key)
        if sound.database != database:
            raise Refusal(WHAT, "它是另一个单位的备份", "请选择本单位的备份")
        if sound.version > opening.HEAD:
            raise Refusal(WHAT, "它由更新版本的平安台账保存", "请安装新版本后再恢复")
        before = _before(folder, key)
        known = state.read(folder, key)
        part = exchanging.beside(folder, sound.file)
        given = (known.sequence if known else 0, listing.highest(folder), listing.highest(sound.root))
        number = exchanging.renumber(part, key, max(beyond, *given))
        _, lost = second.copy_scans(sound.root, folder, key, verifying.examine(part, key).scans)
        kept = _keep(folder, number)
        exchanging.put_in_place(folder, key, part, State(database, number, clean=True))
        _note(folder, sound, before)
    return Restored(sound, before, kept, lost)


def undo(folder: Path, key: Key) -> Restored:
    """Put the records in force as they were before the last restore; that can be undone, too.

    :raises Refusal: nothing was restored, or what was there before was damaged.
    """
    what = "未能撤销恢复"
    name = undoes(folder)
    if name is None:
        raise Refusal(what, "没有可以撤销的恢复", "需要时请从备份列表中选一份恢复")
    backup = manifest.read(folder / HOME / name, key) if name else None
    if backup is None:
        remedy = f"原来的文件原样保存在 {HOME} 文件夹里（{FRONT}开头），可以用“抢救”读出"
        raise Refusal(what, "恢复以前的数据已经损坏，没有做成备份", remedy)
    return restore(folder, key, backup)


def undoes(folder: Path) -> str | None:
    """The name of the backup that undoes the last restore, empty if it has none; ``None`` without one."""
    try:
        return str(json.loads((folder / HOME / MARK).read_bytes())["before"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keys(folder: Path, backup: Backup, key: Key) -> str:
    """The id of the unit; a folder without a readable key file is given the one of the backup."""
    try:
        return Keys(folder).database
    except Refusal:
        making.copy_keys(backup.folder, folder, key)
        return Keys(folder).database


def _before(folder: Path, key: Key) -> Backup | None:
    """A backup of the records as they are; damaged ones give none."""
    if not (folder / aside.PARTS[0]).exists():
        return None
    try:
        return making.make(folder, key, Reason.RESTORE)
    except Refusal as refusal:
        if isinstance(refusal, verifying.Unsound) or "损坏" in refusal.why or "不是平安台账" in refusal.why:
            return None
        raise


def _keep(folder: Path, number: int) -> Path | None:
    """Copy the old files away, with what says how far they were."""
    if not any((folder / name).exists() for name in aside.PARTS):
        return None
    place = folder / HOME / f"{FRONT}{number:010d}"
    shutil.rmtree(place, ignore_errors=True)
    aside.copy(folder).rename(place)
    for name in (state.FILE, keyfile.FILE):
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(folder / name, place / name)
    settle(place.parent)
    for old in sorted((folder / HOME).glob(f"{FRONT}*"))[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return place


def _note(folder: Path, backup: Backup, before: Backup | None) -> None:
    (folder / HOME).mkdir(exist_ok=True)
    said = {"restored": backup.name, "before": before.name if before else ""}
    write_whole(folder / HOME / MARK, json.dumps(said).encode())
