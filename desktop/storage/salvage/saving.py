"""A new folder from what was read of a broken file, with a plain report of what is missing."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.storage import database, files, finder, opening, state
from desktop.storage import engine as engines
from desktop.storage.backups import listing, making, second
from desktop.storage.keys.key import Key
from desktop.storage.keys.slots import Keys
from desktop.storage.migrations import runner
from desktop.storage.rights import Right, refuse
from desktop.storage.salvage import tables
from desktop.storage.salvage.pages import Pages
from desktop.storage.salvage.rows import Value
from desktop.storage.salvage.tables import Column, Found
from desktop.storage.state import State
from desktop.storage.trouble import as_refusal

WHAT = "未能抢救"
REPORT = "抢救报告.txt"
NOT_COPIED = ("finder", "sqlite_", "alembic_version")
KEPT_BESIDE = {
    "journal": "操作日志",
    "attachment": "扫描件登记",
    "submission": "上报记录",
    "office": "本单位设置",
}


NUMBERS = 'SELECT rowid FROM "{}"'
INSERT = 'INSERT OR IGNORE INTO "{}" (rowid, {}) VALUES (?, {})'
DELETE = 'DELETE FROM "{}" WHERE rowid = ?'
BLANK = 'UPDATE "{}" SET "{}" = NULL WHERE rowid = ?'


@dataclass(frozen=True, slots=True)
class Part:
    """One table.

    :param read: rows that are in the new folder.
    :param missing: numbers of rows that were there once.
    """

    title: str
    read: int
    missing: Sequence[int]


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it.

    :param pages: whole pages, and damaged ones.
    :param unlinked: links to rows that are missing, which were left blank.
    :param strays: rows that no table could be found for.
    :param scans: scans that are not beside the file.
    """

    parts: Sequence[Part]
    pages: tuple[int, int]
    unlinked: int
    strays: int
    scans: int

    def lines(self) -> list[str]:
        """The report, as it is printed and kept in :data:`REPORT`."""
        whole, damaged = self.pages
        found = [f"读出 {whole} 页，{damaged} 页已损坏"]
        for part in self.parts:
            gone = f"，缺 {len(part.missing)} 条（第 {_spans(part.missing)} 号）" if part.missing else ""
            found.append(f"{part.title}：读出 {part.read} 条{gone}")
        if self.unlinked:
            found.append(f"{self.unlinked} 处指向缺失记录的内容已留空")
        if self.strays:
            found.append(f"{self.strays} 条认不出属于哪本台账，没有写入")
        if self.scans:
            found.append(f"{self.scans} 个扫描件找不到了")
        return found


def salvage(file: Path, key: Key, keys: Path, out: Path) -> Report:
    """Read what is left of ``file`` into a new data folder ``out``, which opens with the same passwords.

    :param keys: the folder with the key file and the scans.
    :raises Refusal: nothing in ``file`` can be read with this key, or ``out`` is not empty.
    """
    refuse(key, Right.RESTORE, WHAT)
    with as_refusal(WHAT):
        if out.exists() and any(out.iterdir()):
            raise Refusal(WHAT, f"“{out}”不是空文件夹", "请另选一个空文件夹")
        pages = Pages(file, key)
        if not pages.whole:
            raise Refusal(
                WHAT, f"“{file.name}”里没有一页能用这份数据的钥匙读出", "请改用备份，或换一个文件再试"
            )
        out.mkdir(parents=True, exist_ok=True)
        making.copy_keys(keys, out, key)
        part = out / f"{database.FILE}.part"
        part.touch()
        try:
            report = _fill(part, pages, key, keys)
        except BaseException:
            shutil.rmtree(out, ignore_errors=True)
            raise
        files.write_whole(out / REPORT, "\r\n".join(report.lines()).encode("utf-8-sig"))
        part.rename(out / database.FILE)
        files.settle(out)
    return report


