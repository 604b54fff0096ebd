"""Undo and redo in the window, by keys and by its menu; the list of operations."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from desktop.records import Member, Team
from desktop.services import audit, entries, lists, undo
from desktop.services.audit import Event
from tests.ui.ime import focused
from ui import messages, theme
from ui.desk import Desk, Target
from ui.pages import operations
from ui.pages.ledger import LedgerPage
from ui.pages.operations import OperationsDialog
from ui.window import Window
from ui.zoom import Zoom

CONTROL = Qt.KeyboardModifier.ControlModifier


def _team(desk: Desk, name: str) -> int:
    return desk.do(lambda session: entries.save(session, Team, {"team_name": name}), "录入队伍")


def _teams(desk: Desk) -> int:
    return desk.ask(lists.counts)["team"]


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Window]:
    theme.apply(qapp, "light")
    window = Window(desk, qapp.findChild(Zoom) or Zoom(qapp), "练习镇")
    qtbot.addWidget(window)
    window.showNormal()
    window.resize(1366, 720)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    QTest.keyClick(window, Qt.Key.Key_Shift)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions put; each is answered with yes."""
    questions: list[str] = []

    def ask(parent: QWidget | None, text: str, answers: object, *, detail: str = "") -> int:
        questions.append(f"{text}{detail}")
        return 0

    monkeypatch.setattr(messages, "ask", ask)
    monkeypatch.setattr(operations, "ask", ask)
    return questions


def _press(qtbot: QtBot, window: Window, key: Qt.Key) -> None:
    with qtbot.waitSignal(window.undoing.done):
        QTest.keyClick(window.focusWidget(), key, CONTROL)


def test_ctrl_z_and_ctrl_y_go_back_and_forth_and_the_menu_names_the_operation(
    qtbot: QtBot, desk: Desk, window: Window, asked: list[str]
) -> None:
    _team(desk, "甲队")
    _team(desk, "乙队")
    assert window.undoing.undoing.text() == "撤销：录入队伍“乙队”"
    assert not window.undoing.redoing.isEnabled()
    window.go(Target("team"))
    _press(qtbot, window, Qt.Key.Key_Z)
    assert _teams(desk) == 1
    assert window.notice.text() == "已撤销：录入队伍“乙队”。"
    assert window.undoing.undoing.text() == "撤销：录入队伍“甲队”"
    assert window.undoing.redoing.text() == "恢复：录入队伍“乙队”"
    _press(qtbot, window, Qt.Key.Key_Y)
    assert _teams(desk) == 2
    assert window.notice.text() == "已恢复：录入队伍“乙队”。"
    assert asked == []


def test_the_beginning_is_not_offered_to_be_taken_back(desk: Desk, window: Window) -> None:
    assert window.undoing.undoing.text() == "撤销"
    assert not window.undoing.undoing.isEnabled()
    _team(desk, "甲队")
    assert window.undoing.undoing.isEnabled()


def test_what_a_page_said_about_its_last_operation_goes_when_it_is_taken_back(
    qtbot: QtBot, desk: Desk, window: Window
) -> None:
    _team(desk, "甲队")
    window.go(Target("team"))
    page = window.page()
    assert isinstance(page, LedgerPage)
    page.notice.say("已删除 1 条记录，可以按 Ctrl+Z 撤销。")
    _press(qtbot, window, Qt.Key.Key_Z)
    assert page.notice.isHidden()


def test_in_a_text_field_the_keys_are_for_its_letters(desk: Desk, window: Window) -> None:
    _team(desk, "甲队")
    window.header.search.setFocus()
    QTest.keyClicks(focused(), "ab")
    QTest.keyClick(focused(), Qt.Key.Key_Z, CONTROL)
    assert window.header.search.text() == ""
    QTest.keyClick(focused(), Qt.Key.Key_Y, CONTROL)
    assert window.header.search.text() == "ab"
    assert _teams(desk) == 1


def test_what_was_done_before_this_start_is_asked_about(
    qtbot: QtBot, desk: Desk, window: Window, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _team(desk, "甲队")
    monkeypatch.setattr(window.undoing, "_began", dt.datetime.now() + dt.timedelta(hours=1))
    window.go(Target("team"))
    _press(qtbot, window, Qt.Key.Key_Z)
    assert len(asked) == 1
    assert "做的“录入队伍“甲队””？" in asked[0]


def test_a_refusal_stands_at_the_top_and_nothing_changes(qtbot: QtBot, desk: Desk, window: Window) -> None:
    _team(desk, "甲队")
    desk.do(lambda session: audit.record(session, Event.SUBMIT, "2026年10月第 1 版"), "上报")
    window.go(Target("team"))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(window.notice.isVisible)
    assert "不能撤销" in window.notice.text()
    assert "登记退回" in window.notice.text()
    assert _teams(desk) == 1
    assert window.state.text().startswith("已保存")  # it was no save that failed


def _list(qtbot: QtBot, window: Window) -> OperationsDialog:
    window.undoing.listing.trigger()
    dialog = window.findChild(OperationsDialog)
    assert isinstance(dialog, OperationsDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_the_list_says_what_can_be_taken_back_and_goes_down_to_a_chosen_one(
    qtbot: QtBot, desk: Desk, window: Window, asked: list[str]
) -> None:
    for name in ("甲队", "乙队"):
        _team(desk, name)
    desk.do(lambda session: audit.record(session, Event.ZERO, "共建协议 2026年10月"), "登记零报告")
    _team(desk, "丙队")
    dialog = _list(qtbot, window)
    states = [dialog.model.index(row, 2).data() for row in range(dialog.model.rowCount())]
    assert states == ["", "不能撤销", "", "", "不能撤销"]
    dialog.table.selectRow(1)
    assert not dialog.back.isEnabled()
    assert "直接取消" in dialog.told.text()
    dialog.table.selectRow(2)
    QTest.keyClick(dialog.back, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.notice.text() == "已撤销 2 次操作。")
    assert asked == [
        "撤销从“录入队伍“乙队””起的 2 次操作？“登记零报告：共建协议 2026年10月”不能撤销，会保留。"
    ]
    assert _teams(desk) == 1
    dialog.table.selectRow(2)
    QTest.keyClick(dialog.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.notice.text() == "已恢复 1 次操作。")
    assert _teams(desk) == 2


def test_a_refused_way_back_names_what_stands_in_it(qtbot: QtBot, desk: Desk, window: Window) -> None:
    team = _team(desk, "甲队")
    desk.do(lambda s: entries.save(s, Member, {"name": "张三", "team_id": str(team)}), "录入队员")
    dialog = _list(qtbot, window)
    with pytest.raises(Refusal, match="“甲队”已有别的队员花名册"):
        desk.do(lambda session: undo.take_back(session, dialog.model.rows[-2].batch), "撤销")
    assert _teams(desk) == 1
