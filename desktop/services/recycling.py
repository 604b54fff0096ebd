"""回收站: entries that were deleted, found again and put back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.records.fields import Ledger, fields
from desktop.records.keeping import JournalRow
from desktop.records.kinds import Link
from desktop.services import links, periods
from desktop.storage.journal import Kind

MOST = 500  # entries listed of each ledger


@dataclass(frozen=True, slots=True)
class Deleted:
    """A deleted entry.

    :ivar parts: how many entries were deleted with it, and come back with it.
    """

    ledger: str
    entry: int
    title: str
    at: dt.datetime
    who: str
    operation: str
    parts: int


def listed(session: Session, ledger: str = "", find: str = "") -> list[Deleted]:
    """The deleted entries, the last deleted first; those of an import that was taken back are not among them.

    :param ledger: a table name, or empty for all.
    :param find: part of the title.
    """
    found = [
        one
        for name, table in LEDGERS.items()
        if not ledger or name == ledger
        for one in _of_ledger(session, table)
        if find.strip().lower() in one.title.lower()
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def restore(session: Session, ledger: type[Ledger], entry: int) -> int:
    """Put a deleted entry back, with the parts that were deleted with it.

    :returns: how many entries are back.
    :raises Refusal: it is not deleted, what it belongs to is still deleted, or its period is locked.
    """
    row = session.get(ledger, entry)
    if row is None or row.deleted_at is None:
        raise Refusal("未能恢复", f"这条{ledger.caption}不在回收站里", "请刷新列表")
    return _restore(session, row)


def _restore(session: Session, row: Ledger) -> int:
    ledger, what = type(row), f"未能恢复“{links.title(session, row)}”"
    for one in fields(ledger):
        value = getattr(row, one.name)
        if isinstance(one.kind, Link) and value is not None:
            other = session.get(LEDGERS[one.kind.ledger], value)
            if other is None or other.deleted_at is not None:
                name = links.title(session, other) if other is not None else "那条记录"
                why = f"它的“{one.label}”“{name}”也在回收站里"
                raise Refusal(what, why, f"请先恢复那条{LEDGERS[one.kind.ledger].caption}")
    try:
        periods.refuse_locked(session, row, {name: getattr(row, name) for name in ledger.dated})
    except Refusal as refusal:
        raise Refusal(what, refusal.why, refusal.remedy) from refusal
    parts = [part for name, table in LEDGERS.items() for part in _parts(session, row, table)]
    row.deleted_at = None
    session.flush()
    return 1 + sum(_restore(session, part) for part in parts)


def _parts(session: Session, row: Ledger, table: type[Ledger]) -> Sequence[Ledger]:
    """The parts that were deleted in the same operation."""
    if links.owner(table.__tablename__) != row.__tablename__:
        return []
    gone = select(table).where(getattr(table, table.part_of) == row.id, table.deleted_at.is_not(None))
    batch = _last(session, row).batch
    return [part for part in session.scalars(gone) if _last(session, part).batch == batch]


def _last(session: Session, row: Ledger) -> JournalRow:
    of_entry = (JournalRow.ledger == row.__tablename__) & (JournalRow.entry == row.id)
    return session.scalars(select(JournalRow).where(of_entry).order_by(JournalRow.id.desc()).limit(1)).one()


def _of_ledger(session: Session, table: type[Ledger]) -> list[Deleted]:
    """What was deleted of a ledger by itself: no parts that went with their owner, nothing never wanted."""
    last = aliased(JournalRow)
    name = table.__tablename__
    newest = (
        select(func.max(JournalRow.id))
        .where(JournalRow.ledger == name, JournalRow.entry == table.id)
        .correlate(table)
        .scalar_subquery()
    )
    query = select(table, last).join(last, last.id == newest)
    query = query.where(table.deleted_at.is_not(None), ~_never_wanted(table, last))
    if table.part_of:
        owner = LEDGERS[links.owner(name)]
        held = select(owner.id).where(owner.deleted_at.is_not(None))
        query = query.where(getattr(table, table.part_of).not_in(held))
    query = query.order_by(table.deleted_at.desc(), table.id).limit(MOST)
    return [
        Deleted(
            name,
            row.id,
            links.title(session, row),
            row.deleted_at or said.at,
            said.who,
            said.operation,
            sum(len(_parts(session, row, one)) for one in LEDGERS.values()),
        )
        for row, said in session.execute(query)
    ]


def _never_wanted(table: type[Ledger], last: type[JournalRow]) -> ColumnElement[bool]:
    """Whether an entry is gone because the making of it was taken back; 恢复 brings it again."""
    made = aliased(JournalRow)
    making = and_(
        made.batch == last.root,
        made.ledger == table.__tablename__,
        made.entry == table.id,
        made.before.is_(None),
    )
    return and_(last.kind == Kind.UNDONE, exists().where(making))
