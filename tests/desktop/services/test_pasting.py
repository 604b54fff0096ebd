"""A block from the clipboard: understood by its headings or its place, checked, written as one batch."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel import block
from desktop.excel.block import Paste
from desktop.excel.plan import Outcome, Plan
from desktop.records import LEDGERS, Member, Team
from desktop.records.fields import Ledger, derived, fields
from desktop.records.keeping import ImportRun
from desktop.records.kinds import Words
from desktop.services import blocks, pasting
from tests.conftest import TODAY
from tests.desktop.services.conftest import EAST
from tests.desktop.services.test_round_trip import entry as entry_of

NUMBER = "11010519491231002X"
FIELDS = ("team_id", "name", "id_number", "mobile", "duty")


def _paste(text: str, ledger: type[Ledger] = Member, columns: Sequence[str] = FIELDS, **more: Any) -> Paste:
    rows = block.read(text)
    headed = pasting.is_headed(ledger, rows)
    width = len(rows[0])
    names = pasting.headings(ledger, rows[0]) if headed else pasting.columns(ledger, columns, width)
    return Paste(rows, headed, names, **more)


def _plan(session: Session, text: str, ledger: type[Ledger] = Member, **more: Any) -> Plan:
    return pasting.plan(session, ledger, _paste(text, ledger, **more), TODAY)


@pytest.fixture
def people(entries: Session) -> list[int]:
    team = entries.scalars(select(Team).where(Team.team_name == "东湖巡逻队")).one()
    made = [Member(name=name, team_id=team.id, village_code=EAST, duty="09") for name in ("张三", "李四")]
    entries.add_all(made)
    entries.flush()
    return [one.id for one in made]


def test_headings_are_known_by_label_or_alias() -> None:
    named = pasting.headings(Member, ["序号", "姓名", "联系方式", "队伍", "天晓得"])
    assert named == ["", "name", "mobile", "team_name", ""]


@pytest.mark.parametrize(
    ("first", "headed"),
    [
        (["姓名"], True),
        (["序号", "姓名", "联系方式", "队伍", "天晓得"], True),
        (["张三", "成员", "13800138000"], False),
        (["张三", "手机"], False),
        (["队长"], False),  # heads the column of team leaders elsewhere, and is a duty here
        (["", ""], False),
    ],
)
def test_one_word_of_data_is_no_heading(first: list[str], headed: bool) -> None:
    assert pasting.is_headed(Member, [first, ["某"] * len(first)]) is headed
    assert not pasting.is_headed(Member, [first])


def test_columns_without_headings_stand_where_those_of_the_table_do() -> None:
    shown = ["name", "team_id", "age", "record_no", "duty"]
    assert pasting.columns(Member, shown, 7) == ["name", "team_name", "", "", "duty", "", ""]
    assert pasting.columns(Member, shown, 1) == ["name"]


def test_a_block_with_headings_becomes_new_entries_in_one_batch(entries: Session) -> None:
    text = f"队伍\t姓名\t身份证号\r\n东湖巡逻队\t张三\t{NUMBER}\r\n东湖巡逻队\t李四\t\r\n"
    found = _plan(entries, text)
    assert [row.outcome for row in found.rows] == [Outcome.NEW] * 2
    assert not entries.scalars(select(Member)).all()
    written = pasting.carry_out(entries, found)
    assert written.rows == 2
    made = entries.scalars(select(Member).order_by(Member.id)).all()
    assert [(one.name, one.id_number, one.village_code) for one in made] == [
        ("张三", NUMBER, EAST),
        ("李四", None, EAST),
    ]
    assert blocks.of_batch(entries, Member, written.batch) == [one.id for one in made]
    assert entries.scalars(select(ImportRun.file)).one() == "剪贴板"


def test_a_block_without_headings_is_understood_by_its_place(entries: Session) -> None:
    (row,) = _plan(entries, f"东湖巡逻队\t张三\t{NUMBER}\t13800138000\t队长").rows
    assert (row.outcome, row.row) == (Outcome.NEW, 2)
    assert (row.values["name"], row.values["duty"], row.values["gender"]) == ("张三", "07", "2")


def test_wrong_cells_are_named_and_keep_all_rows_out_unless_only_the_good_are_wanted(
    entries: Session,
) -> None:
    text = "队伍\t姓名\t身份证号\n东湖巡逻队\t张三\t1.10105E+17\n东湖巡逻队\t李四\t\n"
    found = _plan(entries, text)
    assert [row.outcome for row in found.rows] == [Outcome.WRONG, Outcome.NEW]
    assert found.rows[0].findings[0].cell == "C2"
    with pytest.raises(Refusal, match=r"未能粘贴：有 1 行需要改正.*请在表中改正后重新复制粘贴"):
        pasting.carry_out(entries, found)
    assert pasting.carry_out(entries, found, only_good=True).rows == 1
    assert entries.scalars(select(Member.name)).all() == ["李四"]


def test_new_entries_get_the_village_that_the_table_shows_and_old_ones_stay_where_they_are(
    entries: Session,
) -> None:
    other = f"{EAST[:-1]}{int(EAST[-1]) % 9 + 1}"
    entries.add(Team(team_name="老队", village_code=None))
    entries.flush()
    found = _plan(entries, "队伍名称\t队伍负责人\n新队\t张三\n", Team, village=EAST)
    assert found.rows[0].values["village_code"] == EAST
    named = _plan(entries, f"队伍名称\t村（社区）\n新队\t{other}\n二队\t\n", Team, village=EAST)
    assert [row.values["village_code"] for row in named.rows] == [other, EAST]


def test_a_block_that_answers_nothing_is_refused(entries: Session) -> None:
    with pytest.raises(Refusal, match="没有一列对上栏目"):
        _plan(entries, "甲\t乙", columns=("record_no", "age"))


def test_rows_write_over_the_entries_selected_and_blanks_change_nothing(
    entries: Session, people: list[int]
) -> None:
    found = _plan(entries, "手机\t职务\n13800138000\t\n\t队长\n", over=people)
    assert [dict(row.difference) for row in found.rows] == [
        {"mobile": (None, "13800138000")},
        {"duty": ("09", "07")},
    ]
    assert pasting.carry_out(entries, found).rows == 2
    assert [one.mobile for one in entries.scalars(select(Member).order_by(Member.id))] == [
        "13800138000",
        None,
    ]


def test_one_row_writes_over_all_that_are_selected(entries: Session, people: list[int]) -> None:
    found = _plan(entries, "队长", columns=("duty",), over=people)
    assert pasting.carry_out(entries, found).rows == 2
    assert blocks.values(entries, Member, people, "duty") == ["07", "07"]


def test_as_many_rows_as_entries_are_asked_for(entries: Session, people: list[int]) -> None:
    with pytest.raises(Refusal, match="剪贴板里有 3 行，选中的是 2 行"):
        _plan(entries, "甲\n乙\n丙", columns=("name",), over=people)


def test_a_team_pasted_over_is_found_by_name_in_the_village_of_its_member_and_told_by_name(
    entries: Session, people: list[int]
) -> None:
    entries.add(Team(team_name="新队", village_code=EAST))
    entries.add(Team(team_name="新队", village_code=f"{EAST[:9]}299"))
    entries.flush()
    found = _plan(entries, "新队", columns=("team_id",), over=people)
    assert found.rows[0].outcome is Outcome.CHANGED
    assert "队伍：东湖村 东湖巡逻队 → 东湖村 新队" in [one.message for one in found.rows[0].findings]


def test_a_masked_number_is_wrong_and_writes_over_nothing(entries: Session, people: list[int]) -> None:
    (row, _) = _plan(entries, "1101**********002X\n", columns=("id_number",), over=people).rows
    assert row.outcome is Outcome.WRONG
    assert row.findings[0].cell == "A1"


def test_a_number_with_a_wrong_check_digit_is_wrong(entries: Session, people: list[int]) -> None:
    (row, _) = _plan(entries, "110105194912310021", columns=("id_number",), over=people).rows
    assert row.outcome is Outcome.WRONG


def test_entries_that_changed_meanwhile_are_not_written_over(entries: Session, people: list[int]) -> None:
    found = _plan(entries, "队长", columns=("duty",), over=people)
    blocks.edit(entries, Member, people[:1], "duty", "03")
    with pytest.raises(Refusal, match=r"改动过.*请重新复制粘贴"):
        pasting.carry_out(entries, found)


def _drawn(session: Session, ledger: type[Ledger], data: st.DataObject) -> Ledger:
    """An entry as an import leaves it: no dash for a blank, no gap in a name, a member where the team is."""
    values = data.draw(entry_of(session, ledger))
    for one in fields(ledger):
        if isinstance(one.kind, Words) and one.name in values:
            values[one.name] = f"北{values[one.name]}"[: one.kind.longest].strip()
    if ledger is Member:
        values["name"] = "".join(values["name"].split())
        values["village_code"] = session.get_one(Team, values["team_id"]).village_code
    return ledger(**values)


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=list(LEDGERS))
@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_copied_whole_and_pasted_back_changes_nothing(
    entries: Session, ledger: type[Ledger], data: st.DataObject
) -> None:
    names = [one.name for one in fields(ledger)] + [one.name for one in derived(ledger)]
    with entries.begin_nested() as undone:
        made = _drawn(entries, ledger, data)
        entries.add(made)
        entries.flush()
        copied = blocks.shown(entries, ledger, [made.id], names, TODAY, whole=True)
        text = block.written([copied.labels, *copied.rows])
        for over in ((), (made.id,)):
            (row,) = _plan(entries, text, ledger, over=over).rows
            said = [one.message for one in row.findings if one.grave]
            assert (row.outcome, dict(row.difference)) == (Outcome.SAME, {}), said
        undone.rollback()
