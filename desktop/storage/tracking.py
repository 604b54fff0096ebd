"""What happens at every flush of a session: settle, number, spell, index, journal, announce."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from desktop.records import LEDGERS, Team
from desktop.records.common import Reported
from desktop.records.fields import Ledger
from desktop.records.kinds import plain
from desktop.storage import finder, journal, preparing, rights
from desktop.storage.changes import Changes


class TrackedSession(Session):
    """A session for writing.

    :ivar info: ``operation``, the name for the journal; ``changes``, filled by every flush; ``key``, whose
        role is asked what it may write.
    """


@event.listens_for(TrackedSession, "before_flush")
def prepare(session: Session, context: UOWTransaction, instances: object) -> None:
    """Refuse what this role may not write; settle, number and spell what is about to be written."""
    now = dt.datetime.now()
    changed = [entry for entry in session.dirty if session.is_modified(entry)]
    rights.guard(session, {entry.__tablename__ for entry in [*session.new, *changed, *session.deleted]})
    for entry in [*session.new, *changed]:
        if isinstance(entry, Ledger):
            _prepare(session, entry, now)


@event.listens_for(TrackedSession, "do_orm_execute")
def refuse_bulk(state: ORMExecuteState) -> None:
    """Bulk changes would pass by everything that is done here."""
    if state.is_update or state.is_delete:
        raise RuntimeError("bulk update and delete pass by the journal")


def _prepare(session: Session, entry: Ledger, now: dt.datetime) -> None:
    def village_of(team: int) -> str | None:
        with session.no_autoflush:
            found = session.get(Team, team)
        return found.village_code if found else None

    ledger = type(entry)
    preparing.prepare(session, ledger, entry, now, village_of)
    if isinstance(entry, Reported) and not entry.record_no:
        front = preparing.prefix(session, type(entry), entry, now)
        entry.record_no = preparing.printed(front, preparing.number(session, front))


@event.listens_for(TrackedSession, "after_flush")
def follow(session: Session, context: UOWTransaction) -> None:
    """Journal what was written, index it, and announce it."""
    changes: Changes = session.info["changes"]
    rows: list[journal.Written] = []
    indexed: list[tuple[Ledger, bool]] = []  # and whether it may stand in the index already
    for entry, new in _touched(session):
        name = entry.__tablename__
        changes.add(name, entry.id if isinstance(entry, Ledger) else 0)
        if isinstance(entry, Ledger):
            before, after = _difference(entry, new=new)
            if after is not None:
                was = None if before is None else journal.text(before)
                rows.append((name, entry.id, was, journal.text(after)))
            if name in LEDGERS:
                indexed.append((entry, not new))
    if rows:
        journal.write(session, rows)
    finder.write(session.connection(), indexed)


def _touched(session: Session) -> Iterator[tuple[Any, bool]]:
    """Every object of this flush, and whether it is new."""
    for entry in session.new:
        yield entry, True
    for entry in session.dirty:
        if session.is_modified(entry):
            yield entry, False
    for entry in session.deleted:
        yield entry, False


def _difference(entry: Ledger, *, new: bool) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Values before and after, by field name; only what changed, and ``None`` for what was not there."""
    state = inspect(entry)
    if new:
        return None, preparing.made(type(entry), entry)
    before, after = {}, {}
    for name in preparing.journalled(type(entry)):
        history = state.attrs[name].history
        if history.has_changes():
            before[name] = plain(history.deleted[0]) if history.deleted else None
            after[name] = plain(history.added[0]) if history.added else None
    return (before, after) if after else (None, None)