def _fill(part: Path, pages: Pages, key: Key, keys: Path) -> Report:
    """Make the records anew in ``part``; gives the report."""
    known = state.read(keys, key)
    version = tables.version(pages.whole) or opening.HEAD
    if version > opening.HEAD:
        raise Refusal(WHAT, "这份数据由更新版本的平安台账保存", "请安装新版本后再试")
    engine = engines.engine(part, key)
    try:
        runner.upgrade(engine, opening.APPLICATION_ID, version)
        engine.dispose()
        found, unlinked = _insert(part, key, pages)
        runner.upgrade(engine, opening.APPLICATION_ID)
        _index(engine)
        unit = Keys(part.parent).database
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if connection.exec_driver_sql("SELECT 1 FROM stamp").first() is None:
                state.begin(connection, unit)
            beyond = max(known.sequence if known else 0, listing.highest(keys))
            number = state.advance(connection, beyond=beyond)
        opening.settle(engine)
    finally:
        engine.dispose()
    making.flush(part)
    state.write(part.parent, key, State(unit, number, clean=True))
    scans = frozenset(str(sha256) for sha256 in found.values("attachment", "sha256"))
    _, lost = second.copy_scans(keys, part.parent, key, scans)
    return Report(_parts(found), (len(pages.whole), pages.damaged), unlinked, found.strays, lost)


def _insert(part: Path, key: Key, pages: Pages) -> tuple[Found, int]:
    """Write every row that was read; what was read, and how many links were left blank."""
    connection = engines.connect(part, key)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {name: _columns(connection, name) for name in names}
        wanted = [name for name in names if not name.startswith(NOT_COPIED)]
        found = tables.read(pages.whole, columns, wanted)
        connection.execute("BEGIN IMMEDIATE")
        for name, kept in found.rows.items():
            _write(connection, name, columns[name], kept)
        unlinked = _unlink(connection)
        for name, kept in found.rows.items():
            there = {row[0] for row in connection.execute(NUMBERS.format(name))}
            found.rows[name] = {number: values for number, values in kept.items() if number in there}
        connection.execute("COMMIT")
    finally:
        connection.close()
    return found, unlinked


def _columns(connection: Any, table: str) -> list[Column]:
    told = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    whole_key = sum(bool(one[5]) for one in told) == 1
    return [
        Column(
            one[1], one[2].upper(), bool(one[3]), whole_key and bool(one[5]) and one[2].upper() == "INTEGER"
        )
        for one in told
    ]


def _write(
    connection: Any, table: str, columns: Sequence[Column], kept: Mapping[int, Sequence[Value]]
) -> None:
    """Insert rows; one that the table does not take is left out, and so counted as missing."""
    for number, values in sorted(kept.items()):
        near = list(zip(columns, values, strict=False))
        names = ", ".join(f'"{column.name}"' for column, _ in near)
        marks = ", ".join("?" * len(near))
        answers = [number if column.key else value for column, value in near]
        connection.execute(INSERT.format(table, names, marks), [number, *answers])


def _unlink(connection: Any) -> int:
    """Leave blank what points to a missing row; a row that is nothing without it goes."""
    count = 0
    while broken := connection.execute("PRAGMA foreign_key_check").fetchall():
        for table, row, _, number in broken:
            links = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            name = next(one[3] for one in links if one[0] == number)
            required = next(one.required for one in _columns(connection, table) if one.name == name)
            change = (DELETE if required else BLANK).format(table, name)
            connection.execute(change, (row,))
            count += 1
    return count


def _index(engine: Any) -> None:
    """Fill the search index."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for ledger in LEDGERS.values():
            entries = Session(connection).scalars(select(ledger))
            finder.write(connection, [(entry, False) for entry in entries])


def _parts(found: Found) -> list[Part]:
    """Each ledger, then the rest, with the numbers of rows that are known to have been there."""
    titles = {name: ledger.caption for name, ledger in LEDGERS.items()} | KEPT_BESIDE
    named: dict[str, set[int]] = {}
    for ledger, entry in zip(
        found.values("journal", "ledger"), found.values("journal", "entry"), strict=True
    ):
        if isinstance(entry, int):
            named.setdefault(str(ledger), set()).add(entry)
    parts = []
    for name, title in titles.items():
        there = set(found.rows.get(name, {}))
        expected = set(range(1, max(there, default=0) + 1)) | named.get(name, set())
        parts.append(Part(title, len(there), sorted(expected - there - {0})))
    return parts


def _spans(numbers: Sequence[int]) -> str:
    """12、15-18 and so on; a long list is cut."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = "、".join(f"{one}" if one == last else f"{one}-{last}" for one, last in spans[:8])
    return f"{shown} 等" if len(spans) > 8 else shown
