"""What an entry is given before it is written, on every road: settled, placed, numbered, spelled."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from desktop.records.common import Reported
from desktop.records.fields import Ledger, field, fields
from desktop.records.kinds import Listed, plain
from desktop.records.member import Member
from desktop.storage.engine import driver
from desktop.storage.spelling import spelled

SPELLED = 30  # characters of a name that sort it
NEXT_SERIALS = """
INSERT INTO serial (prefix, last) VALUES (?, ?)
ON CONFLICT (prefix) DO UPDATE SET last = last + excluded.last RETURNING last
"""

VillageOf = Callable[[int], str | None]  # the village of a team, by its id


def prepare(session: Session, ledger: type[Ledger], entry: Ledger, now: dt.datetime, of: VillageOf) -> None:
    """Everything but the printed number.

    :param entry: one of ``ledger``, or any object that has its answers.
    :param of: the village of a team.
    """
    ledger.settle(entry)
    entry.updated_at = now
    if issubclass(ledger, Reported):
        _place(session, ledger, entry, of)
    name = getattr(entry, ledger.naming)
    shown = _show_listed(ledger, name) if name and _named_by_list(ledger) else str(name or "")
    entry.spelling = spelled(shown[:SPELLED])[:100] or None


@cache
def _named_by_list(ledger: type[Ledger]) -> bool:
    return isinstance(field(ledger, ledger.naming).kind, Listed)


def _show_listed(ledger: type[Ledger], name: str) -> str:
    return field(ledger, ledger.naming).kind.show(name)


@cache
def _has_town(ledger: type[Ledger]) -> bool:
    return any(one.name == "town_code" for one in fields(ledger))


def _place(session: Session, ledger: type[Reported], entry: Any, of: VillageOf) -> None:
    """A member lies in the village of the team; the town of an entry is that of its village, else our own."""
    if ledger is Member and entry.village_code is None and entry.team_id is not None:
        entry.village_code = of(entry.team_id)
    if not _has_town(ledger) or entry.town_code:
        return
    village = getattr(entry, ledger.where)
    entry.town_code = f"{village[:9]}000" if village else _office(session)


def _office(session: Session) -> str | None:
    if "office" not in session.info:
        found = driver(session.connection()).execute("SELECT unit_code FROM office").fetchone()
        session.info["office"] = found[0] if found else None
    code: str | None = session.info["office"]
    return code


def prefix(session: Session, ledger: type[Reported], entry: Any, now: dt.datetime) -> str:
    """What the printed number of an entry begins with."""
    town = getattr(entry, "town_code", None) or _office(session) or "000000000"
    return f"{ledger.mark}-{town[:9]}-{now:%Y%m}"


def number(session: Session, front: str, many: int = 1) -> int:
    """The first of ``many`` serial numbers that nobody else gets."""
    (last,) = driver(session.connection()).execute(NEXT_SERIALS, (front, many)).fetchone()
    return int(last) - many + 1


def printed(front: str, serial: int) -> str:
    return f"{front}-{serial:04}"


def batch_of(session: Session) -> int:
    """The number of this transaction in the journal, by which it can be taken back as one."""
    if "batch" not in session.info:
        (last,) = driver(session.connection()).execute("SELECT max(batch) FROM journal").fetchone()
        session.info["batch"] = (last or 0) + 1
    found: int = session.info["batch"]
    return found


@cache
def journalled(ledger: type[Ledger]) -> tuple[str, ...]:
    """The names of what the journal keeps of an entry."""
    return (*(one.name for one in fields(ledger)), "deleted_at")


def made(ledger: type[Ledger], entry: Ledger) -> dict[str, Any]:
    """What the journal says of a new entry: its answers by field name."""
    names = journalled(ledger)
    return {
        name: value if value.__class__ is str else plain(value)  # most are, and a roster has many
        for name, value in zip(names, attrgetter(*names)(entry), strict=True)
        if value is not None
    }
