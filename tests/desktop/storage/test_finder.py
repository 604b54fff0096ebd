"""What a search finds, and what a clerk may type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop.records import Member
from desktop.services import entries
from desktop.storage import finder
from desktop.storage.spelling import initials, spelled


def _found(session: Session, typed: str) -> set[int]:
    asked = finder.query(typed)
    rows = (
        session.connection().exec_driver_sql("SELECT rowid FROM finder WHERE finder MATCH ?", (asked,)).all()
    )
    return {row[0] >> finder.BITS for row in rows if row[0] & 15 == finder.NUMBERS["member"]}


@pytest.fixture
def person(session: Session) -> int:
    answers = {"name": "单晓燕", "id_number": "110105194912310021", "mobile": "19912348000"}
    return entries.save(session, Member, answers)


@pytest.mark.parametrize(
    "typed",
    ["单", "单晓", "晓燕", "sxy", "sx", "dxy", "SXY", "1101", "0021", "310021", "1991", "8000", "单 8000"],
)
def test_a_person_is_found_by(session: Session, person: int, typed: str) -> None:
    assert person in _found(session, typed)


@pytest.mark.parametrize("typed", ["燕晓", "李", "xsy", "99999"])
def test_a_person_is_not_found_by(session: Session, person: int, typed: str) -> None:
    assert person not in _found(session, typed)


def test_a_changed_name_is_found_and_the_old_one_is_not(session: Session, person: int) -> None:
    entries.save(session, Member, {"name": "李四"}, entry=person)
    assert person in _found(session, "ls")
    assert person not in _found(session, "单")


def test_a_deleted_person_is_not_found(session: Session, person: int) -> None:
    entries.delete(session, Member, person)
    assert person not in _found(session, "单")


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_question_the_index_understands(typed: str) -> None:
    import sqlite3

    asked = finder.query(typed)
    if asked is not None:
        connection = sqlite3.connect(":memory:")
        connection.execute(finder.CREATE)
        connection.execute("SELECT rowid FROM finder WHERE finder MATCH ?", (asked,)).fetchall()
        connection.close()


@pytest.mark.parametrize(
    ("name", "reading"),
    [("单田芳", "shan tian fang"), ("尉迟恭", "yu chi gong"), ("曾国", "zeng guo"), ("解珍", "xie zhen")],
)
def test_surnames_are_read_rightly(name: str, reading: str) -> None:
    assert spelled(name) == reading
    assert initials(name)[0] == "".join(word[0] for word in reading.split())
