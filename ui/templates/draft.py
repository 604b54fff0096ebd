"""The profile that is being made, with the workbook it is for; every change is told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from openpyxl.utils import get_column_letter
from PySide6.QtCore import QObject, Signal

from desktop.excel.profile import ColumnRule, Profile
from desktop.excel.reading.grid import Span
from desktop.excel.understanding.wording import key as spelt
from desktop.services import proposing
from desktop.services.sources import Source, SourceColumn, source
from ui.templates.opening import Opened


class Place(Enum):
    """What a cell of the sheet is to the profile."""

    MATCHED = auto()  # a heading whose column is filled
    OPEN = auto()  # a heading whose column is left alone
    ENTRY = auto()  # filled, a row for each entry
    TOTAL = auto()  # of the row 合计
    CELL = auto()  # filled once
    OTHER = auto()


class Draft(QObject):
    """What the clerk has said so far.

    :ivar changed: the profile is another.
    :ivar span: the merged cells of the sheet by their first cell.
    """

    changed = Signal()

    def __init__(self, opened: Opened, said: Mapping[int, ColumnRule] | None = None) -> None:
        super().__init__()
        self.workbook, self.handed, self.profile = opened.workbook, opened.handed, opened.profile
        self._said: dict[int, ColumnRule | None] = dict(said or {})
        self._looked: dict[tuple[str, int], tuple[Mapping[int, Sequence[str]], set[int]]] = {}
        self._see()

    @property
    def source(self) -> Source:
        return source(self.profile.source)

    def column(self, rule: ColumnRule) -> SourceColumn | None:
        """What of the source a rule shows; ``None`` for a constant."""
        return self.source.by_key.get(rule.key)

    def rule(self, at: int) -> ColumnRule | None:
        return self.profile.columns.get(at)

    def owner(self, at: int) -> int | None:
        """The column whose rule fills column ``at``: a split number reaches over several."""
        return self._owners.get(at)

    def covering(self, row: int, at: int) -> Span | None:
        """The merged cells that a cell is one of."""
        found = (
            one for one in self.span.values() if one.top <= row <= one.bottom and one.left <= at <= one.right
        )
        return next(found, None)

    def heading(self, at: int) -> str:
        """As a clerk names a column: its letter and its heading."""
        return f"{get_column_letter(at)} 列　{self.profile.headings.get(at, '')}"

    def offered(self, at: int) -> Sequence[str]:
        """Words of the drop-down of a column in the first row of entries."""
        return self._look()[0].get(at, ())

    def first_rule(self, at: int, key: str) -> ColumnRule:
        """How a column of the source goes into column ``at`` until the clerk says more."""
        return proposing.rule_for(self.source.by_key[key], self.offered(at), is_text=at in self._look()[1])

    def place(self, row: int, at: int) -> Place:
        profile = self.profile
        if f"{get_column_letter(at)}{row}" in profile.cells:
            return Place.CELL
        if profile.header_top <= row <= profile.header_bottom:
            filled = self.owner(at) is not None
            return Place.MATCHED if filled else Place.OPEN if at in profile.headings else Place.OTHER
        if row == profile.total_row:
            return Place.TOTAL
        filled = profile.first <= row <= profile.last and self.owner(at) is not None
        return Place.ENTRY if filled else Place.OTHER

    # what the clerk says

    def change(self, **parts: Any) -> None:
        """Set fields of the profile."""
        changed = replace(self.profile, **parts)
        if changed != self.profile:
            self.profile = changed
            self._see()
            self.changed.emit()

    def set_rule(self, at: int, rule: ColumnRule | None) -> None:
        """Fill column ``at`` by ``rule``; columns that a split number takes are its own from now on."""
        taken = range(at, at + (rule.parts if rule else 1))
        columns = {one: other for one, other in self.profile.columns.items() if one not in taken}
        for one in taken:
            self._said[one] = None
        self._said[at] = rule
        totals = {one: total for one, total in self.profile.totals.items() if rule or one != at}
        self.change(columns=dict(sorted((columns | ({at: rule} if rule else {})).items())), totals=totals)

    def set_total(self, at: int, total: str) -> None:
        """Count column ``at`` in the row 合计; empty leaves it as the template has it."""
        totals = {one: other for one, other in self.profile.totals.items() if one != at}
        self.change(totals=dict(sorted((totals | ({at: total} if total else {})).items())))

    def set_total_row(self, row: int | None) -> None:
        self.change(total_row=row, totals=self.profile.totals if row else {})

    def point(self, name: str, row: int) -> None:
        """Say that a row is the ``first`` or ``last`` of the entries, or the ``total_row``; twice: none."""
        if name == "total_row":
            self.set_total_row(None if self.profile.total_row == row else row)
        elif name == "first":
            self.change(first=row, last=max(row, self.profile.last))
        else:
            self.change(last=row)

    def set_cell(self, place: str, pattern: str) -> None:
        """Write ``pattern`` once into a cell; empty leaves it as the template has it."""
        cells = {one: other for one, other in self.profile.cells.items() if one != place}
        self.change(cells=cells | ({place: pattern} if pattern else {}))

    def adopt(self, opened: Opened) -> None:
        """Go on with another proposal; what the clerk has said is kept where it still has its place."""
        old, new = self.profile, opened.profile
        said = self._said if new.source == old.source else {}
        if opened.workbook is not self.workbook:
            said = _moved(said, old, new)
        self.workbook, self.handed, self._said, self._looked = opened.workbook, opened.handed, said, {}
        columns = {**new.columns, **said}
        self.profile = replace(
            old,
            **{name: getattr(new, name) for name in ("source", "sheet", "header_top", "header_bottom")},
            **{name: getattr(new, name) for name in ("first", "last", "headings", "total_row", "totals")},
            title=old.title if new.source == old.source else new.title,
            row_limit=new.row_limit or old.row_limit,
            columns={at: rule for at, rule in sorted(columns.items()) if rule is not None},
        )
        self._see()
        self.changed.emit()

    def _see(self) -> None:
        """Work out once what every cell is asked for."""
        profile = self.profile
        merges = self.handed.sheets[profile.sheet].merges if profile.sheet in self.handed.sheets else ()
        self.span = {(one.top, one.left): one for one in merges}
        self._owners = {
            at + part: at for at, rule in sorted(profile.columns.items()) for part in range(rule.parts)
        }

    def _look(self) -> tuple[Mapping[int, Sequence[str]], set[int]]:
        where = (self.profile.sheet, self.profile.first)
        if where not in self._looked:
            self._looked[where] = self.handed.choices(*where), self.handed.text_columns(*where)
        return self._looked[where]


def _moved(said: Mapping[int, ColumnRule | None], old: Profile, new: Profile) -> dict[int, ColumnRule | None]:
    """The rules of columns that the new workbook has under the same heading, each where it is now."""
    found = {}
    for at, rule in said.items():
        heading = spelt(old.headings.get(at, ""))
        places = [one for one, text in new.headings.items() if heading and spelt(text) == heading]
        if at in places or len(places) == 1:
            found[at if at in places else places[0]] = rule
    return found
