"""Saving what a clerk typed."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import Matter, Member, Region, Step, Team
from desktop.services import entries

NUMBER = "11010519491231002X"


def test_a_half_done_entry_is_saved(session: Session) -> None:
    member = entries.get(session, Member, entries.save(session, Member, {"name": "张三"}))
    assert isinstance(member, Member)
    assert (member.name, member.mobile, member.origin) == ("张三", None, "手工")


def test_sex_and_birth_date_come_from_the_number_and_overwrite_nothing(session: Session) -> None:
    first = session.get_one(Member, entries.save(session, Member, {"id_number": NUMBER}))
    assert (first.gender, str(first.birth_date), first.id_type) == ("2", "1949-12-31", "111")
    second = session.get_one(Member, entries.save(session, Member, {"id_number": NUMBER, "gender": "男"}))
    assert second.gender == "1"


def test_an_unreadable_answer_is_named_and_nothing_is_written(session: Session) -> None:
    with pytest.raises(Refusal, match="“出生日期”填写为“去年”"):
        entries.save(session, Member, {"name": "张三", "birth_date": "去年"})
    assert not session.query(Member).count()


def test_a_blank_answer_clears_and_a_missing_one_is_left(session: Session) -> None:
    team = entries.save(session, Team, {"team_name": "巡逻队", "address": "东街", "leader_name": "李四"})
    entries.save(session, Team, {"address": "  "}, entry=team)
    row = session.get_one(Team, team)
    assert (row.address, row.leader_name) == (None, "李四")


def test_a_team_with_members_is_not_deleted(session: Session) -> None:
    team = entries.save(session, Team, {"team_name": "巡逻队"})
    member = entries.save(session, Member, {"name": "张三", "team_id": str(team)})
    with pytest.raises(Refusal, match="还有 1 条队员花名册属于它"):
        entries.delete(session, Team, team)
    entries.delete(session, Member, member)
    entries.delete(session, Team, team)
    with pytest.raises(Refusal, match="已被删除"):
        entries.get(session, Team, team)


def test_answers_read_back_what_was_saved(session: Session) -> None:
    typed = {
        "step_no": "党员大会审议",
        "held_at": "2026-11-05 09:30",
        "channels": "村务公开栏、广播（村村响）",
        "n_due": "33",
    }
    row = session.get_one(Step, entries.save(session, Step, typed))
    again = session.get_one(Step, entries.save(session, Step, entries.answers(row)))
    assert entries.answers(again) | {"record_no": ""} == entries.answers(row) | {"record_no": ""}


def test_a_json_entry_has_clean_values_and_worked_out_ones(session: Session) -> None:
    row = session.query(Region).filter_by(name="东湖村委会").one()
    found = entries.as_json(row, dt.date(2026, 11, 23))
    assert (found["code"], found["level"], found["name"]) == ("341399101200", "village", "东湖村委会")


def test_a_matter_is_deleted_with_its_steps(session: Session) -> None:
    matter = entries.save(session, Matter, {"title": "修路"})
    step = entries.save(session, Step, {"matter_id": str(matter), "step_no": "1"})
    entries.delete(session, Matter, matter)
    with pytest.raises(Refusal, match="已被删除"):
        entries.get(session, Step, step)


def test_a_member_lies_in_the_village_of_the_team(session: Session) -> None:
    team = entries.save(session, Team, {"team_name": "巡逻队", "village_code": "341399101200"})
    member = session.get_one(Member, entries.save(session, Member, {"name": "张三", "team_id": str(team)}))
    assert member.village_code == "341399101200"


@pytest.mark.parametrize(("name", "value"), [("team_id", "99999"), ("village_code", "999999999999")])
def test_what_is_not_there_cannot_be_pointed_to(session: Session, name: str, value: str) -> None:
    with pytest.raises(Refusal, match="没有这一条"):
        entries.save(session, Member, {"name": "张三", name: value})
