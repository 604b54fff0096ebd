"""Half-typed answers: kept beside the records, listed to their writer, told what became of their entry."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import Matter, Member, Office, Step, Team, Village
from desktop.records.fields import Ledger
from desktop.records.keeping import JournalRow
from desktop.services import areas, entries, halfway, operations
from desktop.services.halfway import Halfway, Left
from desktop.storage import database, state
from desktop.storage.database import Store
from desktop.storage.keys.key import Key, Role
from tests.conftest import TODAY

BLANK = Halfway("a" * 32, Member, None, {"name": "张三", "birth_date": "1980-"}, {"name": ""})


def _keep(store: Store, *drafts: Halfway) -> None:
    with store.jot() as session:
        for draft in drafts:
            halfway.put(session, draft)


def _left(store: Store) -> list[Left]:
    with store.read() as session:
        return halfway.listed(session)


def _saved(store: Store, ledger: type[Ledger], entry: int | None = None, **answers: str) -> int:
    with store.work("录入") as (session, _):
        return entries.save(session, ledger, answers, entry=entry)


def _delete(store: Store, ledger: type[Ledger], entry: int) -> None:
    with store.work("删除") as (session, _):
        entries.delete(session, ledger, entry)


def _of(store: Store, ledger: type[Ledger], entry: int, **typed: str) -> Halfway:
    with store.read() as session:
        before = entries.answers(entries.get(session, ledger, entry))
    return Halfway("b" * 32, ledger, entry, {**before, **typed}, before)


def test_answers_come_back_as_they_were_typed_even_if_nobody_can_read_them(store: Store) -> None:
    _keep(store, BLANK)
    (left,) = _left(store)
    assert left.draft == BLANK
    assert left.draft.changed() == {"name": "张三", "birth_date": "1980-"}
    assert (left.name, left.gone, left.differing) == ("张三", False, ())


def test_a_draft_is_written_over_and_dropped(store: Store) -> None:
    _keep(store, BLANK, replace(BLANK, typed={"name": "张三丰"}))
    assert [one.name for one in _left(store)] == ["张三丰"]
    with store.jot() as session:
        halfway.drop(session, BLANK.id)
    assert _left(store) == []


def test_a_draft_is_no_save_and_no_operation(store: Store) -> None:
    def counted(session: Session) -> tuple[int, int | None]:
        _, sequence = state.stamped(session.connection())
        return sequence, session.scalar(select(func.count(JournalRow.id)))

    with store.read() as session:
        before, last = counted(session), operations.back(session)
    witnessed = state.read(store.folder, store.key)
    _keep(store, BLANK)
    with store.read() as session:
        assert (counted(session), operations.back(session)) == (before, last)
    assert state.read(store.folder, store.key) == witnessed


def test_a_draft_falls_with_the_save_that_failed_and_goes_with_the_one_that_did_not(store: Store) -> None:
    _keep(store, BLANK)

    def save(**answers: str) -> None:
        with store.work("录入") as (session, _):
            halfway.drop(session, BLANK.id)
            entries.save(session, Member, answers)

    with pytest.raises(Refusal):
        save(birth_date="1980-")
    assert len(_left(store)) == 1
    save(name="张三")
    assert _left(store) == []


@pytest.mark.parametrize(
    ("user", "role", "seen"),
    [("李敏", Role.ENTER, ["张三"]), ("王强", Role.REVIEW, []), ("王强", Role.ADMIN, ["张三"])],
)
def test_a_draft_is_listed_to_its_writer_and_to_administrators(
    store: Store, user: str, role: Role, seen: list[str]
) -> None:
    key = store.key
    with store.jot() as session:
        session.info["key"] = Key(key.data, "李敏", Role.ENTER)
        halfway.put(session, BLANK)
    with store.read() as session:
        session.info["key"] = Key(key.data, user, role)
        assert [one.name for one in halfway.listed(session)] == seen


def test_what_was_changed_meanwhile_is_named(store: Store) -> None:
    entry = _saved(store, Member, name="张三", phone="13800000000", remark="一")
    _keep(store, _of(store, Member, entry, phone="1390"))
    assert _left(store)[0].differing == ()
    _saved(store, Member, entry, phone="13700000000", remark="二")
    assert _left(store)[0].differing == ("固定电话", "备注")


def test_what_was_changed_to_the_same_is_no_difference(store: Store) -> None:
    entry = _saved(store, Member, name="张三", remark="一")
    _keep(store, _of(store, Member, entry, remark="二"))
    _saved(store, Member, entry, remark="二")
    assert _left(store)[0].differing == ()


def test_a_draft_of_a_deleted_entry_is_told(store: Store) -> None:
    entry = _saved(store, Team, team_name="巡逻队")
    _keep(store, _of(store, Team, entry, team_name="平安巡逻队"))
    _delete(store, Team, entry)
    (left,) = _left(store)
    assert (left.name, left.gone) == ("平安巡逻队", True)


def test_a_new_step_of_a_deleted_matter_has_no_place(store: Store) -> None:
    matter = _saved(store, Matter, title="修路")
    step = {"matter_id": str(matter), "step_no": "1", "place": "村部"}
    _keep(store, Halfway("c" * 32, Step, None, step, {}))
    assert [(one.name, one.gone) for one in _left(store)] == [("党支部（党组织）提议", False)]
    _delete(store, Matter, matter)
    assert _left(store)[0].gone


def test_a_name_that_is_a_code_is_told_in_words(store: Store) -> None:
    with store.read() as session:
        office = areas.own_office(session)
        assert office is not None
        village = areas.villages(session, TODAY)[0]
    typed = {"village_code": village.code or "", "households": "12"}
    _keep(store, Halfway("d" * 32, Village, None, typed, {}))
    _keep(store, _of(store, Office, office.id, report_unit="练习县新镇人民政府"))
    names = {one.draft.ledger: one.name for one in _left(store)}
    assert village.name is not None
    assert names[Village]
    assert names[Village] in village.name
    assert names[Office] == "练习县新镇人民政府"


def test_an_opened_copy_that_may_only_be_read_takes_no_draft(store: Store) -> None:
    beside = database.open_folder(store.folder, exclusive=False)
    try:
        with pytest.raises(Refusal, match="只读"):
            _keep(beside, BLANK)
    finally:
        beside.close()
