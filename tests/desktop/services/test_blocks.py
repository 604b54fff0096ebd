"""Several entries at once: copied as they are shown, given one answer, never half."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import Member, Step, Team
from desktop.records.keeping import JournalRow, Submission
from desktop.services import blocks, entries
from tests.conftest import TODAY
from tests.desktop.services.conftest import EAST

NUMBER = "11010519491231002X"


@pytest.fixture
def people(entries: Session) -> list[int]:
    team = entries.scalars(select(Team.id).where(Team.team_name == "东湖巡逻队")).one()
    made = [
        Member(name=name, team_id=team, village_code=EAST, id_number=NUMBER, duty=duty, remark="一\n二")
        for name, duty in (("张三", "07"), ("李四", None), ("王五", "07"))
    ]
    entries.add_all(made)
    entries.flush()
    return [one.id for one in made]


def _shown(session: Session, ids: list[int], *names: str, whole: bool = False) -> blocks.Block:
    return blocks.shown(session, Member, ids, names, TODAY, whole=whole)


def test_a_block_has_the_columns_asked_for_in_their_order(entries: Session, people: list[int]) -> None:
    made = _shown(entries, people[1::-1], "village_code", "name", "team_id", "age", "remark")
    assert made.labels == ["村（社区）", "姓名", "队伍", "年龄", "备注"]
    assert [row[1] for row in made.rows] == ["李四", "张三"]
    assert made.rows[0][2:] == ["东湖巡逻队", "76", "一\n二"]
    assert list(made.texts) == [True, True, True, False, True]
    assert not made.masked


def test_personal_numbers_are_masked_unless_they_are_shown_whole(entries: Session, people: list[int]) -> None:
    hidden = _shown(entries, people[:1], "id_number")
    assert (hidden.rows, hidden.masked) == ([["1101**********002X"]], True)
    whole = _shown(entries, people[:1], "id_number", whole=True)
    assert (whole.rows, whole.masked) == ([[NUMBER]], False)


def test_more_rows_than_a_spreadsheet_takes_are_refused(entries: Session) -> None:
    with pytest.raises(Refusal, match="20001 行，一次最多复制 20000 行"):
        _shown(entries, [1] * (blocks.MOST + 1), "name")


def test_one_answer_is_written_into_all_and_counts_those_that_change(
    entries: Session, people: list[int]
) -> None:
    written = blocks.edit(entries, Member, people, "duty", "07")
    assert written.rows == 1
    assert blocks.values(entries, Member, people, "duty") == ["07"] * 3
    changed = select(JournalRow.entry).where(
        JournalRow.batch == written.batch, JournalRow.before.is_not(None), JournalRow.ledger == "member"
    )
    assert entries.scalars(changed).all() == [people[1]]


def test_the_first_entry_fills_those_under_it(entries: Session, people: list[int]) -> None:
    last = [people[1], people[2], people[0]]  # the order of the table counts, not that of writing
    assert blocks.fill(entries, Member, last, "duty").rows == 2
    assert blocks.values(entries, Member, people, "duty") == [None] * 3


@pytest.mark.parametrize("name", ["record_no", "id_number", "age"])
def test_what_is_each_entry_s_own_is_not_written_into_several(
    entries: Session, people: list[int], name: str
) -> None:
    with pytest.raises(Refusal, match="各不相同，或由程序得出"):
        blocks.edit(entries, Member, people, name, None)


def test_a_link_to_nothing_is_refused(entries: Session, people: list[int]) -> None:
    with pytest.raises(Refusal, match="没有这一条"):
        blocks.edit(entries, Member, people, "team_id", 999)


def test_a_locked_period_refuses_all_of_it(entries: Session) -> None:
    days = [dt.datetime(2026, 9, 1), dt.datetime(2026, 10, 9)]
    steps = [Step(matter_id=1, step_no=one, held_at=day) for one, day in zip("12", days, strict=True)]
    entries.add_all(steps)
    entries.add(_sent("2026-10"))
    entries.flush()
    with pytest.raises(Refusal, match="2026年10月已于 2026-10-25 上报"):
        blocks.edit(entries, Step, [one.id for one in steps], "place", "村委会")


def test_an_entry_that_is_gone_refuses_all_of_it(entries: Session, people: list[int]) -> None:
    before = entries.scalar(select(func.count(JournalRow.id)))
    with pytest.raises(Refusal, match="有 1 条已被删除"):
        blocks.edit(entries, Member, [*people, 999], "duty", "2")
    assert entries.scalar(select(func.count(JournalRow.id))) == before


def test_the_entries_of_an_operation_are_told_in_the_order_of_writing(session: Session) -> None:
    first, second = (entries.save(session, Member, {"name": name}) for name in ("张三", "李四"))
    batch = session.scalars(select(func.max(JournalRow.batch))).one()
    assert blocks.of_batch(session, Member, batch) == [first, second]
    assert blocks.of_batch(session, Team, batch) == []


def _sent(period: str) -> Submission:
    return Submission(
        period=period,
        version=1,
        sent_at=dt.datetime(2026, 10, 25),
        filler="李敏",
        files=[],
        counts={},
        findings={},
        reasons=[],
        journal_mark=0,
    )
