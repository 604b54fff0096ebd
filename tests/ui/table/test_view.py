"""The view of a table and the line of filters above it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.records import Member, Village
from desktop.services import areas, entries
from tests.conftest import TODAY
from ui import theme
from ui.desk import Desk
from ui.table.bar import FilterBar
from ui.table.model import LedgerTable
from ui.table.view import LedgerView


def _save(desk: Desk, answers: dict[str, str]) -> int:
    return desk.do(lambda session: entries.save(session, Member, answers), "测试")


@pytest.fixture
def people(desk: Desk) -> dict[str, int]:
    village = desk.ask(lambda session: areas.villages(session, TODAY)[0].code) or ""
    told = [("张三", village, "男"), ("安康", village, "女"), ("李四", "", "男")]
    return {
        name: _save(desk, answers)
        for name, where, gender in told
        for answers in [{"name": name, "village_code": where, "gender": gender, "mobile": "13800138000"}]
    }


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, people: dict[str, int]) -> LedgerView:
    view = LedgerView(LedgerTable(Member, desk))
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    return view


def _names(view: LedgerView) -> list[str]:
    at = [one.name for one in view.table.columns].index("name")
    return [view.table.index(row, at).data() for row in range(view.table.rowCount())]


def _column(view: LedgerView, name: str) -> int:
    return [one.name for one in view.table.columns].index(name)


def _click_header(qtbot: QtBot, view: LedgerView, name: str) -> None:
    head = view.horizontalHeader()
    at = head.sectionViewportPosition(_column(view, name))
    view.horizontalScrollBar().setValue(max(0, at))
    at = head.sectionViewportPosition(_column(view, name))
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at + 20, 8))


def test_clicks_on_a_header_sort_up_then_down_then_as_written(qtbot: QtBot, view: LedgerView) -> None:
    seen = []
    for _ in range(3):
        _click_header(qtbot, view, "name")
        seen.append(_names(view))
    assert seen == [["安康", "李四", "张三"], ["张三", "李四", "安康"], ["张三", "安康", "李四"]]


def test_the_current_entry_stays_current_when_the_order_changes(
    qtbot: QtBot, view: LedgerView, people: dict[str, int]
) -> None:
    view.choose(people["安康"])
    with qtbot.assertNotEmitted(view.chosen):
        _click_header(qtbot, view, "name")
    assert view.selected() == [people["安康"]]
    assert view.currentIndex().row() == 0


def test_arrow_keys_announce_the_entry_that_becomes_current(
    qtbot: QtBot, view: LedgerView, people: dict[str, int]
) -> None:
    view.choose(people["张三"])
    view.setFocus()
    with qtbot.waitSignal(view.chosen) as told:
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert told.args == [people["安康"]]


def test_hidden_columns_widths_and_order_are_remembered(qtbot: QtBot, desk: Desk, view: LedgerView) -> None:
    shown, hidden = _column(view, "address"), _column(view, "mobile")
    for action in view.columns_menu(view).actions():
        if action.text() in ("手机", "家庭住址"):
            action.trigger()
    view.horizontalHeader().moveSection(view.horizontalHeader().visualIndex(shown), 0)
    view.setColumnWidth(shown, 123)
    key, line = f"table.{Member.__tablename__}", theme.em(view)
    qtbot.waitUntil(lambda: abs(desk.settings.get(key)["widths"]["address"] * line - 123) < 1)
    again = LedgerView(LedgerTable(Member, desk))
    qtbot.addWidget(again)
    assert not again.isColumnHidden(shown)
    assert again.isColumnHidden(hidden)
    assert again.horizontalHeader().visualIndex(shown) == 0
    assert abs(again.columnWidth(shown) - 123) <= 1


def test_rows_grow_with_the_letters(qtbot: QtBot, qapp: QApplication, view: LedgerView) -> None:
    before = view.verticalHeader().defaultSectionSize()
    font = qapp.font()
    try:
        qapp.setFont(theme.font(200))
        qtbot.waitUntil(lambda: view.verticalHeader().defaultSectionSize() > 1.5 * before)
    finally:
        qapp.setFont(font)


def test_the_village_box_and_the_value_box_filter_and_count(
    qtbot: QtBot, desk: Desk, view: LedgerView
) -> None:
    bar = FilterBar(view, desk)
    qtbot.addWidget(bar)
    assert bar.count.text().startswith("共 3 条")
    bar.village.setCurrentIndex(1)
    assert _names(view) == ["张三", "安康"]
    bar.which.setCurrentIndex(bar.which.findData("gender"))
    bar.value.setCurrentIndex(bar.value.findData("2"))
    assert _names(view) == ["安康"]
    assert bar.count.text().startswith("共 1 条")
    bar.clear()
    assert bar.filters() == {}
    assert len(_names(view)) == 3


def test_the_blank_village_can_be_asked_for(qtbot: QtBot, desk: Desk, view: LedgerView) -> None:
    bar = FilterBar(view, desk)
    qtbot.addWidget(bar)
    bar.village.setCurrentIndex(bar.village.count() - 1)
    assert _names(view) == ["李四"]


def test_typing_searches_in_this_list(qtbot: QtBot, desk: Desk, view: LedgerView) -> None:
    bar = FilterBar(view, desk)
    qtbot.addWidget(bar)
    with qtbot.waitSignal(bar.changed):
        QTest.keyClicks(bar.search, "zs")
    assert _names(view) == ["张三"]


def test_a_filter_without_a_box_is_kept_aside_and_can_be_cleared(
    qtbot: QtBot, desk: Desk, view: LedgerView
) -> None:
    bar = FilterBar(view, desk)
    qtbot.addWidget(bar)
    bar.set_filters({"name": "李四", "gender": "1"})
    assert _names(view) == ["李四"]
    assert not bar.clear_all.isHidden()
    bar.clear()
    assert len(_names(view)) == 3


def test_an_empty_table_says_what_to_do(qtbot: QtBot, desk: Desk, view: LedgerView) -> None:
    assert "Ctrl+N" in view.nothing()
    view.table.show_only({"name": "无"})
    assert "没有符合条件" in view.nothing()
    assert not view.grab().isNull()


def test_the_name_stands_first_then_team_village_and_numbers(view: LedgerView) -> None:
    head = view.horizontalHeader()
    order = [view.table.columns[head.logicalIndex(at)].name for at in range(head.count())]
    shown = [name for name in order if not view.isColumnHidden(_column(view, name))]
    assert shown[:5] == ["name", "team_id", "village_code", "id_number", "mobile"]


def test_a_village_that_names_an_entry_stays_where_it_was(qtbot: QtBot, desk: Desk) -> None:
    view = LedgerView(LedgerTable(Village, desk))
    qtbot.addWidget(view)
    shown = [at for at in range(view.table.columnCount()) if not view.isColumnHidden(at)]
    first = min(shown, key=view.horizontalHeader().visualIndex)
    assert view.table.columns[first].name == "village_code"


def test_a_masked_number_fits_its_column_and_the_first_four_columns_a_small_table(view: LedgerView) -> None:
    width = view.columnWidth(_column(view, "id_number"))
    assert view.fontMetrics().horizontalAdvance("3413**********0595") < width
    first = ("name", "team_id", "village_code", "id_number")
    assert sum(view.columnWidth(_column(view, name)) for name in first) < theme.em(view, 28)


def test_only_the_entry_that_is_chosen_is_selected_even_while_control_is_held(
    view: LedgerView, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    monkeypatch.setattr(QGuiApplication, "keyboardModifiers", lambda: held)
    view.selectAll()
    for name in ("张三", "安康"):
        view.choose(people[name])
        assert view.selected() == [people[name]]


def test_the_row_that_the_keyboard_comes_to_is_selected(
    qtbot: QtBot, view: LedgerView, people: dict[str, int]
) -> None:
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.clearFocus()
    view.choose(None)
    with qtbot.waitSignal(view.chosen, raising=False, timeout=50):
        view.setFocus()
    chosen = view.current()
    assert view.selected() == ([] if chosen is None else [chosen])
