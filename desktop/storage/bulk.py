"""Many entries made or deleted at once: the same rows, journal and index as one by one, without objects."""

import datetime as dt
import json
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
from desktop.storage import finder, preparing
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
    session.flush()
    connection, name = session.connection(), ledger.__tablename__
    at = _moment(now)
    gone = update(ledger).where(ledger.id == bindparam("entry")).values(deleted_at=now, updated_at=now)
    connection.execute(gone, [{"entry": entry} for entry in ids])
    session.expire_all()
    operation, batch = session.info["operation"], preparing.batch_of(session)
    before, after = json.dumps({"deleted_at": None}), json.dumps({"deleted_at": plain(now)})
    rows = [(at, operation, batch, name, entry, before, after) for entry in ids]
    connection.exec_driver_sql(JOURNAL, rows)
    if name in LEDGERS:
        connection.exec_driver_sql(finder.DELETE, [(finder.place(ledger, entry),) for entry in ids])
    changes: Changes = session.info["changes"]
    changes.entries.setdefault(name, set()).update(ids)


def _moment(now: dt.datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M:%S.%f}"


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
        operation, batch = self.session.info["operation"], preparing.batch_of(self.session)
        at, ledger = _moment(self.now), self.ledger.__tablename__
        self.connection.exec_driver_sql(
            JOURNAL,
            [
                (at, operation, batch, ledger, entry.id, None, json.dumps(preparing.made(self.ledger, entry)))
                for entry in entries
            ],
        )

    def _stored(self, entry: Ledger) -> tuple[Any, ...]:
        """The values of an entry as the driver takes them, by column."""
        values = vars(entry)
        for name, store in self.stored:
            if (value := values[name]) is not None:
                values[name] = store(value)
        found: tuple[Any, ...] = self.picked(values)
        return found


JOURNAL = (
    "INSERT INTO journal (at, operation, batch, ledger, entry, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
