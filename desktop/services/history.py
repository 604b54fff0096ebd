"""The history of one entry, answer by answer, in the words that tables show; and the way back to it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.fields import Ledger, Privacy, field
from desktop.records.keeping import JournalRow
from desktop.records.kinds import Area, Link, Scans, masked
from desktop.services import areas, entries, links, undo
from desktop.storage import journal
from desktop.storage.journal import DELETED

GIVEN_BY_US = "record_no"  # a printed number is never given back


@dataclass(frozen=True, slots=True)
class Change:
    """One answer before and after, in shown words; personal numbers are masked.

    :ivar name: of the field, or ``deleted_at``.
    """

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Event:
    """What one operation did to an entry.

    :ivar row: its number in the journal.
    :ivar made: the entry did not exist before.
    """

    row: int
    at: dt.datetime
    who: str
    operation: str
    made: bool
    changes: Sequence[Change]


def of(session: Session, ledger: type[Ledger], entry: int) -> list[Event]:
    """Everything that happened to an entry, the latest first."""
    return [
        Event(
            row.id,
            row.at,
            row.who,
            row.operation,
            row.before is None,
            [
                change(session, ledger, name, before=(row.before or {}).get(name), after=after)
                for name, after in (row.after or {}).items()
            ],
        )
        for row in reversed(_rows(session, ledger, entry))
    ]


def restore(session: Session, ledger: type[Ledger], entry: int, row: int, name: str | None = None) -> int:
    """Put answers back to what they were before the journal's row with this number.

    :param name: of one field; ``None`` puts the whole entry back as it was.
    :returns: how many answers are other now.
    :raises Refusal: the entry is deleted or did not exist then, its period is locked, or what it linked to
        is gone; nothing is changed.
    """
    now = entries.get(session, ledger, entry)
    rows = _rows(session, ledger, entry)
    then = next((one for one in rows if one.id == row), None)
    if then is None or then.before is None:
        raise Refusal("未能恢复", "那时还没有这条记录", "请选择更晚的一次修改")
    wanted: dict[str, Any] = {}
    for one in reversed(rows):
        if one.id >= row and one.before is not None:
            wanted |= one.before
    if name is not None:
        wanted = {name: then.before.get(name)}
    kept = {key: journal.value(ledger, key, value) for key, value in wanted.items()}
    values = {key: value for key, value in kept.items() if key not in (DELETED, GIVEN_BY_US)}
    changed = {key for key, value in values.items() if getattr(now, key) != value}
    entries.write(session, ledger, values, entry=entry)
    return len(changed)


def change(session: Session, ledger: type[Ledger], name: str, *, before: Any, after: Any) -> Change:
    """One answer before and after, from what the journal keeps of it."""
    if name == DELETED:
        return Change(name, "删除", "已删除" if before else "", "已删除" if after else "已恢复")
    one = field(ledger, name)
    old, new = shown(session, ledger, name, before), shown(session, ledger, name, after)
    if old == new and before != after and "*" in old:
        new += "（隐藏的几位不同）"
    return Change(name, one.label, old, new)


def shown(session: Session, ledger: type[Ledger], name: str, kept: Any) -> str:
    """A journalled value as a clerk reads it: areas and other entries by name, numbers masked."""
    if kept is None:
        return ""
    if name == DELETED:
        return "已删除"
    one, value = field(ledger, name), journal.value(ledger, name, kept)
    if isinstance(one.kind, Area):
        return areas.named(session, value, town=True)
    if isinstance(one.kind, Link):
        return links.titles(session, one.kind.ledger, [value]).get(value, "（已删除）")
    if isinstance(one.kind, Scans):
        return f"{len(value)} 件" if value else ""
    text = one.kind.show(value)
    return masked(one.kind, text) if one.privacy is Privacy.PERSONAL else text


def masked_row(session: Session, row: dict[str, Any]) -> dict[str, Any]:
    """A row of :func:`desktop.storage.journal.export` with its values in shown words."""
    ledger = undo.ledgers().get(row["ledger"])
    if ledger is None:
        return row
    told = {
        side: {name: shown(session, ledger, name, kept) for name, kept in row[side].items()}
        for side in ("before", "after")
        if row[side] is not None
    }
    return row | told


def _rows(session: Session, ledger: type[Ledger], entry: int) -> Sequence[JournalRow]:
    of_entry = (JournalRow.ledger == ledger.__tablename__) & (JournalRow.entry == entry)
    return session.scalars(select(JournalRow).where(of_entry).order_by(JournalRow.id)).all()
