"""Opening the database of a folder: every check that stands between a file and the first save."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from desktop.errors import Refusal
from desktop.storage import aside, journal, state
from desktop.storage import engine as engines
from desktop.storage.engine import FILE
from desktop.storage.keys.key import Key
from desktop.storage.state import State, Witness
from desktop.storage.trouble import DRIVERS

APPLICATION_ID = 0x50415453  # "PATS", stands in the header of our files
HEAD = max(path.name[:4] for path in (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py"))
PLAIN = b"SQLite format 3\x00"
WHAT = "未能打开数据"
REMEDY = "请先以只读方式打开查看，再从“备份”页选一份核对过的备份恢复"

T = TypeVar("T")


class Damaged(Refusal):
    """The records are not all there; they may be looked at, and a backup may be restored."""

    def __init__(self, why: str) -> None:
        super().__init__(WHAT, why, REMEDY)


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that may be worked on.

    :param witness: ``None`` where nothing is written.
    :param cut: the end of the journal is not what it was after the last save; the records may be whole.
    """

    engine: Engine
    key: Key
    witness: Witness | None
    cut: bool = False


def look(folder: Path) -> None:
    """Refuse what can be told from the outside to be no data of ours.

    :raises Refusal: nothing is there, or it is empty, not encrypted or another program's.
    """
    file = folder / FILE
    if not file.exists():
        if (folder / state.FILE).exists():
            raise Damaged(f"数据文件 {FILE} 不见了")
        raise Refusal(WHAT, f"“{folder}”里没有平安台账的数据", "请先初始化，或选择正确的文件夹")
    with file.open("rb") as opened:
        head = opened.read(100)
    if not head:
        raise Damaged("数据文件是空的（0 字节）")
    if head.startswith(PLAIN):
        if head[68:72] == APPLICATION_ID.to_bytes(4, "big"):
            raise Refusal(
                WHAT, "这是没有加密的旧数据，新版本不再使用", "请用旧版本导出各台账，在新版本里初始化后导入"
            )
        raise Refusal(WHAT, "这是其他程序的数据文件", "请选择平安台账的数据文件夹")


def for_writing(folder: Path, key: Key, database: str, *, accept: bool = False) -> Opened:
    """Open the records after every check; the folder's lock is held.

    :param database: the id that the key file names.
    :param accept: the clerk has been told that saves are missing, and works on with what is there.
    :raises Damaged: they are not all there; the files are left as they were found.
    :raises Refusal: they are of a newer program.
    """
    known = state.read(folder, key)
    clean = known is not None and known.clean
    kept = (aside.move if clean else aside.copy)(folder) if aside.left_over(folder) else None
    engine = engines.engine(folder / FILE, key)
    try:
        _sound(folder / FILE, key, engine, database)
        now, cut = _progress(engine, database, known, accept=accept)
    except BaseException:
        engine.dispose()
        if kept is not None:
            aside.put_back(folder, kept)
        raise
    aside.prune(folder)
    state.write(folder, key, now)
    return Opened(engine, key, Witness(folder, key, now), cut)


def again(folder: Path, key: Key, database: str) -> Opened:
    """Open once more a folder whose lock was held all the time: nothing can have happened to it."""
    engine = engines.engine(folder / FILE, key)
    now, cut = _progress(engine, database, state.read(folder, key))
    state.write(folder, key, now)
    return Opened(engine, key, Witness(folder, key, now), cut)


def for_reading(file: Path, key: Key) -> Opened:
    """Open a database only to look at it: beside the window, a damaged one, or a backup.

    :raises Refusal: it is no database of this key, or of another version of the program.
    """
    engine = engines.engine(file, key, read_only=True)
    try:
        if _version(file, key, read_only=True) < HEAD:
            raise Refusal(WHAT, "这份数据由旧版本的平安台账保存，还没有升级", "请先正常打开一次")
    except BaseException:
        engine.dispose()
        raise
    return Opened(engine, key, None)


def settle(engine: Engine) -> bool:
    """Move every save from the log into the database file; whether that was possible."""
    with engine.connect() as connection:
        busy, _, _ = engines.driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def needs_a_writer(folder: Path, key: Key) -> bool:
    """Whether something is to be settled before the records are read: a crash, or an older version."""
    known = state.read(folder, key)
    crashed = aside.left_over(folder) and (known is None or not known.clean)
    return crashed or _version(folder / FILE, key, read_only=True) < HEAD


def compared(opened: Opened, folder: Path, database: str) -> Opened:
    """Refuse to show records from which saves are missing as if they were whole; find a cut journal.

    :raises Damaged: saves are missing; ``opened`` is closed.
    """
    key = opened.key
    known = state.read(folder, key) or state.read(folder, key)  # again: it may just have been written
    try:
        with opened.engine.connect() as connection:
            sequence = _sequence(connection, database, known)
            return replace(opened, cut=_cut(connection, known, sequence))
    except BaseException:
        opened.engine.dispose()
        raise


