"""The table of a ledger: windowed, masked, sorted and filtered in SQL."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import event, insert

from desktop.records import LEDGERS, Ledger, Member, Team
from desktop.services import areas, entries
from tests.conftest import TODAY
from ui.desk import Desk
from ui.table.model import ENTRY, PAGE, LedgerTable

NUMBER = "341399197407210595"


def _column(table: LedgerTable, name: str) -> int:
    return [one.name for one in table.columns].index(name)


def _texts(table: LedgerTable, name: str) -> list[str]:
    column = _column(table, name)
    return [str(table.index(row, column).data()) for row in range(table.rowCount())]


def _save(desk: Desk, ledger: type[Ledger] = Member, entry: int | None = None, **answers: str) -> int:
    return desk.do(lambda session: entries.save(session, ledger, answers, entry=entry), "测试")


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=LEDGERS)
def test_every_ledger_is_a_sound_model(qtbot: QtBot, desk: Desk, ledger: type[Ledger]) -> None:
    table = LedgerTable(ledger, desk)
    QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    _save(desk, ledger)
    assert table.rowCount() >= 1
    assert all(isinstance(table.index(0, at).data(), str) for at in range(table.columnCount()))


def test_a_hundred_thousand_rows_are_counted_without_being_loaded(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(insert(Member), [{"id": one, "name": f"甲{one}"} for one in range(1, 100_001)])
    table = LedgerTable(Member, desk)
    assert table.rowCount() == 100_000
    asked: list[str] = []
    event.listen(desk.store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    shown = [table.index(row, _column(table, "name")).data() for row in range(50_000, 50_000 + PAGE)]
    assert shown[0] == "甲50001"
    assert sum("FROM member" in one for one in asked) == 1


def test_a_personal_number_is_masked_until_it_is_revealed(qtbot: QtBot, desk: Desk) -> None:
    _save(desk, name="张三", id_number=NUMBER, mobile="13800138000")
    table = LedgerTable(Member, desk)
    assert _texts(table, "id_number") == ["3413**********0595"]
    assert _texts(table, "mobile") == ["138****8000"]
    table.reveal(True)
    assert _texts(table, "id_number") == [NUMBER]


def test_a_saved_entry_appears_and_another_ledgers_does_not_disturb(qtbot: QtBot, desk: Desk) -> None:
    table = LedgerTable(Member, desk)
    with qtbot.waitSignal(table.reloaded):
        _save(desk, name="张三")
    with qtbot.assertNotEmitted(table.reloaded), qtbot.assertNotEmitted(table.modelReset):
        _save(desk, LEDGERS["matter"], title="修路")
    assert _texts(table, "name") == ["张三"]


def test_a_corrected_entry_is_shown_without_a_reset(qtbot: QtBot, desk: Desk) -> None:
    entry = _save(desk, name="张三")
    table = LedgerTable(Member, desk)
    assert _texts(table, "name") == ["张三"]
    with qtbot.assertNotEmitted(table.modelReset), qtbot.waitSignal(table.dataChanged):
        _save(desk, entry=entry, name="张山")
    assert _texts(table, "name") == ["张山"]


def test_a_renamed_team_is_renamed_in_the_rows_of_its_members(qtbot: QtBot, desk: Desk) -> None:
    team = _save(desk, Team, team_name="一队")
    _save(desk, name="张三", team_id=str(team))
    table = LedgerTable(Member, desk)
    assert _texts(table, "team_id") == ["一队"]
    _save(desk, Team, team, team_name="二队")
    assert _texts(table, "team_id") == ["二队"]


def test_sorting_filtering_and_finding_work_together(qtbot: QtBot, desk: Desk) -> None:
    village = desk.ask(lambda session: areas.villages(session, TODAY)[0].code) or ""
    for name, where in (("张三", village), ("安康", village), ("张一", "")):
        _save(desk, name=name, village_code=where)
    table = LedgerTable(Member, desk)
    table.sort_by("name", descending=True)
    assert _texts(table, "name") == ["张一", "张三", "安康"]
    table.show_only({"village_code": village})
    assert _texts(table, "name") == ["张三", "安康"]
    table.show_only({"village_code": village}, "ak")
    assert _texts(table, "name") == ["安康"]


def test_a_worked_out_column_is_shown(qtbot: QtBot, desk: Desk) -> None:
    _save(desk, name="张三", birth_date="1974-07-21")
    assert _texts(LedgerTable(Member, desk), "age") == ["52"]


def test_a_role_that_is_not_served_is_answered_with_nothing(qtbot: QtBot, desk: Desk) -> None:
    entry = _save(desk, name="张三")
    table = LedgerTable(Member, desk)
    assert table.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is None
    assert table.index(0, 0).data(ENTRY) == entry


def test_a_team_is_named_without_the_village_that_stands_beside_it(desk: Desk) -> None:
    village = desk.ask(lambda session: areas.villages(session, TODAY)[0].code) or ""
    team = _save(desk, Team, team_name="巡逻队", village_code=village)
    _save(desk, name="张三", village_code=village, team_id=str(team))
    assert _texts(LedgerTable(Member, desk), "team_id") == ["巡逻队"]
