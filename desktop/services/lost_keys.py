"""Both key files are unreadable: those of a backup open the same records, and are put in their place."""

import datetime as dt
from pathlib import Path

from desktop.errors import Refusal
from desktop.services import audit
from desktop.services.audit import Event
from desktop.storage import database, state
from desktop.storage.backups import listing, making
from desktop.storage.backups.manifest import MOMENT, NAME
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from desktop.storage.keys.slots import Keys
from desktop.storage.lock import FolderLock
from desktop.storage.rights import Right, refuse
from desktop.storage.trouble import as_refusal

WHAT = "未能找回钥匙文件"


def kept(root: Path) -> Path | None:
    """The newest backup below ``root``, a data folder or a stick, that has a key file which can be read."""
    for backup in listing.claimed(root):
        try:
            Keys(backup.folder)
        except Refusal:
            continue
        return backup.folder
    return None


def moment(backup: Path) -> str:
    """When a backup was made, by its name: 2026-11-24 02:54."""
    found = NAME.fullmatch(backup.name)
    return f"{dt.datetime.strptime(found[2], MOMENT):%Y-%m-%d %H:%M}" if found else backup.name


def open_with(folder: Path, backup: Path, secret: Secret, *, take_over: bool = False) -> Store:
    """Put the key file of ``backup`` into ``folder``, and open the records as they are now.

    :raises Refusal: the password does not open the backup's key file, its user may not restore, or the
        folder is in use; nothing was changed. Or as :func:`database.open_folder`.
    """
    with as_refusal(WHAT):
        key = Keys(backup).open(secret)
        refuse(key, Right.RESTORE, WHAT)
        if (folder / state.FILE).exists() and state.read(folder, key) is None:
            raise Refusal(WHAT, "这份备份的钥匙不是这份数据的", "请换一份本单位的备份")
        held = FolderLock(folder, take_over=take_over)
        try:
            making.copy_keys(backup, folder, key)
        finally:
            held.release()
    store = database.open_folder(folder, secret, take_over=take_over)
    with store.work(Event.KEYS.value) as (session, _):
        audit.record(session, Event.KEYS, f"{moment(backup)} 的备份里的")
    return store