def _sound(file: Path, key: Key, engine: Engine, database: str) -> None:
    """Settle the log, check every page and every link, and bring an older version up to date."""
    version = _version(file, key)
    _asked(lambda: settle(engine))
    with ThreadPoolExecutor() as several:
        pages = several.submit(_rows, file, key, "PRAGMA cipher_integrity_check")
        links = several.submit(_rows, file, key, "PRAGMA foreign_key_check")
        checks = [
            several.submit(_rows, file, key, f"PRAGMA quick_check({name})") for name in _tables(file, key)
        ]
        torn, broken = pages.result(), links.result()
        wrong = [one for check in checks for one in check.result() if one != "ok"]
    with file.open("rb") as opened:
        head = opened.read(engines.SALT)
    if torn or head != engines.salt(key):
        raise Damaged(f"数据文件已损坏，{max(len(torn), 1)} 页的内容被改动或读不出")
    if wrong or broken:
        raise Damaged("数据文件内部不一致，部分记录读不出")
    if version < HEAD:
        from desktop.storage.migrations import safely

        engine.dispose()  # another file comes in its place
        safely.bring_up(file.parent, key, database)


def _tables(file: Path, key: Key) -> list[str]:
    """The tables with records; the search index takes longer than all of them and can be made anew."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'finder%' ORDER BY rowid DESC"
    )
    return _rows(file, key, query)


def _version(file: Path, key: Key, *, read_only: bool = False) -> str:
    """The migration that ``file`` is at.

    :raises Damaged: it cannot be read with this key.
    :raises Refusal: it is of a newer program.
    """
    try:
        (application,) = _rows(file, key, "PRAGMA application_id", read_only=read_only)
        versions = _rows(file, key, "SELECT version_num FROM alembic_version", read_only=read_only)
    except Damaged:
        with file.open("rb") as opened:
            ours = opened.read(engines.SALT) == engines.salt(key)
        if ours:
            raise
        raise Damaged("数据文件不是这个单位的，或不是平安台账的数据") from None
    if application != APPLICATION_ID or len(versions) != 1:
        raise Damaged("数据文件里没有平安台账的记录")
    if str(versions[0]) > HEAD:
        raise Refusal(WHAT, "这份数据由更新版本的平安台账保存", "请安装新版本后再打开")
    return str(versions[0])


def _progress(
    engine: Engine, database: str, known: State | None, *, accept: bool = False
) -> tuple[State, bool]:
    """How far the records are, once it is known that no save is missing; and whether the journal was cut.

    A cut journal keeps nobody from the records, which are whole. Its next row follows the one that is gone,
    so that the gap shows in it for ever, and not only at this start.
    """
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        sequence = _sequence(connection, database, known, accept=accept)
        cut = _cut(connection, known, sequence)
        if cut and known is not None:
            journal.go_on(connection, known.chain)
        return State(database, sequence, clean=False, chain=journal.end(connection)), cut


def _cut(connection: Connection, known: State | None, sequence: int) -> bool:
    """Whether the journal lacks the row that the state names: the last, or an older one where it lags."""
    if known is None or not known.chain:
        return False
    if known.sequence == sequence:
        return journal.end(connection) != known.chain
    return not journal.holds(connection, known.chain)


def _sequence(connection: Connection, database: str, known: State | None, *, accept: bool = False) -> int:
    """The number of the last save, once it is known that none is missing."""
    named, sequence = state.stamped(connection)
    if named != database:
        raise Damaged("数据文件和钥匙文件不是同一个单位的")
    if accept:
        return state.advance(connection, beyond=known.sequence if known else 0)
    if known is None or known.database != database:
        raise Damaged(f"记录保存进度的 {state.FILE} 不见了或被改动过，无法确认数据是最新的")
    if sequence < known.sequence:
        lost = known.sequence - sequence
        raise Damaged(f"少了最近的 {lost} 次保存，可能是只复制了 {FILE}，或换上了旧文件")
    return sequence


def _rows(file: Path, key: Key, query: str, *, read_only: bool = False) -> list[Any]:
    """The first column of a query's rows."""

    def ask() -> list[Any]:
        connection = engines.connect(file, key, read_only=read_only)
        try:
            return [row[0] for row in connection.execute(query)]
        finally:
            connection.close()

    return _asked(ask)


def _asked(query: Callable[[], T]) -> T:
    """An answer of the database, or :class:`Damaged` where it finds a page that is not as it was written."""
    try:
        return query()
    except DRIVERS as trouble:
        said = str(trouble)
        if any(mark in said for mark in ("not a database", "malformed", "no such table", "HMAC")):
            raise Damaged("数据文件已损坏，读不出来") from trouble
        raise
