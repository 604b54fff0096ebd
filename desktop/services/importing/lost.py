"""Numbers that a numeric cell has cut: the full one from this unit's own records, where it is certain."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Member
from desktop.records.codes import plain

KEPT = 15  # digits that a numeric cell keeps


class Lost:
    """The numbers of this unit's people, by name and first digits; read when first asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers: dict[tuple[str, str], set[str]] | None = None

    def whole(self, kept: str, name: str) -> str:
        """The one number of a person of this name that begins with ``kept``; empty if none or several."""
        if len(kept) < KEPT or not name.strip():
            return ""
        if self._numbers is None:
            self._numbers = self._read()
        found = self._numbers.get((plain(name), kept[:KEPT]), set())
        return next(iter(found)) if len(found) == 1 else ""

    def _read(self) -> dict[tuple[str, str], set[str]]:
        numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
        query = select(Member.name, Member.id_number)
        for name, number in self._session.execute(
            query.where(Member.deleted_at.is_(None), Member.id_number.is_not(None))
        ):
            numbers[plain(name or ""), (number or "")[:KEPT]].add(number or "")
        return numbers
