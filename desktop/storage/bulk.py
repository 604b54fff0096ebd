"""Many entries made or deleted at once: the same rows, journal and index as one by one, without objects."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import bindparam, func, insert, inspect, select, update
from sqlalchemy.orm import Session

from desktop.records import LEDGERS
from desktop.records.common import Reported
from desktop.records.fields import Ledger
from desktop.records.kinds import plain
from desktop.records.team import Team
from desktop.storage import finder, journal, preparing, rights
from desktop.storage.changes import Changes

CHUNK = 2000  # entries in one statement

Values = Mapping[str, Any]
Step = Callable[[int], None]


def add(session: Session, ledger: type[Ledger], rows: Iterable[Values], each: Step | None = None) -> range:
    """Write new entries as a flush would write them one by one.

    :param rows: clean values by field name, and ``origin``.
    :param each: told after every few thousand how many are written; what it raises ends the work.
    :returns: the ids of the entries, in the order of ``rows``.
    """
    rights.guard(session, {ledger.__tablename__})
    session.flush()
    first = (session.connection().execute(select(func.max(ledger.id))).scalar() or 0) + 1
    writer = _Writer(session, ledger)
    waiting = iter(rows)
    following = first
    while chunk := list(islice(waiting, CHUNK)):
        writer.write(chunk, following)
        following += len(chunk)
        if each is not None:
            each(following - first)
    return range(first, following)


def delete(session: Session, ledger: type[Ledger], ids: Sequence[int], now: dt.datetime) -> None:
    """Delete entries, which are not deleted yet, as a flush would one by one."""
    rights.guard(session, {ledger.__tablename__})
    session.flush()
    connection, name = session.connection(), ledger.__tablename__
    _mark(session, ledger, ids, deleted_at=now, updated_at=now)
    before, after = journal.text({"deleted_at": None}), journal.text({"deleted_at": plain(now)})
    journal.write(session, ((name, entry, before, after) for entry in ids))
    if name in LEDGERS:
        connection.exec_driver_sql(finder.DELETE, [(finder.place(ledger, entry),) for entry in ids])
    changes: Changes = session.info["changes"]
    changes.entries.setdefault(name, set()).update(ids)


def restore(session: Session, ledger: type[Ledger], entries: Sequence[Ledger], now: dt.datetime) -> None:
    """Bring deleted entries back, as a flush would one by one."""
    rights.guard(session, {ledger.__tablename__})
    session.flush()
    connection, name = session.connection(), ledger.__tablename__
    ids, after = [entry.id for entry in entries], journal.text({"deleted_at": None})
    before = [journal.text({"deleted_at": plain(entry.deleted_at)}) for entry in entries]
    found = [(finder.place(ledger, one.id), finder.words(ledger, one)) for one in entries if name in LEDGERS]
    _mark(session, ledger, ids, deleted_at=None, updated_at=now)
    journal.write(session, ((name, entry, was, after) for entry, was in zip(ids, before, strict=True)))
    if found:
        connection.exec_driver_sql(finder.INSERT, found)
    changes: Changes = session.info["changes"]
    changes.entries.setdefault(name, set()).update(ids)


def _mark(session: Session, ledger: type[Ledger], ids: Sequence[int], **values: dt.datetime | None) -> None:
    change = update(ledger).where(ledger.id == bindparam("entry")).values(**values)
    session.connection().execute(change, [{"entry": entry} for entry in ids])
    session.expire_all()


class _Writer:
    """What is the same for every entry of a ledger in one transaction."""

    def __init__(self, session: Session, ledger: type[Ledger]) -> None:
        self.session, self.ledger = session, ledger
        self.connection = session.connection()
        self.now = dt.datetime.now()
        mapper, dialect = inspect(ledger), self.connection.dialect
        columns = list(mapper.local_table.columns)
        names = [mapper.get_property_by_column(column).key for column in columns]
        self.blank = dict.fromkeys(names)
        self.picked = itemgetter(*names)
        self.statement = str(insert(ledger).compile(dialect=dialect))
        self.stored = [
            (name, store)
            for name, column in zip(names, columns, strict=True)
            if (store := column.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        ]
        self.fronts: dict[str | None, str] = {}
        self.villages: dict[int, str | None] = {}
        if any(one.name == "team_id" for one in mapper.local_table.columns):
            teams = select(Team.id, Team.village_code)
            self.villages = dict(self.connection.execute(teams).all())

    def write(self, rows: Sequence[Values], first: int) -> None:
        """Write some entries; the first of them gets the id ``first``."""
        entries = [self._entry(values, at) for at, values in enumerate(rows, first)]
        self._number(entries)
        self._journal(entries)
        if self.ledger.__tablename__ in LEDGERS:
            into = [
                (finder.place(self.ledger, entry.id), finder.words(self.ledger, entry)) for entry in entries
            ]
            self.connection.exec_driver_sql(finder.INSERT, into)
        self.connection.exec_driver_sql(self.statement, [self._stored(entry) for entry in entries])
        changes: Changes = self.session.info["changes"]
        changes.entries.setdefault(self.ledger.__tablename__, set()).update(entry.id for entry in entries)

    def _entry(self, values: Values, at: int) -> Ledger:
        """An object with the answers of an entry, and nothing that watches over them."""
        entry = cast("Ledger", SimpleNamespace(**{**self.blank, **values, "id": at}))
        preparing.prepare(self.session, self.ledger, entry, self.now, self.villages.get)
        return entry

    def _number(self, entries: Sequence[Any]) -> None:
        if not issubclass(self.ledger, Reported):
            return
        fronts = [(entry, self._front(self.ledger, entry)) for entry in entries if not entry.record_no]
        following = {
            front: preparing.number(self.session, front, many)
            for front, many in Counter(front for _, front in fronts).items()
        }
        for entry, front in fronts:
            entry.record_no = preparing.printed(front, following[front])
            following[front] += 1

    def _front(self, ledger: type[Reported], entry: Any) -> str:
        """What the printed number begins with; the same for all of one town."""
        town = getattr(entry, "town_code", None)
        if town not in self.fronts:
            self.fronts[town] = preparing.prefix(self.session, ledger, entry, self.now)
        return self.fronts[town]

    def _journal(self, entries: Sequence[Ledger]) -> None:
        name = self.ledger.__tablename__
        made = ((entry.id, preparing.made(self.ledger, entry)) for entry in entries)
        journal.write(self.session, ((name, entry, None, journal.text(after)) for entry, after in made))

    def _stored(self, entry: Ledger) -> tuple[Any, ...]:
        """The values of an entry as the driver takes them, by column."""
        values = vars(entry)
        for name, store in self.stored:
            if (value := values[name]) is not None:
                values[name] = store(value)
        found: tuple[Any, ...] = self.picked(values)
        return found
