"""What happens at every flush of a session: settle, number, spell, index, journal, announce."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from desktop.records import LEDGERS, Member, Team
from desktop.records.common import Located, Reported
from desktop.records.fields import Ledger, fields
from desktop.records.keeping import JournalRow
from desktop.records.kinds import Listed, plain
from desktop.records.office import Office
from desktop.storage import finder
from desktop.storage.changes import Changes
from desktop.storage.spelling import spelled

SPELLED = 30  # characters of a name that sort it
NEXT_SERIAL = """
INSERT INTO serial (prefix, last) VALUES (?, 1)
ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last
"""


class TrackedSession(Session):
    """A session for writing.

    :ivar info: ``operation``, the name for the journal; ``changes``, filled by every flush.
    """


@event.listens_for(TrackedSession, "before_flush")
def prepare(session: Session, context: UOWTransaction, instances: object) -> None:
    """Settle, number and spell what is about to be written."""
    now = dt.datetime.now()
    changed = [entry for entry in session.dirty if session.is_modified(entry)]
    for entry in [*session.new, *changed]:
        if isinstance(entry, Ledger):
            _prepare(session, entry, now)


@event.listens_for(TrackedSession, "do_orm_execute")
def refuse_bulk(state: ORMExecuteState) -> None:
    """Bulk changes would pass by everything that is done here."""
    if state.is_update or state.is_delete:
        raise RuntimeError("bulk update and delete pass by the journal")


def _prepare(session: Session, entry: Ledger, now: dt.datetime) -> None:
    entry.settle()
    entry.updated_at = now
    if isinstance(entry, (Located, Reported)):
        _place(session, entry)
    if isinstance(entry, Reported) and not entry.record_no:
        entry.record_no = _next_number(session, entry, now)
    name = getattr(entry, entry.naming)
    kind = next(one.kind for one in fields(type(entry)) if one.name == entry.naming)
    shown = kind.show(name) if isinstance(kind, Listed) else str(name or "")
    entry.spelling = spelled(shown[:SPELLED])[:100] or None


def _place(session: Session, entry: Reported) -> None:
    """A member lies in the village of the team; the town of an entry is that of its village, else our own."""
    if isinstance(entry, Member) and entry.village_code is None and entry.team_id is not None:
        with session.no_autoflush:
            team = session.get(Team, entry.team_id)
        entry.village_code = team.village_code if team else None
    if not hasattr(entry, "town_code") or entry.town_code:
        return
    village = getattr(entry, entry.where)
    entry.town_code = f"{village[:9]}000" if village else _office(session)


def _office(session: Session) -> str | None:
    if "office" not in session.info:
        with session.no_autoflush:
            office = session.query(Office).first()
        session.info["office"] = office.unit_code if office else None
    code: str | None = session.info["office"]
    return code


def _next_number(session: Session, entry: Reported, now: dt.datetime) -> str:
    town = getattr(entry, "town_code", None) or _office(session) or "000000000"
    prefix = f"{entry.mark}-{town[:9]}-{now:%Y%m}"
    last: int = session.connection().exec_driver_sql(NEXT_SERIAL, (prefix,)).scalar_one()
    return f"{prefix}-{last:04}"


@event.listens_for(TrackedSession, "after_flush")
def follow(session: Session, context: UOWTransaction) -> None:
    """Journal what was written, index it, and announce it."""
    changes: Changes = session.info["changes"]
    journal: list[dict[str, Any]] = []
    indexed: list[tuple[Ledger, bool]] = []  # and whether it may stand in the index already
    now = dt.datetime.now()
    for entry, new in _touched(session):
        changes.add(entry.__tablename__, entry.id if isinstance(entry, Ledger) else 0)
        if isinstance(entry, Ledger):
            before, after = _difference(entry, new=new)
            if before is not None or after is not None:
                journal.append(
                    {
                        "at": now,
                        "operation": session.info["operation"],
                        "ledger": entry.__tablename__,
                        "entry": entry.id,
                        "before": before,
                        "after": after,
                    }
                )
            if entry.__tablename__ in LEDGERS:
                indexed.append((entry, not new))
    if journal:
        session.connection().execute(insert(JournalRow), journal)
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
    names = [*(field.name for field in fields(type(entry))), "deleted_at"]
    if new:
        return None, {name: plain(value) for name in names if (value := getattr(entry, name)) is not None}
    before, after = {}, {}
    for name in names:
        history = state.attrs[name].history
        if history.has_changes():
            before[name] = plain(history.deleted[0]) if history.deleted else None
            after[name] = plain(history.added[0]) if history.added else None
    return (before, after) if after else (None, None)
