"""Which entry of the records a row of a file stands for, and what that entry holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records.fields import Ledger, fields

CHUNK = 500  # ids in one query

Key = tuple[Any, ...]
Values = dict[str, Any]


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
        if not self._ids:
            return ()
        ledger = self.ledger
        other = tuple(values.get(name) for name in ledger.otherwise)
        if names(ledger, values) == ledger.key:
            exact = self._ids.get((True, tuple(values.get(name) for name in ledger.key)), [])
            return exact or (self._ids.get((False, (False, *other)), []) if ledger.otherwise else [])
        return [*self._ids.get((False, (False, *other)), []), *self._ids.get((False, (True, *other)), [])]


def held(session: Session, ledger: type[Ledger], ids: Iterable[int]) -> dict[int, Values]:
    """What entries hold, by field name, by id; those that were deleted are left out."""
    return _held(session, ledger, "id", ids)


def parts(session: Session, ledger: type[Ledger], ids: Iterable[int]) -> dict[int, Values]:
    """What the parts of the entries ``ids`` hold, by their own ids."""
    return _held(session, ledger, ledger.part_of, ids)


def _held(session: Session, ledger: type[Ledger], by: str, ids: Iterable[int]) -> dict[int, Values]:
    wanted = sorted(set(ids))
    answers = [one.name for one in fields(ledger)]
    columns = [getattr(ledger, name) for name in answers]
    found: dict[int, Values] = {}
    for start in range(0, len(wanted), CHUNK):
        query = select(ledger.id, *columns).where(ledger.deleted_at.is_(None))
        query = query.where(getattr(ledger, by).in_(wanted[start : start + CHUNK])).order_by(ledger.id)
        for entry, *values in session.execute(query):
            found[entry] = dict(zip(answers, values, strict=True))
    return found
