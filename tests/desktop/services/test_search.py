"""Search over all ledgers."""

import pytest
from sqlalchemy.orm import Session

from desktop.records import Agreement, Item, Member, Team
from desktop.services import areas, entries, search
from tests.conftest import TODAY


@pytest.fixture
def village(session: Session) -> str:
    return areas.villages(session, TODAY)[0].code or ""


def test_a_person_is_found_by_name_initials_and_the_end_of_the_number(session: Session, village: str) -> None:
    told = {"name": "单田芳", "village_code": village, "id_number": "341399197407210595"}
    entry = entries.save(session, Member, told)
    for typed in ("单田", "stf", "0595", "341399"):
        assert [(hit.ledger, hit.entry) for hit in search.find(session, typed)] == [("member", entry)], typed


def test_a_hit_says_what_it_is_and_where_it_belongs(session: Session, village: str) -> None:
    entries.save(session, Team, {"team_name": "夕阳红巡逻队", "village_code": village})
    (hit,) = search.find(session, "夕阳红")
    assert hit.title == "夕阳红巡逻队"
    assert hit.detail == f"{Team.caption} {areas.named(session, village)}"


def test_an_entry_without_a_village_is_placed_by_the_entry_above_it(session: Session, village: str) -> None:
    above = entries.save(session, Agreement, {"party_b_name": "县医院", "party_a_code": village})
    entries.save(session, Item, {"title": "义诊活动", "agreement_id": str(above)})
    (hit,) = search.find(session, "义诊")
    assert "县医院" in hit.detail


def test_no_more_is_fetched_than_asked_for(session: Session) -> None:
    for _ in range(8):
        entries.save(session, Member, {"name": "王伟"})
    assert len(search.find(session, "王伟", limit=5)) == 5


@pytest.mark.parametrize("typed", ["", "  ", "\"'*()", "AND OR NOT", "查无此人"])
def test_nothing_and_marks_of_the_index_itself_find_nothing(session: Session, typed: str) -> None:
    assert search.find(session, typed) == []


def test_a_village_is_found_by_its_name(session: Session, village: str) -> None:
    name = areas.named(session, village)
    assert ("region", name) in {(hit.ledger, hit.title) for hit in search.find(session, name[:2])}
