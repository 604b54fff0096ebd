"""The journal: rows that only grow in number, each bound to all before it by a hash; and what they kept."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from desktop.records.fields import Ledger, field
from desktop.records.keeping import JournalRow
from desktop.records.kinds import Day, Moment, Money, Share
from desktop.storage import preparing
from desktop.storage.engine import driver

LONGEST = 50  # characters of the name of an operation
DELETED = "deleted_at"
TOLD = ("at", "operation", "batch", "ledger", "entry", "before", "after", "who", "kind", "root")
INSERT = f"INSERT INTO journal ({', '.join(TOLD)}, chain) VALUES ({', '.join('?' * (len(TOLD) + 1))})"  # noqa: S608
READ = f"SELECT id, chain, {', '.join(TOLD)} FROM journal ORDER BY id"  # noqa: S608 - names of our own
LAST = "SELECT coalesce((SELECT chain FROM stamp), (SELECT chain FROM journal ORDER BY id DESC LIMIT 1), '')"
text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Written = tuple[str, int, str | None, str | None]  # table, id, JSON of the values before, and after


class Kind(StrEnum):
    """What a row of the journal came from."""

    DONE = "done"  # an operation
    UNDONE = "undone"  # the taking back of one, which ``root`` names
    REDONE = "redone"  # the doing again of one that was taken back
    EVENT = "event"  # something that changed no entry


def write(
    session: Session, rows: Iterable[Written], *, kind: Kind | None = None, batch: int | None = None
) -> None:
    """Add rows to the journal in the name of the operation and the person of ``session``.

    ``session.info`` says ``operation``, ``key``, and for the taking back of one ``kind`` and ``root``.

    :param batch: another number than that of the transaction; 0 for what is no operation.
    """
    info, connection = session.info, session.connection()
    at = moment(dt.datetime.now())
    operation, batch = info["operation"][:LONGEST], preparing.batch_of(session) if batch is None else batch
    who = info["key"].user if "key" in info else ""
    kind, root = kind or info.get("kind", Kind.DONE), info.get("root")
    chain = end(connection)
    written = []
    for ledger, entry, before, after in rows:
        told = (at, operation, batch, ledger, entry, before, after, who, str(kind), root)
        chain = linked(chain, told)
        written.append((*told, chain))
    if written:
        driver(connection).executemany(INSERT, written)
        go_on(connection, chain)


def verify(session: Session) -> int | None:
    """The number of the first row that is not as it was written, or is missing; ``None`` if all are there."""
    connection, last, row = session.connection(), "", 0
    for row, kept, last in chained(connection):
        if kept != last:
            return row
    return row + 1 if end(connection) != last else None


def end(connection: Connection) -> str:
    """The chain as the last write has left it; empty before the first."""
    return str(driver(connection).execute(LAST).fetchone()[0])


def holds(connection: Connection, chain: str) -> bool:
    """Whether the journal was once as long as to end in ``chain``, and still holds that row."""
    return connection.exec_driver_sql("SELECT 1 FROM journal WHERE chain = ?", (chain,)).first() is not None


def go_on(connection: Connection, chain: str) -> None:
    """Let the next row follow ``chain``: what was cut off between shows for good."""
    driver(connection).execute("UPDATE stamp SET chain = ?", (chain,))


def chained(connection: Connection) -> Iterator[tuple[int, str, str]]:
    """Each row's number, the chain kept with it, and the chain as it must be after the rows before it."""
    last = ""
    for row, kept, *told in connection.exec_driver_sql(READ):
        last = linked(last, told)
        yield row, kept, last


def linked(chain: str, told: Iterable[Any]) -> str:
    """The chain after a row: SHA-256 over the chain before it and the canonical JSON of the row.

    :param told: the row as it is stored, in the order of :data:`TOLD`.
    """
    return hashlib.sha256((chain + text(list(told))).encode()).hexdigest()


def moment(at: dt.datetime) -> str:
    """A moment as the database stores it."""
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


def value(ledger: type[Ledger], name: str, kept: Any) -> Any:
    """A value as an entry holds it, from what the journal keeps of it."""
    if kept is None or not isinstance(kept, str):
        return kept
    if name == DELETED:
        return dt.datetime.fromisoformat(kept)
    kind = field(ledger, name).kind
    return kind.read(kept) if isinstance(kind, (Day, Moment, Money, Share)) else kept


def export(session: Session) -> Iterator[dict[str, Any]]:
    """Every row in the order of writing, in values that JSON knows."""
    for row in session.scalars(select(JournalRow).order_by(JournalRow.id).execution_options(yield_per=500)):
        yield {
            "id": row.id,
            **{name: getattr(row, name) for name in TOLD if name != "at"},
            "at": row.at.isoformat(),
            "chain": row.chain,
        }
