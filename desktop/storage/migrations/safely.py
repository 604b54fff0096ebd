"""Bringing a folder of an older version up to date on a verified copy: all of it happens, or nothing."""

from pathlib import Path

from desktop.errors import Refusal
from desktop.storage import engine as engines
from desktop.storage import opening, state
from desktop.storage.backups import exchanging, making, verifying
from desktop.storage.backups.manifest import Reason
from desktop.storage.backups.verifying import Content, Unsound
from desktop.storage.keys.key import Key
from desktop.storage.migrations import runner

WHAT = "未能升级数据"


def bring_up(folder: Path, key: Key, database: str) -> None:
    """Bring the records in ``folder`` to this version. The lock is held, nothing is open, the log is empty.

    A verified backup is made first; the copy is migrated in one transaction, checked and counted, and only
    then put in force. The old file is there, whole, until the new one is.

    :param database: the id that the key file names.
    :raises Refusal: there is no room, or the copy did not pass; the old records are as they were.
    """
    backup = making.make(folder, key, Reason.MIGRATION)
    before = verifying.examine(backup.file, key)
    part = exchanging.beside(folder, backup.file)
    try:
        _upgrade(part, key, database)
        _compare(before, verifying.examine(part, key))
        making.flush(part)
        exchanging.put_in_place(folder, key, part)
    except Unsound as trouble:
        raise Refusal(
            WHAT, f"升级后的副本没有通过核对（{trouble.why}）", "原来的数据没有改动，请联系县区技术支持"
        ) from trouble
    finally:
        for left in folder.glob(f"{part.name}*"):
            left.unlink()


def _upgrade(part: Path, key: Key, database: str) -> None:
    engine = engines.engine(part, key)
    try:
        runner.upgrade(engine, opening.APPLICATION_ID)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if connection.exec_driver_sql("SELECT 1 FROM stamp").first() is None:
                state.begin(connection, database)
        opening.settle(engine)
    finally:
        engine.dispose()


def _compare(before: Content, after: Content) -> None:
    """Nothing may have become less on the way."""
    for table, count in before.rows.items():
        if after.rows.get(table, count) < count:
            raise Unsound(f"{table} 由 {count} 行变成 {after.rows[table]} 行")
