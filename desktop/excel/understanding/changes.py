"""What is done to the cells of some columns: ranges are split, a heading's unit is put behind its numbers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from desktop.excel.reading.grid import Cell, Number, Sheet
from desktop.excel.understanding import asides, ranges, wording
from desktop.excel.understanding.table import Column
from desktop.excel.understanding.targets import target
from desktop.records.fields import Ledger
from desktop.records.kinds import Money, Whole

MONEY_LINE = re.compile(r".*单位[::]\s*(?:[人件个份次户、,\s]*)(元|千元|万元)\s*(?:[、,].*)?")

LIST_NO = re.compile(r"[A-Za-z]{0,3}-?\d{1,6}")
DEADLINES = ("due", "due_on")  # without an end they are blank: 长期

Cells = dict[str, Cell]
Change = Callable[[Cells], None]


def with_ends(columns: Sequence[Column], ledger: type[Ledger]) -> list[Column]:
    """The columns, with what the second half of a range of dates answers where no other column does."""
    known = {one.target.name for one in columns if one.target}
    found = []
    for one in columns:
        until = None
        if one.target is not None and one.target.field in ranges.UNTIL:
            name = one.target.name.removesuffix(one.target.field) + ranges.UNTIL[one.target.field]
            until = target(ledger, name) if name not in known else None
        found.append(replace(one, until=until) if until else one)
    return found


def changes(columns: Sequence[Column], top: int, sheet: Sheet) -> list[tuple[str, Change]]:
    """What is done to a row's cells, each with the target whose cell it needs.

    :param top: first row of the headings; a line above it may name the unit of all amounts.
    """
    found: list[tuple[str, Change]] = []
    general = _unit_line(sheet, top)
    for one in columns:
        if one.target is None:
            continue
        if one.target.field == "record_no":
            found.append((one.target.name, partial(_foreign, one.target.name)))
        elif one.until is not None:
            deadline = ranges.DEADLINE.fullmatch(wording.key(one.heading)) is not None
            found.append(
                (one.target.name, partial(_split, one.target.name, one.until.name, deadline=deadline))
            )
        elif one.target.field in (*ranges.UNTIL.values(), *DEADLINES):
            found.append((one.target.name, partial(_endless, one.target.name)))
        elif isinstance(one.target.kind, (Money, Whole)):
            unit = wording.unit(one.heading)
            if not unit and isinstance(one.target.kind, Money):
                unit = general
            if unit and unit != one.target.kind.unit:
                found.append((one.target.name, partial(_with_unit, one.target.name, unit)))
    return found


def _split(name: str, until: str, cells: Cells, *, deadline: bool) -> None:
    cell = cells[name]
    halves = ranges.split(cell) if isinstance(cell, str) else None
    if halves is None:
        if isinstance(cell, str) and ranges.endless(cell):
            del cells[name]
        elif deadline and until not in cells:  # a single date under 期限 is its end
            cells[until] = cells.pop(name)
        return
    cells[name] = halves[0]
    if halves[1] and until not in cells:
        cells[until] = halves[1]


def _foreign(name: str, cells: Cells) -> None:
    """A number that is none of ours only counts the rows of the clerk's own list: 1, ZY001."""
    cell = cells[name]
    if not isinstance(cell, str) or LIST_NO.fullmatch(cell.strip()):
        del cells[name]


def _endless(name: str, cells: Cells) -> None:
    cell = cells[name]
    if isinstance(cell, str) and ranges.endless(cell):
        del cells[name]


def _with_unit(name: str, unit: str, cells: Cells) -> None:
    """A bare number under 涉及金额（元） is said with its unit."""
    cell = cells[name]
    text = cell.text if isinstance(cell, Number) else cell
    if isinstance(text, str) and text.strip()[-1:].isdigit():
        cells[name] = text.strip() + unit


def _unit_line(sheet: Sheet, top: int) -> str:
    """The unit of money that a line above the headings names: 单位：元."""
    for number, row in sheet.rows.items():
        if number >= top:
            break
        for text in asides.texts(row):
            if found := MONEY_LINE.fullmatch(wording.plain(text)):
                return found[1]
    return ""
