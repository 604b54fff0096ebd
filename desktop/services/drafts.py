"""Findings about one entry while it is typed: its unsaved form, and the saved entries it may clash with."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, select, text
from sqlalchemy.orm import Session

from desktop.records import Agreement, Matter, Member, Step, Team, Village
from desktop.records.fields import Ledger, fields
from desktop.records.kinds import ID_LENGTH
from desktop.rules import (
    agreements,
    answers,
    meetings,
    members,
    procedure,
    publicity,
    rosters,
    teams,
    villages,
)
from desktop.rules.agreements import Pact
from desktop.rules.answers import Entry
from desktop.rules.meetings import Held
from desktop.rules.members import Person
from desktop.rules.procedure import Procedure
from desktop.rules.rosters import Rolls, Sitting
from desktop.rules.rulebook import Finding
from desktop.rules.standards import at
from desktop.rules.teams import Squad
from desktop.rules.villages import Profile
from desktop.services import cases, matters, standing
from desktop.storage import finder
from desktop.storage.preparing import SPELLED
from desktop.storage.spelling import spelled

L = TypeVar("L", bound=Ledger)

MOST_SHARED = 50  # people of one telephone that are looked at


def draft(session: Session, ledger: type[Ledger], values: Mapping[str, Any], entry: int | None) -> Ledger:
    """An entry as it would be saved, outside of the session: ``values`` over what ``entry`` holds."""
    saved = session.get(ledger, entry) if entry is not None else None
    row = ledger()
    for one in fields(ledger):
        setattr(row, one.name, values.get(one.name, getattr(saved, one.name, None)))
    if entry is not None:
        row.id = entry
    row.settle()
    return row


@singledispatch
def findings(row: Ledger, session: Session, today: dt.date) -> Iterator[Finding]:
    """What the rules say about ``row``; of a ledger without rules of its own, what is missing."""
    yield from answers.book.check(Entry(row))


@findings.register
def _team(row: Team, session: Session, today: dt.date) -> Iterator[Finding]:
    yield from answers.book.check(Entry(row))
    rostered = sum(session.scalars(select(standing.members(today)).where(Member.team_id == _saved(row))))
    same = _others(session, row, Team.village_code == row.village_code)
    active = row.active(today) and bool(row.team_name)
    twins = [
        one for one in same if active and one.active(today) and teams.same_name(one) == teams.same_name(row)
    ]
    yield from teams.book.check(Squad(row, today, rostered, len(twins)))


@findings.register
def _member(row: Member, session: Session, today: dt.date) -> Iterator[Finding]:
    yield from answers.book.check(Entry(row))
    yield from members.book.check(Person(row, today, at(today)))
    if row.active(today):
        own = rosters.sitting(row)
        near = _near(session, row, own, today)
        ids = {one.team for one in [*near, own]} - {None}
        names = session.execute(select(Team.id, Team.team_name).where(Team.id.in_(ids))).all()
        rolls = Rolls([*near, own], {team: name or "" for team, name in names}, at(today))
        yield from (finding for finding in rosters.book.check(rolls) if finding.entry == row.id)


def _near(session: Session, row: Member, own: Sitting, today: dt.date) -> list[Sitting]:
    """The saved members that ``own`` may clash with, each found by an index."""
    tests: list[ColumnElement[bool]] = []
    if own.id_number:
        numbers = [own.id_number]
        if own.card and len(own.id_number) == ID_LENGTH:
            numbers += rosters.neighbours(own.id_number)
        tests.append(Member.id_number.in_(numbers))
    if own.name and own.born:
        key = spelled((row.name or "")[:SPELLED])[:100]
        tests.append((Member.spelling == key) & (Member.birth_date == own.born))
    if (asked := finder.query(own.mobile)) is not None:
        tests.append(Member.id.in_(_found(session, asked)))
    found: dict[int | None, Sitting] = {}
    for test in tests:
        for one in cases.sittings(session, today, test):
            found[one.entry] = one
    found.pop(row.id, None)
    return [found[entry] for entry in sorted(found, key=lambda entry: entry or 0)]


def _found(session: Session, asked: str) -> list[int]:
    """Ids of the members that the search index knows under ``asked``."""
    statement = text(
        "SELECT rowid >> :bits FROM finder WHERE finder MATCH :asked AND rowid & :mask = :ledger LIMIT :most"
    )
    values = {"bits": finder.BITS, "mask": (1 << finder.BITS) - 1, "ledger": finder.NUMBERS["member"]}
    return list(session.scalars(statement, values | {"asked": asked, "most": MOST_SHARED}))


@findings.register
def _matter(row: Matter, session: Session, today: dt.date) -> Iterator[Finding]:
    yield from answers.book.check(Entry(row))
    steps = _steps(session, _saved(row))
    same = (Matter.village_code == row.village_code, Matter.title == row.title)
    twins = _others(session, row, *same) if row.title else ()
    for finding in procedure.book.check(Procedure(row, steps, today, twins)):
        if finding.ledger == "matter":
            yield finding


@findings.register
def _step(row: Step, session: Session, today: dt.date) -> Iterator[Finding]:
    yield from answers.book.check(Entry(row))
    matter = session.get(Matter, row.matter_id) if row.matter_id is not None else None
    on = row.date or today
    village = matters.figures(session, matter.village_code, on) if matter is not None else None
    held = Held(row, at(on), village, today)
    yield from meetings.book.check(held)
    yield from publicity.book.check(held)
    if matter is not None:
        others = [step for step in _steps(session, matter.id) if step.id != row.id]
        for finding in procedure.book.check(Procedure(matter, [*others, row], today)):
            if finding.ledger == "step" and finding.entry == row.id:
                yield finding


@findings.register
def _village(row: Village, session: Session, today: dt.date) -> Iterator[Finding]:
    yield from answers.book.check(Entry(row))
    yield from villages.book.check(Profile(row, at(row.as_of or today)))


@findings.register
def _agreement(row: Agreement, session: Session, today: dt.date) -> Iterator[Finding]:
    yield from answers.book.check(Entry(row))
    same = []
    if row.party_b_uscc:
        same.append(Agreement.party_b_uscc == row.party_b_uscc)
    if row.party_b_name:
        same.append(Agreement.party_b_name == row.party_b_name)
    others = _others(session, row, or_(*same)) if same else ()
    yield from agreements.book.check(Pact(row, today, others))


def _others(session: Session, row: L, *conditions: ColumnElement[bool]) -> list[L]:
    """The saved entries of the ledger of ``row`` that meet ``conditions``, but for ``row`` itself."""
    found = session.scalars(select(type(row)).where(*conditions).order_by(type(row).id))
    return [one for one in found if one.deleted_at is None and one.id != row.id]


def _saved(row: Ledger) -> int | None:
    """The id under which an entry is saved, if it is."""
    return row.id


def _steps(session: Session, matter: int | None) -> list[Step]:
    found = session.scalars(select(Step).where(Step.matter_id == matter).order_by(Step.id))
    return [step for step in found if step.deleted_at is None]
