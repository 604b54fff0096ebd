"""What every flush does by itself: numbers, spelling, the index, the journal, the changes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Member, Region, Step, Team, Village
from desktop.records.keeping import JournalRow
from desktop.services import entries
from desktop.storage.database import Store


def _journal(session: Session, ledger: str) -> list[JournalRow]:
    return list(
        session.scalars(select(JournalRow).where(JournalRow.ledger == ledger).order_by(JournalRow.id))
    )


def test_a_change_is_journalled_with_the_value_before_even_after_a_commit(store: Store) -> None:
    with store.work("录入队伍") as (session, _):
        team = entries.save(session, Team, {"team_name": "巡逻队", "founded_on": "2024.1.5"})
    with store.work("修改队伍") as (session, _):
        entries.save(session, Team, {"team_name": "夜巡队"}, entry=team)
    with store.read() as session:
        made, changed = _journal(session, "team")
    assert made.operation == "录入队伍"
    assert made.before is None
    assert made.after is not None
    assert made.after["founded_on"] == "2024-01-05"
    assert (changed.before, changed.after) == ({"team_name": "巡逻队"}, {"team_name": "夜巡队"})


def test_saving_the_same_again_is_no_change(store: Store) -> None:
    with store.work("录入队伍") as (session, _):
        team = entries.save(session, Team, {"team_name": "巡逻队"})
    with store.work("修改队伍") as (session, changes):
        entries.save(session, Team, {"team_name": " 巡逻队 "}, entry=team)
    assert not changes.entries


def test_changes_name_the_tables_that_were_touched(store: Store) -> None:
    with store.work("录入队员") as (session, changes):
        member = entries.save(session, Member, {"name": "张三"})
    assert changes.touch(Member)
    assert not changes.touch(Team)
    assert changes.entries["member"] == {member}


def test_numbers_count_on_and_are_never_used_again(store: Store) -> None:
    with store.work("录入") as (session, _):
        first = entries.save(session, Team, {"team_name": "甲"})
        entries.delete(session, Team, first)
    with store.work("录入") as (session, _):
        session.add_all([Team(team_name="乙"), Team(team_name="丙")])
        session.flush()
        numbers = [team.record_no or "" for team in session.scalars(select(Team).order_by(Team.id))]
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003"]
    assert all(number.startswith("QF-341399101-") for number in numbers)


def test_an_entry_lies_in_the_town_of_its_village_else_in_the_unit(session: Session) -> None:
    session.add_all([Village(village_code="341399102200"), Village()])
    session.flush()
    assert {village.town_code for village in session.scalars(select(Village))} == {
        "341399102000",
        "341399101000",
    }


def test_names_are_spelled_with_their_surname_reading(session: Session) -> None:
    session.add_all([Member(name="单田芳"), Member(name="仇和"), Step(step_no="3")])
    session.flush()
    spelled = {member.name: member.spelling for member in session.scalars(select(Member))}
    assert spelled == {"单田芳": "shan tian fang", "仇和": "qiu he"}
    assert session.scalars(select(Step.spelling)).one().startswith("dang yuan da hui")  # type: ignore[union-attr]


def test_a_deleted_entry_is_kept_and_journalled(store: Store) -> None:
    with store.work("录入") as (session, _):
        team = entries.save(session, Team, {"team_name": "巡逻队"})
    with store.work("删除") as (session, _):
        entries.delete(session, Team, team)
    with store.read() as session:
        assert session.get(Team, team) is not None
        assert "deleted_at" in (_journal(session, "team")[-1].after or {})


def test_a_region_is_spelled_by_its_name(session: Session) -> None:
    assert (
        session.scalars(select(Region.spelling).where(Region.name == "东湖村委会")).one()
        == "dong hu cun wei hui"
    )
