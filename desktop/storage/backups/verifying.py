"""Whether a copy of the records is whole: every page, every link, every scan, and how much is in it."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.storage import engine as engines
from desktop.storage import files
from desktop.storage.backups import manifest
from desktop.storage.backups.manifest import Backup
from desktop.storage.keys.key import Key
from desktop.storage.opening import APPLICATION_ID
from desktop.storage.trouble import DRIVERS, as_refusal

WHAT = "备份没有通过核对"
OWN = ("finder", "sqlite_", "alembic_version")  # tables that hold no records of ours
ROWS = 'SELECT count(*) FROM "{}"'
UNIT = "SELECT report_unit FROM office WHERE report_unit NOT NULL"
LIVE = f"{ROWS} WHERE deleted_at IS NULL"


class Unsound(Refusal):
    """A copy of the records is not as it was written."""

    def __init__(self, why: str) -> None:
        super().__init__(WHAT, why, "请改用另一份核对过的备份")


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a database file.

    :param unit: its name; empty where none was given.
    :param counts: entries that are not deleted, by ledger.
    :param rows: every row, by table.
    :param scans: the hashes of the scans that the records name.
    """

    database: str
    sequence: int
    version: str
    unit: str
    counts: Mapping[str, int]
    rows: Mapping[str, int]
    scans: frozenset[str]


def examine(file: Path, key: Key) -> Content:
    """Read every page of ``file``, check it, and count what is in it.

    :raises Unsound: a page, a link or the whole file is not as it was written.
    :raises OSError: it cannot be read.
    """
    with file.open("rb") as opened:
        head = opened.read(engines.SALT)
    if head != engines.salt(key):
        raise Unsound("它不是这个单位的备份，或文件开头已损坏")
    connection = engines.connect(file, key, read_only=True)
    try:
        torn = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if torn:
            raise Unsound(f"有 {len(torn)} 页的内容被改动或读不出")
        if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise Unsound("文件内部不一致")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise Unsound("有记录指向不存在的记录")
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise Unsound("它不是平安台账的数据")
        return _content(connection)
    except DRIVERS as trouble:
        raise Unsound("数据文件已损坏，读不出来") from trouble
    finally:
        connection.close()


def verify(backup: Backup, key: Key, *, keep: bool = True) -> Backup:
    """Check a backup to the last bit.

    :param keep: write down the outcome, also the bad one, where its folder can be written to.
    :returns: the backup as it is now known; its manifest is made anew where only that was damaged.
    :raises Unsound: it is damaged.
    """
    try:
        with as_refusal(WHAT):
            found = _verified(backup, key)
    except Refusal:
        if keep:
            _keep(replace(backup, sound=False, checked_at=dt.datetime.now()), key)
        raise
    if keep:
        _keep(found, key)
    return found


def lost_scans(root: Path, key: Key, scans: frozenset[str]) -> frozenset[str]:
    """The scans that are not there, or not as they were written."""

    def whole(sha256: str) -> bool:
        try:
            files.read(root, key, sha256)
        except Refusal:
            return False
        return True

    return frozenset(sha256 for sha256 in scans if not whole(sha256))


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _verified(backup: Backup, key: Key) -> Backup:
    if backup.sha256 and digest(backup.file) != backup.sha256:
        raise Unsound("文件和备份时不一样，可能是磁盘或 U 盘出错")
    content = examine(backup.file, key)
    return replace(
        backup,
        sequence=content.sequence,
        database=content.database,
        unit=content.unit,
        counts=content.counts,
        size=backup.file.stat().st_size,
        sha256=digest(backup.file),
        version=content.version,
        scans=len(content.scans),
        checked_at=dt.datetime.now(),
        sound=True,
    )


def _keep(backup: Backup, key: Key) -> None:
    """A backup on a disk that may only be read is checked all the same."""
    try:
        manifest.write(backup, key)
    except OSError:
        return


def _content(connection: Any) -> Content:
    def values(query: str) -> list[Any]:
        return [row[0] for row in connection.execute(query)]

    tables = values("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ours = [name for name in tables if not name.startswith(OWN)]
    stamp = connection.execute("SELECT database, sequence FROM stamp").fetchone() if "stamp" in ours else None
    database, sequence = stamp or ("", 0)
    return Content(
        database,
        sequence,
        "".join(values("SELECT version_num FROM alembic_version")),
        "".join(values(UNIT) if "office" in ours else []),
        {name: values(LIVE.format(name))[0] for name in LEDGERS if name in ours},
        {name: values(ROWS.format(name))[0] for name in ours},
        frozenset(values("SELECT sha256 FROM attachment")) if "attachment" in ours else frozenset(),
    )
