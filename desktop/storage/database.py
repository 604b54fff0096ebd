"""The data folder of one unit: open it, make it, and work in transactions."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from desktop.errors import Refusal
from desktop.storage.changes import Changes
from desktop.storage.lock import FolderLock
from desktop.storage.tracking import TrackedSession
from desktop.storage.trouble import as_refusal

APPLICATION_ID = 0x50415453  # "PATS", stands in the header of our files
HEAD = max(path.name[:4] for path in (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py"))
FILE = "data.db"
UNFINISHED = "submit-"  # folders in which a submission is made
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-16000",
)


@dataclass(slots=True)
class Store:
    """An open data folder."""

    folder: Path
    engine: Engine
    lock: FolderLock | None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the records and writes nothing.

        What it loaded stays readable afterwards: closing ends the transaction without expiring it.
        """
        with as_refusal("未能读取数据"), Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def work(self, operation: str) -> Iterator[tuple[Session, Changes]]:
        """One durable transaction, journalled as ``operation``; all of it is kept, or nothing."""
        changes = Changes()
        info = {"operation": operation, "changes": changes}
        with (
            as_refusal("未能保存"),
            TrackedSession(self.engine, expire_on_commit=False, info=info) as session,
        ):
            session.connection(execution_options={"writes": True})
            yield session, changes
            session.commit()

    def close(self) -> None:
        self.engine.dispose()
        if self.lock is not None:
            self.lock.release()


def exists(folder: Path) -> bool:
    """Whether ``folder`` holds a unit's records."""
    return (folder / FILE).exists()


def create(folder: Path) -> Store:
    """Start an empty data folder.

    :raises Refusal: it already holds records, or it cannot be written to.
    """
    if exists(folder):
        raise Refusal("未能新建数据", f"“{folder}”里已经有数据", "请直接打开它，或另选一个空文件夹")
    with as_refusal("未能新建数据"):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(folder)
        try:
            part = folder / f"{FILE}.part"
            part.unlink(missing_ok=True)
            engine = _engine(part)
            _migrate(engine)
            engine.dispose()
            part.rename(folder / FILE)
        except BaseException:
            lock.release()
            raise
    return Store(folder, _engine(folder / FILE), lock)


def open_folder(folder: Path, *, exclusive: bool = True) -> Store:
    """Open the records in ``folder``; an older version is brought up to date.

    :param exclusive: hold the folder's lock, as every writer must.
    :raises Refusal: no data, another program's or a newer program's data, in use, damaged, not readable.
    """
    file = folder / FILE
    if not file.exists():
        raise Refusal("未能打开数据", f"“{folder}”里没有平安台账的数据", "请先初始化，或选择正确的文件夹")
    with as_refusal("未能打开数据"):
        if file.stat().st_size == 0:
            raise Refusal(
                "未能打开数据",
                "数据文件是空的（0 字节）",
                "请不要在它上面继续录入，找到以前复制的数据文件夹再打开",
            )
        lock = FolderLock(folder) if exclusive else None
        try:
            version = _version(file)
            if version > HEAD:
                raise Refusal("未能打开数据", "这份数据由更新版本的平安台账保存", "请安装新版本后再打开")
            engine = _engine(file)
            if version < HEAD:
                lock = lock or FolderLock(folder)  # nobody writes while the tables change
                _migrate(engine)
            if exclusive:
                _sweep(folder)
            elif lock is not None:
                lock.release()
                lock = None
        except BaseException:
            if lock is not None:
                lock.release()
            raise
    return Store(folder, engine, lock)


def discard(folder: Path) -> None:
    """Take away records that were only just begun."""
    for left in folder.glob(f"{FILE}*"):
        left.unlink()


def _sweep(folder: Path) -> None:
    """Take away what a submission left that was cut off: its sheets hold whole identity numbers."""
    for left in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def _version(file: Path) -> str:
    """The migration that ``file`` is at, read before anything is changed in it."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        if application != APPLICATION_ID:
            raise Refusal("未能打开数据", "这是其他程序的数据文件", "请选择平安台账的数据文件夹")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _engine(file: Path) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            file, check_same_thread=False
        ),  # no URL: it would read ? and # in a path
        hide_parameters=True,
        poolclass=QueuePool,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _migrate(engine: Engine) -> None:
    from desktop.storage.migrations import runner

    runner.upgrade(engine, APPLICATION_ID)
