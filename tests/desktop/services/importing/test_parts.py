"""A row that feeds several ledgers: teams that are new, the six steps, items and activities."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.excel.plan import Outcome
from desktop.records import Agreement, Matter, Member, Step, Team
from desktop.records.agreement import Item
from desktop.services import importing
from tests.desktop.services.importing.rosters import EAST, WEST, outcomes, planned, said, table

ROSTER = ["村", "队伍名称", "队伍类型", "姓名", "手机"]
MATTERS = ["村", "事项名称", "提议时间", "审议应到", "审议实到", "决议公开日期起", "决议公开日期止"]
AGREEMENTS = ["社区", "单位名称", "签订日期", "共建内容", "联络员", "项目名称", "清单"]


def test_a_team_that_does_not_exist_comes_with_the_first_row_that_names_it(
    entries: Session, tmp_path: Path
) -> None:
    file = table(
        tmp_path,
        ROSTER,
        ["东湖村", "护村队", "义务巡逻队", "张三", "19900000001"],
        ["东湖村", " 护村队", None, "李四", "19900000002"],
        ["西岗村", "护村队", None, "王五", "19900000003"],
    )
    plan = planned(entries, file)
    assert outcomes(plan) == ["new"] * 3
    assert [len(row.parts) for row in plan.rows] == [1, 0, 1]
    (part,) = plan.rows[0].parts
    assert (part.ledger, part.outcome, part.values["team_type"]) == ("team", Outcome.NEW, "02")
    assert "将随这一行新建（东湖村）" in said(plan)
    assert all("team_id" not in row.values for row in plan.rows)
    importing.carry_out(entries, plan)
    teams = {
        team.id: (team.village_code, team.team_name)
        for team in entries.scalars(select(Team).where(Team.team_name == "护村队"))
    }
    assert sorted(teams.values()) == [(EAST, "护村队"), (WEST, "护村队")]
    crew = {one.name: teams[one.team_id or 0] for one in entries.scalars(select(Member))}
    assert crew == {"张三": (EAST, "护村队"), "李四": (EAST, "护村队"), "王五": (WEST, "护村队")}
    assert outcomes(planned(entries, file)) == ["same"] * 3


@pytest.mark.parametrize(
    "name", ["义务巡逻队（一组）", "义务巡逻队(一组)", "义务 巡逻队【一组】", "东湖村义务巡逻队(一组)"]
)
def test_blanks_width_and_brackets_make_no_other_team(entries: Session, tmp_path: Path, name: str) -> None:
    team = Team(team_name="义务巡逻队（一组）", village_code=EAST)
    entries.add(team)
    entries.flush()
    plan = planned(entries, table(tmp_path, ROSTER, ["东湖村", name, None, "张三", "19900000001"]))
    assert (plan.rows[0].values["team_id"], list(plan.rows[0].parts)) == (team.id, [])


def test_a_villager_may_sit_in_a_team_of_the_town(entries: Session, tmp_path: Path) -> None:
    plan = planned(entries, table(tmp_path, ROSTER, ["东湖村", "镇志愿队", None, "张三", "19900000001"]))
    team = entries.scalars(select(Team).where(Team.team_name == "镇志愿队")).one()
    assert (plan.rows[0].values["team_id"], list(plan.rows[0].parts)) == (team.id, [])


def test_a_team_comes_even_where_its_first_row_is_wrong(entries: Session, tmp_path: Path) -> None:
    file = table(
        tmp_path,
        [*ROSTER, "身份证号"],
        ["东湖村", "护村队", None, "张三", None, "123"],
        ["东湖村", "护村队", None, "李四", "19900000002", None],
    )
    plan = planned(entries, file)
    assert outcomes(plan) == ["wrong", "new"]
    importing.carry_out(entries, plan, only_good=True)
    (kept,) = entries.scalars(select(Member))
    team = entries.get_one(Team, kept.team_id)
    assert (kept.name, team.team_name) == ("李四", "护村队")


def test_a_row_of_a_register_of_matters_carries_its_steps(entries: Session, tmp_path: Path) -> None:
    row = ["东湖村", "修桥", dt.datetime(2026, 11, 2, 9), 40, 35, "2026-11-10", "2026-11-17"]
    plan = planned(entries, table(tmp_path, MATTERS, row), Matter)
    assert outcomes(plan) == ["new"], said(plan)
    assert plan.rows[0].values["step3.n_due"] == 40
    assert [part.prefix for part in plan.rows[0].parts] == ["step1.", "step3.", "step5."]
    importing.carry_out(entries, plan)
    matter = entries.scalars(select(Matter).where(Matter.title == "修桥")).one()
    steps = {step.step_no: step for step in matter.steps}
    assert set(steps) == {"1", "3", "5"}
    assert steps["5"].open_to == dt.date(2026, 11, 17)
    assert steps["1"].origin == "导入 名单.xlsx 第2行"
    changed = planned(entries, table(tmp_path, MATTERS, [*row[:4], 36, *row[5:]]), Matter)
    assert outcomes(changed) == ["changed"]
    assert changed.rows[0].difference == {"step3.n_present": (35, 36)}
    importing.carry_out(entries, changed)
    assert outcomes(planned(entries, table(tmp_path, MATTERS, [*row[:4], 36, *row[5:]]), Matter)) == ["same"]
    assert len(entries.scalars(select(Step).where(Step.matter_id == matter.id)).all()) == 3


def test_an_agreement_that_is_repeated_takes_its_items_and_contents_together(
    entries: Session, tmp_path: Path
) -> None:
    file = table(
        tmp_path,
        AGREEMENTS,
        ["东湖村", "某厂", "2026-03-01", "资源共享", "张三", "送法进厂", "项目清单"],
        ["东湖村", "某厂", "2026-03-01", "矛盾联调", "张三", "义诊", "需求清单"],
        ["东湖村", "某厂", None, None, None, "植树", "项目清单"],
        ["东湖村", "某厂", "2026-09-01", "资源共享", "张三", None, None],
        ["东湖村", "某厂", "2026-03-01", "资源共享", "张三", "送法进厂", "项目清单"],
    )
    plan = planned(entries, file, Agreement)
    good = [row.outcome.value for row in plan.rows[:4]]
    assert good == ["new", "new", "new", "new"], [said(plan, at) for at in range(5)]
    assert outcomes(plan)[4] == "wrong"
    assert "重复" in said(plan, 4)
    importing.carry_out(entries, plan, only_good=True)
    made = entries.scalars(
        select(Agreement).where(Agreement.party_b_name == "某厂").order_by(Agreement.id)
    ).all()
    assert [one.signed_on for one in made] == [dt.date(2026, 3, 1), dt.date(2026, 9, 1)]
    assert len(made[0].fields or []) == 2
    items = entries.scalars(select(Item.title).where(Item.agreement_id == made[0].id)).all()
    assert sorted(str(one) for one in items) == sorted(["送法进厂", "义诊", "植树"])
    assert outcomes(planned(entries, file, Agreement))[:4] == ["same"] * 4


def test_a_unit_whose_rows_contradict_each_other_is_asked_about(entries: Session, tmp_path: Path) -> None:
    file = table(
        tmp_path,
        AGREEMENTS,
        ["东湖村", "某厂", "2026-03-01", "资源共享", "张三", "送法进厂", "项目清单"],
        ["东湖村", "某厂", "2026-03-01", "资源共享", "李四", "义诊", "项目清单"],
    )
    plan = planned(entries, file, Agreement)
    assert outcomes(plan) == ["new", "wrong"]
    assert "“联络员”却不同" in said(plan, 1)


def test_a_step_in_a_locked_period_keeps_its_row_out(entries: Session, tmp_path: Path, october: None) -> None:
    plan = planned(entries, table(tmp_path, MATTERS[:3], ["东湖村", "修桥", "2026-10-02 09:00"]), Matter)
    assert outcomes(plan) == ["wrong"]
    assert "已锁定" in said(plan)
