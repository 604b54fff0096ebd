"""Which table a page belongs to: by the trees that still hang together, else by what its rows look like."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.storage.salvage import rows
from desktop.storage.salvage.rows import INTERIOR, LEAF, Row, Value

KINDS = {"table", "index", "trigger", "view"}  # in the first column of the schema
VERSION = re.compile(r"\d{4}")
LENGTH = re.compile(r"CHAR\((\d+)\)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as ``PRAGMA table_info`` tells it."""

    name: str
    kind: str
    required: bool
    key: bool

    def fits(self, value: Value) -> bool:
        """Whether a value found in a row may stand in this column."""
        if not self.kind:
            return True
        if value is None:
            return self.key or not self.required
        if "CHAR" in self.kind or self.kind in ("TEXT", "JSON", "DATE", "DATETIME"):
            length = LENGTH.search(self.kind)
            dated = not self.kind.startswith("DATE") or bool(DAY.match(str(value)))
            return isinstance(value, str) and dated and (length is None or len(value) <= int(length[1]))
        return isinstance(value, bytes if self.kind == "BLOB" else int | float)


@dataclass(slots=True)
class Found:
    """What was read.

    :ivar columns: of each table, in their order in the file.
    :ivar rows: of each table, by the number of the row.
    :ivar strays: rows of which nobody can say to which table they belong.
    """

    columns: Mapping[str, Sequence[Column]]
    rows: dict[str, dict[int, list[Value]]]
    strays: int = 0

    def values(self, table: str, column: str) -> list[Value]:
        """One column of a table, row by row; a row from before the column was added has none."""
        names = [one.name for one in self.columns.get(table, ())]
        at = names.index(column) if column in names else len(names)
        return [values[at] if at < len(values) else None for values in self.rows.get(table, {}).values()]


def version(whole: Mapping[int, bytes]) -> str | None:
    """The migration the file is at, found by its look: one row of one text of four digits."""
    for number in _leaves(whole):
        values = [one for _, one in rows.rows(whole, number)]
        if len(values) == 1 and len(values[0]) == 1 and VERSION.fullmatch(str(values[0][0])):
            return str(values[0][0])
    return None


def read(
    whole: Mapping[int, bytes], columns: Mapping[str, Sequence[Column]], wanted: Collection[str]
) -> Found:
    """Every row on every page that is whole.

    :param columns: of every table, in their order in the file.
    :param wanted: the tables that are wanted; the others only explain their pages.
    """
    roots, schema = _roots(whole)
    found = Found(columns, {name: {} for name in wanted})
    owned, hurt = set(schema), set(columns) - set(roots)
    for name, root in roots.items():
        pages, complete = _tree(whole, root)
        owned |= pages
        if not complete:
            hurt.add(name)
        for number in pages if name in found.rows else ():
            if rows.kind(whole, number) == LEAF:
                found.rows[name].update(rows.rows(whole, number))
    lost = {name: columns[name] for name in hurt if name in columns}
    for number in _leaves(whole):
        if number not in owned:
            _adopt(list(rows.rows(whole, number)), lost, found)
    return found


def _leaves(whole: Mapping[int, bytes]) -> Iterator[int]:
    return (number for number in sorted(whole) if rows.kind(whole, number) == LEAF)


def _roots(whole: Mapping[int, bytes]) -> tuple[dict[str, int], set[int]]:
    """The root page of each table, and the pages of the schema, found by their look: page 1 is not needed."""
    roots: dict[str, int] = {}
    pages: set[int] = {1}
    for number in _leaves(whole):
        found = [values for _, values in rows.rows(whole, number)]
        if found and all(len(values) == 5 and values[0] in KINDS for values in found):
            pages.add(number)
            roots |= {str(one[1]): one[3] for one in found if one[0] == "table" and isinstance(one[3], int)}
    return roots, pages


def _tree(whole: Mapping[int, bytes], root: int) -> tuple[set[int], bool]:
    """The whole pages of a table, and whether that is all of them."""
    pages: set[int] = set()
    waiting, complete = [root], True
    while waiting:
        number = waiting.pop()
        if number in pages or number == 0:  # 0: no file behind it, as for a search index
            continue
        if number not in whole:
            complete = False
            continue
        pages.add(number)
        if rows.kind(whole, number) == INTERIOR:
            waiting += rows.children(whole, number)
    return pages, complete


def _adopt(found: Sequence[Row], hurt: Mapping[str, Sequence[Column]], into: Found) -> None:
    """Give the rows of a page that hangs on nothing to the one damaged table that they fit."""
    fitting = [
        name
        for name, columns in hurt.items()
        if all(_fits(values, columns) and number not in into.rows.get(name, ()) for number, values in found)
    ]
    ours = [name for name in fitting if name in into.rows]
    if len(fitting) == 1 and ours:
        into.rows[ours[0]].update(found)
    elif ours or not fitting:
        into.strays += len(found)


def _fits(values: Sequence[Value], columns: Sequence[Column]) -> bool:
    near = zip(values, columns, strict=False)
    return len(values) <= len(columns) and all(column.fits(value) for value, column in near)
