"""更正: what differs from what was sent, answer by answer."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import LEDGERS, Ledger, Matter, Step
from desktop.records.keeping import JournalRow, Submission
from desktop.records.kinds import plain
from desktop.services import history, links, periods


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs from what was sent."""

    ledger: str
    entry: int
    title: str
    label: str
    before: str
    after: str


def changed_since(session: Session, submission: int) -> list[Difference]:
    """What differs from what was sent: each changed answer once, from its value then to its value now.

    Entries that begin after the period are new work, no corrections, and are left out.
    """
    sent = session.get_one(Submission, submission)
    first: dict[tuple[str, int, str], Any] = {}
    query = select(JournalRow).where(JournalRow.id > sent.journal_mark, JournalRow.ledger.in_(LEDGERS))
    for row in session.scalars(query.order_by(JournalRow.id)):
        for name in row.after or {}:
            first.setdefault((row.ledger, row.entry, name), (row.before or {}).get(name))
    found = []
    end = periods.last_day(sent.period)
    for (ledger, entry, name), before in first.items():
        now = session.get(LEDGERS[ledger], entry)
        if now is None or plain(getattr(now, name)) == before:
            continue
        begins = _begins(now)
        if begins is None or begins <= end:
            after = plain(getattr(now, name))
            told = history.change(session, type(now), name, before=before, after=after)
            title = links.title(session, now)
            found.append(Difference(ledger, entry, title, told.label, told.before, told.after))
    return found


def _begins(entry: Ledger) -> dt.date | None:
    """The day from which an entry counts: of a matter, its first step; of others, their first date."""
    if isinstance(entry, Matter):
        return min((step.date for step in entry.steps if step.date), default=None)
    if isinstance(entry, Step):
        return entry.date
    name = next(iter(entry.dated), "as_of")
    day: dt.date | None = getattr(entry, name, None)
    return day
