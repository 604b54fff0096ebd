"""The rows of a sheet under their headings: which are entries, and what they take from other rows."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from desktop.excel.compact import Compact
from desktop.excel.reading.grid import Cell
from desktop.excel.understanding import asides, borrowing, changes, sections, wording
from desktop.excel.understanding.header import ALIKE, FEWEST, Header, Headers
from desktop.excel.understanding.headings import ERRORS
from desktop.excel.understanding.sections import IsPlace
from desktop.excel.understanding.table import Line, Table
from desktop.excel.understanding.targets import carried, target, village
from desktop.records.fields import Ledger

DONE = "已导入"  # what our own error workbook writes beside a row that needs no repair
OPENING = 6  # rows under the headings that may explain the columns
WIDE = 3  # columns: a row merged this far is a line of words
NONE: Mapping[str, str] = MappingProxyType({})
DITTO = frozenset(("同上", "〃", "″", "''", '"', "”", "“", "同前", "〞", "＂", "，，", ",,"))
COLONS = (":", "：", "︰")
SUSPECT = frozenset("合小总累本共全注备说附填")  # first letters of totals and notes


class Rows:
    """Reads one sheet from its first headings down; a new header begins a new table."""

    def __init__(self, headers: Headers, is_place: IsPlace) -> None:
        self.headers, self.sheet, self.is_place = headers, headers.sheet, is_place
        self.ledger: type[Ledger] = headers.words.ledger
        self.tables: list[Table] = []
        self.given: borrowing.Lent = {}
        self.above = borrowing.Above(self.ledger)
        self.names = {"place": village(self.ledger)} if village(self.ledger) else {}
        if (team := target(self.ledger, "team_name")) and team.ledger != self.ledger.__tablename__:
            self.names["team"] = "team_name"
        self.wide = frozenset(
            one.top for one in self.sheet.merges if one.right - one.left >= WIDE and one.top == one.bottom
        )

    def read(self, header: Header) -> list[Table]:
        """The tables of the sheet, whose first headings are ``header``."""
        self._begin(header)
        self._title(header)
        skip = header.bottom
        for number, row in self.sheet.rows.items():
            if number > skip:
                skip = self._row(number, row) or skip
        self._end()
        return self.tables

    def _begin(self, header: Header) -> None:
        self.header, self.columns = header, changes.with_ends(header.columns, self.ledger)
        self.plan = [(one.number - 1, one.target.name) for one in self.columns if one.target]
        self.naming = self.ledger.naming if self.ledger.naming in header.known else ""
        self.changes = changes.changes(self.columns, header.top, self.sheet)
        own = {text for one in self.columns for text in one.heading.split("／")}
        self.headed = self.headers.words.spelled | own
        self.hot = self.headed | set(asides.TOTALS) | set(asides.SPELLED) | DITTO
        self.errors = next((one.number - 1 for one in self.columns if one.heading.endswith(ERRORS)), -1)
        self.lent = borrowing.merged(self.sheet, self.columns, self.ledger, header.bottom)
        self.where = _where(self.ledger, self.naming)
        self.carries = not self.sheet.merges_known and bool(carried(self.ledger))
        self.lines: list[Line] = []
        self.done: list[int] = []
        self.hidden = 0
        self.opening, self.foot, self.fresh = OPENING, False, False

    def _end(self) -> None:
        top, bottom = self.header.top, self.header.bottom
        title, epoch = self.sheet.title, self.sheet.epoch
        self.tables.append(Table(title, epoch, top, bottom, self.columns, self.lines, self.hidden, self.done))

    def _row(self, number: int, row: Sequence[Cell]) -> int:
        """Read one row; returns the last row of a header that begins here, else 0."""
        width = len(row)
        cells: changes.Cells = {
            name: cell
            for at, name in self.plan
            if at < width and (cell := row[at]) is not None and not (cell.__class__ is str and cell.isspace())
        }
        name = cells.get(self.naming)
        hits = not self.hot.isdisjoint(row)
        usual = name is not None and len(cells) > 2 and not hits and not self.opening and self.errors < 0
        if usual and not (name.__class__ is str and name[0] in SUSPECT):
            self._line(number, row, cells)
            return 0
        if hits and len(self.headed.intersection(row)) >= FEWEST and (again := self._again(number)):
            return again
        if not DITTO.isdisjoint(row):
            cells = self._repeated(cells)
        if self.errors >= 0 and _at(row, self.errors) == DONE:
            self.done.append(number)
        elif self._aside(number, row, cells):
            self.opening -= self.opening > 0
        else:
            self._line(number, row, cells)
        return 0

    def _again(self, number: int) -> int:
        """The last row of the headings that begin in this row, if it is one of headings; else 0."""
        old, rows = self.header, self.sheet.rows
        tall = old.bottom - old.top + 1
        if all(rows.get(number + at) == rows.get(old.top + at) for at in range(tall)):
            bottom = number + tall - 1  # the same, word for word, as on every printed page
        else:
            header = self.headers.starting(number)
            if header is None or header.latin or (self.naming and self.naming not in header.known):
                return 0
            if len(header.known) < ALIKE * min(len(old.known), len(header.columns)):
                return 0
            bottom = header.bottom
            if header.places != old.places:
                fresh = self.fresh
                self._end()
                self.given = self.given if fresh else {}
                self._begin(header)
        self.above.forget()
        self.opening, self.foot = OPENING, False
        return bottom

    def _aside(self, number: int, row: Sequence[Cell], cells: Mapping[str, Cell]) -> bool:
        """Whether a row is no entry; one that tells something of the rows below it is listened to."""
        name = cells.get(self.naming)
        words = asides.texts(row)
        first = words[0] if words else ""
        filled = sum(cell is not None for cell in row)
        others = sum(cell is not first for cell in cells.values())
        if asides.signed(words) and (name is None or sum(map(asides.signature, words)) > 1 or others <= 1):
            self._section(number, row, labels=True)
            self.foot = True
            return True
        if self.opening and asides.explains(row, name):
            return True
        lent = self.naming in self.lent.get(number, ())
        if lent or (name is not None and name is not first and filled > 1):
            summed = asides.total(row) if lent or asides.counted(name) else asides.is_total(name)
            return summed or not cells
        if asides.total(row) or asides.note(first):
            self.foot = self.foot or asides.note(first)
            return True
        line = (filled == 1 or (number in self.wide and len(words) <= 2)) and not self._is_entry(cells)
        if words and (line or (name is None and len(words) == 1 and self._headed(first))):
            self._section(number, row)
            return True
        return not cells.keys() - self.where

    def _headed(self, first: str) -> bool:
        """The only words of a row name a village or team by number, with counts beside: 一、沈圩村 … 3."""
        return wording.NUMBERED.match(wording.plain(first)) is not None and bool(
            sections.said(first, self.is_place, self.names)
        )

    def _is_entry(self, cells: Mapping[str, Cell]) -> bool:
        """One cell that is nothing but the name of an entry."""
        name = cells.get(self.naming)
        if name is None or self.foot:
            return False
        if self.naming in self.names.values() or not isinstance(name, str):
            return True
        if len(name) > asides.LONG or name.rstrip()[-1:] in COLONS or sections.titled(name):
            return False
        return not sections.said(name, self.is_place, self.names)

    def _section(self, number: int, row: Sequence[Cell], *, labels: bool = False) -> None:
        """Take what a section row says for the rows below it."""
        found: dict[str, str] = {}
        if not labels:
            for text in asides.texts(row):
                found |= sections.said(text, self.is_place, self.names)
        for kind, value in sections.labelled(row):
            one = (
                sections.place_in(value, self.is_place)
                if kind == "place"
                else sections.team_in(value) or value
            )
            if kind in self.names and one:
                found[self.names[kind]] = one
        if not found:
            return
        if self.names.get("place") in found:
            self.given = {}
        self.above.forget()
        self.given |= {name: (text, f"第 {number} 行“{text}”") for name, text in found.items()}
        self.fresh, self.foot = True, False

    def _title(self, header: Header) -> None:
        """What the lines above the first headings say, and the sheet's own title where no column does."""
        place_name, team = self.names.get("place", ""), self.names.get("team", "")
        for number, row in self.sheet.rows.items():
            if number >= header.top:
                break
            self._section(number, row, labels=True)
            for text in asides.texts(row):
                found = sections.place_in(text, self.is_place) if place_name else None
                if found and place_name not in self.given:
                    self.given[place_name] = found, f"第 {number} 行“{found}”"
                named = sections.team_in(text, titled=True) if team and team not in header.known else None
                if named and team not in self.given:
                    self.given[team] = named, f"第 {number} 行“{named}”"
        if place_name and place_name not in header.known and place_name not in self.given:
            found = sections.place_in(self.sheet.title, self.is_place)
            if found:
                self.given[place_name] = found, f"本表名称“{self.sheet.title}”"

    def _repeated(self, cells: changes.Cells) -> changes.Cells:
        """The cells of a row with 同上 as what the entry before has there."""
        before = self.lines[-1].cells if self.lines else {}
        said = {name: before.get(name) if cell in DITTO else cell for name, cell in cells.items()}
        return {name: cell for name, cell in said.items() if cell is not None}

    def _line(self, number: int, row: Sequence[Cell], cells: dict[str, Cell]) -> None:
        for name, change in self.changes:
            if name in cells:
                change(cells)
        borrowed: Mapping[str, str] = NONE
        lent = self.lent.get(number)
        if lent or self.given or self.carries:
            borrowed = self._borrow(number, cells, lent or {})
        if number in self.sheet.hidden_rows:
            self.hidden += 1
        self.fresh = False
        self.opening = 0
        self.lines.append(Line(number, Compact(tuple(cells), tuple(cells.values())), borrowed))

    def _borrow(self, number: int, cells: dict[str, Cell], lent: borrowing.Lent) -> Mapping[str, str]:
        borrowed: dict[str, str] = {}
        sources = [lent, self.above.lend(number, cells), self.given] if self.carries else [lent, self.given]
        for source in sources:
            for name, (cell, told) in source.items():
                if name not in cells:
                    cells[name] = cell
                    borrowed[name] = told
        return borrowed


def _where(ledger: type[Ledger], naming: str) -> frozenset[str]:
    """The targets that alone make no entry: a row prepared with its village and team."""
    return carried(ledger) if naming and naming != village(ledger) else frozenset()


def _at(row: Sequence[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else None
