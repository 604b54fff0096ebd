"""The data folder of one unit: make it, open it, and work in durable transactions."""

import contextlib
import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.storage import aside, ballast, files, journal, lock, opening, places, state
from desktop.storage import engine as engines
from desktop.storage.changes import Changes
from desktop.storage.engine import FILE
from desktop.storage.keys import attempts, keyfile
from desktop.storage.keys.key import Key, Secret
from desktop.storage.keys.slots import Keys
from desktop.storage.lock import FolderLock
from desktop.storage.opening import APPLICATION_ID, HEAD, Opened
from desktop.storage.tracking import TrackedSession
from desktop.storage.trouble import as_refusal

__all__ = [
    "APPLICATION_ID",
    "FILE",
    "HEAD",
    "Store",
    "create",
    "discard",
    "exists",
    "open_folder",
]

WHAT = "未能打开数据"
UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS)
COPY = "请把整个文件夹复制到可以写入的地方，再打开那一份"


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
        witness = _writer(opened)
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
        _writer(opened)
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
            _shut(self.folder, opened)

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
        _writer(opened)
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


def exists(folder: Path) -> bool:
    """Whether ``folder`` holds a unit's records, or what is left of them."""
    return (folder / FILE).exists() or (folder / state.FILE).exists()


def create(folder: Path, secret: Secret | None = None) -> Store:
    """Start an empty data folder, opened by its first administrator.

    :param secret: ``None`` makes a practice folder, which opens without a password.
    :raises Refusal: it already holds records, lies on a network, or cannot be written to.
    """
    what = "未能新建数据"
    places.refuse_network(folder)
    if exists(folder) or any(folder.glob(f"{aside.FOLDER}/*")):
        raise Refusal(what, f"“{folder}”里已经有数据", "请直接打开它，或另选一个空文件夹")
    with as_refusal(what):
        folder.mkdir(parents=True, exist_ok=True)
        held = FolderLock(folder)
        try:
            keys, key = Keys.make(folder, secret)
            _make(folder, key, keys.database)
            opened = opening.again(folder, key, keys.database)
        except BaseException:
            held.release()
            raise
    return _started(folder, opened, held)


def open_folder(
    folder: Path,
    secret: Secret | None = None,
    *,
    exclusive: bool = True,
    read_only: bool = False,
    take_over: bool = False,
    accept: bool = False,
) -> Store:
    """Open the records in ``folder``; an older version is brought up to date.

    :param secret: ``None`` opens only a practice folder.
    :param exclusive: hold the folder's lock, as every writer must; without it nothing is written.
    :param read_only: look at records that are damaged or may not be written to; nothing is checked.
    :param take_over: the clerk was asked about a lock left by another computer.
    :param accept: an administrator works on although the last saves are missing.
    :returns: one that is read-only and says so in its warning where the folder cannot be written to.
    :raises Damaged: not all records are there.
    :raises Refusal: no data, another or newer program's data, in use, wrong password, not readable.
    """
    places.refuse_network(folder)
    with as_refusal(WHAT):
        opening.look(folder)
        if read_only:
            return Store(folder, opening.for_reading(folder / FILE, Keys(folder).open(secret)), None)
        if not exclusive:
            return _beside(folder, secret)
        try:
            held = FolderLock(folder, take_over=take_over)
        except OSError as trouble:
            if trouble.errno not in UNWRITABLE:
                raise
            return _unwritable(folder, secret)
        try:
            keys = Keys(folder)
            key = keys.open(secret)
            keyfile.mend(folder, keys.content, key)
            if accept and not key.role.manages:
                raise Refusal(WHAT, "只有管理账号可以确认丢失的保存", "请用管理账号登录")
            opened = opening.for_writing(folder, key, keys.database, accept=accept)
        except BaseException:
            held.release()
            raise
    return _started(folder, opened, held)


def discard(folder: Path) -> None:
    """Take away records that were only just begun."""
    names = (state.FILE, keyfile.FILE, keyfile.COPY, attempts.FILE, ballast.FILE)
    for left in (*folder.glob(f"{FILE}*"), *(folder / name for name in names)):
        left.unlink(missing_ok=True)
    shutil.rmtree(folder / files.FOLDER, ignore_errors=True)


def _unwritable(folder: Path, secret: Secret | None) -> Store:
    """Look at records that lie where nothing can be written; they must have been closed properly."""
    keys = Keys(folder)
    key = keys.open(secret)
    if aside.left_over(folder):
        raise Refusal(WHAT, "数据文件夹是只读的，而上次没有正常关闭", COPY)
    opened = opening.compared(opening.for_reading(folder / FILE, key), folder, keys.database)
    store = Store(folder, opened, None)
    store.warning = f"数据文件夹是只读的，现在只能查看，不能修改。要修改，{COPY}"
    return store


def _beside(folder: Path, secret: Secret | None) -> Store:
    """Read beside a window that may be at work; what a crash left is settled first if there is none."""
    keys = Keys(folder)
    key = keys.open(secret)
    if opening.needs_a_writer(folder, key):
        with contextlib.suppress(lock.Taken):  # then a window has settled it
            try:
                held = FolderLock(folder)
            except OSError as trouble:
                if trouble.errno not in UNWRITABLE:
                    raise
                return _unwritable(folder, secret)
            try:
                _shut(folder, opening.for_writing(folder, key, keys.database))
            finally:
                held.release()
    opened = opening.for_reading(folder / FILE, key)
    return Store(folder, opening.compared(opened, folder, keys.database), None)


def _make(folder: Path, key: Key, database: str) -> None:
    """Make the database beside its place and move it there; the state comes last and says it is whole."""
    from desktop.storage.migrations import runner

    part = folder / f"{FILE}.part"
    for left in folder.glob(f"{part.name}*"):
        left.unlink()
    part.touch()
    made = engines.engine(part, key)
    try:
        runner.upgrade(made, APPLICATION_ID)
        with made.connect().execution_options(writes=True) as connection, connection.begin():
            state.begin(connection, database)
        opening.settle(made)
    finally:
        made.dispose()
    part.rename(folder / FILE)
    files.settle(folder)
    state.write(folder, key, state.State(database, 0, clean=True))


def _started(folder: Path, opened: Opened, held: FolderLock) -> Store:
    """An open store, after a sweep."""
    files.sweep(folder)
    if not opened.key.practice:
        ballast.keep(folder)
    return Store(folder, opened, held)


def _shut(folder: Path, opened: Opened) -> None:
    """Close the database; the folder is marked clean once nothing is left in the log."""
    with as_refusal("未能正常关闭数据"):
        settled = opened.witness is not None and opening.settle(opened.engine)
        opened.engine.dispose()
        files.take_back(folder)
        if opened.witness is not None and settled and not aside.left_over(folder):
            opened.witness.mark(clean=True)


def _writer(opened: Opened) -> state.Witness:
    if opened.witness is None:
        raise Refusal("未能保存", "数据是以只读方式打开的", "请正常打开后再修改")
    return opened.witness


def _changed(connection: Connection) -> int:
    """How many rows this connection has changed since it was opened."""
    return int(engines.driver(connection).total_changes)
