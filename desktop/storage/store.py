"""An open data folder: read it, work in durable transactions, lock it and open it again."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.storage import aside, ballast, files, journal, opening, state
from desktop.storage import engine as engines
from desktop.storage.changes import Changes
from desktop.storage.keys.key import Key, Secret
from desktop.storage.keys.slots import Keys
from desktop.storage.lock import FolderLock
from desktop.storage.opening import Opened
from desktop.storage.tracking import TrackedSession
from desktop.storage.trouble import as_refusal


class LockedUp(Refusal):
    """The key was dropped; whoever asks behind the lock gets nothing."""

    def __init__(self) -> None:
        super().__init__("未能继续", "程序已锁定", "请输入密码解锁，已填的内容还在")


class Store:
    """An open data folder.

    :ivar warning: a sentence about the disk that the clerk should see; empty when all is well.
    """

    def __init__(self, folder: Path, opened: Opened, lock: FolderLock | None) -> None:
        self.folder, self.lock, self.warning = folder, lock, ""
        self._opened: Opened | None = opened

    @property
    def engine(self) -> Engine:
        return self._open().engine

    @property
    def key(self) -> Key:
        """Who is at work, with the data key.

        :raises Refusal: the program is locked.
        """
        return self._open().key

    @property
    def read_only(self) -> bool:
        """Whether the records were opened only to look at them."""
        return self._opened is not None and self._opened.witness is None

    @property
    def cut(self) -> bool:
        """Whether the end of the journal was found missing when the records were opened."""
        return self._opened is not None and self._opened.cut

    @property
    def locked_up(self) -> bool:
        return self._opened is None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the records and writes nothing.

        What it loaded stays readable afterwards: closing ends the transaction without expiring it.
        """
        opened = self._open()
        info = {"key": opened.key}
        with as_refusal("未能读取数据"), Session(opened.engine, autoflush=False, info=info) as session:
            yield session

    @contextmanager
    def work(self, operation: str) -> Iterator[tuple[Session, Changes]]:
        """One durable transaction, journalled as ``operation``; all of it is kept, or nothing.

        :raises Refusal: the program is locked, the records were opened read-only, or the disk is full.
        """
        opened = self._open()
        witness = writer(opened)
        changes, sequence, chain = Changes(), 0, ""
        info = {"operation": operation, "changes": changes, "key": opened.key}
        with (
            as_refusal("未能保存"),
            ballast.room(self.folder) as given,
            TrackedSession(opened.engine, expire_on_commit=False, info=info) as session,
        ):
            connection = session.connection(execution_options={"writes": True})
            before = _changed(connection)
            yield session, changes
            session.flush()
            if _changed(connection) != before:
                sequence, chain = state.advance(connection), journal.end(connection)
            session.commit()
        with contextlib.suppress(OSError):  # it is saved; the witness may lag behind
            witness.saw(sequence, chain)
        self._hold_room(opened.key, given=given)

    @contextmanager
    def jot(self) -> Iterator[Session]:
        """One durable transaction beside the records, for what is half typed.

        It is no save: nothing is counted, journalled or announced, and no reserve of the disk is given up.

        :raises Refusal: as :meth:`work`.
        """
        opened = self._open()
        writer(opened)
        info = {"key": opened.key}
        with as_refusal("未能记下草稿"), Session(opened.engine, info=info) as session:
            session.connection(execution_options={"writes": True})
            yield session
            session.commit()

    def new_recovery(self) -> str:
        """A recovery code to print now; an older one no longer opens the data."""
        return Keys(self.folder).renew_recovery(self.key)

    def lock_up(self) -> None:
        """Forget the key; the folder stays ours. What is at work ends as it would."""
        opened, self._opened = self._opened, None
        if opened is not None:
            shut(self.folder, opened)

    def unlock(self, secret: Secret | None) -> None:
        """Open again after :meth:`lock_up`, for the same account or another.

        :raises Refusal: the password is wrong.
        """
        if self._opened is None:
            keys = Keys(self.folder)
            self._opened = opening.again(self.folder, keys.open(secret), keys.database)

    @contextmanager
    def set_down(self) -> Iterator[Key]:
        """Close the database for a moment, so that its file may be exchanged; the lock stays ours.

        :raises Refusal: the program is locked, or what is there afterwards does not open.
        """
        opened = self._open()
        writer(opened)
        self.lock_up()
        try:
            yield opened.key
        finally:
            database = Keys(self.folder).database
            self._opened = opening.for_writing(self.folder, opened.key, database)

    def close(self) -> None:
        try:
            self.lock_up()
        finally:
            if self.lock is not None:
                self.lock.release()

    def _open(self) -> Opened:
        if self._opened is None:
            raise LockedUp
        return self._opened

    def _hold_room(self, key: Key, *, given: bool) -> None:
        if not key.practice:
            ballast.keep(self.folder)
        self.warning = ballast.RELEASED if given or ballast.tight(self.folder) else ""


def shut(folder: Path, opened: Opened) -> None:
    """Close the database; the folder is marked clean once nothing is left in the log."""
    with as_refusal("未能正常关闭数据"):
        settled = opened.witness is not None and opening.settle(opened.engine)
        opened.engine.dispose()
        files.take_back(folder)
        if opened.witness is not None and settled and not aside.left_over(folder):
            opened.witness.mark(clean=True)


def writer(opened: Opened) -> state.Witness:
    """What witnesses a save; the one gate to writing.

    :raises Refusal: the records were opened only to look at them.
    """
    if opened.witness is None:
        raise Refusal("未能保存", "数据是以只读方式打开的", "请正常打开后再修改")
    return opened.witness


def _changed(connection: Connection) -> int:
    """How many rows this connection has changed since it was opened."""
    return int(engines.driver(connection).total_changes)
