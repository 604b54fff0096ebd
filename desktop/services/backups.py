"""Backups in a clerk's words: make, copy to a stick, check, look into, restore, and when it is time."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import Refusal
from desktop.services import audit
from desktop.services.audit import Event
from desktop.storage import database, opening
from desktop.storage.backups import listing, making, restoring, second, verifying, viewing
from desktop.storage.backups.manifest import Backup, Reason
from desktop.storage.backups.restoring import Restored
from desktop.storage.backups.second import Copied
from desktop.storage.database import Store
from desktop.storage.keys import keyfile
from desktop.storage.keys.key import Key, Secret
from desktop.storage.keys.slots import Keys
from desktop.storage.lock import FolderLock
from desktop.storage.trouble import as_refusal

__all__ = ["Backup", "Reason"]

OFTEN = 30  # minutes between two backups while records change
PATIENCE = 7  # days without a second copy before the clerk is reminded
HERE, AWAY = "本机", "U 盘"
COUNTED = (("team", "队伍"), ("member", "队员"), ("matter", "事项"), ("agreement", "协议"))


@dataclass(frozen=True, slots=True)
class Found:
    """A backup, and where it lies."""

    backup: Backup
    where: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking everything found.

    :param damaged: backups that did not pass.
    :param lost: scans that the newest sound backup names and that are missing or damaged.
    """

    backups: Sequence[Backup]
    damaged: Sequence[Backup]
    lost: int

    def words(self) -> str:
        if not self.backups:
            return "还没有备份"
        said = f"核对了 {len(self.backups)} 份备份，全部完好"
        if self.damaged:
            names = "、".join(moment(one) for one in self.damaged)
            said = f"核对了 {len(self.backups)} 份备份，{len(self.damaged)} 份已损坏，不能用来恢复：{names}"
        return f"{said}；{self.lost} 个扫描件丢失或损坏" if self.lost else f"{said}；扫描件齐全"


def make(store: Store, reason: Reason) -> Backup:
    """Make a verified backup; where nothing was saved since the last one, that one is given.

    :raises Refusal: the disk is full, or the records are damaged; the older backups stand.
    """
    return making.make(store.folder, store.key, reason)


def listed(store: Store) -> list[Backup]:
    """The backups on this computer, the newest first."""
    return listing.listed(store.folder, store.key)


def everywhere(store: Store, target: Path | None) -> list[Found]:
    """The backups on this computer and, while it is plugged in, on the second target; the newest first.

    :param target: what was copied to last.
    """
    away: dict[str, Backup] = {}
    if target is not None:
        root = second.home(target, Keys(store.folder).database)
        away = {one.name: one for one in listing.listed(root, store.key) if one.sound}
    here = {one.name: one for one in listed(store)}
    found = []
    for name in {**here, **away}:
        local, other = here.get(name), away.get(name)
        best = other if other is not None and (local is None or not local.sound) else local
        places = [words for one, words in ((local, HERE), (other, AWAY)) if one is not None]
        found += [Found(best, "、".join(places))] if best is not None else []
    return sorted(found, key=lambda one: (one.backup.sequence, one.backup.made_at), reverse=True)


def copy(store: Store, target: Path, now: dt.datetime) -> Copied:
    """Make a backup, and copy it with its scans to ``target``: a stick, or another disk.

    :raises Refusal: the stick was pulled or is full; the backup on this computer stands.
    """
    backup = make(store, Reason.ASKED)
    copied = second.copy(backup, target, store.key)
    second.note(store.folder, backup, now)
    return copied


def copied_words(copied: Copied) -> str:
    said = f"已备份到“{copied.backup.root}”并核对：{counts(copied.backup)}"
    said += f"；新增扫描件 {copied.scans} 个" if copied.scans else ""
    return f"{said}；有 {copied.lost} 个扫描件在本机找不到" if copied.lost else said


def check_all(root: Path, key: Key, step: Callable[[int, int], None] = lambda *_: None) -> Checked:
    """Check every backup in ``root`` to the last bit, and every scan that the newest one names.

    :param step: told how many of how many are done.
    """
    found: list[Backup] = []
    backups = listing.listed(root, key)
    for at, backup in enumerate(backups):
        step(at, len(backups))
        try:
            found.append(verifying.verify(backup, key))
        except Refusal:
            found.append(_unsound(backup, key))
    newest = next((one for one in found if one.sound), None)
    scans = verifying.examine(newest.file, key).scans if newest else frozenset()
    lost = len(verifying.lost_scans(root, key, scans))
    return Checked(found, [one for one in found if not one.sound], lost)


def restore(store: Store, backup: Backup) -> Restored:
    """Put a backup in force in an open store; what was there before is backed up first.

    :raises Refusal: one may not, the backup is damaged, or there is no room; nothing was changed.
    """
    with store.set_down() as key:
        done = restoring.restore(store.folder, key, backup)
    note_restored(store, done)
    return done


