"""The encrypted database file: one way to connect to it, with every pragma and our own transactions."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from desktop.errors import Refusal
from desktop.storage.keys.key import Key

OLDEST = (3, 51, 3)  # SQLite 3.7.0 to 3.51.2 can corrupt a file when a WAL is reset
FILE = "data.db"
SALT = 16  # bytes at the head of the file, in clear
# cipher_memory_security stays off: it locks and wipes every page in SQLite's memory, which makes its part of
# a save twice and a first scan five times as long, while the same records stand unwiped in Python's memory.
PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-64000",  # KiB: a page found here need not be decrypted, which is five times as fast
)
WRITING = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")


def salt(key: Key) -> bytes:
    """The first bytes of every database file of this key.

    Made from the key, so a file whose first page is destroyed still gives up every other row.
    """
    return key.sub("database salt", SALT)


def connect(file: Path, key: Key, *, read_only: bool = False) -> Any:
    """A connection of ``sqlcipher3.dbapi2`` in autocommit mode; nothing is read from the file yet.

    :param read_only: nothing is written, not even a journal is taken over; a folder that cannot be
        written to will do.
    :raises Refusal: the SQLite of this program is too old to be trusted.
    """
    if dbapi2.sqlite_version_info < OLDEST:
        raise Refusal(
            "未能打开数据", f"SQLite {dbapi2.sqlite_version} 太旧，可能损坏数据", "请重新安装平安台账"
        )
    where = f"{file.absolute().as_uri()}{_how(file, read_only=read_only)}"
    connection = dbapi2.connect(where, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to the standard error
        connection.execute(f"PRAGMA key = \"x'{key.sub('database').hex()}{salt(key).hex()}'\"")
    except BaseException:
        connection.close()
        raise
    return connection


def engine(file: Path, key: Key, *, read_only: bool = False) -> Engine:
    """An engine on ``file``; a connection marked ``writes`` begins at once, so two writers never meet."""
    made = create_engine(
        "sqlite://",  # no path and no key: it would read ? and # in the one and print the other
        module=dbapi2,
        creator=lambda: connect(file, key, read_only=read_only),
        hide_parameters=True,
        poolclass=QueuePool,
    )

    @event.listens_for(made, "connect")
    def prepare(connection: Any, record: object) -> None:
        for pragma in PRAGMAS if read_only else (*PRAGMAS, *WRITING):
            connection.execute(pragma)

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        driver(connection).execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def driver(connection: Connection) -> Any:
    """The connection of ``sqlcipher3`` itself, for the fixed statements of every save.

    Through SQLAlchemy each takes ten times as long; it begins no transaction by itself.
    """
    return connection.connection.driver_connection


def _how(file: Path, *, read_only: bool) -> str:
    """The mode to open ``file`` in; it is never made anew where a pulled stick has taken it away."""
    if not read_only:
        return "?mode=rw"
    wal = file.with_name(f"{file.name}-wal")
    settled = not wal.exists() or wal.stat().st_size == 0
    return "?immutable=1" if settled and not os.access(file.parent, os.W_OK) else "?mode=ro"
