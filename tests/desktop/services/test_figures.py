"""The headline figures, on a made-up town whose answers are known."""

import datetime as dt
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Agreement, Matter, Member, Step, Team, Village
from desktop.records.agreement import Standing
from desktop.records.matter import Course
from desktop.services import figures, reports, standing
from desktop.services.invented import People
from desktop.storage.database import Store

ON = dt.date(2026, 11, 30)
EAST = "341399101200"


def _town(session: Session) -> list[Team]:
    """5.00 万 residents and 905 people in 37 teams."""
    session.add(Village(village_code=EAST, as_of=dt.date(2026, 1, 1), population=50_000))
    teams = [
        Team(village_code=EAST, team_name=f"第{at}队", founded_on=dt.date(2025, 1, 1)) for at in range(37)
    ]
    session.add_all(teams)
    session.flush()
    people = People(1)
    made = [people.one() for _ in range(905)]
    session.add_all(
        Member(
            team_id=teams[at % 37].id,
            name=person.name,
            id_number=person.id_number,
            joined_on=dt.date(2025, 1, 1),
        )
        for at, person in enumerate(made)
    )
    session.flush()
    return teams


def test_a_person_in_two_teams_is_one_person(session: Session) -> None:
    teams = _town(session)
    found = figures.figures(session, ON)
    assert (found["teams"], found["people"], found["density"]) == (37, 905, 181)
    twin = session.scalars(select(Member).limit(1)).one()
    session.add(Member(team_id=teams[5].id, name=twin.name, id_number=twin.id_number))
    session.flush()
    found = figures.figures(session, ON)
    assert (found["people"], found["appointments"], found["density"]) == (905, 906, 181)


def test_a_team_closed_on_the_day_counts_no_more(session: Session) -> None:
    teams = _town(session)
    teams[0].closed_on = ON
    session.flush()
    assert figures.figures(session, ON)["teams"] == 36
    assert figures.figures(session, ON - dt.timedelta(days=1))["teams"] == 37


def test_without_a_population_nothing_is_divided(session: Session) -> None:
    session.add(Team(team_name="队"))
    session.flush()
    assert figures.figures(session, ON)["density"] is None


def test_three_agreements_with_one_unit_are_one_unit(session: Session) -> None:
    start = dt.date(2026, 1, 1)
    names = [("供电所", "A"), ("供电 所", "A"), ("供电所", "A"), ("小学", None), ("小 学", None)]
    session.add_all(Agreement(party_b_name=name, party_b_uscc=code, valid_from=start) for name, code in names)
    session.flush()
    found = figures.figures(session, ON)
    assert (found["agreements"], found["partners"]) == (5, 2)


near = st.none() | st.dates(ON - dt.timedelta(days=3), ON + dt.timedelta(days=3))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(st.tuples(near, near, st.sampled_from([None, "在册", "撤销"])), max_size=8))
def test_sql_and_python_agree_on_who_counts(
    store: Store, rows: list[tuple[dt.date | None, dt.date | None, str | None]]
) -> None:
    with store.work("测试") as (session, _):
        status = {"在册": "1", "撤销": "2"}
        teams = [Team(founded_on=first, closed_on=last, status=word) for first, last, word in rows]
        members = [
            Member(joined_on=first, left_on=last, status=status.get(word or "")) for first, last, word in rows
        ]
        agreements = [Agreement(valid_from=first, valid_to=last) for first, last, _ in rows]
        session.add_all([*teams, *members, *agreements])
        session.flush()
        for on in (ON - dt.timedelta(days=1), ON, ON + dt.timedelta(days=2)):
            counted = set(session.scalars(select(Team.id).where(standing.teams(on))))
            assert {team.id for team in teams if team.active(on)} == counted & {team.id for team in teams}
            found = set(session.scalars(select(Member.id).where(standing.members(on))))
            assert {member.id for member in members if member.active(on)} == found & {
                one.id for one in members
            }
            valid = set(session.scalars(select(Agreement.id).where(standing.agreements(on))))
            good = {one.id for one in agreements if one.status(on) in (Standing.VALID, Standing.ENDING)}
            assert good == valid & {one.id for one in agreements}


def test_the_first_page_and_the_sheet_count_the_same(session: Session) -> None:
    profile = {"village_code": EAST, "as_of": dt.date(2026, 1, 1)}
    session.add_all([Village(**profile, population=3000), Village(**profile, population=3000)])
    session.add(Village(village_code=EAST, as_of=dt.date(2026, 6, 1)))
    session.add_all(
        [
            Team(village_code=EAST, team_name="甲队", member_count=5),
            Team(village_code=EAST, team_name="甲 队"),
        ]
    )
    session.flush()
    found = figures.figures(session, ON)
    row = next(reports.rows(session, "annex1", "2026-11"))
    assert {key: found[key] for key in ("teams", "people", "density")} == {
        key: row[key] for key in ("teams", "people", "density")
    }
    assert (found["teams"], found["people"], row["population"]) == (1, 5, Decimal("0.3"))


def test_only_what_is_over_counts_as_carried_out(session: Session) -> None:
    matter = Matter(village_code=EAST, title="修路")
    held = {"held_at": dt.datetime(2026, 11, 2, 9), "result": "1"}
    steps = [Step(step_no=str(number), **held) for number in range(1, 5)]
    steps.append(Step(step_no="5", open_from=dt.date(2026, 11, 9), open_to=dt.date(2026, 11, 15)))
    assert matter.carried_out(steps, dt.date(2026, 11, 15))
    assert not matter.carried_out(steps, dt.date(2026, 11, 14))
    steps[3].result = None
    assert not matter.carried_out(steps, ON)
    steps[3].result = "1"
    matter.course = Course.STOPPED
    assert not matter.carried_out(steps, ON)