def restore_closed(
    folder: Path, secret: Secret | None, backup: Backup | None, *, take_over: bool = False
) -> tuple[Store, Restored]:
    """Put a backup in force in a folder that is not open, and open it.

    :param backup: ``None`` undoes the last restore.
    :raises Refusal: as :func:`restore`, or the folder is in use.
    """
    with as_refusal("未能恢复备份"):
        key = unlocked(secret, folder, backup.folder if backup else folder)
        folder.mkdir(parents=True, exist_ok=True)
        held = FolderLock(folder, take_over=take_over)
        try:
            done = restoring.restore(folder, key, backup) if backup else restoring.undo(folder, key)
        finally:
            held.release()
    store = database.open_folder(folder, secret, take_over=take_over)
    note_restored(store, done)
    return store, done


def unlocked(secret: Secret | None, *folders: Path) -> Key:
    """The key, by the first of ``folders`` that has a key file that can be read.

    :raises Refusal: there is none, or the password is wrong.
    """
    for place in folders[:-1]:
        try:
            keys = Keys(place)
        except Refusal:
            continue
        return keys.open(secret)
    if not any(keyfile.there(place) or database.exists(place) for place in folders):
        opening.look(folders[0])  # which says that nothing is there
    return Keys(folders[-1]).open(secret)


def below(chosen: Path, database: str, key: Key) -> list[Backup]:
    """The backups of a unit on a stick, whether the stick was chosen, our folder on it, or one within."""
    for root in (second.home(chosen, database), chosen, chosen.parent, chosen.parent.parent):
        found = [one for one in listing.listed(root, key) if one.database in ("", database)]
        if found:
            return found
    return []


def undo_restore(store: Store) -> Restored:
    """Put in force what was there before the last restore.

    :raises Refusal: as :func:`restore`, or there is nothing to go back to.
    """
    with store.set_down() as key:
        done = restoring.undo(store.folder, key)
    note_restored(store, done)
    return done


def restored_words(done: Restored) -> str:
    said = f"已恢复到 {moment(done.backup)} 的样子：{counts(done.backup)}"
    said += f"。有 {done.lost} 个扫描件备份里没有或已损坏，请重新扫描后添加" if done.lost else ""
    if done.before:
        return f"{said}。恢复前的数据也做了备份，可以撤销"
    return f"{said}。原来损坏的文件已原样留存" if done.kept else said


def can_undo(store: Store) -> bool:
    """Whether the last restore can be undone."""
    return bool(restoring.undoes(store.folder))


def view(store: Store, backup: Backup) -> Store:
    """The records of a backup, to be looked at only; close it afterwards."""
    return viewing.opened(backup, store.key, store.folder)


def on(store: Store, day: dt.date) -> Backup:
    """The last sound backup of ``day`` or before.

    :raises Refusal: there is none.
    """
    backups = listed(store)
    found = listing.on(backups, day)
    if found is None:
        first = min((one.made_at.date() for one in backups if one.sound), default=None)
        remedy = f"最早的一份是 {first}，请选那一天或以后的日期" if first else "请先点“现在备份”做一份备份"
        raise Refusal("未能打开那一天的数据", f"{day} 及以前没有完好的备份", remedy)
    return found


def reminder(folder: Path, now: dt.datetime) -> str:
    """One calm line when the records have long been on this computer only; else empty."""
    last, sequence = second.last(folder), listing.highest(folder)
    if last is None:
        return "还没有备份到 U 盘，电脑损坏时数据会丢" if sequence else ""
    days = (now - last.at).days
    if sequence <= last.sequence or 0 <= days < PATIENCE:
        return ""
    return f"已经 {days} 天没有备份到 U 盘" if days > 0 else "很久没有备份到 U 盘（电脑时间可能不对）"


def counts(backup: Backup) -> str:
    """How much is in a backup: 队伍 3、队员 120、事项 9、协议 7."""
    return "、".join(f"{title} {backup.counts.get(name, 0)}" for name, title in COUNTED)


def moment(backup: Backup) -> str:
    return f"{backup.made_at:%Y-%m-%d %H:%M}"


def size(backup: Backup) -> str:
    """How large its file is, as one reads it."""
    kilobytes = -(-backup.size // 1024)
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"


def _unsound(backup: Backup, key: Key) -> Backup:
    """The backup as its manifest now has it."""
    return next((one for one in listing.listed(backup.root, key) if one.name == backup.name), backup)


def note_restored(store: Store, done: Restored, where: str = "") -> None:
    """Write the restore down in the journal of what is now in force."""
    with store.work(Event.RESTORED.value) as (session, _):
        audit.record(session, Event.RESTORED, f"{moment(done.backup)} 的备份{where}")
