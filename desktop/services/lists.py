"""What a table of a ledger shows: ids sorted and filtered in SQL, pages of entries, names for codes."""

import datetime as dt
import json
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, func, inspect, select, text, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from desktop.errors import Unreadable
from desktop.records import LEDGERS, Region
from desktop.records.common import Reported
from desktop.records.fields import Derived, Field, Ledger, field, fields
from desktop.records.keeping import Attachment
from desktop.records.kinds import Area, Kind, Link, Scans, Several
from desktop.records.region import short
from desktop.services import areas, links
from desktop.storage import finder

FOUND = text(
    f"SELECT rowid >> {finder.BITS} AS id FROM finder "  # noqa: S608 - a number of our own
    f"WHERE finder MATCH :typed AND (rowid & {(1 << finder.BITS) - 1}) = :ledger"
).columns(id=Integer)


class Names:
    """What codes and ids are called in one ledger's table; learnt a page at a time and kept."""

    def __init__(self) -> None:
        self._areas: dict[str, str] = {}
        self._links: dict[str, dict[int, str]] = {}

    def learn(self, session: Session, ledger: type[Ledger], entries: Sequence[Ledger]) -> None:
        """Look up every code and id in ``entries`` that is not known yet."""
        for one in fields(ledger):
            if not isinstance(one.kind, (Area, Link)):
                continue
            wanted = {getattr(entry, one.name) for entry in entries} - {None}
            if isinstance(one.kind, Area):
                self._learn_areas(session, wanted - self._areas.keys())
            else:
                known = self._links.setdefault(one.kind.ledger, {})
                if missing := sorted(wanted - known.keys()):
                    known |= links.titles(session, one.kind.ledger, missing, bare=_shows_village(ledger))

    def text(self, one: Field | Derived, value: Any) -> str:
        """The text of a value in a cell."""
        return self.shown(one.kind, value)

    def shown(self, kind: Kind, value: Any) -> str:
        """The text of a value of a kind; a code or id that was never learnt stays as it is."""
        if value is None:
            return ""
        if isinstance(kind, Area):
            return self._areas.get(value, str(value))
        if isinstance(kind, Link):
            return self._links.get(kind.ledger, {}).get(value, f"（已删除 {value}）")
        if isinstance(kind, Scans):
            return f"{len(value)} 件" if value else ""
        return kind.show(value)

    def _learn_areas(self, session: Session, codes: set[str]) -> None:
        if not codes:
            return
        query = select(Region.code, Region.name).where(Region.code.in_(codes), Region.deleted_at.is_(None))
        for code, name in session.execute(query.order_by(Region.id)):
            if code:
                self._areas[code] = short(name or code)


def ids(
    session: Session,
    ledger: type[Ledger],
    *,
    filters: Mapping[str, str | None] | None = None,
    find: str = "",
    order: str = "",
    descending: bool = False,
) -> "array[int]":
    """The ids of the entries that a table shows, in its order.

    :param filters: field name to the wanted value as text; ``None`` asks for blanks.
    :param find: what was typed in the search box of the table.
    :param order: field name, or empty for the order in which entries were written.
    :raises KeyError: ``order`` or a filter is no field of ``ledger`` (a worked-out value cannot be sorted).
    """
    wanted = select(ledger.id).where(ledger.deleted_at.is_(None), *_conditions(ledger, filters or {}))
    asked = finder.query(find) if find.strip() else None
    if find.strip() and asked is None:
        return array("q")
    if asked is not None:
        rows = FOUND.bindparams(typed=asked, ledger=finder.NUMBERS[ledger.__tablename__])
        wanted = wanted.where(ledger.id.in_(rows))
    if order:
        column = _sorted_by(ledger, order)
        wanted = wanted.order_by(column.desc() if descending else column)
    ordered = wanted.order_by(ledger.id.desc() if descending else ledger.id).subquery()
    gathered = session.scalar(select(func.json_group_array(ordered.c.id)))  # one row, not 100,000
    return array("q", json.loads(gathered or "[]"))


def rows(session: Session, ledger: type[Ledger], wanted: Sequence[int]) -> list[Ledger]:
    """The entries with these ids in this order, whole: they may be read after the session closed."""
    whole = [selectinload(getattr(ledger, one.key)) for one in inspect(ledger).relationships]
    query = select(ledger).where(ledger.id.in_(list(wanted))).options(*whole)
    found = {entry.id: entry for entry in session.scalars(query)}
    return [found[entry] for entry in wanted if entry in found]


def counts(session: Session) -> dict[str, int]:
    """How many entries each ledger has, by table name."""
    return {
        name: session.scalar(select(func.count()).select_from(ledger).where(ledger.deleted_at.is_(None))) or 0
        for name, ledger in LEDGERS.items()
    }


def areas_of(session: Session, level: str, on: dt.date) -> list[tuple[str, str]]:
    """The codes and short names that a drop-down of areas offers: this unit's villages, or its towns.

    The villages of a whole county are named with their town.
    """
    unit = areas.unit_code(session)
    if level == "village":
        found = areas.villages(session, on)
    else:
        of_level = select(Region).where(Region.level == level, Region.deleted_at.is_(None))
        prefix = unit[:6].removesuffix("00")
        found = session.scalars(of_level.where(Region.code.startswith(prefix)).order_by(Region.code)).all()
    towns: dict[str | None, str] = {}
    if level == "village" and unit.endswith("000000"):
        towns = dict(areas_of(session, "township", on))
    return [
        (one.code, towns.get(one.parent_code, "") + short(one.name or one.code)) for one in found if one.code
    ]


def _shows_village(ledger: type[Ledger]) -> bool:
    """Whether an entry's village stands in a column of its own; other names need not repeat it."""
    where = ledger.where if issubclass(ledger, Reported) else ""
    return any(one.name == where for one in fields(ledger))


def attachments(session: Session, wanted: Sequence[int]) -> list[Attachment]:
    """The attached files with these ids, in this order."""
    found = (session.get(Attachment, one) for one in wanted)
    return [one for one in found if one is not None]


def _sorted_by(ledger: type[Ledger], order: str) -> InstrumentedAttribute[Any]:
    field(ledger, order)
    named = order == ledger.naming and ledger.__tablename__ != "village"  # its name is a code
    column: InstrumentedAttribute[Any] = getattr(ledger, "spelling" if named else order)
    return column


def _conditions(ledger: type[Ledger], filters: Mapping[str, str | None]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for name, wanted in filters.items():
        kind, column = field(ledger, name).kind, getattr(ledger, name)
        if wanted is None:
            found.append(column.is_(None))
            continue
        try:
            value = kind.read(wanted)
        except Unreadable:
            value = wanted  # nothing has it; the table is empty rather than the program stopped
        if isinstance(kind, Several):
            found.extend(type_coerce(column, Text).contains(f'"{code}"', autoescape=True) for code in value)
        else:
            found.append(column == value)
    return found
