"""The operations of the journal: what each was, who did it, which of them are taken back now."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session

from desktop.records import LEDGERS, Member, Office
from desktop.records.keeping import ImportRun, JournalRow
from desktop.services import audit, links
from desktop.storage.journal import Kind

MOST = 100  # operations that can be taken back
WALKED = 400  # batches looked at for them: what is taken back and done again makes new ones
FEW = 50  # rows of a batch that are counted one by one
LOOKED = "这是查看、登录一类的记录，只留作备查"
BEGINNING = "请在“设置”里直接修改"

# The last batches, each found by one step through the index, however many rows it has.
WALK = text("""
WITH RECURSIVE walked(batch, rest) AS (
  SELECT max(batch), :most FROM journal
  UNION ALL
  SELECT (SELECT max(batch) FROM journal WHERE batch < walked.batch), rest - 1
  FROM walked WHERE walked.batch > 0 AND rest > 1
)
SELECT batch FROM walked WHERE batch > 0 ORDER BY batch
""")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the journal.

    :ivar name: in the clerk's words, with how many entries or which one: 导入 132 人.
    :ivar undone: it is taken back now.
    :ivar instead: what to do about one that cannot be taken back; empty for one that can.
    """

    batch: int
    at: dt.datetime
    who: str
    name: str
    undone: bool = False
    instead: str = ""


def back(session: Session) -> Operation | None:
    """What is taken back next; it may be something that cannot be."""
    walk = _Walk(session)
    return walk.operation(walk.undo[-1]) if walk.undo else None


def again(session: Session) -> Operation | None:
    """What was taken back last, and can be done again."""
    walk = _Walk(session)
    return walk.operation(walk.redo[-1]) if walk.redo else None


def listed(session: Session) -> list[Operation]:
    """The last operations, the latest first."""
    walk = _Walk(session)
    return [walk.operation(batch) for batch in sorted(walk.rows, reverse=True)[:MOST]]


def looks(session: Session) -> list[Operation]:
    """The last things that changed no entry: who came in, looked at a number, took something out."""
    kept = (JournalRow.batch == 0) & (JournalRow.ledger == audit.LEDGER)
    rows = session.scalars(select(JournalRow).where(kept).order_by(JournalRow.id.desc()).limit(MOST))
    return [
        Operation(0, row.at, row.who, _told(row.after or {}, row.operation), instead=LOOKED) for row in rows
    ]


def down_to(session: Session, batch: int) -> list[Operation]:
    """What must be taken back for things to be as they were before an operation, in this order.

    Empty if it is taken back already, or too old.
    """
    walk = _Walk(session)
    if batch not in walk.undo:
        return []
    return [walk.operation(one) for one in reversed(walk.undo[walk.undo.index(batch) :])]


def named(session: Session, batch: int) -> str:
    """What a batch was, in the clerk's words."""
    found = {row.batch: row for row in _first_rows(session, [batch])}
    return _name(session, found[batch]) if batch in found else ""


class _Walk:
    """The last batches in the order of their writing, each put where it belongs; so it outlives a restart."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.undo: list[int] = []
        self.redo: list[int] = []
        self.undone: set[int] = set()
        self.rows: dict[int, Row[Any]] = {}
        office = (JournalRow.ledger == Office.__tablename__) & JournalRow.before.is_(None)
        self._beginning = set(session.scalars(select(JournalRow.batch).where(office)))
        found = _first_rows(session, session.scalars(WALK, {"most": WALKED}))
        here = {row.batch for row in found}
        older = {row.root for row in found if row.root is not None} - here
        self.rows = {row.batch: row for row in _first_rows(session, older)}
        for row in found:
            self._put(row)
        self.undo = self.undo[-MOST:]

    def operation(self, batch: int) -> Operation:
        row = self.rows[batch]
        name = _name(self.session, row)
        return Operation(batch, row.at, row.who, name, batch in self.undone, self._instead(row))

    def _put(self, row: Row[Any]) -> None:
        if row.kind in (Kind.DONE, Kind.EVENT):
            self.rows[row.batch] = row
            self.undo.append(row.batch)
            if row.kind == Kind.DONE:
                self.redo.clear()
            return
        undoing = row.kind == Kind.UNDONE
        out, into = (self.undo, self.redo) if undoing else (self.redo, self.undo)
        if row.root in out:
            out.remove(row.root)
        into.append(row.root)
        (self.undone.add if undoing else self.undone.discard)(row.root)

    def _instead(self, row: Row[Any]) -> str:
        if row.batch in self._beginning:
            return BEGINNING
        return audit.instead((row.after or {}).get("event", "")) if row.ledger == audit.LEDGER else ""


def _first_rows(session: Session, batches: Iterable[int]) -> Sequence[Row[Any]]:
    """The first row of each batch, in the order of their writing."""
    columns = [getattr(JournalRow, name) for name in ("id", "at", "operation", "batch", "ledger", "entry")]
    columns += [JournalRow.who, JournalRow.kind, JournalRow.root, JournalRow.after]
    first = select(func.min(JournalRow.id)).where(JournalRow.batch.in_(list(batches)))
    query = select(*columns).where(JournalRow.id.in_(first.group_by(JournalRow.batch)))
    return session.execute(query.order_by(JournalRow.id)).all()


def _name(session: Session, row: Row[Any]) -> str:
    here = JournalRow.batch == row.batch
    run = session.execute(
        select(ImportRun.ledger, ImportRun.counts).where(ImportRun.batch == row.batch)
    ).first()
    if run is not None and row.operation.startswith("导入"):
        many = run.counts.get("new", 0) + run.counts.get("changed", 0)
        return f"导入 {many} {'人' if run.ledger == Member.__tablename__ else '条'}"
    if row.ledger == audit.LEDGER:
        return _told(row.after or {}, row.operation)
    if re.search(r"\d", row.operation):
        return str(row.operation)
    rows = (session.scalar(select(func.max(JournalRow.id)).where(here)) or row.id) - row.id + 1
    name, entries = row.ledger, {row.entry}
    if 1 < rows <= FEW:
        name, entries = _main(session, row.batch)
        rows = len(entries)
    if rows > 1:
        return f"{row.operation} {rows} 条"
    ledger = LEDGERS.get(name)
    entry = session.get(ledger, entries.pop()) if ledger is not None else None
    return f"{row.operation}“{links.title(session, entry)}”" if entry is not None else str(row.operation)


def _told(event: dict[str, Any], operation: str) -> str:
    return f"{event.get('event', operation)}：{event.get(audit.SUBJECT, '')}"


def _main(session: Session, batch: int) -> tuple[str, set[int]]:
    """What a batch is about: its entries without the parts that were written with their owner."""
    found: dict[str, set[int]] = {}
    query = select(JournalRow.ledger, JournalRow.entry).where(JournalRow.batch == batch)
    for name, entry in session.execute(query.order_by(JournalRow.id)):
        found.setdefault(name, set()).add(entry)
    whole = [name for name in found if links.owner(name) not in found]
    name = next(iter(whole or found))
    return name, found[name]
