"""回收站: what was deleted is found there, and comes back with its parts and links."""

import pytest
from sqlalchemy import select

from desktop.errors import Refusal
from desktop.records import Matter, Member, Step, Team
from desktop.services import entries, recycling, search, stepping
from desktop.storage.database import Store
from tests.desktop.services.test_undo import visible

EAST = "341399101200"


@pytest.fixture
def town(store: Store) -> Store:
    with store.work("录入") as (session, _):
        team = entries.save(session, Team, {"team_name": "巡逻队", "village_code": EAST})
        entries.save(session, Member, {"name": "张三", "team_id": str(team)})
        matter = entries.save(session, Matter, {"title": "修路", "village_code": EAST})
        entries.save(session, Step, {"matter_id": str(matter), "step_no": "1"})
        entries.save(session, Step, {"matter_id": str(matter), "step_no": "2"})
    return store


def _ids(store: Store, ledger: type[Team | Member | Matter | Step]) -> list[int]:
    with store.read() as session:
        return list(session.scalars(select(ledger.id).order_by(ledger.id)))


def _listed(store: Store, ledger: str = "", find: str = "") -> list[tuple[str, str, int]]:
    with store.read() as session:
        return [(one.ledger, one.title, one.parts) for one in recycling.listed(session, ledger, find)]


def test_an_entry_comes_back_with_the_parts_that_went_with_it(town: Store) -> None:
    before = visible(town)
    (matter,) = _ids(town, Matter)
    with town.work("删除") as (session, _):
        entries.delete(session, Matter, matter)
    assert _listed(town) == [("matter", "东湖村 修路", 2)]
    with town.work("恢复") as (session, _):
        assert recycling.restore(session, Matter, matter) == 3
    assert visible(town) == before
    assert _listed(town) == []


def test_a_part_that_was_deleted_before_stays_deleted(town: Store) -> None:
    (matter,), steps = _ids(town, Matter), _ids(town, Step)
    with town.work("删除一步") as (session, _):
        entries.delete(session, Step, steps[0])
    with town.work("删除") as (session, _):
        entries.delete(session, Matter, matter)
    assert _listed(town) == [("matter", "东湖村 修路", 1)]
    with town.work("恢复") as (session, _):
        assert recycling.restore(session, Matter, matter) == 2
    assert [one[0] for one in _listed(town)] == ["step"]


def test_a_member_does_not_come_back_before_the_team(town: Store) -> None:
    (team,), (member,) = _ids(town, Team), _ids(town, Member)
    for ledger, entry in ((Member, member), (Team, team)):
        with town.work(f"删除{ledger.caption}") as (session, _):
            entries.delete(session, ledger, entry)
    with pytest.raises(Refusal, match=r"“队伍”“东湖村 巡逻队”也在回收站"), town.work("恢复") as (session, _):
        recycling.restore(session, Member, member)
    for ledger, entry in ((Team, team), (Member, member)):
        with town.work("恢复") as (session, _):
            recycling.restore(session, ledger, entry)
    with town.read() as session:
        assert search.find(session, "zs")
        assert session.scalars(select(Member.team_id)).one() == team


def test_the_bin_is_searched_by_ledger_and_name_and_says_who_and_what(town: Store) -> None:
    (member,) = _ids(town, Member)
    with town.work("删除队员") as (session, _):
        entries.delete(session, Member, member)
    assert [one[0] for one in _listed(town, "member", "张")] == ["member"]
    assert _listed(town, "team") == []
    assert _listed(town, "", "李") == []
    with town.read() as session:
        (one,) = recycling.listed(session)
    assert (one.operation, one.who) == ("删除队员", town.key.user)


def test_what_was_taken_back_as_never_wanted_is_not_in_the_bin(town: Store) -> None:
    with town.work("撤销") as (session, _):
        stepping.back(session)
    assert _listed(town) == []
    with town.work("恢复") as (session, _):
        stepping.again(session)
    (member,) = _ids(town, Member)
    with town.work("删除") as (session, _):
        entries.delete(session, Member, member)
    for step, some in ((stepping.back, 0), (stepping.again, 1)):
        with town.work("撤销") as (session, _):
            step(session)
        assert len(_listed(town)) == some


def test_what_is_not_in_the_bin_is_refused(town: Store) -> None:
    (member,) = _ids(town, Member)
    with pytest.raises(Refusal, match="不在回收站"), town.work("恢复") as (session, _):
        recycling.restore(session, Member, member)
