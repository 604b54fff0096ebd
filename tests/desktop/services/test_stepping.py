"""Back and forth through the operations: what is taken back and done again leaves what was there."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import Matter, Member, Step, Team
from desktop.records.keeping import ImportRun, Submission
from desktop.services import audit, entries, invented, operations, recycling, setup, stepping, undo
from desktop.services.audit import Event
from desktop.storage import beginning, bulk, database, journal
from desktop.storage.database import Store
from tests.desktop.services.test_undo import imported, roster, visible

EAST = "341399101200"


def _back(store: Store) -> None:
    with store.work("撤销") as (session, _):
        stepping.back(session)


def _again(store: Store) -> None:
    with store.work("恢复") as (session, _):
        stepping.again(session)


def _names(store: Store) -> tuple[str, str]:
    with store.read() as session:
        back, again = operations.back(session), operations.again(session)
    return back.name if back else "", again.name if again else ""


def _save(store: Store, name: str, ledger: Any, answers: dict[str, str], entry: int | None = None) -> int:
    with store.work(name) as (session, _):
        return entries.save(session, ledger, answers, entry=entry)


@pytest.fixture
def town(store: Store) -> Store:
    _save(store, "录入队伍", Team, {"team_name": "东湖巡逻队", "village_code": EAST})
    return store


def test_an_import_is_one_operation_named_by_its_people(town: Store, tmp_path: Path) -> None:
    before = visible(town)
    imported(town, roster(tmp_path))
    after = visible(town)
    assert _names(town) == ("导入 3 人", "")
    _back(town)
    assert visible(town) == before
    assert _names(town) == ("录入队伍“东湖村 东湖巡逻队”", "导入 3 人")
    with town.read() as session:
        assert session.scalars(select(ImportRun)).one().undone_at is not None
    _again(town)
    assert visible(town) == after
    assert _names(town) == ("导入 3 人", "")
    with town.read() as session:
        assert session.scalars(select(ImportRun)).one().undone_at is None


def test_new_work_forgets_what_could_be_done_again(town: Store) -> None:
    _save(town, "录入队伍", Team, {"team_name": "乙队"})
    _back(town)
    assert _names(town)[1] == "录入队伍“乙队”"
    _save(town, "录入队伍", Team, {"team_name": "丙队"})
    assert _names(town) == ("录入队伍“丙队”", "")
    with pytest.raises(Refusal, match="没有撤销过的操作"):
        _again(town)


def test_a_hundred_operations_are_taken_back_and_done_again_after_a_restart(tmp_path: Path) -> None:
    store = beginning.create(tmp_path / "data")
    states = [visible(store)]
    for at in range(100):
        _save(store, "录入队伍", Team, {"team_name": f"第{at}队"})
        states.append(visible(store))
    for at in range(100, 0, -1):
        if at % 25 == 0:
            store.close()
            store = database.open_folder(tmp_path / "data")
        assert visible(store) == states[at]
        _back(store)
    assert visible(store) == states[0]
    for at in range(1, 101):
        _again(store)
        assert visible(store) == states[at]
    store.close()


def test_down_to_an_operation_takes_back_all_after_it_or_nothing(town: Store) -> None:
    states, batches = [], []
    for name in ("甲队", "乙队", "丙队"):
        states.append(visible(town))
        _save(town, "录入队伍", Team, {"team_name": name})
        with town.read() as session:
            batches.append(operations.listed(session)[0].batch)
    with town.work("撤销") as (session, _):
        assert [one.name[-3:-1] for one in stepping.down_to(session, batches[1])] == ["丙队", "乙队"]
    assert visible(town) == states[1]
    _again(town)
    _again(town)
    with town.work("登记") as (session, _):
        other = session.scalars(select(Team).where(Team.team_name == "乙队")).one()
        session.info["operation"] = "录入队员"
        entries.save(session, Member, {"name": "张三", "team_id": str(other.id)})
    with pytest.raises(Refusal), town.work("撤销") as (session, _):
        undo.take_back(session, batches[1])
    with town.work("撤销") as (session, _):
        assert len(stepping.down_to(session, batches[1])) == 3
    assert visible(town) == states[1]


def test_a_refusal_names_the_entry_and_the_later_operation(town: Store) -> None:
    with town.read() as session:
        batch = operations.listed(session)[0].batch
        team = session.scalars(select(Team.id)).one()
    _save(town, "改名", Team, {"team_name": "夜巡队"}, team)
    said = r"“录入队伍“东湖村 夜巡队””.*“东湖村 夜巡队”在这以后又改动过（.* 改名）"
    with pytest.raises(Refusal, match=said), town.work("撤销") as (session, _):
        undo.take_back(session, batch)


def test_what_cannot_be_taken_back_says_what_to_do_instead(town: Store) -> None:
    with town.work("上报") as (session, _):
        audit.record(session, Event.SUBMIT, "2026年10月第 1 版")
    with pytest.raises(Refusal, match=r"不能撤销.*登记退回"):
        _back(town)
    with town.read() as session:
        first, second, *rest = operations.listed(session)
    assert (first.name, bool(first.instead), second.instead) == ("上报：2026年10月第 1 版", True, "")
    assert rest[-1].instead  # the beginning
    with town.work("撤销") as (session, _):
        assert [one.batch for one in stepping.down_to(session, second.batch)] == [second.batch]


def test_a_look_is_no_operation(town: Store) -> None:
    before = _names(town)
    with town.work("查看") as (session, _):
        audit.record(session, Event.REVEAL, "队员 1")
    assert _names(town) == before
    with town.read() as session:
        assert [row["operation"] for row in journal.export(session)][-1] == "查看"


def test_the_beginning_is_not_taken_back(store: Store) -> None:
    before = visible(store)
    with pytest.raises(Refusal, match="不能撤销"):
        _back(store)
    assert visible(store) == before


def test_what_happened_in_a_sent_period_stays(town: Store) -> None:
    import datetime as dt

    matter = _save(town, "录入", Matter, {"title": "修路", "village_code": EAST})
    _save(town, "录入", Step, {"matter_id": str(matter), "step_no": "1", "held_at": "2026-10-05"})
    with town.work("上报") as (session, _):
        session.add(
            Submission(
                period="2026-10", version=1, sent_at=dt.datetime(2026, 10, 25), filler="李敏",
                files=[], counts={}, findings={}, reasons=[], journal_mark=0,
            )
        )  # fmt: skip
    before = visible(town)
    with pytest.raises(Refusal, match=r"2026年10月.*已锁定"):
        _back(town)
    assert visible(town) == before


# random work

Work = tuple[str, int, dict[str, str]]
NOTHING: dict[str, str] = {}

SAVES: st.SearchStrategy[Work] = st.tuples(
    st.just("save"),
    st.integers(0, 9),
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.sampled_from(["张三", "李四", "", "安康"]),
            "mobile": st.sampled_from(["19900000001", "", "19900000002"]),
            "id_number": st.sampled_from(["", "11010519491231002X"]),
            "village_code": st.sampled_from(["", EAST]),
            "joined_on": st.sampled_from(["", "2026-01-05"]),
        },
    ),
)
DELETES: st.SearchStrategy[Work] = st.tuples(st.just("delete"), st.integers(0, 9), st.just(NOTHING))
MANY: st.SearchStrategy[Work] = st.tuples(st.just("many"), st.integers(1, 4), st.just(NOTHING))
STEPS: st.SearchStrategy[Work] = st.sampled_from([("back", 0, NOTHING), ("again", 0, NOTHING)])


def _do(session: Session, what: str, number: int, answers: dict[str, str]) -> None:
    ids = list(session.scalars(select(Member.id).where(Member.deleted_at.is_(None)).order_by(Member.id)))
    if what == "save":
        entry = ids[number] if number < len(ids) else None
        entries.save(session, Member, answers, entry=entry)
    elif what == "delete" and ids:
        entries.delete(session, Member, ids[number % len(ids)])
    elif what == "many":
        bulk.add(session, Member, [{"name": f"张{at}"} for at in range(number)])


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("random") / "data"
    store = setup.start(folder, invented.area_list(6), f"{invented.PREFIX}101000", {"practice": "是"})
    yield store
    store.close()


@given(st.lists(st.one_of(SAVES, DELETES, MANY), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_taken_back_is_the_beginning_and_all_done_again_the_end(ground: Store, work: list[Work]) -> None:
    states = [visible(ground)]
    for one in work:
        with ground.work("操作") as (session, changes):
            _do(session, *one)
        if changes.entries:
            states.append(visible(ground))
    for state in reversed(states[:-1]):
        _back(ground)
        assert visible(ground) == state
    for state in states[1:]:
        _again(ground)
        assert visible(ground) == state


@given(st.lists(st.one_of(SAVES, DELETES, MANY, STEPS, STEPS), min_size=3, max_size=14))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_any_order_each_step_back_is_undone_by_a_step_forth(ground: Store, work: list[Work]) -> None:
    for what, number, answers in work:
        before = visible(ground)
        try:
            if what == "back":
                _back(ground)
                after = visible(ground)
                _again(ground)
                assert visible(ground) == before
                _back(ground)
                assert visible(ground) == after
            elif what == "again":
                _again(ground)
            else:
                with ground.work("操作") as (session, _):
                    _do(session, what, number, answers)
        except Refusal:
            assert visible(ground) == before
    with ground.read() as session:
        assert journal.verify(session) is None


def test_five_thousand_imported_entries_go_back_and_forth_in_seconds(town: Store) -> None:
    rows = [{"name": f"张{at}", "mobile": "19900000001", "village_code": EAST} for at in range(5000)]
    with town.work("导入 名单.xlsx") as (session, _):
        bulk.add(session, Member, rows)
    start = time.perf_counter()
    _back(town)
    back = time.perf_counter()
    _again(town)
    again = time.perf_counter()
    with town.read() as session:
        assert len(session.scalars(select(Member.id).where(Member.deleted_at.is_(None))).all()) == 5000
        assert not recycling.listed(session)
        operations.back(session)
    print(f"back {back - start:.2f} s, again {again - back:.2f} s")
    assert again - start < 20
