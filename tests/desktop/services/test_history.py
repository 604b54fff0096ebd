"""The history of an entry, in the words that tables show, and the way back to it."""

from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import Refusal
from desktop.records import LEDGERS, Member, Team
from desktop.records.fields import Field, Ledger, fields
from desktop.records.kinds import (
    Area,
    Choice,
    CreditCode,
    Day,
    Link,
    Listed,
    Moment,
    Money,
    Phone,
    ResidentId,
    Scans,
    Several,
    Share,
    Truth,
    Whole,
    Words,
)
from desktop.services import entries, history
from desktop.storage.database import Store

EAST = "341399101200"
NUMBER = "11010519491231002X"
TYPED: dict[type, tuple[str, str]] = {  # typed, and shown
    Words: ("甲", "甲"),
    Money: ("12.5", "12.50"),
    Share: ("50", "50.0%"),
    Day: ("2026.1.5", "2026-01-05"),
    Moment: ("2026-01-05 09:30", "2026-01-05 09:30"),
    Truth: ("是", "是"),
    ResidentId: (NUMBER, "1101**********002X"),
    CreditCode: ("91341302MA2XXXXX0A", "91341302MA2XXXXX0A"),
    Phone: ("19900000001", "199****0001"),
    Scans: ("[1]", "1 件"),
}


def _answer(one: Field, links: dict[str, int]) -> tuple[str, str]:
    kind = one.kind
    if isinstance(kind, Area):
        return (EAST, "练习镇东湖村") if kind.level == "village" else ("341399101000", "练习镇")
    if isinstance(kind, Choice):
        word = next(iter(kind.options)).value
        return word, word
    if isinstance(kind, (Listed, Several)):
        return next(iter(kind.codes.items.items()))
    if isinstance(kind, Whole):
        return str(kind.least), str(kind.least)
    if isinstance(kind, Link):
        return str(links[kind.ledger]), "（未命名）"
    return TYPED[type(kind)]


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=list(LEDGERS))
def test_every_answer_of_every_ledger_is_told_in_shown_words(store: Store, ledger: type[Ledger]) -> None:
    with store.work("准备") as (session, _):
        links = {name: entries.save(session, one, {}) for name, one in LEDGERS.items() if name != "region"}
        links["region"] = 1
    with store.work("录入") as (session, _):
        entry = entries.save(session, ledger, {})
    for one in fields(ledger):
        typed, said = _answer(one, links)
        with store.work(f"修改{one.label}") as (session, _):
            entries.save(session, ledger, {one.name: typed}, entry=entry)
        with store.read() as session:
            event, *_ = history.of(session, ledger, entry)
        told = {change.name: change for change in event.changes}
        if one.name == "record_no" or one.name not in told:  # settled by what was answered before
            continue
        after = told[one.name].after
        assert (told[one.name].label, after if said != "（未命名）" else said) == (one.label, said)


@pytest.fixture
def person(store: Store) -> tuple[Store, int]:
    answers: list[dict[str, str]] = [
        {"name": "张三", "mobile": "19900000001", "village_code": EAST},
        {"mobile": "19900010001"},
        {"name": "张山", "joined_on": "2026-01-05"},
        {"mobile": ""},
    ]
    entry: int | None = None
    for number, one in enumerate(answers):
        with store.work(f"第{number}次") as (session, _):
            entry = entries.save(session, Member, one, entry=entry)
    assert entry is not None
    return store, entry


def _answers(store: Store, entry: int) -> dict[str, Any]:
    with store.read() as session:
        return entries.answers(session.scalars(select(Member).where(Member.id == entry)).one())


def _row(store: Store, entry: int, operation: str) -> int:
    with store.read() as session:
        return next(one.row for one in history.of(session, Member, entry) if one.operation == operation)


def test_numbers_are_masked_and_a_change_in_the_hidden_digits_is_told(person: tuple[Store, int]) -> None:
    store, entry = person
    with store.read() as session:
        told = {one.operation: one for one in history.of(session, Member, entry)}
    (change,) = told["第1次"].changes
    assert (change.before, change.after) == ("199****0001", "199****0001（隐藏的几位不同）")
    assert told["第0次"].made
    assert list(told) == ["第3次", "第2次", "第1次", "第0次"]


def test_one_answer_is_put_back_and_the_others_stay(person: tuple[Store, int]) -> None:
    store, entry = person
    with store.work("恢复") as (session, _):
        assert history.restore(session, Member, entry, _row(store, entry, "第2次"), "name") == 1
    now = _answers(store, entry)
    assert (now["name"], now["joined_on"], now["mobile"]) == ("张三", "2026-01-05", "")


def test_the_whole_entry_is_put_back_as_it_was_then(person: tuple[Store, int]) -> None:
    store, entry = person
    with store.work("恢复") as (session, _):
        assert history.restore(session, Member, entry, _row(store, entry, "第2次")) == 3
    now = _answers(store, entry)
    assert (now["name"], now["joined_on"], now["mobile"]) == ("张三", "", "19900010001")
    with store.work("再恢复") as (session, _):
        assert history.restore(session, Member, entry, _row(store, entry, "第2次")) == 0


def test_before_it_was_made_there_is_nothing_to_put_back(person: tuple[Store, int]) -> None:
    store, entry = person
    row = _row(store, entry, "第0次")
    with pytest.raises(Refusal, match="那时还没有"), store.work("恢复") as (session, _):
        history.restore(session, Member, entry, row)


def test_a_link_to_what_is_deleted_since_is_not_put_back(store: Store) -> None:
    with store.work("录入") as (session, _):
        team = entries.save(session, Team, {"team_name": "甲队"})
        entry = entries.save(session, Member, {"name": "张三", "team_id": str(team)})
    with store.work("调出") as (session, _):
        entries.save(session, Member, {"team_id": ""}, entry=entry)
        entries.delete(session, Team, team)
    row = _row(store, entry, "调出")
    with pytest.raises(Refusal, match="没有这一条"), store.work("恢复") as (session, _):
        history.restore(session, Member, entry, row)
