"""What changed in the records between the plan and the import: the journal tells."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel.plan import Outcome, Plan, RowPlan
from desktop.records import LEDGERS
from desktop.records.keeping import JournalRow
from desktop.services.importing import matching
from desktop.services.importing.teams import LINK

AGAIN = "请重新选择文件"


def mark(session: Session) -> int:
    """The last row of the journal."""
    return session.scalar(select(func.max(JournalRow.id))) or 0


def refuse_moved(session: Session, plan: Plan, rows: Sequence[RowPlan]) -> None:
    """Refuse a plan whose entries were changed, deleted or recorded by somebody since.

    :raises Refusal: with the row it is about.
    """
    session.flush()
    moved: dict[str, set[int]] = defaultdict(set)
    query = select(JournalRow.ledger, JournalRow.entry).where(JournalRow.id > plan.mark)
    for name, entry in session.execute(query):
        moved[name].add(entry)
    if not moved:
        return
    what, ledger = f"未能导入“{plan.file}”", LEDGERS[plan.ledger]
    there = {
        matching.key(ledger, values) for values in matching.held(session, ledger, moved[plan.ledger]).values()
    }
    for row in rows:
        if row.outcome is Outcome.NEW and matching.key(ledger, row.values) in there:
            raise Refusal(what, f"第 {row.row} 行的{ledger.caption}在读取文件以后已经录入", AGAIN)
        pointed = [(plan.ledger, row.entry), ("team", row.values.get(LINK))]
        pointed += [(part.ledger, part.entry) for part in row.parts]
        for name, there_now in pointed:
            if there_now in moved[name] and row.outcome in (Outcome.NEW, Outcome.CHANGED):
                caption = LEDGERS[name].caption
                raise Refusal(what, f"第 {row.row} 行对应的{caption}在读取文件以后改动过", AGAIN)
