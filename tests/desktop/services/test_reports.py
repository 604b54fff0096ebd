"""The figures of the sheets, against the reference's test table."""

import datetime as dt
import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from desktop.excel.layout import LAYOUTS, load
from desktop.records import Agreement, Matter, Member, Step, Team, Village
from desktop.records.matter import Course
from desktop.records.step import PASSED, StepNo
from desktop.records.team import TeamStatus
from desktop.services import invented, periods, reports

AREAS = invented.area_list(6)
TOWN, VILLAGES = AREAS[2]["code"], [area["code"] for area in AREAS[3:]]
PERIOD, CUT_OFF, TODAY = "2026-11", dt.date(2026, 11, 30), dt.date(2026, 12, 3)
PEOPLE, TEAMS = 905, 37


def rows(session: Session, code: str, period: str = PERIOD) -> list[dict[str, Any]]:
    session.flush()
    return list(reports.rows(session, code, period))


def town(session: Session) -> dict[str, Any]:
    (row,) = rows(session, "annex1")
    return row


@pytest.fixture
def golden(session: Session) -> Session:
    """The reference's golden town: 5.00 万 residents, 905 people in 37 teams."""
    each = [8334, 8334, 8333, 8333, 8333, 8333]
    session.add_all(
        Village(village_code=code, as_of=dt.date(2026, 1, 1), population=number)
        for code, number in zip(VILLAGES, each, strict=True)
    )
    teams = [
        Team(team_name=f"{at}队", village_code=VILLAGES[at % 6], team_type=f"0{at % 6 + 1}")
        for at in range(TEAMS)
    ]
    session.add_all(teams)
    session.flush()
    session.add_all(
        Member(team_id=team.id, village_code=team.village_code, name=f"人{at}", id_number=f"{at:018}")
        for at, team in zip(range(PEOPLE), itertools.cycle(teams), strict=False)
    )
    session.flush()
    return session


def first_team(session: Session) -> Team:
    return session.query(Team).order_by(Team.id).first() or pytest.fail("no team")


def test_the_golden_town_has_181_for_each_ten_thousand(golden: Session) -> None:
    found = town(golden)
    assert (found["town"], found["villages"], found["teams"], found["people"]) == ("练习镇", 6, TEAMS, PEOPLE)
    assert (found["population"], found["density"]) == (Decimal(5), 181)
    kinds = ("teams_full_time", "teams_voluntary", "teams_volunteers", "teams_other")
    assert [found[kind] for kind in kinds] == [7, 6, 6, 18]
    assert found["remark"] == ""


def test_a_person_in_two_teams_counts_once(golden: Session) -> None:
    other = golden.query(Team).order_by(Team.id.desc()).first()
    assert other is not None
    golden.add(Member(team_id=other.id, name="人0", id_number=f"{0:018}"))
    found = town(golden)
    assert (found["people"], found["density"]) == (PEOPLE, 181)
    assert found["remark"] == f"队伍人次 {PEOPLE + 1}"


def test_a_team_closed_on_the_last_day_does_not_count_on_it(golden: Session) -> None:
    first_team(golden).closed_on = CUT_OFF
    assert town(golden)["teams"] == TEAMS - 1
    first_team(golden).closed_on = CUT_OFF + dt.timedelta(days=1)
    assert town(golden)["teams"] == TEAMS


def test_a_team_founded_later_or_struck_off_does_not_count(golden: Session) -> None:
    golden.add(Team(team_name="新队", village_code=VILLAGES[0], founded_on=CUT_OFF + dt.timedelta(days=1)))
    golden.add(Team(team_name="旧队", village_code=VILLAGES[0], status=TeamStatus.CLOSED))
    assert town(golden)["teams"] == TEAMS


def test_two_teams_of_one_name_in_a_village_are_one(golden: Session) -> None:
    team = first_team(golden)
    golden.add(Team(team_name=f" {team.team_name} ", village_code=team.village_code))
    assert town(golden)["teams"] == TEAMS


def test_a_member_who_left_by_the_last_day_does_not_count(golden: Session) -> None:
    one = golden.query(Member).first()
    assert one is not None
    one.left_on = CUT_OFF
    assert town(golden)["people"] == PEOPLE - 1
    assert len(rows(golden, "annex2")) == PEOPLE - 1


