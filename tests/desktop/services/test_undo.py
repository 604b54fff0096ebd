"""Taking back: one batch, whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS, Matter, Member, Team
from desktop.records.fields import fields
from desktop.records.keeping import ImportRun, JournalRow
from desktop.services import entries as records
from desktop.services import importing, invented, undo
from desktop.storage.database import Store
from tests.desktop.services.importing.rosters import HEADINGS, TODAY, member, table

ROSTER = ["村", *HEADINGS]


def visible(store: Store) -> list[Any]:
    """Everything that anybody sees: the answers of entries that are not deleted, and the index."""
    with store.read() as session:
        found: list[Any] = [session.execute(text("SELECT rowid, words FROM finder ORDER BY 1")).all()]
        for ledger in LEDGERS.values():
            rows = session.scalars(select(ledger).where(ledger.deleted_at.is_(None)).order_by(ledger.id))
            found += [[row.id, *(getattr(row, one.name) for one in fields(ledger))] for row in rows]
        return found


def batch(store: Store) -> int:
    with store.read() as session:
        return session.scalars(select(JournalRow.batch).order_by(JournalRow.id.desc())).first() or 0


def imported(store: Store, file: Path, ledger: Any = Member) -> int:
    with store.read() as session:
        plan = importing.plan(session, ledger, file, TODAY)
    with store.work(f"导入 {file.name}") as (session, _):
        importing.carry_out(session, plan)
    return batch(store)


@pytest.fixture
def town(store: Store) -> Store:
    """A store with a team, a member and a matter."""
    with store.work("录入") as (session, _):
        team = records.save(session, Team, {"team_name": "东湖巡逻队", "village_code": "341399101200"})
        records.save(session, Member, {"team_id": str(team), "name": "张三", "mobile": "19900000001"})
        records.save(session, Matter, {"title": "修路", "village_code": "341399101200"})
    return store


def roster(tmp_path: Path) -> Path:
    people = invented.People(3)
    return table(
        tmp_path,
        ROSTER,
        [None, *member(people.one(), 姓名="张三", 手机="19900000001")],
        ["东湖村", *member(people.one())],
        ["西岗村", *member(people.one(), 队伍="新来的队")],
    )


def test_an_import_that_is_taken_back_leaves_what_was_there(town: Store, tmp_path: Path) -> None:
    before = visible(town)
    number = imported(town, roster(tmp_path))
    assert visible(town) != before
    with town.work("撤销导入") as (session, changes):
        assert undo.take_back(session, number) == 4
    assert visible(town) == before
    assert len(changes.entries["member"]) == 3
    with town.read() as session:
        (run,) = undo.runs(session)
        assert run.undone_at is not None


def test_what_was_taken_back_can_be_taken_back_again(town: Store, tmp_path: Path) -> None:
    number = imported(town, roster(tmp_path))
    after = visible(town)
    with town.work("撤销导入") as (session, _):
        undo.take_back(session, number)
    with town.work("撤销撤销") as (session, _):
        undo.take_back(session, batch(town))
    assert visible(town) == after


def test_a_register_of_matters_is_taken_back_with_its_steps(town: Store, tmp_path: Path) -> None:
    before = visible(town)
    rows = [["东湖村", "修路", "2026-11-02", 40], ["东湖村", "修桥", "2026-11-03", 41]]
    number = imported(town, table(tmp_path, ["村", "事项名称", "提议时间", "审议应到"], *rows), Matter)
    with town.work("撤销导入") as (session, _):
        assert undo.take_back(session, number) == 5
    assert visible(town) == before


def change(session: Session) -> None:
    entry = session.scalars(select(Member.id).order_by(Member.id.desc())).first()
    records.save(session, Member, {"mobile": "19933333333"}, entry=entry)


def delete(session: Session) -> None:
    records.delete(
        session, Member, session.scalars(select(Member.id).order_by(Member.id.desc())).first() or 0
    )


def point(session: Session) -> None:
    team = session.scalars(select(Team.id).where(Team.team_name == "新来的队")).one()
    records.save(session, Member, {"team_id": str(team), "name": "后来的"})


@pytest.mark.parametrize(
    ("spoil", "why"), [(change, "又改动过"), (delete, "又改动过"), (point, "已有别的队员花名册")]
)
def test_what_others_went_on_with_is_not_taken_back(
    town: Store, tmp_path: Path, spoil: Callable[[Session], None], why: str
) -> None:
    number = imported(town, roster(tmp_path))
    with town.work("后来") as (session, _):
        spoil(session)
    before = visible(town)
    with pytest.raises(Refusal, match=why), town.work("撤销导入") as (session, _):
        undo.take_back(session, number)
    assert visible(town) == before
    with town.read() as session:
        assert session.scalars(select(ImportRun)).one().undone_at is None


def test_what_was_sent_is_not_taken_back(town: Store, tmp_path: Path) -> None:
    import datetime as dt

    from desktop.records.keeping import Submission

    rows = [["修路", "提议", "2026-10-05 09:00"]]
    number = imported(town, table(tmp_path, ["事项名称", "步骤", "时间"], *rows), LEDGERS["step"])
    with town.work("上报") as (session, _):
        session.add(
            Submission(
                period="2026-10",
                version=1,
                sent_at=dt.datetime(2026, 10, 25),
                filler="李敏",
                files=[],
                counts={},
                findings={},
                reasons=[],
                journal_mark=0,
            )
        )
    with pytest.raises(Refusal, match="已锁定"), town.work("撤销导入") as (session, _):
        undo.take_back(session, number)


def test_a_deletion_is_taken_back(town: Store) -> None:
    before = visible(town)
    with town.work("删除") as (session, _):
        records.delete(session, Member, session.scalars(select(Member.id)).one())
    assert visible(town) != before
    with town.work("撤销") as (session, _):
        undo.take_back(session, batch(town))
    assert visible(town) == before


def test_a_batch_that_is_not_there_is_refused(town: Store) -> None:
    for number in (0, 99):
        with pytest.raises(Refusal, match="没有找到"), town.work("撤销") as (session, _):
            undo.take_back(session, number)
