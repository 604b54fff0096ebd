"""Finds the row of headings in a sheet, and which column answers which field."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.excel.reader import Sheet
from desktop.excel.template import answer
from desktop.records.fields import Field, Ledger, field, fields

DEEPEST = 20  # rows above the entries: title, unit line, headings
FEWEST = 2  # columns that must be known, else a row is no header
TOTALS = ("合计", "总计", "小计", "共计", "总数")
NOTE = re.compile(
    r"(注|说明|备注|附注|填表说明|填写说明|填报说明|单位主要负责人(签字)?|单位负责人(签字)?|负责人签字|填报人|审核人|制表人|填报单位(\(盖章\))?"
    r"|填报时间|填报日期|联系电话):.*"
)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand.

    :param row: counted from 0.
    :param columns: field by column, counted from 0.
    :param unknown: headings that no field answers to.
    """

    row: int
    columns: Mapping[int, Field]
    unknown: Sequence[str]


def find(sheets: Sequence[Sheet], ledger: type[Ledger]) -> tuple[Sheet, Header] | None:
    """The sheet and row with the most headings of ``ledger``; ``None`` if no row has enough."""
    best: tuple[Sheet, Header] | None = None
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:DEEPEST]):
            header = _read(at, row, ledger)
            most = len(best[1].columns) if best else FEWEST - 1
            if len(header.columns) > most:
                best = sheet, header
    return best


def entries(sheet: Sheet, header: Header, ledger: type[Ledger]) -> Iterator[tuple[int, Mapping[Field, Any]]]:
    """The rows below the headings: number in the sheet, cells by field; totals and notes are left out."""
    for number, row in enumerate(sheet.rows[header.row + 1 :], header.row + 2):
        cells = {
            one: row[at]
            for at, one in header.columns.items()
            if at < len(row) and not (row[at] is None or (isinstance(row[at], str) and not row[at].strip()))
        }
        named = cells.get(field(ledger, ledger.naming))
        if cells and not _aside(row, named):
            yield number, cells


def normal(label: str) -> str:
    """A heading without asterisks, blanks, line breaks and the width of its brackets."""
    return re.sub(r"[\s*_]", "", unicodedata.normalize("NFKC", label)).lower()


def _read(at: int, row: Sequence[Any], ledger: type[Ledger]) -> Header:
    """Labels and names come before aliases, so that a field keeps its own column."""
    known = [one for one in fields(ledger) if answer(one.kind) is not None]
    texts = {place: normal(cell) for place, cell in enumerate(row) if isinstance(cell, str) and cell.strip()}
    columns: dict[int, Field] = {}
    for words in ("own", "aliases"):
        for one in known:
            names = (one.label, one.name) if words == "own" else one.aliases
            wanted = {normal(name) for name in names}
            place = next((p for p, text in texts.items() if p not in columns and text in wanted), None)
            if place is not None and one not in columns.values():
                columns[place] = one
    unknown = [str(row[place]).strip() for place in texts if place not in columns]
    return Header(at, dict(sorted(columns.items())), unknown)


def _aside(row: Sequence[Any], named: Any) -> bool:
    """Whether a row is a total or stands below the table: a note, a signature.

    A row that names its entry in words is one, whatever its first cell says.

    :param named: the cell of the field that names an entry.
    """
    words = [normal(cell) for cell in row if isinstance(cell, str) and cell.strip()]
    if isinstance(named, str) and normal(named) != (words[0] if words else ""):
        return False
    if not words:
        return False
    return words[0] in TOTALS or NOTE.fullmatch(words[0]) is not None
