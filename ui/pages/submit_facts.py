"""What the page 上报 tells about a period and about what was sent: plain values only."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.rules.rulebook import Grade
from desktop.services import areas, checks, faults, overview, periods, reasons, submissions
from desktop.services.overview import Grid
from ui.worker import Progress


@dataclass(frozen=True, slots=True)
class Lacking:
    """What stands between a period and its submission.

    :param grades: findings that still stop it, by grade.
    :param unnamed: labels of what the unit has not said about itself.
    """

    grades: Mapping[Grade, int]
    grid: Grid
    unnamed: Sequence[str]

    @property
    def stops(self) -> int:
        """How many things have to be settled first."""
        return sum(self.grades.values()) + len(self.unnamed)


@dataclass(frozen=True, slots=True)
class SentRow:
    """One submission as the history shows it."""

    id: int
    period: str
    version: int
    sent_at: dt.datetime
    files: Sequence[str]
    findings: Mapping[str, int]
    returned_at: dt.datetime | None
    returned_reason: str

    @property
    def state(self) -> str:
        if self.returned_at is None:
            return "已上报"
        return f"{self.returned_at:%m月%d日}被退回：{self.returned_reason}"

    @property
    def cells(self) -> tuple[str, ...]:
        found = "　".join(f"{grade} {count}" for grade, count in self.findings.items())
        sent = f"{self.sent_at:%Y-%m-%d %H:%M}"
        name = periods.words(self.period)
        return (name, f"第 {self.version} 版", sent, f"{len(self.files)} 个", found, self.state)


def lacking(session: Session, period: str, today: dt.date, steps: Progress) -> Lacking:
    """What still stops ``period``."""
    found = checks.check(session, period, today, steps.at)
    given = reasons.given(session, period)
    return Lacking(
        Counter(one.grade for one in checks.stopping(found, given)),
        faults.marked(overview.grid(session, period, today), faults.of_cells(session, found, given)),
        submissions.unnamed(session),
    )


def history(session: Session) -> list[SentRow]:
    """Every submission, the newest first."""
    return [
        SentRow(
            one.id,
            one.period,
            one.version,
            one.sent_at,
            [file["name"] for file in one.files],
            dict(one.findings),
            one.returned_at,
            one.returned_reason or "",
        )
        for one in submissions.history(session)
    ]


def out_folder(session: Session) -> str:
    """The folder that the unit chose for what it sends; empty if it chose none."""
    office = areas.own_office(session)
    return (office.out_folder or "") if office is not None else ""


def offered_periods(today: dt.date, sent: Sequence[SentRow], chosen: str) -> list[str]:
    """The periods to choose from, the newest first: half a year, what was sent, and the one chosen."""
    found = {periods.of(today), chosen, *(one.period for one in sent)}
    period = periods.of(today)
    for _ in range(5):
        period = periods.before(period)
        found.add(period)
    return sorted(found, reverse=True)


def placed(files: Sequence[Mapping[str, object]]) -> list[Path]:
    """The paths of files that were written."""
    return [Path(str(one["path"])) for one in files]
