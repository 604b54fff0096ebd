"""Which entry of the records a row of a file stands for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records.fields import Ledger

CHUNK = 500  # ids in one query

Key = tuple[Any, ...]


def key(ledger: type[Ledger], values: Mapping[str, Any]) -> Key:
    """What tells an entry from all others."""
    return tuple(values.get(name) for name in names(ledger, values))


def names(ledger: type[Ledger], values: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of the key: ``ledger.key``, or ``ledger.otherwise`` where the last of the key is blank."""
    return ledger.otherwise if ledger.otherwise and values.get(ledger.key[-1]) is None else ledger.key


class Index:
    """The keys of every entry of a ledger, read with one query."""

    def __init__(self, session: Session, ledger: type[Ledger]) -> None:
        self.ledger = ledger
        self._ids: dict[tuple[bool, Key], list[int]] = defaultdict(list)
        wanted = tuple(dict.fromkeys((*ledger.key, *ledger.otherwise)))
        columns = [getattr(ledger, name) for name in wanted]
        for entry, *found in session.execute(
            select(ledger.id, *columns).where(ledger.deleted_at.is_(None)).order_by(ledger.id)
        ):
            values = dict(zip(wanted, found, strict=True))
            self._ids[True, tuple(values[name] for name in ledger.key)].append(entry)
            if ledger.otherwise:
                whole = values[ledger.key[-1]] is not None
                self._ids[False, (whole, *(values[name] for name in ledger.otherwise))].append(entry)

    def find(self, values: Mapping[str, Any]) -> Sequence[int]:
        """The entries that a row's values stand for.

        A row without the last answer of the key is any entry that agrees in ``otherwise``; a row with
        it may also be an entry that has none yet, whose number has become known.
        """
        ledger = self.ledger
        other = tuple(values.get(name) for name in ledger.otherwise)
        if names(ledger, values) == ledger.key:
            exact = self._ids.get((True, tuple(values.get(name) for name in ledger.key)), [])
            return exact or (self._ids.get((False, (False, *other)), []) if ledger.otherwise else [])
        return [*self._ids.get((False, (False, *other)), []), *self._ids.get((False, (True, *other)), [])]


def load(session: Session, ledger: type[Ledger], ids: Iterable[int]) -> dict[int, Ledger]:
    """Entries by id, a few hundred a query."""
    wanted = sorted(set(ids))
    found: dict[int, Ledger] = {}
    for start in range(0, len(wanted), CHUNK):
        query = select(ledger).where(ledger.id.in_(wanted[start : start + CHUNK]))
        query = query.where(ledger.deleted_at.is_(None))
        found |= {entry.id: entry for entry in session.scalars(query)}
    return found