def test_people_without_a_number_are_told_apart_by_name_and_mobile_then_village(golden: Session) -> None:
    team = first_team(golden).id
    same = {"team_id": team, "name": "张三"}
    golden.add_all([Member(**same, mobile="19900000001"), Member(**same, mobile="19900000001")])
    golden.add_all([Member(**same, village_code=VILLAGES[0]), Member(**same, village_code=VILLAGES[1])])
    assert town(golden)["people"] == PEOPLE + 3


def test_a_team_without_a_roster_counts_as_typed_and_says_so(golden: Session) -> None:
    golden.add(Team(team_name="无册队", village_code=VILLAGES[0], member_count=12))
    found = town(golden)
    assert found["people"] == PEOPLE + 12
    assert found["remark"] == "12 人无花名册"


def test_party_police_and_volunteers_are_counted_by_person(session: Session) -> None:
    teams = [Team(team_name=name, village_code=VILLAGES[0]) for name in "甲乙"]
    session.add_all(teams)
    session.flush()
    first, second = (team.id for team in teams)
    session.add_all(
        [
            Member(team_id=first, name="张三", id_number="1" * 18, political="01", member_category="04"),
            Member(team_id=second, name="张三", id_number="1" * 18, political="01", member_category="12"),
            Member(team_id=second, name="李四", id_number="2" * 18, political="02", member_category="05"),
            Member(team_id=second, name="王五", id_number="3" * 18, political="13"),
        ]
    )
    found = town(session)
    assert [found[key] for key in ("people", "people_party", "people_police", "people_volunteers")] == [
        3,
        2,
        2,
        1,
    ]


def test_residents_are_those_in_force_on_the_last_day(session: Session) -> None:
    for as_of, number in ((dt.date(2026, 1, 1), 10_000), (CUT_OFF, 20_000), (dt.date(2026, 12, 1), 30_000)):
        session.add(Village(village_code=VILLAGES[0], as_of=as_of, population=number))
    found = town(session)
    assert found["population"] == Decimal(2)
    assert found["remark"] == "5 个村（社区）缺常住人口"


def test_nothing_over_no_residents_is_a_dash(session: Session) -> None:
    assert town(session)["density"] == "—"


def test_the_roster_shows_whole_numbers_and_names(golden: Session) -> None:
    first = rows(golden, "annex2")[0]
    assert (first["county"], first["town"], first["village"], first["team"]) == (
        "练习县",
        "练习镇",
        "东湖村",
        "0队",
    )
    assert len(first["id_number"]) == 18
    assert [row["no"] for row in rows(golden, "annex2")] == list(range(1, PEOPLE + 1))
    assert reports.note(golden, "annex2", PERIOD) == "本表 905 人次，按人去重后 905 人。"


def steps(session: Session, matter: Matter, numbers: str, first: dt.date, **other: Any) -> None:
    session.add(matter)
    session.flush()
    for at, number in enumerate(numbers):
        day = first + dt.timedelta(days=at)
        meeting = number in "1234"
        shown = {"open_from": day, "open_to": day}
        when = {"held_at": dt.datetime.combine(day, dt.time(9))} if meeting else shown
        session.add(
            Step(
                matter_id=matter.id,
                step_no=number,
                **when,
                **({"result": PASSED} if meeting else {}),
                **other,
            )
        )


def test_matters_with_a_step_in_the_period_are_counted_by_village(session: Session) -> None:
    new = dt.date(2026, 11, 2)
    steps(session, Matter(title="修路", village_code=VILLAGES[0], amount_wan=Decimal("3.5")), "123456", new)
    steps(session, Matter(title="修桥", village_code=VILLAGES[0], amount_wan=Decimal("1.25")), "123", new)
    steps(session, Matter(title="旧事", village_code=VILLAGES[1]), "12345", dt.date(2026, 3, 1))
    steps(session, Matter(title="去年", village_code=VILLAGES[2]), "12345", dt.date(2025, 3, 1))
    steps(session, Matter(title="以后", village_code=VILLAGES[3]), "1", dt.date(2026, 12, 1))
    found = rows(session, "annex4")
    assert [row["village"] for row in found][:2] == ["东湖村", "西岗村"]
    assert [row["matters"] for row in found] == [2, 0, 0, 0, 0, 0]
    assert found[0]["complete"] == 1
    assert [found[0][f"step_{number}"] for number in StepNo] == [2, 2, 2, 1, 1, 1]
    assert found[0]["amount_wan"] == Decimal("4.75")
    assert [row["carried_out"] for row in found] == ["是", "是", "否", "否", "否", "否"]


