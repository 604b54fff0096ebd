"""What the first page shows: which villages still lack what, and what falls due."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.records import LEDGERS, Agreement, Matter, Member, Office, Step, Team, Village
from desktop.records.agreement import SOON, Standing
from desktop.records.common import Reported
from desktop.records.fields import fields
from desktop.records.keeping import JournalRow, ZeroReport
from desktop.records.region import short
from desktop.records.step import StepNo
from desktop.services import areas, decisions, links, periods, standing

COLUMNS = ("village", "team", "member", "matter", "agreement")
ZERO_ALLOWED = ("team", "member", "matter", "agreement")


class CellState(StrEnum):
    MISSING = "缺"
    ZERO = "零报告"
    PARTIAL = "待补"
    DONE = "齐全"
    WRONG = "有错"


@dataclass(frozen=True, slots=True)
class Cell:
    """One village in one ledger: ``count`` entries, ``open`` of them with missing answers or steps.

    :param wrong: findings that stop a submission, once :mod:`desktop.services.faults` has counted them.
    """

    state: CellState
    count: int
    open: int
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Village × ledger for one period; ``cells`` by (village code, table name)."""

    villages: Sequence[tuple[str, str]]
    ledgers: Sequence[tuple[str, str]]
    cells: Mapping[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a date: a sentence, and the page and entry it is about."""

    date: dt.date
    text: str
    page: str
    entry: int | None = None


def grid(session: Session, period: str, today: dt.date) -> Grid:
    """What each village has for ``period``, by a handful of grouped queries."""
    on = min(periods.last_day(period), max(today, periods.first_day(period)))
    villages = [(region.code or "", short(region.name or "")) for region in areas.villages(session, on)]
    zero = set(
        session.execute(select(ZeroReport.village_code, ZeroReport.ledger).where(ZeroReport.period == period))
    )
    cells: dict[tuple[str, str], Cell] = {}
    for name in COLUMNS:
        counts = _counts(session, name, period, on)
        for code, _ in villages:
            count, partial = counts.get(code, (0, 0))
            if count:
                state = CellState.PARTIAL if partial else CellState.DONE
            else:
                state = CellState.ZERO if (code, name) in zero else CellState.MISSING
            cells[code, name] = Cell(state, count, partial)
    return Grid(villages, [(name, LEDGERS[name].caption) for name in COLUMNS], cells)


def _counts(session: Session, name: str, period: str, on: dt.date) -> dict[str, tuple[int, int]]:
    """Entries of a ledger and those with something missing, by village code."""
    if name == "matter":
        return _matter_counts(session, period, on)
    ledger = LEDGERS[name]
    assert issubclass(ledger, Reported)
    counted = {
        "village": Village.deleted_at.is_(None) & (Village.as_of <= on),
        "team": standing.teams(on),
        "member": standing.members(on),
        "agreement": standing.agreements(on),
    }[name]
    where = getattr(ledger, ledger.where)
    blank = or_(*(getattr(ledger, one.name).is_(None) for one in fields(ledger) if one.required))
    query = (
        select(where, func.count(ledger.id), func.count(ledger.id).filter(blank))
        .where(counted)
        .group_by(where)
    )
    return {code: (count, partial) for code, count, partial in session.execute(query) if code}


def _matter_counts(session: Session, period: str, on: dt.date) -> dict[str, tuple[int, int]]:
    """Matters with a step in the period; those short of five steps count as partial."""
    found: dict[str, tuple[int, int]] = {}
    for matter, steps in decisions.between(session, periods.first_day(period), on):
        count, partial = found.get(matter.village_code or "", (0, 0))
        found[matter.village_code or ""] = (count + 1, partial + (not matter.carried_out(steps.values(), on)))
    return found


def agenda(session: Session, today: dt.date) -> list[Due]:
    """What falls due from today on, the nearest first: the report, publicity, agreements."""
    found = [_report_due(session, today)]
    ending = select(Agreement).where(standing.agreements(today), Agreement.valid_to <= today + SOON)
    for agreement in session.scalars(ending):
        if agreement.valid_to is not None and agreement.status(today) == Standing.ENDING:
            text = f"与{agreement.party_b_name or '未填单位'}的共建协议到期"
            found.append(Due(agreement.valid_to, text, "agreement", agreement.id))
    for step in session.scalars(select(Step).where(Step.deleted_at.is_(None), Step.open_to == today)):
        matter = session.get(Matter, step.matter_id or 0)
        if matter is not None:
            kind = "决议" if step.step_no == StepNo.PUBLISH else "实施结果"
            found.append(
                Due(today, f"{links.title(session, matter)}：{kind}公开今天期满", "matter", matter.id)
            )
    return sorted(found, key=lambda due: due.date)


def _report_due(session: Session, today: dt.date) -> Due:
    """The next report that was not sent yet: of this month, or of the month before while that is open."""
    office = session.scalars(select(Office)).first()
    day, shift = (office.due_day, office.shift_due) if office else (None, None)
    period = periods.of(today)
    begun = session.scalar(select(func.min(JournalRow.at)))
    earlier = periods.before(period)
    if (
        begun is not None
        and periods.of(begun.date()) <= earlier
        and periods.locking(session, earlier) is None
    ):
        period = earlier
    elif periods.locking(session, period) is not None:
        period = periods.after(period)
    date = periods.due(period, day or periods.DUE_DAY, shift=shift is not False)
    return Due(date, f"{periods.words(period)}报表上报", "submit")


def started(session: Session) -> bool:
    """Whether anything was recorded at all: the first page of an empty folder shows the first steps."""
    return any(
        session.scalar(select(one.id).limit(1)) is not None
        for one in (Village, Team, Member, Matter, Agreement)
    )
