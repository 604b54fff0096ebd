"""附件1 and 附件2: the teams of a period and the people in them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.excel.totals import ratio
from desktop.records import Member, Team, Village
from desktop.records.fields import field
from desktop.services import periods, places, standing
from desktop.services.streams import Known, Show, stream

PARTY = ("01", "02")  # list political: members, formal and on probation
POLICE = ("04", "05")  # list member_category
VOLUNTEER = "12"
TEAM_COLUMNS = {"01": "teams_full_time", "02": "teams_voluntary", "05": "teams_volunteers"}  # list team_type
LISTED = ("gender", "political", "education", "duty", "member_category")  # answers shown by name
TEN_THOUSAND = Decimal(10_000)


def summary(session: Session, period: str) -> list[dict[str, Any]]:
    """附件1: one row for each town of the unit."""
    return towns(session, periods.last_day(period))


def towns(session: Session, on: dt.date) -> list[dict[str, Any]]:
    """The teams, people and residents of each town of the unit on the day ``on``."""
    where = places.of_unit(session, on)
    teams = session.execute(
        select(Team.id, Team.town_code, Team.village_code, Team.team_name, Team.team_type, Team.member_count)
        .where(standing.teams(on))
        .order_by(Team.id)
    ).all()
    town_of = {one.id: one.town_code for one in teams}
    with_roster = set(session.scalars(select(Member.team_id).where(Member.deleted_at.is_(None)).distinct()))
    crews, appointments = _crews(session, on, town_of)
    residents = _residents(session, on)
    found = []
    for town in where.towns:
        own = [one for one in teams if one.town_code == town]
        kinds = {(one.village_code, "".join((one.team_name or "").split())): one.team_type for one in own}
        typed = sum(one.member_count or 0 for one in own if one.id not in with_roster)
        villages = [code for code in where.villages if where.parents[code] == town]
        unknown = sum(code not in residents for code in villages)
        crew = crews[town]
        people = len(crew) + typed
        population = Decimal(sum(residents.get(code, 0) for code in villages)) / TEN_THOUSAND
        counts = Counter(TEAM_COLUMNS.get(kind or "", "teams_other") for kind in kinds.values())
        found.append(
            {
                "town": where.name(town),
                "villages": len(villages),
                "teams": len(kinds),
                **{key: counts[key] for key in (*TEAM_COLUMNS.values(), "teams_other")},
                "people": people,
                "appointments": appointments[town] + typed,
                "people_party": sum("party" in marks for marks in crew.values()),
                "people_police": sum("police" in marks for marks in crew.values()),
                "people_volunteers": sum("volunteer" in marks for marks in crew.values()),
                "population": population,
                "density": ratio(people, population),
                "remark": _remark(appointments[town], len(crew), typed, unknown),
            }
        )
    return found


def _remark(appointments: int, people: int, typed: int, unknown: int) -> str:
    said = []
    if appointments != people:
        said.append(f"队伍人次 {appointments + typed}")
    if typed:
        said.append(f"{typed} 人无花名册")
    if unknown:
        said.append(f"{unknown} 个村（社区）缺常住人口")
    return "；".join(said)


def _crews(
    session: Session, on: dt.date, town_of: Mapping[int, str | None]
) -> tuple[dict[str | None, dict[str, set[str]]], Counter[str | None]]:
    """For each town its people with what they are (a person in several teams once), and its appointments."""
    crews: dict[str | None, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    appointments: Counter[str | None] = Counter()
    query = select(Member.id, Member.team_id, standing.person(), Member.political, Member.member_category)
    for entry, team, person, political, category in session.execute(query.where(standing.members(on))):
        if team is None or team not in town_of:
            continue
        marks = crews[town_of[team]][person or f"#{entry}"]
        appointments[town_of[team]] += 1
        if political in PARTY:
            marks.add("party")
        if category in POLICE:
            marks.add("police")
        if category == VOLUNTEER:
            marks.add("volunteer")
    return crews, appointments


def _residents(session: Session, on: dt.date) -> dict[str, int]:
    """Residents by village, from the last 村情 that gives them on or before ``on``."""
    query = select(Village.village_code, Village.population).where(
        Village.deleted_at.is_(None), Village.as_of <= on, Village.population.is_not(None)
    )
    ordered = session.execute(query.order_by(Village.as_of, Village.id))
    return {code: number for code, number in ordered if code and number is not None}


def roster(session: Session, period: str, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """附件2: everyone in every team, with the whole identity number; the values of ``keys`` one by one."""
    on = periods.last_day(period)
    where = places.of_unit(session, on)
    cells: Mapping[str, tuple[Any, Show | None]] = {
        "county": (Team.town_code, Known(where.county)),
        "town": (Team.town_code, Known(where.name)),
        "village": (Team.village_code, Known(where.name)),
        "team": (Team.team_name, None),
        "team_type": (Team.team_type, Known(field(Team, "team_type").kind.show)),
        "name": (Member.name, None),
        "birth_date": (Member.birth_date, None),
        "id_number": (Member.id_number, None),
        "phone": (_telephone(), None),
        "remark": (Member.remark, None),
        **{one: (getattr(Member, one), Known(field(Member, one).kind.show)) for one in LISTED},
    }
    asked = [cells[key] for key in keys if key != "no"]
    query = (
        select(*(expression for expression, _ in asked), Member.id)
        .select_from(Member)
        .join(Team, Member.team_id == Team.id)
        .where(standing.members(on), standing.teams(on))
        .order_by(Team.town_code, Team.village_code, Team.team_name, Team.id, Member.duty, Member.id)
    )
    return stream(
        session, query, [show for _, show in asked], list(keys).index("no") if "no" in keys else None
    )


def heads(session: Session, period: str) -> tuple[int, int]:
    """How many rows 附件2 has, and how many people stand in them."""
    on = periods.last_day(period)
    person = func.coalesce(
        _filled(Member.id_number),
        func.coalesce(Member.name, "") + "|" + func.coalesce(_telephone(), Team.village_code, ""),
    )
    query = select(func.count(), func.count(person.distinct())).select_from(Member)
    counted = query.join(Team, Member.team_id == Team.id).where(standing.members(on), standing.teams(on))
    rows, people = session.execute(counted).one()
    return rows, people


def _filled(column: Any) -> Any:
    return func.nullif(column, "")


def _telephone() -> Any:
    return func.coalesce(_filled(Member.mobile), _filled(Member.phone))
