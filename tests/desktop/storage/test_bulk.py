"""Writing in bulk leaves the same records, numbers, journal and index as writing one by one."""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS, Agreement, Matter, Member, Team
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
    Truth,
    Whole,
    Words,
)
from desktop.services import invented, search, setup
from desktop.storage import bulk
from desktop.storage.database import Store
from desktop.storage.keys.key import Role

EAST = invented.area_list(1)[3]["code"]
LATER = ("updated_at", "at", "chain")  # the clock went on


def answers(one: Field) -> st.SearchStrategy[Any]:
    """Values of a field, as a plan holds them."""
    kind = one.kind
    names = st.text("单解张三 ab-é（）𠮷", min_size=1, max_size=12)
    made: dict[type, st.SearchStrategy[Any]] = {
        Words: names,
        Whole: st.integers(0, 999),
        Money: st.integers(0, 10**6).map(lambda cents: Decimal(cents) / 100),
        Day: st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
        Moment: st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)).map(
            lambda found: found.replace(second=0, microsecond=0)
        ),
        Truth: st.booleans(),
        ResidentId: st.integers(1, 50).map(lambda seed: invented.People(seed).one().id_number),
        CreditCode: st.integers(1, 999).map(invented.credit_code),
        Phone: st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
        Link: st.just(1),
        Scans: st.just([1]),
    }
    if isinstance(kind, Area):
        return st.just(EAST if kind.level == "village" else "341399101000")
    if isinstance(kind, Choice):
        return st.sampled_from([option.value for option in kind.options])
    if isinstance(kind, Listed):
        return st.sampled_from(list(kind.codes.items))
    if isinstance(kind, Several):
        return st.lists(st.sampled_from(list(kind.codes.items)), min_size=1, unique=True)
    return made[type(kind)]


def entries(ledger: type[Ledger]) -> st.SearchStrategy[list[dict[str, Any]]]:
    optional = {one.name: answers(one) for one in fields(ledger)}
    one = st.fixed_dictionaries({"origin": st.just("导入 名单.xlsx 第2行")}, optional=optional)
    return st.lists(one, min_size=1, max_size=4)


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two folders that hold the same."""
    stores = [
        setup.start(tmp_path / name, invented.area_list(2), "341399101000", {}) for name in ("one", "two")
    ]
    for store in stores:
        with store.work("录入") as (session, _):
            session.add_all(
                [
                    Team(team_name="甲队", village_code=EAST),
                    Matter(title="修路"),
                    Agreement(party_b_name="某厂"),
                ]
            )
    yield stores[0], stores[1]
    for store in stores:
        store.close()


def everything(session: Session, ledger: str) -> list[list[dict[str, Any]]]:
    """What a folder holds of a ledger, its journal, its index and its serial numbers."""
    found = []
    for table in (ledger, "journal", "serial"):
        rows = session.execute(text(f"SELECT * FROM {table} ORDER BY 1")).mappings()  # noqa: S608
        found.append([{name: row[name] for name in row if name not in LATER} for row in rows])
    index = session.execute(text("SELECT rowid, words FROM finder ORDER BY 1")).mappings()
    return [*found, [dict(row) for row in index]]


class Enough(Exception):
    """The example is over; its transaction is rolled back."""


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=list(LEDGERS))
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bulk_writes_what_a_flush_writes(
    twins: tuple[Store, Store], ledger: type[Ledger], data: st.DataObject
) -> None:
    rows = data.draw(entries(ledger))
    found = []
    for store, in_bulk in zip(twins, (True, False), strict=True):
        with suppress(Enough), store.work("导入 名单.xlsx") as (session, changes):
            if in_bulk:
                bulk.add(session, ledger, rows)
            else:
                session.add_all([ledger(**row) for row in rows])
                session.flush()
            found.append((everything(session, ledger.__tablename__), changes.entries))
            raise Enough
    assert found[0] == found[1]


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=list(LEDGERS))
@given(data=st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bulk_deletes_as_a_flush_deletes(
    twins: tuple[Store, Store], ledger: type[Ledger], data: st.DataObject
) -> None:
    rows, now = data.draw(entries(ledger)), dt.datetime(2026, 11, 23, 8, 30)
    found = []
    for store, in_bulk in zip(twins, (True, False), strict=True):
        with suppress(Enough), store.work("撤销导入") as (session, changes):
            ids = bulk.add(session, ledger, rows)
            if in_bulk:
                bulk.delete(session, ledger, ids, now)
            else:
                for entry in ids:
                    session.get_one(ledger, entry).deleted_at = now
                session.flush()
            found.append((everything(session, ledger.__tablename__), changes.entries))
            raise Enough
    assert found[0] == found[1]


def test_the_ids_that_come_back_are_those_of_the_rows(session: Session) -> None:
    session.add(Team(team_name="甲队"))
    ids = bulk.add(session, Team, [{"team_name": "乙队"}, {"team_name": "丙队"}])
    kept = {team.id: team.team_name for team in session.scalars(select(Team))}
    assert [kept[one] for one in ids] == ["乙队", "丙队"]


def test_what_was_written_in_bulk_is_found_and_changed_like_anything_else(store: Store) -> None:
    with store.work("导入") as (session, _):
        bulk.add(session, Member, [{"name": "单田芳", "mobile": "19900001234"}])
    with store.work("修改") as (session, _):
        member = session.scalars(select(Member)).one()
        member.name = "张三"
    with store.read() as session:
        assert [found.entry for found in search.find(session, "zs")] == [member.id]
        assert not search.find(session, "stf")


def test_a_progress_that_raises_ends_the_work(store: Store) -> None:
    def cancel(done: int) -> None:
        raise Enough

    rows = [{"name": f"张{at}"} for at in range(bulk.CHUNK + 1)]
    with pytest.raises(Enough), store.work("导入") as (session, _):
        bulk.add(session, Member, rows, cancel)
    with store.read() as session:
        assert session.scalars(select(Member)).all() == []


def test_one_who_may_only_read_neither_adds_nor_deletes_nor_restores_in_bulk(store: Store) -> None:
    with store.work("导入") as (session, _):
        ids = list(bulk.add(session, Team, [{"team_name": "一队"}]))
    now = dt.datetime(2026, 11, 23)
    with store.work("测试") as (session, _):
        session.info["key"] = replace(store.key, role=Role.READ)
        kept = [session.get_one(Team, ids[0])]
        with pytest.raises(Refusal, match="不能录入和修改"):
            bulk.add(session, Team, [{"team_name": "二队"}])
        with pytest.raises(Refusal, match="不能录入和修改"):
            bulk.delete(session, Team, ids, now)
        with pytest.raises(Refusal, match="不能录入和修改"):
            bulk.restore(session, Team, kept, now)
