"""The cells of one row on their way to an entry: what each says, and what is to be said about it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from desktop.errors import Unreadable
from desktop.excel import cells
from desktop.excel.plan import CellFinding
from desktop.excel.reading.grid import Cell
from desktop.excel.understanding.learnt import Learnt
from desktop.excel.understanding.table import Line, Table, Target
from desktop.records.kinds import Area, CreditCode, Link, Phone, ResidentId, masked
from desktop.services.gazetteer import Gazetteer
from desktop.services.importing.links import Links
from desktop.services.importing.lost import Lost

MOST_KEPT = 30_000  # different cells of one column that are remembered
TOWNSHIP = "township"

Confirmed = Mapping[tuple[str, int, str], str]  # sheet, row and target to a value the clerk confirmed


@dataclass(slots=True)
class Reading:
    """One row on its way.

    :param letters: of the columns, by target name.
    :param place: how other rows speak of it: 第 5 行.
    :param values: what could be read, by target name.
    """

    sheet: str
    row: int
    letters: Mapping[str, str]
    place: str
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[CellFinding] = field(default_factory=list)
    wrong: bool = False

    def tell(self, name: str, message: str, *, grave: bool = False, offer: str = "") -> None:
        """Say something about the cell of a target; a grave thing keeps the row out."""
        cell = f"{self.letters.get(name, '')}{self.row}"
        said = sys.intern(message)  # 100,000 rows may well lack the same answer
        self.findings.append(CellFinding(cell, name, said, grave, offer))
        self.wrong = self.wrong or grave

    def said(self, name: str) -> bool:
        """Whether something was said about a target."""
        return any(one.field == name for one in self.findings)


@dataclass(frozen=True, slots=True)
class Reference:
    """What cells are read against: the places, the entries and the numbers of this unit's records."""

    places: Gazetteer
    links: Links
    lost: Lost
    learnt: Learnt
    confirmed: Confirmed


class _Column:
    """One target; what is written in it again and again is read once."""

    __slots__ = ("beside_town", "known", "late", "target", "words")

    def __init__(self, target: Target, words: Mapping[str, str], naming: str) -> None:
        self.target, self.words = target, words
        once = isinstance(target.kind, (ResidentId, CreditCode, Phone)) or target.name == naming
        self.known: dict[Any, Any] | None = None if once else {}  # by cell; a place by cell and town
        self.late = isinstance(target.kind, (Area, Link))
        self.beside_town = isinstance(target.kind, Area) and target.kind.level != TOWNSHIP


class Page:
    """Reads the rows of one table.

    :param targets: everything that a cell can answer, by name.
    :param naming: target that names an entry, beside a number that has lost its end.
    """

    def __init__(
        self, table: Table, targets: Mapping[str, Target], reference: Reference, naming: str, *, several: bool
    ) -> None:
        self.table, self.reference, self.naming, self.several = table, reference, naming, several
        words = reference.learnt.words
        self.columns = {name: _Column(one, words.get(name, {}), naming) for name, one in targets.items()}
        answers = [(one.number, name) for one in table.columns for name in (one.until, one.target) if name]
        self.letters = {one.name: get_column_letter(number) for number, one in answers}

    def read(self, line: Line) -> Reading:
        """Read the cells of a row: places after the rest, and links to other entries after the places."""
        place = f"“{self.table.sheet}”第 {line.row} 行" if self.several else f"第 {line.row} 行"
        reading = Reading(self.table.sheet, line.row, self.letters, place)
        values, late = reading.values, []
        for name, cell in line.cells.items():
            column = self.columns[name]
            if column.late:
                late.append(column)
                continue
            known = column.known
            value = known.get(cell) if known is not None else None
            if value is None:
                value = self._value(column, cell, line, reading)
            if value is not None:
                values[name] = value
        if late:
            for column in sorted(late, key=_order):
                self._late(column, line.cells[column.target.name], line, reading)
        return reading

    def _value(self, column: _Column, cell: Cell, line: Line, reading: Reading) -> Any:
        """The value of a cell that was not met before; ``None`` when it cannot be read."""
        target = column.target
        try:
            if isinstance(cell, str) and cell.strip() in column.words:
                value = target.kind.read(column.words[cell.strip()])
            else:
                value = cells.value(target.kind, cell, self.table.epoch)
        except cells.Mangled as trouble:
            return self._mended(target, trouble, line, reading)
        except Unreadable as trouble:
            self._complain(target, trouble, line, reading)
            return None
        if value is None or value in ("", []):
            return None
        if value.__class__ is str and value == cell:
            value = cell  # held once
        if column.known is not None and len(column.known) < MOST_KEPT:
            column.known[cell] = value
        return value

    def _mended(self, target: Target, trouble: cells.Mangled, line: Line, reading: Reading) -> str | None:
        """The full number that the clerk confirmed for one that lost its end; nothing is invented."""
        named = line.cells.get(self.naming)
        name = named if isinstance(named, str) else ""
        offer = self.reference.lost.whole(trouble.kept, name) if isinstance(target.kind, ResidentId) else ""
        key = (self.table.sheet, line.row, target.name)
        if offer and self.reference.confirmed.get(key) == offer:
            return offer
        said = f"“{target.label}”{trouble}"
        if offer:
            said += f"；本单位记录中有{name.strip()}的 {masked(target.kind, offer)}，可确认采用"
        reading.tell(target.name, said, grave=True, offer=offer)
        return None

    def _late(self, column: _Column, cell: Cell, line: Line, reading: Reading) -> None:
        """Places and links: what they mean depends on what else the row says."""
        target, reference = column.target, self.reference
        value: str | int | None = None
        town = reading.values.get("town_code") if column.beside_town else None
        if column.known is not None and (known := column.known.get((cell, town))) is not None:
            reading.values[target.name] = known
            return
        try:
            text = cells.typed(target.kind, cell, self.table.epoch).strip()
            text = column.words.get(text, text)
            if not text:
                return
            if isinstance(target.kind, Area):
                value = reference.places.code(text, target.kind.level, town=town)
                if value is not None and column.known is not None and len(column.known) < MOST_KEPT:
                    column.known[cell, town] = value
            elif isinstance(target.kind, Link):
                value = reference.links.understood(text, target.kind, reading.values)
        except Unreadable as trouble:
            self._complain(target, trouble, line, reading)
        else:
            if value is not None:
                reading.values[target.name] = value

    def _complain(self, target: Target, trouble: Unreadable, line: Line, reading: Reading) -> None:
        source = line.borrowed.get(target.name)
        taken = f"（取自{source}）" if source else ""
        reading.tell(target.name, f"“{target.label}”{trouble}{taken}", grave=True)


def _order(column: _Column) -> int:
    kind = column.target.kind
    if isinstance(kind, Area):
        return 0 if kind.level == TOWNSHIP else 1
    return 2
