"""What a submitted period still lets in."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.fields import Ledger
from desktop.records.keeping import Submission
from desktop.services import periods

Values = Mapping[str, Any]


class Locks:
    """The periods that were sent and not returned; nearly always few, so most rows need no query."""

    def __init__(self, session: Session) -> None:
        self.session = session
        sent = select(Submission.period).where(Submission.returned_at.is_(None))
        self.periods = set(session.scalars(sent))

    def refuse(self, ledger: type[Ledger], values: Values, before: Values, changed: Values) -> None:
        """Refuse to move an entry into, within or out of a locked period.

        :param values: of the entry as it will be.
        :param before: of the entry as it is.
        :raises Refusal: with the period and the way to reopen it.
        """
        if not self.periods or not ledger.dated:
            return
        dates = [found.get(name) for found in (before, values) for name in ledger.dated]
        if any(date is not None and periods.of(date) in self.periods for date in dates):
            entry = ledger(**({**values, **before} if before else values))
            periods.refuse_locked(self.session, entry, changed)

    def trouble(self, ledger: type[Ledger], values: Values, before: Values, changed: Values) -> str:
        """What :meth:`refuse` says, as a sentence; empty if it lets the entry in."""
        try:
            self.refuse(ledger, values, before, {name: values.get(name) for name in changed})
        except Refusal as refusal:
            return f"{refusal.why}，{refusal.remedy}"
        return ""
