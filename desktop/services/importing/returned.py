"""The clerk's own workbook, given back with its wrong cells marked."""

import re
from collections import defaultdict
from pathlib import Path

from openpyxl.utils import column_index_from_string

from desktop.errors import Refusal
from desktop.excel.filling.marking import mark
from desktop.excel.filling.marks import SheetMarks
from desktop.excel.plan import CellFinding, Outcome, Plan

KINDS = (".xlsx", ".xlsm")
LETTERS = re.compile(r"[A-Z]*")


def write(plan: Plan, source: Path, target: Path, *, imported: bool) -> None:
    """Save ``source`` as ``target``, each wrong cell with what is wrong with it.

    :param imported: the other rows were imported; they are marked so that they are not read again.
    :raises Refusal: the target is the file itself, or cannot be written.
    """
    refuse_target(source, target)
    wrong: dict[str, dict[int, list[tuple[int | None, str]]]] = defaultdict(dict)
    done: dict[str, set[int]] = defaultdict(set)
    for row in plan.rows:
        if row.outcome is Outcome.WRONG:
            wrong[row.sheet][row.row] = [_place(one) for one in row.findings if one.grave]
        elif imported:
            done[row.sheet].add(row.row)
    for table in plan.tables:
        done[table.sheet].update(table.done)  # of earlier imports, as their marks are made anew
    tops = {table.sheet: table.bottom for table in reversed(plan.tables)}
    mark(
        source,
        target,
        {
            sheet: SheetMarks(bottom, wrong[sheet], done[sheet])
            for sheet, bottom in tops.items()
            if wrong[sheet] or done[sheet]
        },
    )


def refuse_target(source: Path, target: Path) -> None:
    """Refuse to save a marked copy of ``source`` where it would do harm, or under a name of another kind.

    :raises Refusal: the target is the file itself, or no workbook by its name.
    """
    what = f"未能保存“{target.name}”"
    if target.exists() and target.resolve() == source.resolve():
        raise Refusal(what, "它就是选择的文件，不能盖掉", "请另起一个文件名")
    if target.suffix.lower() not in KINDS:
        raise Refusal(what, "标注了错误的表是 Excel 工作簿", "请把文件名的结尾改为 .xlsx")


def _place(finding: CellFinding) -> tuple[int | None, str]:
    found = LETTERS.match(finding.cell)
    letters = found[0] if found else ""
    return (column_index_from_string(letters) if letters else None), finding.message
