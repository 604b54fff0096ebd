"""Sheets written by hand, and what is understood of them, short enough to compare."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.excel.reading.grid import Book, Cell, Number, Sheet, Span
from desktop.excel.understanding.learnt import Learnt
from desktop.excel.understanding.table import Line, Table
from desktop.excel.understanding.understand import tables
from desktop.records.fields import Ledger

PLACES = ("北元村", "北元", "北元村委会", "北元村村民委员会", "符离镇北元村", "东湖村", "东湖社区", "符离镇")


def is_place(text: str) -> bool:
    return text in PLACES


def sheet(*rows: Sequence[Any], title: str = "Sheet1", merges: Sequence[str] = (), **more: Any) -> Sheet:
    """A sheet of rows from row 1 on: integers are number cells, ``merges`` like ``A1:C1``."""
    cells: dict[int, Sequence[Cell]] = {
        number: [Number(str(one)) if type(one) is int else one for one in row]
        for number, row in enumerate(rows, 1)
        if any(one is not None for one in row)
    }
    return Sheet(title, cells, [span(one) for one in merges], **more)


def span(area: str) -> Span:
    """``B2:C5`` as rows and columns; one letter a column."""
    begin, end = area.split(":")
    return Span(int(begin[1:]), ord(begin[0]) - 64, int(end[1:]), ord(end[0]) - 64)


def understood(
    ledger: type[Ledger], *sheets: Sheet, learnt: Learnt | None = None, only: str | None = None
) -> list[Table]:
    book = Book("名册.xlsx", "xlsx", sheets)
    return tables(book, ledger, is_place, sheet=only, learnt=learnt or Learnt())


def one(ledger: type[Ledger], *sheets: Sheet, learnt: Learnt | None = None) -> Table:
    (found,) = understood(ledger, *sheets, learnt=learnt)
    return found


def answered(table: Table) -> Mapping[str, str]:
    """Headings that are answered, to the names of their targets."""
    return {column.heading: column.target.name for column in table.columns if column.target}


def lines(table: Table, *names: str) -> list[tuple[Any, ...]]:
    """Row number and chosen cells of every entry, numbers as text."""
    return [(line.row, *(_text(line, name) for name in names)) for line in table.lines]


def _text(line: Line, name: str) -> Any:
    cell = line.cells.get(name)
    return cell.text if isinstance(cell, Number) else cell
