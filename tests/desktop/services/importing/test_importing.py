"""Import: any order of columns, wrong rows listed, nothing half done."""

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel.plan import Outcome
from desktop.records import Agreement, Member, Step, Team, Village, kinds
from desktop.records.keeping import Submission
from desktop.services import exporting, importing, invented
from tests.desktop.services.importing.rosters import (
    EAST,
    HEADINGS,
    TODAY,
    WEST,
    member,
    outcomes,
    planned,
    table,
)


def test_a_new_member_is_written_with_what_follows_from_the_number(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    plan = planned(entries, table(tmp_path, HEADINGS, member(person)))
    counts = importing.carry_out(entries, plan)
    assert (counts.read, counts.new, counts.wrong) == (1, 1, 0)
    kept = entries.scalars(select(Member)).one()
    assert (kept.gender, kept.birth_date) == (person.gender, person.born)
    assert kept.origin == "导入 名单.xlsx 第2行"
    assert kept.joined_on == dt.date(2024, 1, 5)
    assert kept.record_no


def test_a_blank_cell_never_erases_and_a_change_shows_both_values(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    importing.carry_out(entries, planned(entries, table(tmp_path, HEADINGS, member(person))))
    changed = table(tmp_path, HEADINGS, member(person, 手机="19999999999", 职务=None))
    plan = planned(entries, changed)
    assert outcomes(plan) == ["changed"]
    assert plan.rows[0].difference == {"mobile": (person.mobile, "19999999999")}
    importing.carry_out(entries, plan)
    kept = entries.scalars(select(Member)).one()
    assert (kept.mobile, kept.duty) == ("19999999999", "09")


def test_wrong_rows_are_listed_and_nothing_is_imported(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    good, bad = people.one(), people.one()
    wrong = bad.id_number[:-1] + ("0" if bad.id_number[-1] != "0" else "1")
    file = table(
        tmp_path,
        HEADINGS,
        member(good),
        member(bad, 身份证号=wrong),
        member(people.one(), 职务="皇帝"),
        member(people.one(), 入队日期="2026-02-30"),
        member(people.one(), 姓名="张" * 21),
        member(people.one(), 姓名=None),
        member(people.one(), 队伍=None),
        member(good),
    )
    plan = planned(entries, file)
    assert outcomes(plan) == ["new", *["wrong"] * 7]
    said = {row.row: (row.findings[0].cell, row.findings[0].field) for row in plan.of(Outcome.WRONG)}
    assert said == {
        3: ("C3", "id_number"),
        4: ("E4", "duty"),
        5: ("F5", "joined_on"),
        6: ("B6", "name"),
        7: ("B7", "name"),
        8: ("A8", "team_name"),
        9: ("C9", "id_number"),
    }
    assert "第 2 行重复" in plan.rows[-1].findings[0].message
    with pytest.raises(Refusal, match="有 7 行需要改正"):
        importing.carry_out(entries, plan)
    assert entries.scalar(select(func.count(Member.id))) == 0


def test_the_plan_as_json_is_what_other_programs_rely_on(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    found = planned(
        entries, table(tmp_path, HEADINGS, member(person), member(people.one(), 职务="皇帝"))
    ).as_json()
    assert list(found) == ["read", "new", "changed", "same", "wrong", "unknown", "notes", "rows"]
    assert list(found.values())[:5] == [2, 1, 0, 0, 1]
    first, second = found["rows"]
    assert list(first) == ["row", "outcome", "values", "findings"]
    assert first["values"]["joined_on"] == "2024-01-05"
    assert first["values"]["duty"] == "09"
    told = second["findings"][0]
    assert (told["cell"], told["field"]) == ("E3", "duty")
    assert told["message"].startswith("“职务”填写为“皇帝”")


@pytest.mark.parametrize("number", [341399197501010012, 3.41399197501010e17, "3.41399E+17"])
def test_a_number_mangled_by_excel_is_caught(
    entries: Session, people: invented.People, tmp_path: Path, number: Any
) -> None:
    plan = planned(entries, table(tmp_path, HEADINGS, member(people.one(), 身份证号=number)))
    assert outcomes(plan) == ["wrong"]
    assert "Excel 已把后三位变成 0" in plan.rows[0].findings[0].message
    assert "id_number" not in plan.rows[0].values


def test_missing_answers_are_told_and_do_not_stop_the_row(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    plan = planned(entries, table(tmp_path, ["队伍", "姓名"], ["东湖巡逻队", "张三"]))
    assert outcomes(plan) == ["new"]
    missing = {one.field for one in plan.rows[0].findings}
    assert {"id_number", "gender", "birth_date", "mobile", "duty", "joined_on"} <= missing
    assert "status" not in missing
    importing.carry_out(entries, plan)


def test_members_without_a_number_are_known_by_team_name_and_mobile(entries: Session, tmp_path: Path) -> None:
    file = table(
        tmp_path,
        ["队伍", "姓名", "手机"],
        ["东湖巡逻队", "张三", "19900000001"],
        ["东湖巡逻队", "张三", "19900000002"],
        ["镇志愿队", "张三", "19900000001"],
    )
    assert importing.carry_out(entries, planned(entries, file)).new == 3
    assert outcomes(planned(entries, file)) == ["same"] * 3


def test_a_number_that_becomes_known_completes_the_entry(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    importing.carry_out(entries, planned(entries, table(tmp_path, HEADINGS, member(person, 身份证号=None))))
    plan = planned(entries, table(tmp_path, HEADINGS, member(person)))
    assert outcomes(plan) == ["changed"]
    importing.carry_out(entries, plan)
    assert entries.scalars(select(Member)).one().id_number == person.id_number


def test_the_same_person_may_stand_in_two_teams(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    person = people.one()
    file = table(tmp_path, HEADINGS, member(person), member(person, 队伍="镇志愿队"))
    assert outcomes(planned(entries, file)) == ["new", "new"]


def test_villages_are_understood_and_the_town_itself_is_a_blank(entries: Session, tmp_path: Path) -> None:
    rows = [
        ["东湖村委会", "甲队"],
        ["东湖", "乙队"],
        [EAST, "丙队"],
        ["练习镇本级", "丁队"],
        ["火星村", "戊队"],
    ]
    plan = planned(entries, table(tmp_path, ["村名", "队伍名称"], *rows), Team)
    assert [row.values.get("village_code") for row in plan.rows] == [EAST, EAST, EAST, None, None]
    assert outcomes(plan) == [*["new"] * 4, "wrong"]


def test_entries_of_one_name_are_told_apart_by_the_village_of_the_row(
    entries: Session, tmp_path: Path
) -> None:
    entries.add(Team(team_name="东湖巡逻队", village_code=WEST))
    entries.flush()
    rows: list[list[Any]] = [["东湖村", "东湖巡逻队", "张三"], [None, "东湖巡逻队", "李四"]]
    plan = planned(entries, table(tmp_path, ["村", "队伍", "姓名"], *rows))
    assert outcomes(plan) == ["new", "wrong"]
    assert "同名" in plan.rows[1].findings[0].message


def test_a_wrong_credit_code_is_named(entries: Session, tmp_path: Path) -> None:
    code = invented.credit_code(5)
    rows = [["某厂", code], ["某店", code[:-1] + ("0" if code[-1] != "0" else "1")]]
    plan = planned(entries, table(tmp_path, ["单位名称", "统一社会信用代码"], *rows), Agreement)
    assert outcomes(plan) == ["new", "wrong"]


def test_steps_find_their_matter(entries: Session, tmp_path: Path) -> None:
    rows = [["修路", "支部提议", dt.datetime(2026, 11, 2, 9, 30), 5]]
    name = next(iter(kinds.Listed("syl_step").codes.items.values()))
    plan = planned(
        entries,
        table(tmp_path, ["事项名称", "步骤", "时间", "应到人数"], [rows[0][0], name, *rows[0][2:]]),
        Step,
    )
    assert outcomes(plan) == ["new"], plan.rows[0].findings
    assert plan.rows[0].values["held_at"] == dt.datetime(2026, 11, 2, 9, 30)


def test_a_locked_period_takes_nothing_in(entries: Session, tmp_path: Path) -> None:
    sent = Submission(
        period="2026-10",
        version=1,
        sent_at=dt.datetime(2026, 10, 25),
        filler="李敏",
        files=[],
        counts={},
        findings={},
        reasons=[],
        journal_mark=0,
    )
    entries.add(sent)
    entries.flush()
    name = next(iter(kinds.Listed("syl_step").codes.items.values()))
    file = table(tmp_path, ["事项名称", "步骤", "时间"], ["修路", name, "2026-10-05 09:00"])
    plan = planned(entries, file, Step)
    assert outcomes(plan) == ["wrong"]
    assert "已锁定" in plan.rows[0].findings[0].message


def test_a_formula_without_a_value_is_wrong_and_not_a_blank(entries: Session, tmp_path: Path) -> None:
    plan = planned(entries, table(tmp_path, ["队伍", "姓名", "备注"], ["东湖巡逻队", "张三", "=A1&B1"]))
    assert outcomes(plan) == ["wrong"]
    assert plan.rows[0].findings[0].cell == "C2"


def test_a_file_of_something_else_is_refused(entries: Session, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="没有找到“队员花名册”的栏目名称"):
        planned(entries, table(tmp_path, ["商品", "价格"], ["苹果", 3]))


def test_unknown_columns_are_listed(entries: Session, tmp_path: Path) -> None:
    plan = planned(entries, table(tmp_path, ["队伍", "姓名", "血型"], ["东湖巡逻队", "张三", "A"]))
    assert plan.unknown == ["血型"]


def test_five_thousand_rows_take_seconds(entries: Session, people: invented.People, tmp_path: Path) -> None:
    crowd = {one.id_number: one for one in (people.one() for _ in range(5100))}
    file = table(tmp_path, HEADINGS, *map(member, list(crowd.values())[:5000]))
    told: list[tuple[int, int]] = []
    start = time.perf_counter()
    plan = importing.plan(entries, Member, file, TODAY, lambda done, of: told.append((done, of)))
    counts = importing.carry_out(entries, plan)
    assert counts.new == 5000
    assert told[-1] == (5000, 5000)
    assert time.perf_counter() - start < 60  # seconds; about 6 on two busy cores


def test_village_figures_are_known_by_village_and_day(entries: Session, tmp_path: Path) -> None:
    rows = [["东湖村", "2026-01-01", 2300], ["东湖村", "2026-07-01", 2310]]
    file = table(tmp_path, ["村（社区）", "数据日期", "常住人口"], *rows)
    assert importing.carry_out(entries, planned(entries, file, Village)).new == 2
    assert outcomes(planned(entries, file, Village)) == ["same", "same"]


def test_the_roster_that_is_handed_in_can_be_imported_again(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    crowd = [member(people.one(), 队伍=team) for team in ("东湖巡逻队", "镇志愿队", "东湖巡逻队")]
    importing.carry_out(entries, planned(entries, table(tmp_path, HEADINGS, *crowd)))
    roster = exporting.export(entries, "annex2", "2026-11", tmp_path, TODAY)
    plan = planned(entries, roster.path)
    assert [row.row for row in plan.rows] == [5, 6, 7]
    assert not plan.of(Outcome.WRONG) + plan.of(Outcome.NEW)


def test_two_rows_never_take_the_same_saved_entry(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    one, other = people.one(), people.one()
    both = {"姓名": "周一", "手机": None}
    importing.carry_out(
        entries, planned(entries, table(tmp_path, HEADINGS, member(one, 身份证号=None, **both)))
    )
    plan = planned(entries, table(tmp_path, HEADINGS, member(one, **both), member(other, **both)))
    assert outcomes(plan) == ["changed", "wrong"]
    assert "是不是同一个人" in plan.rows[1].findings[0].message


def test_a_row_whose_first_cell_is_a_remark_is_a_row(
    entries: Session, people: invented.People, tmp_path: Path
) -> None:
    headings = ["备注", *HEADINGS]
    rows = [["说明：补录", *member(people.one())], ["合计", *member(people.one())], ["合计", 2, 2]]
    assert planned(entries, table(tmp_path, headings, *rows)).counts.read == 2
