"""Pasting on a ledger's page, by keys: the plan first, then all of it, then back."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from desktop.excel import block
from desktop.records import Member, Team
from desktop.services import areas, blocks, entries, lists
from tests.conftest import TODAY
from ui.desk import Desk
from ui.pages import editing
from ui.pages.pasting import COLUMNS, NEW, OVER, PasteDialog
from ui.pages.rosters import MemberPage
from ui.table import copying
from ui.table.view import ONLY
from ui.undoing import Undoing

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NUMBER = "11010519491231002X"
HEADS = "队伍\t姓名\t身份证号\t手机"


@pytest.fixture
def village(desk: Desk) -> str:
    return desk.ask(lambda session: areas.villages(session, TODAY)[0].code) or ""


@pytest.fixture
def people(desk: Desk, village: str) -> list[int]:
    def make(session: Session) -> list[int]:
        team = entries.save(session, Team, {"team_name": "巡逻队", "village_code": village})
        common = {"team_id": str(team), "village_code": village, "duty": "09"}
        return [entries.save(session, Member, {"name": name, **common}) for name in ("张三", "李四")]

    return desk.do(make, "测试")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, people: list[int]) -> Iterator[MemberPage]:
    page = MemberPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 650)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.view.setFocus()
    yield page
    QTest.keyClick(page.view, Qt.Key.Key_Shift)  # Ctrl is held no more, for the tests that follow


def _paste(qtbot: QtBot, page: MemberPage, text: str | None = None) -> PasteDialog:
    """Put ``text`` on the clipboard, press the key, and wait for the plan."""
    if text is not None:
        QGuiApplication.clipboard().setText(text)
    QTest.keyClick(page.view, Qt.Key.Key_V, CONTROL)
    dialog = page.findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    qtbot.waitUntil(lambda: not dialog.working.busy)
    return dialog


def _names(page: MemberPage) -> list[str]:
    at = [one.name for one in page.table.columns].index("name")
    return [page.table.index(row, at).data() for row in range(page.table.rowCount())]


def test_rows_from_a_spreadsheet_are_shown_first_then_written_selected_and_taken_back(
    qtbot: QtBot, desk: Desk, page: MemberPage
) -> None:
    undoing = Undoing(desk, page, page.notice, page.may_leave)
    dialog = _paste(qtbot, page, f"{HEADS}\r\n巡逻队\t王五\t{NUMBER}\t13800138000\r\n巡逻队\t赵六\t\t\r\n")
    assert "共 2 行：新增 2" in dialog.counts.text()
    assert dialog.go.text() == "粘贴 2 行"
    assert desk.ask(lists.counts)["member"] == 2
    with qtbot.waitSignal(dialog.pasted):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert _names(page) == ["张三", "李四", "王五", "赵六"]
    assert page.view.selected() == [page.table.entry(2), page.table.entry(3)]
    assert page.notice.text() == "已粘贴 2 行，可以按 Ctrl+Z 撤销。"
    assert undoing.undoing.text() == "撤销：粘贴 2 行"
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "已撤销" in page.notice.text())
    assert _names(page) == ["张三", "李四"]


def test_wrong_cells_are_named_and_the_good_rows_alone_may_be_pasted(
    qtbot: QtBot, desk: Desk, page: MemberPage
) -> None:
    dialog = _paste(qtbot, page, f"{HEADS}\n巡逻队\t王五\t1.10105E+17\t\n巡逻队\t赵六\t\t\n")
    assert not dialog.go.isEnabled()
    assert "有 1 行有错" in dialog.counts.text()
    assert "C2" in dialog.rows.whole.text()
    dialog.only_good.setChecked(True)
    with qtbot.waitSignal(dialog.pasted):
        dialog.go.click()
    assert _names(page) == ["张三", "李四", "赵六"]


def test_esc_writes_nothing(qtbot: QtBot, desk: Desk, page: MemberPage) -> None:
    dialog = _paste(qtbot, page, f"{HEADS}\n巡逻队\t王五\t\t\n")
    with qtbot.assertNotEmitted(desk.changed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_column_that_nobody_knows_is_matched_by_the_clerk(qtbot: QtBot, page: MemberPage) -> None:
    dialog = _paste(qtbot, page, "队伍\t姓名\t天晓得\n巡逻队\t王五\t队长\n")
    assert dialog.tabs.tabText(COLUMNS) == "对照栏目（1 列不粘贴）"
    dialog.columns.boxes[2].set_text("duty")
    qtbot.waitUntil(lambda: not dialog.working.busy and dialog.rows.model.rows[0].values.get("duty") == "07")
    assert dialog.tabs.tabText(COLUMNS) == "对照栏目"


def test_a_column_without_heading_begins_at_the_current_one(qtbot: QtBot, page: MemberPage) -> None:
    at = [one.name for one in page.table.columns].index("duty")
    page.view.selectionModel().setCurrentIndex(page.table.index(0, at), ONLY)
    QTest.keyClick(page.view, Qt.Key.Key_Down, SHIFT)
    dialog = _paste(qtbot, page, "队长\n副队长\n")
    assert dialog.how.checkedId() == OVER
    assert dialog.focusWidget() is dialog.go
    assert "共 2 行：新增 0，有变化 2" in dialog.counts.text()
    with qtbot.waitSignal(dialog.pasted):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert [page.table.index(row, at).data() for row in (0, 1)] == ["队长", "副队长"]


def test_other_rows_than_those_selected_cannot_be_written_over(qtbot: QtBot, page: MemberPage) -> None:
    dialog = _paste(qtbot, page, "王五\n赵六\n钱七\n")
    assert dialog.how.checkedId() == NEW
    assert not dialog.how.button(OVER).isEnabled()
    assert "选中同样多的行" in dialog.how.button(OVER).toolTip()


def test_new_rows_get_the_village_that_is_shown_alone(qtbot: QtBot, page: MemberPage, village: str) -> None:
    page.bar.set_filters({"village_code": village})
    dialog = _paste(qtbot, page, "队伍\t姓名\n巡逻队\t王五\n")
    assert "没有写村（社区）的新记录，填为“东湖村”" in dialog.counts.text()
    assert dialog.rows.model.rows[0].values["village_code"] == village


def test_what_was_copied_here_is_pasted_into_the_same_columns_without_headings(
    qtbot: QtBot, page: MemberPage
) -> None:
    page.view.selectAll()
    page.revealing.trigger()
    QTest.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    page.view.selectionModel().setCurrentIndex(page.table.index(0, 5), ONLY)
    dialog = _paste(qtbot, page)
    assert "共 2 行：新增 0，有变化 0，无变化 2" in dialog.counts.text()
    assert not dialog.go.isEnabled()


def test_more_rows_than_a_clipboard_is_for_are_sent_to_the_import(
    page: MemberPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "MOST", 2)
    QGuiApplication.clipboard().setText("甲\n乙\n丙\n")
    QTest.keyClick(page.view, Qt.Key.Key_V, CONTROL)
    assert "一次最多粘贴 2 行。请存成 Excel 文件，用“导入”" in page.notice.text()


def test_many_rows_are_copied_on_the_worker(
    qtbot: QtBot, page: MemberPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "SOON", 1)
    page.view.selectAll()
    QTest.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: "已复制 2 行" in page.notice.text())
    assert QGuiApplication.clipboard().text().startswith("张三\t巡逻队")


def test_a_large_block_is_read_on_the_worker(
    qtbot: QtBot, page: MemberPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []
    really = block.read

    def read(text: str) -> list[list[str]]:
        threads.append(threading.current_thread().name)
        return really(text)

    monkeypatch.setattr(editing, "SOON", 1)
    monkeypatch.setattr(block, "read", read)
    QGuiApplication.clipboard().setText(
        f"{HEADS}\r\n巡逻队\t王五\t{NUMBER}\t13800138000\r\n巡逻队\t赵六\t\t\r\n"
    )
    QTest.keyClick(page.view, Qt.Key.Key_V, CONTROL)
    assert page.notice.text() == "正在读取剪贴板…"
    assert not page.editing.pasting.isEnabled()
    qtbot.waitUntil(lambda: page.findChild(PasteDialog) is not None)
    assert threads == ["worker"]
    assert page.notice.isHidden()
    assert page.editing.pasting.isEnabled()


def test_an_empty_clipboard_says_what_to_copy(page: MemberPage) -> None:
    QGuiApplication.clipboard().clear()
    QTest.keyClick(page.view, Qt.Key.Key_V, CONTROL)
    assert "请先在 Excel 或 WPS 中" in page.notice.text()
