"""The findings of a period with what a clerk is told about each, worked out on the worker."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.records import LEDGERS, Office
from desktop.rules.rulebook import Finding
from desktop.services import checks, links, reasons
from ui.worker import Progress


@dataclass(slots=True)
class Line:
    """A finding, where it is, and the reason given to it so far."""

    finding: Finding
    ledger: str  # in the clerk's words
    title: str  # of the entry: its village and name
    reason: str = ""

    @property
    def asks(self) -> bool:
        return self.finding.grade in reasons.ASKED and not self.reason

    @property
    def what(self) -> str:
        return f"{self.title}：{self.finding.message}" if self.title else self.finding.message

    @property
    def state(self) -> str:
        if self.reason:
            return "已说明"
        return "可改正" if self.finding.mend else ""

    @property
    def sentence(self) -> str:
        """Everything in one sentence, for searching and for a screen reader."""
        one = self.finding
        parts = (f"{one.grade} {one.grade.word}", self.ledger, self.what, one.basis, one.remedy, self.state)
        return "，".join(part for part in parts if part)


def examined(session: Session, period: str, today: dt.date, steps: Progress) -> list[Line]:
    """Every finding of ``period``, named as a clerk knows the entries, with the reasons given so far."""
    found = checks.check(session, period, today, steps.at)
    given = reasons.given(session, period)
    titles = _titles(session, found)
    return [
        Line(
            one,
            LEDGERS[one.ledger].caption if one.ledger in LEDGERS else Office.caption,
            titles.get((one.ledger, one.entry or 0), ""),
            given.get(one.key, ""),
        )
        for one in found
    ]


def _titles(session: Session, found: list[Finding]) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = {}
    for one in found:
        if one.entry is not None and one.ledger in LEDGERS:
            wanted.setdefault(one.ledger, set()).add(one.entry)
    return {
        (ledger, entry): title
        for ledger, ids in wanted.items()
        for entry, title in links.titles(session, ledger, sorted(ids)).items()
    }
