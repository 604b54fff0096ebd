"""A block from the clipboard: as new entries, by the road of an import, or over the entries selected."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from openpyxl.utils import get_column_letter
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel.block import Paste
from desktop.excel.plan import Outcome, Plan, RowPlan
from desktop.excel.reading.grid import Book, Cell, Sheet
from desktop.excel.understanding.headings import Heading, assign, vocabulary
from desktop.excel.understanding.learnt import ASIDE, Learnt
from desktop.excel.understanding.table import Column, Target
from desktop.excel.understanding.targets import place, targets
from desktop.excel.understanding.wording import key
from desktop.records.fields import Ledger
from desktop.services import importing, overwriting
from desktop.services.blocks import Written
from desktop.services.overwriting import TITLE
from desktop.storage import preparing

Steps = Callable[[int, int], None]


def offered(ledger: type[Ledger], *, over: bool = False) -> list[Target]:
    """What a column of a block can answer; over entries that are there, only their own fields."""
    return [one for one in targets(ledger) if not over or overwriting.field_of(ledger, one)]


def headings(ledger: type[Ledger], row: Sequence[str]) -> list[str]:
    """The targets that the cells of a first row name, by column."""
    known = {one.number: one.target.name for one in _assigned(ledger, row) if one.target}
    return [known.get(at, ASIDE) for at in range(1, len(row) + 1)]


def is_headed(ledger: type[Ledger], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a block has headings.

    Half of its cells must be headings, and one alone must be the label of a field: 队长 may head a column,
    and is an answer too.
    """
    found = _assigned(ledger, rows[0])
    known = [one for one in found if one.target]
    if len(rows) < 2 or not known:
        return False
    if len(known) == 1:
        return len(found) == 1 and key(found[0].heading) == key(_label(known[0]))
    return 2 * sum(one.target is not None or one.aside for one in found) >= len(found)


def _assigned(ledger: type[Ledger], row: Sequence[str]) -> list[Column]:
    asked = [Heading(at, (cell,)) for at, cell in enumerate(row, 1) if cell.strip()]
    return assign(asked, vocabulary(ledger), Learnt())


def _label(column: Column) -> str:
    return column.target.label if column.target else ""


def columns(ledger: type[Ledger], names: Sequence[str], width: int) -> list[str]:
    """The targets of ``width`` columns that stand where the columns ``names`` of a table do."""
    by_field = {overwriting.field_of(ledger, one): one.name for one in targets(ledger)}
    return ([by_field.get(name, ASIDE) for name in names] + [ASIDE] * width)[:width]


def plan(
    session: Session,
    ledger: type[Ledger],
    paste: Paste,
    today: dt.date,
    progress: Steps | None = None,
) -> Plan:
    """What pasting would do, row by row; nothing is written.

    :raises Refusal: no column answers anything, or there are not as many rows as entries to write over.
    """
    if not any(paste.names):
        raise Refusal("未能粘贴", "没有一列对上栏目", "请在“对照栏目”中选择每一列填到哪一栏")
    if paste.over:
        return overwriting.plan(session, ledger, paste, today, progress)
    book, given = _book(ledger, paste)
    letters = {get_column_letter(at): name for at, name in enumerate(_names(ledger, paste), 1)}
    learnt = Learnt(letters, paste.words, header=1)
    found = importing.plan(session, ledger, book, today, progress, learnt=learnt, confirmed=paste.confirmed)
    where = place(ledger)
    return replace(found, rows=[_unmoved(row, where) if row.row in given else row for row in found.rows])


def carry_out(
    session: Session, plan: Plan, *, only_good: bool = False, progress: Steps | None = None
) -> Written:
    """Write what ``plan`` says, as one batch.

    :raises Refusal: a row is wrong (and not ``only_good``), or its period is locked; nothing is written.
    """
    try:
        counts = importing.carry_out(session, plan, only_good=only_good, progress=progress)
    except Refusal as refusal:
        what = refusal.what.replace(f"导入“{TITLE}”", "粘贴")
        raise Refusal(what, refusal.why, refusal.remedy.replace("选择文件", "复制粘贴")) from refusal
    return Written(counts.new + counts.changed, preparing.batch_of(session))


def _names(ledger: type[Ledger], paste: Paste) -> list[str]:
    """The targets by column; a village that no column names stands in one of its own behind them."""
    where = place(ledger)
    more = [where] if paste.village and where not in paste.names else []
    return [*paste.names, *more]


def _book(ledger: type[Ledger], paste: Paste) -> tuple[Book, set[int]]:
    """The block as a workbook with headings in row 1, and the rows that were given the village."""
    names, known = _names(ledger, paste), {one.name: one for one in offered(ledger)}
    head = [known[name].label if name else None for name in names]
    rows: dict[int, Sequence[Cell]] = {1: head}
    given: set[int] = set()
    at = names.index(place(ledger)) if paste.village else -1
    for number, row in enumerate(paste.body, 2):
        cells: list[Cell] = [cell if cell.strip() else None for cell in row]
        if not any(cells):
            continue
        if paste.village:
            cells += [None] * (len(names) - len(cells))
            if cells[at] is None:
                cells[at] = paste.village
                given.add(number)
        while cells and cells[-1] is None:
            cells.pop()
        rows[number] = cells
    return Book(TITLE, "csv", (Sheet(TITLE, rows, merges_known=False),)), given


def _unmoved(row: RowPlan, where: str) -> RowPlan:
    """An entry that is there already stays in its village when the block names none."""
    if row.outcome is not Outcome.CHANGED or where not in row.difference:
        return row
    difference = {name: pair for name, pair in row.difference.items() if name != where}
    more = any(part.outcome is not Outcome.SAME for part in row.parts)
    outcome = Outcome.CHANGED if difference or more else Outcome.SAME
    values: dict[str, Any] = {name: value for name, value in row.values.items() if name != where}
    return replace(row, outcome=outcome, difference=difference, values=values)
