"""A new computer: the records come from a backup on a stick, all of them or none, and work goes on here."""

import platform
from collections.abc import Callable
from pathlib import Path

from desktop.errors import Refusal
from desktop.services import backups, entrance
from desktop.storage import database
from desktop.storage.backups import arriving, listing, manifest
from desktop.storage.backups.manifest import Backup
from desktop.storage.backups.restoring import WHAT, Restored
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from desktop.storage.keys.slots import Keys
from desktop.storage.rights import Right, refuse

NAMED = 8  # digits of its id that tell a unit from another where a backup does not name it


def possible(folder: Path) -> bool:
    """Whether ``folder`` holds nothing yet."""
    return arriving.empty(folder)


def found(chosen: Path) -> list[Backup]:
    """The backups of every unit on a stick or in a folder, the newest first; known without a key.

    :raises Refusal: there is none.
    """
    there = [one for one in listing.claimed(chosen) if one.file.exists()]
    if not there:
        remedy = "请插好 U 盘，选择 U 盘本身，或其中“平安台账备份”开头的文件夹"
        raise Refusal("没有找到备份", f"“{chosen}”里没有平安台账的备份", remedy)
    return there


def unit(backup: Backup) -> str:
    """Whose backup it is, as far as that is known without a key."""
    return backup.unit or (f"单位 {backup.database[:NAMED]}" if backup.database else "不详")


def lay_out(folder: Path, backup: Backup, *, practice: bool = False) -> Keys:
    """The accounts of a backup that is to come into ``folder``; :func:`give_up` takes them away again.

    :param practice: a backup of the practice township will do.
    :raises Refusal: it will not, no key file can be read, or ``folder`` holds something.
    """
    arriving.refuse_filled(folder)
    keys = arriving.lay_out(folder, backup)
    if keys.practice and not practice:
        give_up(folder)
        raise Refusal(WHAT, "这是练习乡镇的备份，里面没有本单位的台账", "请选本单位的备份")
    return keys


def waits(folder: Path, user: str) -> float:
    """Seconds before ``user`` may try again to open what was laid out."""
    return entrance.waits(arriving.beside(folder), user)


def take_in(
    folder: Path,
    backup: Backup,
    secret: Secret | None,
    step: Callable[[int, int], None] = lambda *_: None,
) -> tuple[Store, Restored]:
    """Make the records of a backup whose accounts were laid out those of ``folder``, and open them.

    :param step: told how many of how many scans are copied; what it raises ends all of it.
    :raises Refusal: the password is wrong, the role may not restore, the backup is damaged or of a newer
        program, the stick was pulled or the disk is full; no data folder is made, and the stick
        is as it was.
    """
    part = arriving.beside(folder)
    failed = entrance.failed(part, secret.user) if secret else 0
    key = Keys(part).open(secret)
    refuse(key, Right.RESTORE, WHAT)
    with arriving.trying(folder, backup):
        done = arriving.bring(part, backup, key, step)
        store = database.open_folder(part, secret)  # which brings an older version up to date
        try:
            backups.note_restored(store, done, f"，恢复到电脑“{platform.node()[:30]}”")
            entrance.came(store, failed)
        finally:
            store.close()
    arriving.put_in_place(folder)
    return database.open_folder(folder, secret), done


def arrive(folder: Path, kept: Path, secret: Secret | None) -> tuple[Store, Restored]:
    """All of it for one who was asked everything before.

    :param kept: the folder of a backup, also of the practice township.
    :raises Refusal: it is none, or as :func:`take_in`; nothing is left behind.
    """
    backup = manifest.claimed(kept)
    if backup is None:
        remedy = "请用 backups --in 列出 U 盘上的备份，写上它的文件夹"
        raise Refusal(WHAT, f"“{kept}”不是一份备份", remedy)
    lay_out(folder, backup, practice=True)
    try:
        return take_in(folder, backup, secret)
    finally:
        give_up(folder)


def give_up(folder: Path) -> None:
    """Take away what was laid out; how often a password was wrong stays counted."""
    arriving.sweep(folder)
