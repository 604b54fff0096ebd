"""The window: navigation, search, period, state."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.records import Member
from desktop.services import entries
from tests.ui.ime import write
from ui import messages, theme
from ui.desk import Desk, Target
from ui.pages.ledger import LedgerPage
from ui.pages.registry import PAGES
from ui.window import NAME, Window
from ui.zoom import Zoom


@pytest.fixture
def zoom(qapp: QApplication) -> Zoom:
    theme.apply(qapp, "light")
    return qapp.findChild(Zoom) or Zoom(qapp)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, zoom: Zoom) -> Window:
    window = Window(desk, zoom, "练习镇")
    qtbot.addWidget(window)
    window.resize(1366, 720)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def _save(desk: Desk, name: str) -> int:
    return desk.do(lambda session: entries.save(session, Member, {"name": name}), "测试")


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
def test_every_page_opens_and_is_marked_in_the_navigation(window: Window, name: str) -> None:
    window.go(Target(name))
    assert window.page().name == name
    assert window.navigation.currentItem().data(NAME) == name
    assert not window.grab().isNull()


def test_only_the_pages_that_were_shown_are_made(window: Window) -> None:
    assert set(window.pages) == {"home"}


def test_control_and_a_digit_open_a_page(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.page().name == "member"


def test_arrows_in_the_navigation_change_the_page(qtbot: QtBot, window: Window) -> None:
    window.navigation.setFocus()
    QTest.keyClick(window.navigation, Qt.Key.Key_Down)
    assert window.page().name == "team"
    assert window.navigation.hasFocus()


def test_a_search_by_initials_jumps_to_the_person(qtbot: QtBot, desk: Desk, window: Window) -> None:
    entry = _save(desk, "单田芳")
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = window.header.search
    assert search.hasFocus()
    QTest.keyClicks(search, "stf")
    qtbot.waitUntil(search.offer.isVisible)
    assert search.hasFocus()
    QTest.keyClick(search, Qt.Key.Key_Return)
    page = window.page()
    assert isinstance(page, LedgerPage)
    assert (page.name, page.form.entry) == ("member", entry)


def test_a_search_without_a_hit_says_so_and_stays(qtbot: QtBot, window: Window) -> None:
    write(window.header.search, "查无此人")
    window.header.search.look()
    assert window.header.search.offer.model().index(0, 0).data() == "没有找到"
    QTest.keyClick(window.header.search, Qt.Key.Key_Return)
    assert window.page().name == "home"


def test_the_period_is_chosen_by_box_and_arrows(desk: Desk, window: Window) -> None:
    assert window.header.period.currentText() == "2026年11月"
    window.header.before.click()
    assert desk.period == "2026-10"
    assert window.header.period.currentText() == "2026年10月"
    window.header.after.click()
    assert desk.period == "2026-11"


def test_a_save_is_told_at_the_bottom_and_counted(desk: Desk, window: Window) -> None:
    _save(desk, "张三")
    assert window.state.text().startswith("已保存")
    assert "队员 1" in window.counts.text()


def test_leaving_a_page_saves_or_stays(desk: Desk, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    window.go(Target("member"))
    page = window.page()
    assert isinstance(page, LedgerPage)
    page.add()
    page.form.rows["name"].set_text("张三")
    page.form.rows["joined_on"].set_text("明天")

    def stay(parent: QWidget | None, text: str, answers: object, *, detail: str = "") -> int:
        return 2

    monkeypatch.setattr(messages, "ask", stay)
    window.go(Target("team"))
    assert window.page() is page
    assert window.navigation.currentItem().data(NAME) == "member"
    assert not window.close()
    page.form.rows["joined_on"].set_text("2024.1.5")
    window.go(Target("team"))
    assert window.page().name == "team"
    assert "队员 1" in window.counts.text()


def test_the_look_changes_and_is_remembered(desk: Desk, window: Window, qapp: QApplication) -> None:
    try:
        window.header.look.click()
        assert theme.name() == "dark"
        assert desk.settings.get("theme") == "dark"
    finally:
        theme.apply(qapp, "light")


def test_the_size_of_the_window_is_remembered(qtbot: QtBot, desk: Desk, zoom: Zoom, window: Window) -> None:
    window.resize(1100, 555)  # the screen of the tests is 800 wide
    window.close()
    again = Window(desk, zoom, "练习镇")
    qtbot.addWidget(again)
    assert again.height() == 555


@pytest.mark.parametrize("percent", [100, 150])
def test_every_page_fits_a_small_screen(window: Window, zoom: Zoom, percent: int) -> None:
    zoom.set(percent)
    try:
        for entry in PAGES:
            window.go(Target(entry.name))
            least = window.minimumSizeHint()
            assert least.width() <= 1366, entry.name
            assert least.height() <= 728, entry.name  # a task bar takes 40
    finally:
        zoom.usual()


def test_the_warning_of_the_office_stands_in_every_window(window: Window) -> None:
    labels: Iterable[QLabel] = window.statusBar().findChildren(QLabel)
    texts = [label.text() for label in labels]
    assert "严禁录入涉密信息、工作秘密" in texts


def test_settings_survive_in_the_file(desk: Desk, window: Window, tmp_path: Path) -> None:
    window.close()
    assert (tmp_path / "settings.json").exists()
