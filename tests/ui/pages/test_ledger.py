"""The page of a ledger: table and form together."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.records import Member, Team
from desktop.services import areas, entries
from tests.conftest import TODAY
from tests.ui.ime import focused, write
from ui import messages
from ui.desk import Desk, Target
from ui.pages.matters import MattersPage
from ui.pages.rosters import MemberPage, TeamPage, VillagePage


def _save(desk: Desk, answers: dict[str, str]) -> int:
    return desk.do(lambda session: entries.save(session, Member, answers), "测试")


@pytest.fixture
def people(desk: Desk) -> dict[str, int]:
    told = {"张三": "男", "安康": "女", "李四": "男"}
    return {
        name: _save(desk, answers)
        for name, gender in told.items()
        for answers in [{"name": name, "gender": gender, "mobile": "13800138000"}]
    }


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, people: dict[str, int]) -> MemberPage:
    page = MemberPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 650)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def _answer(monkeypatch: pytest.MonkeyPatch, answer: int) -> list[str]:
    asked: list[str] = []

    def ask(parent: QWidget | None, text: str, answers: object, *, detail: str = "") -> int:
        asked.append(text)
        return answer

    monkeypatch.setattr(messages, "ask", ask)
    return asked


def _names(desk: Desk, ids: list[int]) -> list[str]:
    return desk.ask(lambda s: [entries.answers(entries.get(s, Member, one))["name"] for one in ids])


def test_the_chosen_row_is_in_the_form(qtbot: QtBot, page: MemberPage, people: dict[str, int]) -> None:
    with qtbot.waitSignal(page.shown) as told:
        page.view.setCurrentIndex(page.table.index(1, 0))
    assert told.args == [people["安康"]]
    assert page.form.entry == people["安康"]
    assert page.form.rows["name"].text() == "安康"


def test_choosing_another_row_saves_what_was_typed(
    qtbot: QtBot, desk: Desk, page: MemberPage, people: dict[str, int]
) -> None:
    page.view.setCurrentIndex(page.table.index(0, 0))
    page.form.rows["name"].set_text("张山")
    page.view.setCurrentIndex(page.table.index(2, 0))
    assert _names(desk, [people["张三"]]) == ["张山"]
    assert page.form.entry == people["李四"]
    assert page.view.selected() == [people["李四"]]


def test_an_unreadable_answer_keeps_the_clerk_in_its_row(
    page: MemberPage, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    page.view.setCurrentIndex(page.table.index(0, 0))
    page.form.rows["joined_on"].set_text("明天")
    asked = _answer(monkeypatch, 2)
    page.view.setCurrentIndex(page.table.index(2, 0))
    assert asked
    assert page.form.entry == people["张三"]
    assert page.view.selected() == [people["张三"]]
    assert page.form.rows["joined_on"].text() == "明天"


def test_a_new_entry_by_keys_stands_in_the_table_and_is_chosen(qtbot: QtBot, page: MemberPage) -> None:
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.form.isAncestorOf(focused()))
    page.form.focus("name")
    write(focused(), "王五")
    with qtbot.waitSignal(page.form.saved) as told:
        QTest.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.view.selected() == told.args
    assert page.table.rowCount() == 4


def test_a_new_entry_begins_in_what_the_table_is_filtered_by(page: MemberPage) -> None:
    page.bar.set_filters({"gender": "2"})
    page.add()
    assert page.form.rows["gender"].text() == "2"
    assert not page.form.is_dirty()


def test_f6_changes_between_table_and_form(qtbot: QtBot, page: MemberPage) -> None:
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_F6)
    assert page.form.isAncestorOf(focused())
    QTest.keyClick(focused(), Qt.Key.Key_F6)
    assert page.view.hasFocus()


def test_selected_entries_are_deleted_after_a_question(
    qtbot: QtBot, page: MemberPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _answer(monkeypatch, 0)
    page.view.setFocus()
    page.view.selectAll()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert asked == ["删除“张三”、“安康”、“李四” 等 3 条记录？"]
    assert page.table.rowCount() == 0


def test_an_entry_that_others_belong_to_is_not_deleted_and_the_page_says_why(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = desk.do(lambda session: entries.save(session, Team, {"team_name": "甲队"}), "测试")
    desk.do(lambda session: entries.save(session, Member, {"name": "张三", "team_id": str(team)}), "测试")
    _answer(monkeypatch, 0)
    page = TeamPage(desk)
    qtbot.addWidget(page)
    page.view.setCurrentIndex(page.table.index(0, 0))
    page.delete()
    assert "还有 1 条" in page.notice.text()
    assert page.table.rowCount() == 1


def test_del_in_the_form_deletes_a_letter_not_the_entry(
    qtbot: QtBot, page: MemberPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _answer(monkeypatch, 0)
    page.view.setCurrentIndex(page.table.index(0, 0))
    page.form.focus("name")
    QTest.keyClick(focused(), Qt.Key.Key_Home)
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    assert not asked
    assert page.form.rows["name"].text() == "三"


def test_going_to_an_entry_opens_its_field_even_when_it_was_filtered_out(
    page: MemberPage, people: dict[str, int]
) -> None:
    page.bar.set_filters({"gender": "2"})
    page.go(Target("member", people["张三"], "mobile"))
    assert page.view.selected() == [people["张三"]]
    assert page.form.rows["mobile"].is_focused()


def test_going_with_filters_shows_only_those(page: MemberPage) -> None:
    page.go(Target("member", filters={"gender": "2"}))
    assert page.table.rowCount() == 1


def test_numbers_are_shown_whole_only_on_request(page: MemberPage) -> None:
    column = [one.name for one in page.table.columns].index("mobile")
    assert page.table.index(0, column).data() == "138****8000"
    page.revealing.trigger()
    assert page.table.index(0, column).data() == "13800138000"


def test_a_ledger_without_personal_numbers_has_no_button_for_them(qtbot: QtBot, desk: Desk) -> None:
    page = VillagePage(desk)
    qtbot.addWidget(page)
    buttons: Iterable[QToolButton] = page.findChildren(QToolButton)
    shown = [button.text() for button in buttons]
    assert "显示完整号码" not in shown


def test_a_blank_template_is_written_and_the_page_says_where(
    qtbot: QtBot, page: MemberPage, tmp_path: Path
) -> None:
    page.exchange.save_template(page.ledger, tmp_path / "空白.xlsx")
    qtbot.waitUntil(lambda: not page.notice.isHidden())
    assert (tmp_path / "空白.xlsx").exists()
    assert "空白.xlsx" in page.notice.text()


def test_the_parts_of_a_matter_are_imported_from_its_page(desk: Desk, qtbot: QtBot) -> None:
    matters = MattersPage(desk)
    qtbot.addWidget(matters)
    menu = matters.exchange.action.menu()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions() if one.text()] == [
        "导入四议两公开事项…",
        "导入四议两公开六步…",
        "四议两公开事项空白模板…",
        "四议两公开六步空白模板…",
        "以前的导入…",
    ]


CONTROL = Qt.KeyboardModifier.ControlModifier


def test_two_entries_in_a_row_leave_nothing_selected_and_nothing_to_delete(
    qtbot: QtBot, page: MemberPage
) -> None:
    page.add()
    for name in ("王五", "赵六"):
        page.form.focus("name")
        write(focused(), name)
        with qtbot.waitSignal(page.form.saved):
            QTest.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
        assert page.form.entry is None
        assert page.view.selected() == []
        assert not page.deleting.isEnabled()
    page.view.choose(page.table.entry(0))
    assert page.deleting.isEnabled()


def test_keys_of_the_page_shown_work_while_the_navigation_has_the_keyboard(
    qtbot: QtBot, desk: Desk, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _answer(monkeypatch, 1)
    window, navigation, stack = QWidget(), QListWidget(), QStackedWidget()
    qtbot.addWidget(window)
    line = QHBoxLayout(window)
    line.addWidget(navigation)
    line.addWidget(stack)
    shown, hidden = MemberPage(desk), TeamPage(desk)
    stack.addWidget(shown)
    stack.addWidget(hidden)
    window.resize(1200, 650)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    navigation.setFocus()
    shown.view.choose(people["张三"])
    QTest.keyClick(navigation, Qt.Key.Key_Delete)
    assert asked == ["删除“张三”？"]
    QTest.keyClick(navigation, Qt.Key.Key_N, CONTROL)
    assert shown.form.isAncestorOf(focused())
    assert not hidden.form.isAncestorOf(focused())
    shown.form.rows["name"].set_text("王五")
    navigation.setFocus()
    with qtbot.waitSignal(shown.form.saved):
        QTest.keyClick(navigation, Qt.Key.Key_S, CONTROL)


def test_an_empty_village_is_begun_at_once(desk: Desk, page: MemberPage) -> None:
    village = desk.ask(lambda session: areas.villages(session, TODAY)[0].code) or ""
    page.go(Target("member", filters={"village_code": village}))
    assert page.form.rows["village_code"].text() == village
    assert page.form.isAncestorOf(focused())


def test_enter_in_a_question_is_the_safe_way_out(qtbot: QtBot, page: MemberPage) -> None:
    def press_enter() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        QTest.keyClick(box, Qt.Key.Key_Return)

    QTimer.singleShot(0, press_enter)
    assert messages.ask(page, "删除？", ("删除", "取消")) == 1


def test_a_refused_deletion_keeps_what_is_typed(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = desk.do(lambda session: entries.save(session, Team, {"team_name": "巡逻队"}), "测试")
    desk.do(lambda session: entries.save(session, Member, {"name": "张三", "team_id": str(team)}), "测试")
    page = TeamPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.go(Target("team", team))
    page.form.rows["address"].set_text("东街 1 号")
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 0)
    page.delete()
    assert "还有 1 条队员花名册" in page.notice.text()
    assert page.form.rows["address"].text() == "东街 1 号"
