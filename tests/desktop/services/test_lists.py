"""Ids sorted and filtered in SQL, pages of entries, names for codes."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from desktop.records import Matter, Member, Team, Village
from desktop.records.fields import field
from desktop.services import areas, entries, lists
from tests.conftest import TODAY


def _villages(session: Session) -> list[str]:
    return [one.code or "" for one in areas.villages(session, TODAY)]


def _people(session: Session) -> dict[str, int]:
    one, two = _villages(session)[:2]
    team = entries.save(session, Team, {"team_name": "平安巡逻队", "village_code": one})
    told = {"team_id": str(team), "gender": "男"}
    return {
        name: entries.save(session, Member, {**told, "name": name, "village_code": village, "mobile": mobile})
        for name, village, mobile in (
            ("张三", two, "13800000001"),
            ("单田芳", one, "13800000002"),
            ("安康", one, "13900000003"),
        )
    }


def _named(session: Session, found: "object") -> list[str]:
    return [str(getattr(one, "name", "")) for one in lists.rows(session, Member, list(found))]  # type: ignore[call-overload]


def test_names_are_sorted_by_pinyin_with_surnames_read_rightly(session: Session) -> None:
    _people(session)
    assert _named(session, lists.ids(session, Member, order="name")) == ["安康", "单田芳", "张三"]
    assert _named(session, lists.ids(session, Member, order="name", descending=True)) == [
        "张三",
        "单田芳",
        "安康",
    ]


def test_without_an_order_entries_stand_as_they_were_written(session: Session) -> None:
    _people(session)
    assert _named(session, lists.ids(session, Member)) == ["张三", "单田芳", "安康"]


def test_a_village_filter_and_a_listed_filter_both_hold(session: Session) -> None:
    _people(session)
    village = _villages(session)[0]
    assert _named(session, lists.ids(session, Member, filters={"village_code": village})) == [
        "单田芳",
        "安康",
    ]
    assert not lists.ids(session, Member, filters={"village_code": village, "gender": "2"})
    assert len(lists.ids(session, Member, filters={"gender": "1"})) == 3


def test_a_filter_for_blanks_finds_blanks(session: Session) -> None:
    _people(session)
    assert len(lists.ids(session, Member, filters={"political": None})) == 3
    assert not lists.ids(session, Member, filters={"gender": None})


def test_a_filter_that_cannot_be_read_finds_nothing(session: Session) -> None:
    _people(session)
    assert not lists.ids(session, Member, filters={"gender": "不存在"})


def test_one_of_several_answers_is_found(session: Session) -> None:
    first, second = list(field(Member, "skills").kind.codes.items)[:2]  # type: ignore[attr-defined]
    kept = entries.write(session, Member, {"name": "甲", "skills": [first, second]})
    entries.write(session, Member, {"name": "乙", "skills": [first]})
    assert list(lists.ids(session, Member, filters={"skills": second})) == [kept]


@pytest.mark.parametrize(
    ("typed", "found"), [("田", ["单田芳"]), ("stf", ["单田芳"]), ("138", ["张三", "单田芳"])]
)
def test_a_search_in_the_list_reads_characters_initials_and_numbers(
    session: Session, typed: str, found: list[str]
) -> None:
    _people(session)
    assert _named(session, lists.ids(session, Member, find=typed)) == found


def test_marks_alone_find_nothing(session: Session) -> None:
    _people(session)
    assert not lists.ids(session, Member, find="。！")


def test_a_worked_out_value_cannot_be_sorted(session: Session) -> None:
    with pytest.raises(KeyError):
        lists.ids(session, Member, order="age")


def test_village_figures_are_sorted_by_the_code_of_the_village(session: Session) -> None:
    codes = _villages(session)
    for code in reversed(codes):
        entries.save(session, Village, {"village_code": code, "as_of": "2026-01-01"})
    found = lists.rows(session, Village, lists.ids(session, Village, order="village_code"))
    assert [getattr(one, "village_code", "") for one in found] == codes


def test_a_deleted_entry_is_in_no_list(session: Session) -> None:
    people = _people(session)
    entries.delete(session, Member, people["张三"])
    assert people["张三"] not in lists.ids(session, Member)


def test_codes_and_links_are_named_once_and_not_again_for_each_cell(session: Session) -> None:
    people = _people(session)
    found = lists.rows(session, Member, list(people.values()))
    names = lists.Names()
    names.learn(session, Member, found)
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *said: asked.append(said[2]))
    names.learn(session, Member, found)
    texts = {names.text(field(Member, "team_id"), getattr(one, "team_id", None)) for one in found}
    assert not asked
    assert len(texts) == 1
    assert next(iter(texts)).endswith("平安巡逻队")
    village = names.text(field(Member, "village_code"), getattr(found[0], "village_code", None))
    assert village.endswith(("村", "社区"))


def test_the_rows_of_a_page_can_be_read_after_the_session_closed(session: Session) -> None:
    matter = entries.save(session, Matter, {"title": "修路"})
    session.expunge_all()
    (row,) = lists.rows(session, Matter, [matter])
    session.expunge_all()
    assert isinstance(row, Matter)
    assert row.progress(TODAY) == "0/6"


def test_every_ledger_is_counted(session: Session) -> None:
    _people(session)
    counts = lists.counts(session)
    assert (counts["member"], counts["team"], counts["matter"]) == (3, 1, 0)


def test_a_township_offers_its_own_villages_by_short_names(session: Session) -> None:
    offered = lists.areas_of(session, "village", TODAY)
    assert [code for code, _ in offered] == _villages(session)
    assert all(name.endswith(("村", "社区")) for _, name in offered)
