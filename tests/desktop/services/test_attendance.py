"""A sign-in sheet has everyone on the roster once, numbers masked, and room for those who come besides."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.paper import Form, Grid
from desktop.records import Member, Team
from desktop.services import areas, attendance, entries
from tests.conftest import TODAY

JOINED = {"joined_on": "2025-01-01"}


@pytest.fixture
def village(session: Session) -> str:
    return areas.villages(session, TODAY)[0].code or ""


@pytest.fixture
def team(session: Session, village: str) -> int:
    entry = entries.save(session, Team, {"team_name": "巡逻队", "village_code": village})
    for name, duty, mobile in (("王五", "09", "13812345678"), ("赵六", "01", "13912345678")):
        answers = {"team_id": str(entry), "village_code": village, "name": name, "mobile": mobile}
        entries.save(session, Member, {**answers, **JOINED, "duty": duty})
    gone = {"team_id": str(entry), "village_code": village, "name": "走了", "left_on": "2026-01-01"}
    entries.save(session, Member, {**gone, **JOINED})
    return entry


def rows(form: Form) -> Sequence[Sequence[str]]:
    (grid,) = form.blocks
    assert isinstance(grid, Grid)
    assert [column.name for column in grid.columns] == [
        *("序号", "姓名", "单位／职务", "联系电话", "签名", "备注")
    ]
    return grid.rows


def test_those_in_charge_stand_first_and_those_who_left_not_at_all(session: Session, team: int) -> None:
    form = attendance.of_team(session, team, TODAY, spare=2)
    assert form.title == "巡逻队签到表"
    assert [row[:2] for row in rows(form)] == [("1", "赵六"), ("2", "王五"), ("3", ""), ("4", "")]


def test_numbers_are_masked_unless_asked(session: Session, team: int) -> None:
    assert rows(attendance.of_team(session, team, TODAY))[0][3] == "139****5678"
    assert rows(attendance.of_team(session, team, TODAY, full=True))[0][3] == "13912345678"


def test_a_person_in_two_teams_of_a_village_stands_once(session: Session, team: int, village: str) -> None:
    other = entries.save(session, Team, {"team_name": "志愿队", "village_code": village})
    answers = {"team_id": str(other), "village_code": village, "name": "赵六", "mobile": "13912345678"}
    entries.save(session, Member, {**answers, **JOINED})
    form = attendance.of_village(session, village, TODAY, spare=0)
    assert sorted(row[1] for row in rows(form)) == ["王五", "赵六"]
    assert "巡逻队" in rows(form)[0][2] or "志愿队" in rows(form)[0][2]


def test_an_empty_team_has_only_blank_rows(session: Session) -> None:
    entry = entries.save(session, Team, {"team_name": "新队"})
    form = attendance.of_team(session, entry, TODAY, spare=20)
    assert [row[0] for row in rows(form)] == [str(number) for number in range(1, 21)]
    assert not any(cell for row in rows(form) for cell in row[1:])


def test_a_deleted_team_has_no_sheet(session: Session) -> None:
    entry = entries.save(session, Team, {"team_name": "新队"})
    entries.delete(session, Team, entry)
    with pytest.raises(Refusal, match="已被删除"):
        attendance.of_team(session, entry, TODAY)
