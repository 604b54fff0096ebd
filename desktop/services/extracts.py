"""The entries of a ledger as they stood at the end of a period, streamed as plain rows."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import singledispatch
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.records import LEDGERS, Activity, Agreement, Item, Matter, Member, Step, Team, Village
from desktop.records.fields import Ledger, derived, field, fields
from desktop.records.kinds import (
    Area,
    Choice,
    CreditCode,
    Day,
    Kind,
    Link,
    Listed,
    Moment,
    Money,
    Phone,
    ResidentId,
    Several,
    Share,
    Truth,
    Whole,
    Words,
)
from desktop.records.step import StepNo
from desktop.services import decisions, periods, places, standing
from desktop.services.streams import Known, Show, stream

NUMBER, COUNTY = "no", "county"  # in every source
CODE = ".code"  # behind the name of a place: its 12 digits
Row = tuple[Any, ...]


def cells(session: Session, ledger: type[Ledger], period: str, keys: Sequence[str]) -> Iterator[Row]:
    """The values of ``keys`` (:mod:`desktop.services.sources`) of every entry that counts in ``period``."""
    where = places.of_unit(session, periods.last_day(period))
    if ledger is Matter:
        return _matters(session, period, where, keys)
    if {one.name for one in derived(ledger)} & {*keys}:
        return _worked(session, ledger, period, where, keys)
    return _entries(session, ledger, period, where, keys)


def count(session: Session, ledger: type[Ledger], period: str) -> int:
    """How many entries count in ``period``."""
    if ledger is Matter:
        return len(decisions.between(session, periods.first_day(period), periods.last_day(period)))
    found = _standing(ledger, select(ledger.id), period).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def _entries(
    session: Session, ledger: type[Ledger], period: str, where: places.Places, keys: Sequence[str]
) -> Iterator[Row]:
    on = periods.last_day(period)
    asked = [_cell(ledger, key, where, on) for key in keys if key != NUMBER]
    query = _standing(ledger, select(*(expression for expression, _ in asked), ledger.id), period)
    number_at = list(keys).index(NUMBER) if NUMBER in keys else None
    return stream(session, query, [show for _, show in asked], number_at)


def _worked(
    session: Session, ledger: type[Ledger], period: str, where: places.Places, keys: Sequence[str]
) -> Iterator[Row]:
    """With values that are worked out: a row answers to the names of the fields, as an entry does."""
    on = periods.last_day(period)
    worked = {one.name: one.work for one in derived(ledger)}
    answers = [one.name for one in fields(ledger)]
    plain = [key for key in keys if key not in worked and key != NUMBER]
    asked = [_cell(ledger, key, where, on) for key in plain]
    columns = [getattr(ledger, name) for name in answers] + [expression for expression, _ in asked]
    shows = [*[None] * len(answers), *(show for _, show in asked)]
    rows = stream(session, _standing(ledger, select(*columns), period), shows)
    for number, row in enumerate(rows, 1):
        entry = SimpleNamespace(**dict(zip(answers, row[: len(answers)], strict=True)))
        found = dict(zip(plain, row[len(answers) :], strict=True))
        found[NUMBER] = number
        yield tuple(worked[key](entry, on) if key in worked else found[key] for key in keys)


def _standing(ledger: type[Ledger], query: Select[Any], period: str) -> Select[Any]:
    """Only what counts at the end of the period, joined to what it is linked to, place by place."""
    since, on = periods.first_day(period), periods.last_day(period)
    for one in fields(ledger):
        if isinstance(one.kind, Link):
            linked = LEDGERS[one.kind.ledger]
            query = query.join_from(ledger, linked, getattr(ledger, one.name) == linked.id, isouter=True)
    begun = func.coalesce(func.date(Step.held_at), Step.open_from)
    counted: Mapping[type[Ledger], ColumnElement[bool]] = {
        Village: _latest(on),
        Team: standing.teams(on),
        Member: and_(standing.members(on), or_(Team.id.is_(None), standing.teams(on))),
        Step: and_(Step.deleted_at.is_(None), Matter.deleted_at.is_(None), begun.between(since, on)),
        Agreement: standing.agreements(on),
        Item: and_(Item.deleted_at.is_(None), standing.agreements(on)),
        Activity: and_(
            Activity.deleted_at.is_(None), Agreement.deleted_at.is_(None), Activity.date.between(since, on)
        ),
    }
    order: Mapping[type[Ledger], Sequence[Any]] = {
        Village: (Village.village_code,),
        Team: (Team.village_code, Team.team_name),
        Member: (Team.town_code, Team.village_code, Team.team_name, Team.id, Member.duty),
        Step: (Matter.village_code, Matter.id, Step.step_no),
        Agreement: (Agreement.party_a_code, Agreement.signed_on),
        Item: (Agreement.party_a_code, Agreement.id, Item.list_kind),
        Activity: (Activity.date,),
    }
    return query.where(counted[ledger]).order_by(*order[ledger], ledger.id)


def _latest(on: dt.date) -> ColumnElement[bool]:
    """村情 in force on a day: the last entry of each village on or before it."""
    other = aliased(Village)
    newer = select(other.id).where(
        other.deleted_at.is_(None),
        other.village_code == Village.village_code,
        other.as_of <= on,
        or_(other.as_of > Village.as_of, and_(other.as_of == Village.as_of, other.id > Village.id)),
    )
    return and_(Village.deleted_at.is_(None), Village.as_of <= on, ~newer.exists())


def _cell(
    ledger: type[Ledger], key: str, where: places.Places, on: dt.date
) -> tuple[ColumnElement[Any], Show | None]:
    """What is read for a key, and how that becomes the value of a cell."""
    if key == COUNTY:
        return _place(ledger, "town_code"), Known(where.county)
    name = key.removesuffix(CODE)
    owner = _owner(ledger, name)
    kind = field(owner, name).kind
    if isinstance(kind, Link):
        linked = LEDGERS[kind.ledger]
        return getattr(linked, linked.naming), None
    if isinstance(kind, Area):
        return _place(ledger, name), None if key.endswith(CODE) else Known(where.name)
    if ledger is Team and name == "member_count":
        return _crew(on), None
    return getattr(owner, name), shown(kind)


def _crew(on: dt.date) -> ColumnElement[Any]:
    """How many a team has by its roster; as typed where it has none (REFERENCE §3.1)."""
    listed = select(Member.id).where(Member.team_id == Team.id, Member.deleted_at.is_(None)).correlate(Team)
    active = select(func.count(Member.id)).where(Member.team_id == Team.id, standing.members(on))
    return case((listed.exists(), active.correlate(Team).scalar_subquery()), else_=Team.member_count)


def _owner(ledger: type[Ledger], name: str) -> type[Ledger]:
    """The ledger itself, or the one it links to, that has the field ``name``."""
    linked = [LEDGERS[one.kind.ledger] for one in fields(ledger) if isinstance(one.kind, Link)]
    for one in (ledger, *linked):
        if any(each.name == name for each in fields(one)):
            return one
    raise KeyError(name)


def _place(ledger: type[Ledger], name: str) -> ColumnElement[Any]:
    """A place of an entry; where it is blank, the one of the entry that it is linked to."""
    owners = [ledger, *(LEDGERS[one.kind.ledger] for one in fields(ledger) if isinstance(one.kind, Link))]
    columns = [getattr(one, name) for one in owners if any(each.name == name for each in fields(one))]
    if not columns:
        raise KeyError(name)
    return func.coalesce(*columns) if len(columns) > 1 else columns[0]


def _matters(session: Session, period: str, where: places.Places, keys: Sequence[str]) -> Iterator[Row]:
    """Matters with a step in the period, with the steps up to its end; ``step3.n_due`` is of the third."""
    on = periods.last_day(period)
    worked = {one.name: one.work for one in derived(Matter)}
    held = decisions.between(session, periods.first_day(period), on)
    for number, (matter, steps) in enumerate(held, 1):
        then = _AsOf(matter, steps)

        def value(key: str, number: int = number, then: _AsOf = then) -> Any:
            if key == NUMBER:
                return number
            if key in worked:
                return worked[key](then, on)
            if key == COUNTY:
                return where.county(then.town_code)
            if key.startswith("step") and "." in key:
                step, _, name = key.removeprefix("step").partition(".")
                return _answer(then.held.get(StepNo(step)), name, where)
            return _answer(then.matter, key, where)

        yield tuple(map(value, keys))


class _AsOf:
    """A matter with its steps up to a day: what is worked out from it is as it was then."""

    def __init__(self, matter: Matter, held: decisions.Held) -> None:
        self.matter, self.held, self.steps = matter, held, list(held.values())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.matter, name)


def _answer(entry: Ledger | None, key: str, where: places.Places) -> Any:
    if entry is None:
        return None
    name = key.removesuffix(CODE)
    kind, value = field(type(entry), name).kind, getattr(entry, name)
    if isinstance(kind, Area):
        return value if key.endswith(CODE) else where.name(value)
    show = shown(kind)
    return value if show is None else show(value)


@singledispatch
def shown(kind: Kind) -> Show | None:
    """How a stored value becomes that of a cell; ``None``: as it is.

    :raises TypeError: it is not shown by itself.
    """
    raise TypeError(f"{type(kind).__name__} is not shown by itself")


for _kind in (Words, Whole, Money, Day, Moment, ResidentId, CreditCode, Phone):
    shown.register(_kind, lambda _: None)


@shown.register
def _(kind: Listed) -> Show:
    return Known(lambda code: None if code is None else kind.show(code))


@shown.register
def _(kind: Several) -> Show:
    return kind.show


@shown.register
def _(kind: Truth) -> Show:
    return Known(kind.show)


@shown.register
def _(kind: Choice) -> Show:
    return Known(lambda word: None if word is None else str(word))


@shown.register
def _(kind: Share) -> Show:
    return lambda percent: None if percent is None else Decimal(percent) / 100
