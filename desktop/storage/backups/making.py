"""Making a backup: written beside its place, opened, checked and counted, and only then given its name."""

import contextlib
import datetime as dt
import os
import shutil
from dataclasses import replace
from pathlib import Path

from sqlcipher3.dbapi2 import OperationalError

from desktop.errors import Refusal
from desktop.storage import engine as engines
from desktop.storage.backups import listing, manifest, verifying
from desktop.storage.backups.manifest import HOME, Backup, Reason
from desktop.storage.files import settle
from desktop.storage.keys import keyfile
from desktop.storage.keys.key import Key
from desktop.storage.trouble import as_refusal

WHAT = "未能备份"
NEW = "new-"  # what is being made; one that a crash left is swept away by the next


def make(folder: Path, key: Key, reason: Reason, *, now: dt.datetime | None = None) -> Backup:
    """Make a verified backup of the records in ``folder``, and take away those no longer kept.

    Others may read and save meanwhile. Where nothing was saved since the last backup, that one is given.

    :raises Refusal: the disk is full or gone, or the records are damaged; the older backups stand.
    """
    with as_refusal(WHAT):
        sweep(folder)
        last = _unchanged(folder, key)
        if last is not None:
            return last
        home = folder / HOME
        home.mkdir(exist_ok=True)
        part = home / f"{NEW}{os.getpid()}"
        part.mkdir()
        try:
            made = _named(_filled(part, folder, key, reason, now or dt.datetime.now()))
        finally:
            shutil.rmtree(part, ignore_errors=True)
        listing.prune(folder, key)
    return made


def sweep(root: Path) -> None:
    """Take away what was begun and cut off."""
    for left in (root / HOME).glob(f"{NEW}*"):
        shutil.rmtree(left, ignore_errors=True)


def flush(file: Path) -> None:
    """Put a file that another wrote on the disk."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _unchanged(folder: Path, key: Key) -> Backup | None:
    """The newest backup, if it is sound and nothing was saved since."""
    newest = next(iter(listing.listed(folder, key)), None)
    if newest is None or not newest.sound or (newest.version, newest.sequence) != _stamp(folder, key):
        return None
    with contextlib.suppress(Refusal):
        return verifying.verify(newest, key)
    return None


def _stamp(folder: Path, key: Key) -> tuple[str, int] | None:
    """The version of the records and the number of the last save; ``None`` before there was a number."""
    query = "SELECT version_num, sequence FROM alembic_version, stamp"
    connection = engines.connect(folder / engines.FILE, key, read_only=True)
    try:
        version, sequence = connection.execute(query).fetchone()
        return str(version), int(sequence)
    except (OperationalError, TypeError):
        return None
    finally:
        connection.close()


def _filled(part: Path, folder: Path, key: Key, reason: Reason, now: dt.datetime) -> Backup:
    """Copy records and keys into ``part``, and check what has come of it."""
    copy = part / engines.FILE
    connection = engines.connect(folder / engines.FILE, key, read_only=True)
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))  # encrypted under the same key, with its salt
    finally:
        connection.close()
    flush(copy)
    copy_keys(folder, part, key)
    made = verifying.verify(Backup(part, 0, now, reason), key)
    settle(part)
    return made


def copy_keys(source: Path, target: Path, key: Key) -> None:
    """Copy the key file, so that the records in ``target`` open on another computer.

    :raises Refusal: it is missing, damaged or was tampered with.
    """
    content = keyfile.read(source)
    if not content.sound(key):
        raise Refusal(
            WHAT, "钥匙文件 keyslots.json 被改动过", "请从以前的备份中找回 keyslots.json，并查明是谁改动的"
        )
    keyfile.write(target, content.database, content.slots, key)


def _named(made: Backup) -> Backup:
    """Give a whole backup its name; from here on it is in the list."""
    home, moment = made.folder.parent, made.made_at
    while (place := home / manifest.named(made.sequence, moment)).exists():
        moment += dt.timedelta(seconds=1)
    made.folder.rename(place)
    settle(home)
    return replace(made, folder=place)
