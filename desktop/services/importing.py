"""Import of a workbook: plan it row by row, then carry the plan out, whole or not at all."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel import headers, reader
from desktop.excel.plan import Counts, Outcome, Plan
from desktop.records import LEDGERS
from desktop.records.fields import Ledger
from desktop.services import matching, planner

EVERY = 200  # rows between two words of progress

Steps = Callable[[int, int], None]


def plan(
    session: Session, ledger: type[Ledger], file: Path, today: dt.date, progress: Steps | None = None
) -> Plan:
    """What importing ``file`` into ``ledger`` would do; nothing is written.

    :param progress: told how many of how many rows are read.
    :raises Refusal: the file cannot be read, or has no headings of this ledger.
    """
    found = headers.find(reader.read(file), ledger)
    if found is None:
        raise Refusal(
            f"未能读取“{file.name}”",
            f"前 {headers.DEEPEST} 行里没有找到“{ledger.caption}”的栏目名称",
            "请核对文件，或使用导出的空白模板",
        )
    sheet, header = found
    rows = list(headers.entries(sheet, header, ledger))
    reader_of_rows = planner.Planner(session, ledger, header, today, sheet.epoch)
    readings = []
    for done, (number, answers) in enumerate(rows, 1):
        readings.append(reader_of_rows.read(number, answers))
        if progress is not None and (done % EVERY == 0 or done == len(rows)):
            progress(done, len(rows))
    return Plan(ledger.__tablename__, file.name, sheet.title, header.unknown, reader_of_rows.decide(readings))


def carry_out(session: Session, plan: Plan) -> Counts:
    """Write what ``plan`` says, in one flush.

    :raises Refusal: a row is wrong, its period is locked, or an entry went away since; nothing is written.
    """
    ledger = LEDGERS[plan.ledger]
    what = f"未能导入“{plan.file}”"
    if wrong := plan.of(Outcome.WRONG):
        first = wrong[0]
        said = first.findings[0].message if first.findings else ""
        raise Refusal(
            what,
            f"有 {len(wrong)} 行需要改正，第一处在第 {first.row} 行：{said}",
            "请在表中改正后重新选择文件，没有写入任何一行",
        )
    changed = plan.of(Outcome.CHANGED)
    entries = matching.load(session, ledger, [one.entry for one in changed if one.entry is not None])
    locked = planner.locked_periods(session)
    for one in changed:
        entry = entries.get(one.entry or 0)
        if entry is None:
            raise Refusal(what, f"第 {one.row} 行对应的{ledger.caption}已被删除", "请重新选择文件")
        after = {name: value for name, (_, value) in one.difference.items()}
        planner.refuse_locked(session, entry, after, locked)
        for name, value in after.items():
            setattr(entry, name, value)
    new = []
    for one in plan.of(Outcome.NEW):
        entry = ledger(**one.values, origin=f"导入 {plan.file} 第{one.row}行"[:100])
        planner.refuse_locked(session, entry, one.values, locked)
        new.append(entry)
    session.add_all(new)
    session.flush()
    return plan.counts
