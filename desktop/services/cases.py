"""Frozen cases for the rules: what of the records a period is about, loaded by few SQL statements."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from desktop.records import Activity, Agreement, Item, Matter, Member, Step, Team, Village
from desktop.records.agreement import Standing
from desktop.records.fields import Ledger
from desktop.records.keeping import Submission, ZeroReport
from desktop.records.matter import Course
from desktop.records.member import RESIDENT_CARD
from desktop.records.region import short
from desktop.records.step import StepNo
from desktop.rules import teams
from desktop.rules.agreements import Pact, unit_name
from desktop.rules.coverage import COUNTED, Coverage
from desktop.rules.meetings import Held
from desktop.rules.procedure import Procedure
from desktop.rules.rosters import Rolls, Sitting
from desktop.rules.standards import at
from desktop.rules.teams import Squad
from desktop.rules.villages import Profile
from desktop.services import areas, figures, periods, standing

CHUNK = 1000  # members held in memory at a time


@dataclass(frozen=True, slots=True)
class Span:
    """A period as the checks see it.

    :param day: the day on which things are judged: its last, or today while it still runs.
    """

    period: str
    first: dt.date
    last: dt.date
    today: dt.date

    @property
    def day(self) -> dt.date:
        return min(self.last, self.today)

    def holds(self, date: dt.date | None) -> bool:
        return date is not None and self.first <= date <= self.last


def span(period: str, today: dt.date) -> Span:
    return Span(period, periods.first_day(period), periods.last_day(period), today)


def concerning(span: Span) -> ColumnElement[bool]:
    """The members a period is about: on a roster in it, or with a date that cannot be."""
    return and_(
        Member.deleted_at.is_(None),
        or_(Member.joined_on.is_(None), Member.joined_on <= span.last, Member.joined_on > span.today),
        or_(Member.left_on.is_(None), Member.left_on >= span.first),
    )


def sittings(session: Session, on: dt.date, *conditions: ColumnElement[bool]) -> list[Sitting]:
    """The members on a roster on the day ``on`` who meet ``conditions``, in the order of entry.

    Who is on a roster is asked as a column and not as a condition: SQLite would
    otherwise go by the index of entries that are not deleted, which is nearly all.
    """
    card = func.coalesce(Member.id_type, RESIDENT_CARD) == RESIDENT_CARD
    found = select(
        Member.id,
        Member.team_id,
        Member.village_code,
        func.coalesce(Member.name, ""),
        func.coalesce(Member.id_number, ""),
        Member.birth_date,
        func.coalesce(Member.mobile, ""),
        card,
        standing.members(on),
    )
    rows = session.execute(found.where(*conditions).order_by(Member.id))
    return [
        Sitting(entry, team, village, "".join(name.split()), number, born, mobile, card)
        for entry, team, village, name, number, born, mobile, card, rostered in rows
        if rostered
    ]


def member_count(session: Session, span: Span) -> int:
    return session.scalar(select(func.count()).select_from(Member).where(concerning(span))) or 0


def members(session: Session, span: Span) -> Iterator[Member]:
    """The members a period is about, some at a time, so that 100,000 do not fill the memory."""
    query = select(Member).where(concerning(span)).order_by(Member.id)
    yield from session.scalars(query.execution_options(yield_per=CHUNK))


def current(session: Session, ledger: type[Ledger]) -> Sequence[Any]:
    """Every entry of ``ledger`` that is not deleted, in the order of entry."""
    return session.scalars(select(ledger).where(ledger.deleted_at.is_(None)).order_by(ledger.id)).all()


def squads(all_teams: Iterable[Team], rolls: Rolls, span: Span) -> Iterator[Squad]:
    """The teams a period is about, each with the size of its roster and the earlier teams of its name."""
    sizes = Counter(sitting.team for sitting in rolls.sittings)
    names: Counter[tuple[str, str]] = Counter()
    for team in all_teams:
        known = team.active(span.last)
        if known or team.closed_on is None or team.closed_on >= span.first:
            yield Squad(team, span.day, sizes[team.id], names[teams.same_name(team)] if known else 0)
        names[teams.same_name(team)] += known and bool(team.team_name)


def rolls(session: Session, all_teams: Iterable[Team], span: Span) -> Rolls:
    """Everybody on the roster of an active team at the period's end."""
    closed = {team.id for team in all_teams if not team.active(span.last)}
    names = {team.id: team.team_name or "" for team in all_teams}
    found = [one for one in sittings(session, span.last) if one.team not in closed]
    return Rolls(found, names, at(span.last))


