"""Periods: months as YYYY-MM, when they are due, and the lock that a submission puts on them."""

import calendar
import datetime as dt
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.paths import resources
from desktop.records.fields import Ledger
from desktop.records.keeping import Submission

DUE_DAY = 25  # assumption of the domain, editable on the page 设置


def of(date: dt.date) -> str:
    """The period a day belongs to."""
    return f"{date:%Y-%m}"


def parse(text: str) -> str:
    """A period as typed on the command line.

    :raises Refusal: it is not a month written YYYY-MM.
    """
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text):
        raise Refusal("未能继续", f"期间写为“{text}”", "请写成 2026-11 这样的年月")
    return text


def first_day(period: str) -> dt.date:
    return dt.date.fromisoformat(f"{period}-01")


def last_day(period: str) -> dt.date:
    first = first_day(period)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def before(period: str) -> str:
    return of(first_day(period) - dt.timedelta(days=1))


def after(period: str) -> str:
    return of(last_day(period) + dt.timedelta(days=1))


def words(period: str) -> str:
    """A period as printed: 2026年11月."""
    return f"{int(period[:4])}年{int(period[5:])}月"


def due(period: str, day: int = DUE_DAY, *, shift: bool = True) -> dt.date:
    """The day on which a period must be sent.

    :param day: of the month; the last day where the month is shorter.
    :param shift: a due day that is no working day moves to the working day before it.
    """
    date = first_day(period).replace(day=min(day, last_day(period).day))
    while shift and not is_workday(date):
        date -= dt.timedelta(days=1)
    return date


@cache
def _holidays() -> dict[str, dict[str, set[str]]]:
    years = json.loads((resources() / "rules" / "holidays.json").read_text("utf-8"))["years"]
    return {year: {name: set(table[name]) for name in ("off", "work")} for year, table in years.items()}


def is_workday(date: dt.date) -> bool:
    """By the State Council's table; Monday to Friday in a year that the table does not have."""
    table = _holidays().get(str(date.year), {"off": set(), "work": set()})
    if date.isoformat() in table["work"]:
        return True
    return date.weekday() < 5 and date.isoformat() not in table["off"]


def locking(session: Session, period: str) -> Submission | None:
    """The submission that locks ``period``; ``None`` while it is open or returned."""
    latest = session.scalars(
        select(Submission).where(Submission.period == period).order_by(Submission.version.desc()).limit(1)
    ).first()
    return latest if latest is not None and latest.returned_at is None else None


def refuse_locked(session: Session, row: Ledger, changed: Mapping[str, Any]) -> None:
    """Refuse to move an entry into or out of a period that was sent.

    An entry whose ledger declares ``dated`` fields belongs to the periods of
    these dates. What happened in a locked period (a meeting, a publicity, an
    activity) cannot be changed at all; of a register that goes on (teams,
    members, agreements) only the dates themselves are held. What happens after
    the day it was sent, in the same month, is free: the month is not over.

    :raises Refusal: with the period and the way to reopen it.
    """
    happening = type(row).__tablename__ in ("step", "activity")
    if not changed or not (happening or any(name in changed for name in row.dated)):
        return
    days = {_day(getattr(row, name)) for name in row.dated if happening or name in changed}
    days |= {_day(changed[name]) for name in row.dated if name in changed}
    for period in sorted({of(date) for date in days if date is not None}):
        sent = locking(session, period)
        if sent is None:
            continue
        if any(of(date) == period and date <= sent.sent_at.date() for date in days if date):
            raise Refusal(
                "未能保存",
                f"{words(period)}已于 {sent.sent_at:%Y-%m-%d} 上报（第 {sent.version} 版），该期数据已锁定",
                "需要更正的，请先在“上报”页登记退回",
            )


def _day(value: dt.date | dt.datetime | None) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else value
