"""What the first page tells: worked out on the worker, plain values only."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from desktop.services import figures, overview, periods, submissions
from desktop.services.overview import Due, Grid

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure now and before."""

    label: str
    unit: str
    now: str
    before: str
    difference: str
    formula: str


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything the page shows.

    :param since: what the figures are compared with: the last submission.
    :param locked: version of the submission that locks the period; 0 while it is open.
    """

    started: bool
    grid: Grid
    agenda: Sequence[Due]
    compared: Sequence[Compared]
    since: str
    locked: int


def facts(session: Session, period: str, today: dt.date) -> HomeFacts:
    """What the first page shows for ``period`` on the day ``today``."""
    lock = periods.locking(session, period)
    before, since = _before(session, period)
    on = min(periods.last_day(period), max(today, periods.first_day(period)))
    return HomeFacts(
        overview.started(session),
        overview.grid(session, period, today),
        overview.agenda(session, today),
        _compared(figures.figures(session, on), before),
        since,
        lock.version if lock is not None else 0,
    )


def _before(session: Session, period: str) -> tuple[Mapping[str, Any], str]:
    """The figures of the last submission of an earlier period; before the first there is nothing to compare.

    What the records of today say about the end of an earlier month is no answer: who is entered for the
    first time, and has no date, would count as having been there.
    """
    for sent in submissions.history(session):
        if sent.period < period and sent.returned_at is None:
            return sent.counts, f"{int(sent.period[5:])}月上报"
    return {}, "上次上报"


def _compared(now: Mapping[str, Any], before: Mapping[str, Any]) -> list[Compared]:
    return [
        Compared(
            one.label,
            one.unit,
            _shown(now.get(one.key)),
            _shown(before.get(one.key)),
            _difference(now.get(one.key), before.get(one.key)),
            one.formula,
        )
        for one in figures.FIGURES
    ]


def _shown(number: Any) -> str:
    return "—" if number is None else str(number)


def _difference(now: Any, before: Any) -> str:
    """The change in a word: 多 3, 少 2, 不变."""
    if now is None or before is None:
        return ""
    change = Decimal(str(now)) - Decimal(str(before))
    return "不变" if not change else f"{'多' if change > 0 else '少'} {abs(change)}"


def day_words(date: dt.date) -> str:
    """A day as spoken: 11月25日（星期三）."""
    return f"{date.month}月{date.day}日（星期{WEEKDAYS[date.weekday()]}）"


def distance(date: dt.date, today: dt.date) -> str:
    """How far off a day is: 还有 2 天, 今天, 已过 3 天."""
    days = (date - today).days
    if not days:
        return "今天"
    return f"还有 {days} 天" if days > 0 else f"已过 {-days} 天"
