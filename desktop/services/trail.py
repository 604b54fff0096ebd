"""The journal as a workbook: numbers masked, row after row as chained, and written down that it was made."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from desktop.excel.layout import Form
from desktop.excel.pen import BOXED, FORMS, Pen
from desktop.excel.safely import Shape, write_whole
from desktop.records.fields import Ledger, field
from desktop.services import audit, history, masking, undo
from desktop.services.audit import Event
from desktop.storage import journal
from desktop.storage.journal import DELETED
from desktop.storage.rights import Right, needs

HEADS = ("序号", "时间", "操作人", "操作", "对象", "修改前", "修改后", "校验值")
WIDTHS = (8, 20, 12, 24, 22, 40, 40, 66)  # characters
LONGEST = 32_000  # characters of a cell; a workbook takes 32,767


@needs(Right.ACCOUNTS, "未能导出操作记录")
def export(session: Session, target: Path) -> int:
    """Write the whole journal to ``target``, and into the journal that it was; returns how many rows.

    :param session: of a transaction: what cannot be written to the disk is not journalled either.
    :raises Refusal: the file cannot be written; an older one stays as it was.
    """
    audit.record(session, Event.EXPORT_JOURNAL, target.name)
    written = 0

    def make(part: Path) -> Shape:
        nonlocal written
        with Workbook(str(part), {"constant_memory": True, "strings_to_urls": False}) as book:
            sheet = book.add_worksheet("操作记录")
            pen = Pen(book, sheet)
            for at, (head, wide) in enumerate(zip(HEADS, WIDTHS, strict=True)):
                sheet.set_column(at, at, wide)
                pen.put(head, 0, at, {**BOXED, **FORMS[Form.WORD], "bold": True})
            sheet.freeze_panes(1, 0)
            for written, cells in enumerate(_rows(session), 1):
                for at, text in enumerate(cells):
                    pen.put(text[:LONGEST], written, at, {**BOXED, **FORMS[Form.TEXT]})
        return Shape(written + 1, header=HEADS)

    write_whole(target, make)
    return written


def _rows(session: Session) -> Iterator[tuple[str, ...]]:
    for row in journal.export(session):
        told = history.masked_row(session, row)
        ledger = undo.ledgers().get(row["ledger"])
        about = f"{ledger.caption} {row['entry']}" if ledger is not None else ""
        at = row["at"][:19].replace("T", " ")
        before, after = (_answers(ledger, told[side] or {}) for side in ("before", "after"))
        yield (str(row["id"]), at, row["who"], row["operation"], about, before, after, row["chain"])


def _answers(ledger: type[Ledger] | None, answers: dict[str, Any]) -> str:
    """Answers in one cell: 姓名：张三；手机：138****8000."""
    if ledger is None:
        return masking.hidden("：".join(str(value) for value in answers.values()))
    told = (
        f"{'删除' if name == DELETED else field(ledger, name).label}：{value}"
        for name, value in answers.items()
        if value
    )
    return masking.hidden("；".join(told))