def procedures(session: Session, span: Span) -> list[Procedure]:
    """The matters that are still open or had a step in the period, each with all its steps."""
    steps: defaultdict[int | None, list[Step]] = defaultdict(list)
    for step in current(session, Step):
        steps[step.matter_id].append(step)
    same: defaultdict[tuple[str | None, str], list[Matter]] = defaultdict(list)
    found = []
    for matter in current(session, Matter):
        own = steps[matter.id]
        earlier = list(same[matter.village_code, matter.title or ""]) if matter.title else []
        same[matter.village_code, matter.title or ""].append(matter)
        merged = {StepNo.CONSULT} if matter.merge_1_2 else set()
        complete = set(StepNo) <= {step.step_no for step in own} | merged
        is_open = matter.course != Course.STOPPED and not complete
        if is_open or any(span.holds(step.date) for step in own):
            found.append(Procedure(matter, own, span.today, earlier))
    return found


def held(procedure: Procedure, profiles: Mapping[str | None, Sequence[Village]]) -> Iterator[Held]:
    """Every step of a matter with the edition and the village's figures of its own day."""
    for step in procedure.steps:
        on = step.date or procedure.today
        yield Held(
            step, at(on), in_force(profiles.get(procedure.matter.village_code, ()), on), procedure.today
        )


def in_force(profiles: Iterable[Village], on: dt.date) -> Village | None:
    """The figures of one village that hold on a day: the latest that begin on or before it."""
    begun = [one for one in profiles if one.as_of is not None and one.as_of <= on]
    return max(begun, key=lambda one: (one.as_of or on, one.id or 0), default=None)


def profiles(session: Session) -> Mapping[str | None, Sequence[Village]]:
    """Every village's figures by its code."""
    found: defaultdict[str | None, list[Village]] = defaultdict(list)
    for one in current(session, Village):
        found[one.village_code].append(one)
    return found


def judged_profiles(profiles: Mapping[str | None, Sequence[Village]], span: Span) -> Iterator[Profile]:
    """The figures in force at the period's end, and those that do not say from when they hold."""
    for of_village in profiles.values():
        valid = in_force(of_village, span.last)
        for one in of_village:
            if one is valid or one.as_of is None:
                yield Profile(one, at(one.as_of or span.day))


def pacts(session: Session, span: Span) -> Iterator[Pact]:
    """The agreements in force or ended in the period, each with the earlier ones of the same partner."""
    by_code: defaultdict[str, list[Agreement]] = defaultdict(list)
    by_name: defaultdict[str, list[Agreement]] = defaultdict(list)
    for one in current(session, Agreement):
        groups = [by_code[one.party_b_uscc]] if one.party_b_uscc else []
        groups += [by_name[unit_name(one.party_b_name)]] if one.party_b_name else []
        others = {other.id: other for group in groups for other in group}
        for group in groups:
            group.append(one)
        ended = one.status(span.first) in (Standing.ENDED, Standing.TERMINATED)
        if not ended or span.holds(one.valid_to) or span.holds(one.terminated_on):
            yield Pact(one, span.day, tuple(others.values()))


def attached(session: Session, agreements: Iterable[int], span: Span) -> Iterator[Item | Activity]:
    """The lists of these agreements, and their activities of the period or of no date."""
    known = {None, *agreements}
    yield from (item for item in current(session, Item) if item.agreement_id in known)
    for one in current(session, Activity):
        if span.holds(one.date) or (one.date is None and one.agreement_id in known):
            yield one


def coverage(
    session: Session,
    span: Span,
    all_teams: Iterable[Team],
    found: Iterable[Procedure],
    known: Iterable[str | None],
) -> Coverage:
    """The period as a whole.

    :param known: codes of the villages that have figures.
    """
    names = {region.code or "": short(region.name or "") for region in areas.villages(session, span.last)}
    zero = select(ZeroReport.village_code).where(
        ZeroReport.ledger == "team", ZeroReport.period == span.period
    )
    said = {team.village_code for team in all_teams if team.active(span.last)} | set(session.scalars(zero))
    running = dict.fromkeys(one.matter.village_code for one in found)
    bare = [code for code in running if code and code not in set(known)]
    counted = figures.figures(session, span.last)
    last = session.scalars(
        select(Submission)
        .where(Submission.period < span.period)
        .order_by(Submission.period.desc(), Submission.version.desc())
        .limit(1)
    ).first()
    return Coverage(
        at(span.last),
        tuple(name for code, name in names.items() if code not in said),
        {code: names.get(code) or areas.named(session, code) for code in bare},
        {key: value for key, value in counted.items() if key in COUNTED},
        last.counts if last else None,
        periods.words(last.period) if last else "",
    )
