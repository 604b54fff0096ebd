"""What of the records a period is about."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from desktop.records import Agreement, Matter, Member, Step, Team, Village
from desktop.services import areas, cases, entries

TODAY = dt.date(2026, 11, 23)
NOVEMBER = cases.span("2026-11", TODAY)


def place(session: Session) -> str:
    return areas.villages(session, TODAY)[0].code or ""


def add(session: Session, ledger: type[Any], **values: Any) -> int:
    return entries.write(session, ledger, values)


def test_a_running_period_is_judged_today_and_a_past_one_on_its_last_day() -> None:
    assert NOVEMBER.day == TODAY
    assert cases.span("2026-10", TODAY).day == dt.date(2026, 10, 31)


def test_who_left_before_the_period_or_joined_after_it_is_left_out(session: Session) -> None:
    add(session, Member, name="先退", left_on=dt.date(2026, 10, 31))
    left = add(session, Member, name="本月退", left_on=dt.date(2026, 11, 5))
    stays = add(session, Member, name="在册", joined_on=dt.date(2026, 11, 20))
    wrong = add(session, Member, name="写错年份", joined_on=dt.date(2062, 1, 1))
    assert [member.id for member in cases.members(session, NOVEMBER)] == [left, stays, wrong]
    assert cases.member_count(session, NOVEMBER) == 3
    october = cases.span("2026-10", TODAY)
    assert stays not in {member.id for member in cases.members(session, october)}


def test_people_of_a_closed_team_are_no_duplicates(session: Session) -> None:
    closed = add(session, Team, team_name="旧队", closed_on=dt.date(2026, 11, 1))
    team = add(session, Team, team_name="新队")
    add(session, Member, team_id=closed, name="陈静")
    kept = add(session, Member, team_id=team, name="陈静")
    rolls = cases.rolls(session, cases.current(session, Team), NOVEMBER)
    assert [sitting.entry for sitting in rolls.sittings] == [kept]


def test_the_later_team_of_a_name_is_the_twin_and_a_closed_one_is_none(session: Session) -> None:
    add(session, Team, village_code="341399101200", team_name="巡逻队", closed_on=dt.date(2026, 11, 1))
    add(session, Team, village_code="341399101200", team_name="巡逻队")
    add(session, Team, village_code="341399101200", team_name="巡逻 队")
    found = cases.current(session, Team)
    squads = cases.squads(found, cases.rolls(session, found, NOVEMBER), NOVEMBER)
    assert [squad.twins for squad in squads] == [0, 0, 1]


def test_a_matter_counts_while_it_is_open_or_had_a_step_in_the_period(session: Session) -> None:
    started = add(session, Matter, title="未开始")
    stopped = add(session, Matter, title="已中止", course="中止")
    add(session, Step, matter_id=stopped, step_no="1", held_at=dt.datetime(2026, 10, 5, 9))
    again = add(session, Matter, title="本月中止", course="中止")
    add(session, Step, matter_id=again, step_no="1", held_at=dt.datetime(2026, 11, 5, 9))
    assert [one.matter.id for one in cases.procedures(session, NOVEMBER)] == [started, again]


def test_a_merged_matter_is_complete_without_its_second_step(session: Session) -> None:
    for merged in (True, False):
        matter = add(session, Matter, title="修路", merge_1_2=merged)
        for number in "13456":
            add(session, Step, matter_id=matter, step_no=number)
    (procedure,) = cases.procedures(session, NOVEMBER)
    assert procedure.matter.merge_1_2 is False


def test_a_meeting_is_judged_by_the_figures_of_its_own_day(session: Session) -> None:
    code = place(session)
    for day, reps in ((1, 30), (15, 40)):
        add(session, Village, village_code=code, as_of=dt.date(2026, 11, day), reps=reps)
    matter = add(session, Matter, title="修路", village_code=code)
    for number, day in (("1", 14), ("2", 15)):
        add(session, Step, matter_id=matter, step_no=number, held_at=dt.datetime(2026, 11, day, 9))
    (procedure,) = cases.procedures(session, NOVEMBER)
    held = cases.held(procedure, cases.profiles(session))
    assert [one.village.reps for one in held if one.village] == [30, 40]
    (judged,) = cases.judged_profiles(cases.profiles(session), NOVEMBER)
    assert judged.village.reps == 40


def test_an_old_meeting_gets_the_edition_of_its_day(session: Session) -> None:
    matter = add(session, Matter, title="旧事")
    add(session, Step, matter_id=matter, step_no="1", held_at=dt.datetime(2025, 12, 31, 9))
    (procedure,) = cases.procedures(session, NOVEMBER)
    (held,) = cases.held(procedure, {})
    assert held.standards.code == "2018"


def test_an_agreement_that_ended_before_the_period_is_left_out(session: Session) -> None:
    for name, ends in (("甲", dt.date(2026, 10, 31)), ("乙", dt.date(2026, 11, 1)), ("丙", None)):
        add(session, Agreement, party_b_name=name, valid_from=dt.date(2026, 1, 1), valid_to=ends)
    assert [pact.agreement.party_b_name for pact in cases.pacts(session, NOVEMBER)] == ["乙", "丙"]
