"""Search over all ledgers while a clerk types: one question to the index, one to each ledger that answers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select, text
from sqlalchemy.orm import Session

from desktop.records import LEDGERS, Region
from desktop.records.common import Reported
from desktop.records.fields import Field, Ledger, field, fields
from desktop.records.kinds import Area, Link
from desktop.records.region import short
from desktop.services import links
from desktop.storage import finder

MOST = 30
FOUND = text("SELECT rowid FROM finder WHERE finder MATCH :typed LIMIT :most")
BY_NUMBER = {number: name for name, number in finder.NUMBERS.items()}


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry that was found.

    :ivar ledger: its table name.
    :ivar title: what it is called.
    :ivar detail: its ledger, and where it belongs.
    """

    ledger: str
    entry: int
    title: str
    detail: str


def find(session: Session, typed: str, limit: int = MOST) -> list[Hit]:
    """At most ``limit`` entries that have every word of ``typed`` among their names, initials or numbers."""
    asked = finder.query(typed)
    if asked is None:
        return []
    ledgers: dict[str, list[int]] = defaultdict(list)
    for (row,) in session.execute(FOUND, {"typed": asked, "most": limit}):
        ledgers[BY_NUMBER[row & ((1 << finder.BITS) - 1)]].append(row >> finder.BITS)
    return [
        hit for name in LEDGERS if name in ledgers for hit in _hits(session, LEDGERS[name], ledgers[name])
    ]


def _hits(session: Session, ledger: type[Ledger], ids: Sequence[int]) -> list[Hit]:
    naming, place = field(ledger, ledger.naming), _place(ledger)
    columns = [ledger.id, getattr(ledger, naming.name)]
    if place is not None:
        columns.append(getattr(ledger, place.name))
    found = session.execute(
        select(*columns).where(ledger.id.in_(bindparam("ids", expanding=True))).order_by(ledger.spelling),
        {"ids": ids},
    ).all()
    where = _where(session, place, found)
    areas = _areas(session, [row[1] for row in found]) if isinstance(naming.kind, Area) else {}
    hits = []
    for row in found:
        name = areas.get(row[1]) or naming.kind.show(row[1])
        if ledger is Region:
            name = short(name)
        detail = where.get(row[2], "") if place is not None and place != naming else ""
        hits.append(
            Hit(ledger.__tablename__, row[0], name or "（未命名）", f"{ledger.caption} {detail}".strip())
        )
    return hits


def _place(ledger: type[Ledger]) -> Field | None:
    """The field that says where an entry belongs: its village, its town, or the entry above it."""
    places = [one for one in fields(ledger) if isinstance(one.kind, (Area, Link))]
    own = ledger.where if issubclass(ledger, Reported) else ""
    return next((one for one in places if one.name == own), places[0] if places else None)


def _where(session: Session, place: Field | None, found: Sequence[Row[Any]]) -> dict[Any, str]:
    if place is None:
        return {}
    values = {tuple(row)[-1] for row in found} - {None}
    if not values:
        return {}
    if isinstance(place.kind, Link):
        return dict(links.titles(session, place.kind.ledger, sorted(values)))
    return _areas(session, sorted(values))


def _areas(session: Session, codes: Sequence[str]) -> dict[Any, str]:
    query = select(Region.code, Region.name).where(
        Region.code.in_(bindparam("codes", expanding=True)), Region.deleted_at.is_(None)
    )
    return {
        code: short(name or "") for code, name in session.execute(query.order_by(Region.id), {"codes": codes})
    }
