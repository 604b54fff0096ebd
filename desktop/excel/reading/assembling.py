"""Puts the lines of the child together to a book; knows nothing of files or processes."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import PurePath
from typing import Any

from desktop.excel.reading import limits
from desktop.excel.reading.grid import (
    EPOCH_1900,
    EPOCH_1904,
    Book,
    Cell,
    Fault,
    Number,
    Sheet,
    Span,
    Uncounted,
)
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.wire import DATED, FAULT, FORMULA, MARK, NUMBER, TEXT

KINDS: Mapping[str, Callable[[str], Cell]] = {
    TEXT: str,
    NUMBER: Number,
    DATED: partial(Number, dated=True),
    FORMULA: Uncounted,
    FAULT: Fault,
}
MOST_KEPT = 20_000  # cells remembered, so that one text that stands in many cells is held once
MOST_COVERED = 2_000_000  # cells and rows looked at below merged ones


class Broken(Exception):
    """What came is no answer of ours."""


class _Cells(dict[Any, Cell]):
    """Cells by how they travelled."""

    def __missing__(self, packed: Any) -> Cell:
        plain = packed.__class__ is str and packed[:1] != MARK  # most are
        cell: Cell = packed if plain else _cell(packed)
        if len(self) >= MOST_KEPT:
            self.clear()
        self[packed] = cell
        return cell


def _cell(packed: Any) -> Cell:
    if packed is None or isinstance(packed, bool):
        return packed
    if not packed.startswith(MARK):
        return str(packed)
    return KINDS[packed[:2]](packed[2:])


class Assembler:
    """Takes lines in their order.

    :param name: of the file, without its folder.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._cells = _Cells()
        self._sheets: list[Sheet] = []
        self._about: dict[str, Any] | None = None
        self._rows: dict[int, Sequence[Cell]] = {}
        self._ascending = True
        self._merges: list[Span] = []
        self._hidden_rows: list[int] = []
        self._kind = ""

    def take(self, line: str | bytes) -> tuple[int, int] | None:
        """Take one line in.

        :returns: how far the reading is, as (done, total), where the line says so.
        :raises Unfit: the child refuses the file.
        :raises Broken: the line is none of ours.
        """
        try:
            message = json.loads(line)
            if isinstance(message, list):
                self._take_rows(message)
            elif "done" in message:
                return int(message["done"]), int(message["total"])
            else:
                self._take_note(message)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as trouble:
            raise Broken from trouble
        return None

    def _take_rows(self, rows: Sequence[tuple[int, Sequence[Any]]]) -> None:
        cells, kept = self._cells.__getitem__, self._rows
        if self._about is None:
            raise Broken
        last = next(reversed(kept)) if kept else 0
        for number, packed in rows:
            if number <= last:
                self._ascending = False
                if number in kept:
                    title = self._about["sheet"]
                    raise Unfit(f"工作表“{title}”里第 {number} 行出现了两次", limits.SAVE_AS)
            kept[number] = tuple(map(cells, packed))
            last = number

    def _take_note(self, message: dict[str, Any]) -> None:
        if "why" in message:
            raise Unfit(str(message["why"]), str(message["remedy"]))
        if "sheet" in message:
            self._about = message
        elif "merges" in message:
            self._merges.extend(Span(*map(int, one)) for one in message["merges"])
        elif "hidden_rows" in message:
            self._hidden_rows.extend(map(int, message["hidden_rows"]))
        elif "hidden_columns" in message:
            self._close(frozenset(message["hidden_columns"]))
        else:
            self._kind = message["kind"]

    def _close(self, hidden_columns: frozenset[int]) -> None:
        if self._about is None:
            raise Broken
        rows = self._rows if self._ascending else dict(sorted(self._rows.items()))
        _uncover(rows, self._merges)
        self._sheets.append(
            Sheet(
                title=str(self._about["sheet"]) or PurePath(self._name).stem,  # a CSV's has none
                rows=rows,
                merges=tuple(self._merges),
                hidden_rows=frozenset(self._hidden_rows).intersection(rows),
                hidden_columns=hidden_columns,
                epoch=EPOCH_1904 if self._about["from_1904"] else EPOCH_1900,
                hidden=bool(self._about["hidden"]),
                merges_known=bool(self._about["merges_known"]),
            )
        )
        self._about, self._rows, self._ascending = None, {}, True
        self._merges, self._hidden_rows = [], []

    def book(self) -> Book:
        """The book, once its last line is in."""
        if not self._kind or self._about is not None:
            raise Broken
        return Book(self._name, self._kind, tuple(self._sheets))


def _uncover(rows: dict[int, Sequence[Cell]], merges: Sequence[Span]) -> None:
    """Blank the cells under merged ones: a file may keep values there that nobody sees."""
    if not merges:
        return
    numbers = list(rows)
    looked = 0
    for span in merges:
        for number in numbers[bisect_left(numbers, span.top) : bisect_right(numbers, span.bottom)]:
            row = rows[number]
            begin = span.left if number == span.top else span.left - 1
            end = min(span.right, len(row))
            looked += 1 + max(0, end - begin)
            if looked > MOST_COVERED:
                raise Unfit("合并的单元格太多", limits.SAVE_AS)
            if any(cell is not None for cell in row[begin:end]):
                changed = [*row[:begin], *[None] * (end - begin), *row[end:]]
                while changed and changed[-1] is None:
                    changed.pop()
                rows[number] = tuple(changed)
    for number in [number for number, row in rows.items() if not row]:
        del rows[number]
