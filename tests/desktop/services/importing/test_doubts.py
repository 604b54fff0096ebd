"""What is doubtful is told before anything is written, and what was cut is never invented."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.excel.understanding.learnt import Learnt
from desktop.records import Agreement, Matter, Member, Region, Step, Team, identity
from desktop.services import importing, invented
from tests.desktop.services.importing.rosters import (
    EAST,
    HEADINGS,
    TODAY,
    WEST,
    member,
    outcomes,
    planned,
    said,
    table,
)


def another(number: str) -> str:
    """A sound number of somebody born on the same day."""
    front = f"{number[:14]}{(int(number[14:17]) + 2) % 1000:03}"
    return front + identity.resident_check(front)


def test_one_person_with_two_numbers_is_told(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person, other = people.one(), people.one()
    file = table(
        tmp_path,
        HEADINGS,
        member(person),
        member(person, 身份证号=another(person.id_number), 手机=other.mobile),
        member(person, 身份证号=another(other.id_number)),
    )
    plan = planned(entries, file)
    assert outcomes(plan) == ["new"] * 3
    assert said(plan, 1).startswith("与第 2 行的")
    assert "姓名、出生日期相同" in said(plan, 1)
    assert "姓名、手机相同，身份证号不同" in said(plan, 2)


def test_a_person_of_the_records_with_another_number_is_told(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    importing.carry_out(entries, planned(entries, table(tmp_path, HEADINGS, member(person))))
    again = member(person, 身份证号=another(person.id_number))
    assert "与记录中的" in said(planned(entries, table(tmp_path, HEADINGS, again)))


def test_a_telephone_of_more_than_three_people_is_told(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    crowd = [member(people.one(), 手机="19900000009", 姓名=f"张{mark}") for mark in "一二三四"]
    plan = planned(entries, table(tmp_path, HEADINGS, *crowd))
    assert ["手机号已有 4 个" in said(plan, at) for at in range(4)] == [False, False, False, True]


def test_a_number_that_is_one_digit_off_is_told_on_either_side(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    one, two = people.one(), people.one()
    off = {
        person: person.id_number[:9] + str((int(person.id_number[9]) + 1) % 10) + person.id_number[10:]
        for person in (one, two)
    }
    file = table(
        tmp_path,
        HEADINGS,
        member(one),
        member(one, 身份证号=off[one]),
        member(two, 身份证号=off[two]),
        member(two),
    )
    plan = planned(entries, file)
    assert outcomes(plan) == ["new", "wrong", "wrong", "new"]
    assert "与第 2 行的" in said(plan, 1)
    assert "只差一位" in said(plan, 1)
    assert "与第 4 行的" in said(plan, 3)
    assert "只差一位" in said(plan, 3)


def test_a_credit_code_of_two_units_is_told(entries: Session, tmp_path: Path) -> None:
    code = invented.credit_code(5)
    rows = [["东湖村", "某厂", code], ["东湖村", "某工厂", code]]
    plan = planned(entries, table(tmp_path, ["社区", "单位名称", "统一社会信用代码"], *rows), Agreement)
    assert "与第 2 行的“某厂”统一社会信用代码相同" in said(plan, 1)


def test_a_title_that_differs_by_brackets_is_told(entries: Session, tmp_path: Path) -> None:
    rows = [["东湖村", "修桥（二期）", 2026], ["东湖村", "修桥(二期)", 2026], ["东湖村", "修桥 (二期)", 2025]]
    plan = planned(entries, table(tmp_path, ["村", "事项名称", "年度"], *rows), Matter)
    assert ["几乎同名" in said(plan, at) for at in range(3)] == [False, True, False]


def test_year_and_month_are_completed_from_the_number(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    one, two = people.one(), people.one()
    rows = [
        [*member(one), f"{one.born:%Y.%m}"],
        [*member(two), f"{two.born.replace(year=two.born.year - 1):%Y-%m-%d}"],
    ]
    plan = planned(entries, table(tmp_path, [*HEADINGS, "出生年月"], *rows))
    assert outcomes(plan) == ["new", "new"]
    assert plan.rows[0].values["birth_date"] == one.born
    assert "身份证号中是" in said(plan, 1)
    assert "身份证号中是" not in said(plan, 0)


def test_lost_digits_are_offered_masked_and_taken_only_when_confirmed(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    importing.carry_out(entries, planned(entries, table(tmp_path, HEADINGS, member(person))))
    cut = table(
        tmp_path, HEADINGS, member(person, 身份证号=int(person.id_number[:15] + "000"), 队伍="镇志愿队")
    )
    plan = planned(entries, cut)
    assert outcomes(plan) == ["wrong"]
    finding = plan.rows[0].findings[0]
    assert finding.offer == person.id_number
    assert f"{person.id_number[:4]}**********{person.id_number[-4:]}" in finding.message
    assert person.id_number not in finding.message
    key = (plan.rows[0].sheet, 2, "id_number")
    sure = planned(entries, cut, confirmed={key: finding.offer})
    assert (outcomes(sure), sure.rows[0].values["id_number"]) == (["new"], person.id_number)
    assert outcomes(planned(entries, cut, confirmed={key: another(person.id_number)})) == ["wrong"]


@pytest.mark.parametrize("case", ["another name", "two people", "deleted"])
def test_nothing_is_offered_where_it_is_not_certain(
    entries: Session, people: invented.People, tmp_path: Path, case: str
) -> None:
    person = people.one()
    kept = Member(name=person.name, id_number=person.id_number)
    entries.add(kept)
    if case == "two people":
        entries.add(Member(name=person.name, id_number=person.id_number[:15] + "999"))
    if case == "deleted":
        kept.deleted_at = dt.datetime(2026, 11, 1)
    entries.flush()
    name = "别人" if case == "another name" else person.name
    file = table(tmp_path, HEADINGS, member(person, 姓名=name, 身份证号=int(person.id_number[:15] + "000")))
    plan = planned(entries, file)
    assert (outcomes(plan), plan.rows[0].findings[0].offer) == (["wrong"], "")


def test_a_village_of_two_towns_is_asked_for_and_can_be_answered(entries: Session, tmp_path: Path) -> None:
    county, other = "341399000000", "341399102000"
    entries.add_all(
        [
            Region(code=other, name="另一镇", level="township", parent_code=county),
            Region(code="341399102201", name="东湖村委会", level="village", parent_code=other),
        ]
    )
    from desktop.services import areas

    office = areas.own_office(entries)
    assert office is not None
    office.unit_code = county
    entries.flush()
    headings = ["村", "队伍名称"]
    plan = planned(entries, table(tmp_path, headings, ["东湖村", "甲队"], ["另一镇东湖村", "乙队"]), Team)
    assert outcomes(plan) == ["wrong", "new"]
    assert "练习镇东湖村、另一镇东湖村" in said(plan)
    assert plan.rows[1].values["village_code"] == "341399102201"
    beside = table(tmp_path, ["乡镇", *headings], ["另一镇", "东湖", "甲队"], ["练习镇", "东湖村", "乙队"])
    codes = [row.values["village_code"] for row in planned(entries, beside, Team).rows]
    assert codes == ["341399102201", EAST]
    told = Learnt(words={"village_code": {"东湖村": EAST}})
    answered = importing.plan(
        entries, Team, table(tmp_path, headings, ["东湖村", "甲队"]), TODAY, learnt=told
    )
    assert answered.rows[0].values["village_code"] == EAST


def test_a_sex_that_the_number_contradicts_is_told_and_kept(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    stated, code = ("女", "2") if person.gender == "1" else ("男", "1")
    plan = planned(entries, table(tmp_path, [*HEADINGS, "性别"], [*member(person), stated]))
    assert outcomes(plan) == ["new"]
    assert plan.rows[0].values["gender"] == code
    assert "身份证号第 17 位" in said(plan)


def test_a_mobile_of_ten_digits_is_told(entries: Session, people: invented.People, tmp_path: Path) -> None:
    person = people.one()
    plan = planned(entries, table(tmp_path, HEADINGS, member(person, 手机=person.mobile[:-1])))
    assert outcomes(plan) == ["new"]
    assert "有 10 位数字" in said(plan)


def test_the_number_of_another_card_is_not_taken_for_a_residents(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    row = [*member(person, 身份证号="E12345678"), "护照"]
    file = table(tmp_path, [*HEADINGS, "证件类型"], row)
    importing.carry_out(entries, planned(entries, file))
    assert outcomes(planned(entries, file)) == ["same"]


def test_a_new_team_with_nearly_the_name_of_another_is_told(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    row = member(people.one(), 队伍="东湖村巡逻队伍")
    plan = planned(entries, table(tmp_path, [*HEADINGS, "村"], [*row, EAST]))
    assert "名称相近的“东湖巡逻队”" in said(plan)


def test_a_team_that_is_a_number_is_refused(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    plan = planned(entries, table(tmp_path, HEADINGS, member(people.one(), 队伍="19900000001")))
    assert outcomes(plan) == ["wrong"]
    assert "不像队伍的名称" in said(plan)


def test_two_names_in_one_cell_are_told(entries: Session, people: invented.People, tmp_path: Path) -> None:
    plan = planned(entries, table(tmp_path, HEADINGS, member(people.one(), 姓名="张三、李四")))
    assert "里面有数字或符号" in said(plan)


def test_a_day_of_long_ago_is_told(entries: Session, people: invented.People, tmp_path: Path) -> None:
    row = member(people.one(), 入队日期=dt.date(1915, 3, 1))
    plan = planned(entries, table(tmp_path, HEADINGS, row))
    assert (outcomes(plan), plan.rows[0].values["joined_on"]) == (["new"], dt.date(1915, 3, 1))
    assert "年代太早" in said(plan)


def test_a_unit_spelled_in_two_ways_is_told(entries: Session, tmp_path: Path) -> None:
    village = entries.query(Region).filter_by(code=EAST).one().name
    rows = [[village, name, "2026-01-05"] for name in ("练习超市（一店）", "练习 超市(一店)")]
    plan = planned(entries, table(tmp_path, ["社区", "单位名称", "签订日期"], *rows), Agreement)
    assert "只差空格、括号或全角半角" in said(plan, 1)


def test_a_matter_of_another_village_is_not_the_one_that_is_meant(entries: Session, tmp_path: Path) -> None:
    entries.add(Matter(title="修桥", village_code=EAST))
    entries.flush()
    rows = [[place, "修桥", "党支部提议", "2026-03-01"] for place in (EAST, WEST)]
    plan = planned(entries, table(tmp_path, ["村", "事项名称", "步骤", "会议时间"], *rows), Step)
    assert outcomes(plan) == ["new", "wrong"]
    assert "与这一行的村（社区）不同" in said(plan, 1)