def test_a_step_that_was_voted_down_is_not_done(session: Session) -> None:
    matter = Matter(title="修路", village_code=VILLAGES[0])
    steps(session, matter, "12345", dt.date(2026, 11, 2))
    rejected = next(one for one in session.query(Step) if one.step_no == StepNo.RESOLVE)
    rejected.result = "2"
    found = rows(session, "annex4")[0]
    assert (found["step_4"], found["carried_out"]) == (0, "否")


def test_steps_one_and_two_may_be_one(session: Session) -> None:
    steps(
        session, Matter(title="修路", village_code=VILLAGES[0], merge_1_2=True), "1345", dt.date(2026, 11, 2)
    )
    found = rows(session, "annex4")[0]
    assert (found["step_2"], found["carried_out"]) == (1, "是")


def test_the_register_shows_each_matter_as_it_stood(session: Session) -> None:
    steps(
        session,
        Matter(title="修路", village_code=VILLAGES[0], source="01"),
        "123456",
        dt.date(2026, 11, 27),
        n_due=45,
    )
    steps(
        session,
        Matter(title="停办", village_code=VILLAGES[1], course=Course.STOPPED),
        "1",
        dt.date(2026, 11, 3),
    )
    first, second = rows(session, "annex5")
    assert (first["title"], first["source"], first["proposed"]) == (
        "修路",
        "党员群众建议",
        dt.date(2026, 11, 27),
    )
    assert (first["resolved"], first["resolve_due"]) == (CUT_OFF, 45)
    assert (first["published_from"], first["state"]) == (None, "进行中")
    assert second["state"] == "中止"
    assert rows(session, "annex5", "2026-12")[0]["state"] == "已完成"


def test_agreements_in_force_are_listed_and_their_units_counted_once(session: Session) -> None:
    code = invented.credit_code(1)
    shared = {
        "party_a_code": VILLAGES[0],
        "signed_on": dt.date(2026, 1, 1),
        "valid_from": dt.date(2026, 1, 1),
    }
    session.add_all(
        [
            Agreement(**shared, party_b_name="某学校", party_b_uscc=code, fields=["01", "04"]),
            Agreement(**shared, party_b_name="某 学校", party_b_uscc=code, valid_to=CUT_OFF),
            Agreement(**shared, party_b_name="过期厂", valid_to=CUT_OFF - dt.timedelta(days=1)),
            Agreement(**shared, party_b_name="终止厂", terminated_on=CUT_OFF),
        ]
    )
    found = rows(session, "annex6")
    assert [(row["partner"], row["status"]) for row in found] == [
        ("某学校", "有效"),
        ("某 学校", "30 天内到期"),
    ]
    assert found[0]["term"] == "2026-01-01至长期"
    assert found[0]["contents"] == "组织共建、平安共创（治安联防）"
    assert reports.note(session, "annex6", PERIOD) == "本期有效协议 2 份，共建单位 1 家（同一单位只计一次）。"


@pytest.fixture
def statements(golden: Session) -> Iterator[list[str]]:
    said: list[str] = []
    bind = golden.get_bind()

    def listen(connection: object, cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(bind, "before_cursor_execute", listen)
    yield said
    event.remove(bind, "before_cursor_execute", listen)


@pytest.mark.parametrize("code", LAYOUTS)
def test_no_report_asks_once_for_each_row(golden: Session, statements: list[str], code: str) -> None:
    rows(golden, code)
    assert len(statements) <= 8


@pytest.mark.parametrize("code", LAYOUTS)
def test_every_row_answers_every_column(golden: Session, code: str) -> None:
    steps(golden, Matter(title="修路", village_code=VILLAGES[0]), "12", dt.date(2026, 11, 2))
    golden.add(Agreement(party_b_name="某学校", party_a_code=VILLAGES[0], signed_on=dt.date(2026, 1, 1)))
    found = rows(golden, code)
    assert found
    assert all(one.key in row for row in found for one in load(code).leaves)
    assert not [value for row in found for value in row.values() if isinstance(value, float)]


def test_the_cut_off_is_the_last_day_of_the_period() -> None:
    assert periods.last_day(PERIOD) == CUT_OFF
