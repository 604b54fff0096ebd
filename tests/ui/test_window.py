"""The window: navigation, search, period, state."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.records import Member
from desktop.services import entries
from tests.ui.ime import write
from ui import messages, theme
from ui.desk import Desk, Target
from ui.navigation import NAME, TITLE
from ui.pages.help import HelpPage
from ui.pages.ledger import LedgerPage
from ui.pages.registry import PAGES
from ui.room import Room
from ui.window import Window
from ui.zoom import Zoom


@pytest.fixture
def zoom(qapp: QApplication) -> Zoom:
    theme.apply(qapp, "light")
    return qapp.findChild(Zoom) or Zoom(qapp)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, zoom: Zoom) -> Window:
    window = Window(desk, zoom, "练习镇")
    qtbot.addWidget(window)
    window.showNormal()  # the screen of the tests is 800 wide
    window.resize(1366, 720)
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
    focus = window.focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)


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


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_page_fits_a_small_screen(window: Window, zoom: Zoom, percent: int) -> None:
    zoom.set(percent)
    try:
        for entry in PAGES:
            window.go(Target(entry.name))
            least = window.minimumSizeHint()
            assert least.width() <= 1366, entry.name
            assert least.height() <= 728, entry.name  # a task bar takes 40
            window.resize(1366, 728)
            assert window.width() == 1366
    finally:
        zoom.usual()


@pytest.mark.parametrize("percent", [100, 150])
def test_no_page_needs_scrolling_as_a_whole(window: Window, zoom: Zoom, percent: int) -> None:
    zoom.set(percent)
    try:
        window.resize(1366, 728)
        for entry in PAGES:
            window.go(Target(entry.name))
            QApplication.processEvents()
            room = window.stack.currentWidget()
            assert isinstance(room, Room)
            assert window.page().size() == room.viewport().size() == room.maximumViewportSize(), entry.name
    finally:
        zoom.usual()


def test_a_page_too_large_for_the_window_is_scrolled_and_not_squeezed(qtbot: QtBot) -> None:
    page, content = QWidget(), QWidget()
    QVBoxLayout(page).addWidget(content)
    content.setMinimumSize(900, 100)
    room = Room(page)
    qtbot.addWidget(room)
    room.resize(500, 400)
    room.show()
    assert page.width() > 900
    assert page.height() == room.viewport().height() < 400
    assert room.horizontalScrollBar().isVisible()
    assert not room.verticalScrollBar().isVisible()
    content.setMinimumSize(300, 100)
    qtbot.waitUntil(lambda: page.size() == room.viewport().size())


def test_large_letters_leave_only_icons_in_the_navigation(qtbot: QtBot, window: Window, zoom: Zoom) -> None:
    navigation = window.navigation
    words = [navigation.item(row).text() for row in range(navigation.count())]
    assert "其他" in words
    zoom.set(200)
    try:
        shown = [one for row in range(navigation.count()) if not (one := navigation.item(row)).isHidden()]
        assert [one.text() for one in shown] == [""] * len(PAGES)
        assert [one.data(TITLE) for one in shown] == [entry.heading for entry in PAGES]
        assert navigation.item(navigation.count() - 1).toolTip() == "帮助（Shift+F1）"
        qtbot.waitUntil(lambda: not navigation.verticalScrollBar().isVisible())
    finally:
        zoom.usual()
    assert [navigation.item(row).text() for row in range(navigation.count())] == words


def test_a_low_window_leaves_the_headings_out_and_keeps_the_names(qtbot: QtBot, window: Window) -> None:
    navigation = window.navigation
    for height, headings in ((720, True), (420, False)):
        window.resize(1366, height)
        shown = [one for row in range(navigation.count()) if not (one := navigation.item(row)).isHidden()]
        assert any(one.data(NAME) is None for one in shown) == headings
        assert all(one.text() for one in shown)
        qtbot.waitUntil(lambda: not navigation.verticalScrollBar().isVisible())


def test_each_page_stands_under_its_own_heading(window: Window) -> None:
    under: dict[str, str] = {}
    heading = ""
    for row in range(window.navigation.count()):
        item = window.navigation.item(row)
        if item.data(NAME) is None:
            heading = item.data(TITLE)
        else:
            under[item.data(NAME)] = heading
    assert under["checks"] == under["submit"] == "上报"
    assert under["settings"] == under["help"] == "其他"
    assert under["matter"] != under["member"]


def test_pages_not_shown_are_thrown_away_before_the_letters_change(
    qtbot: QtBot, desk: Desk, window: Window, zoom: Zoom
) -> None:
    entry = _save(desk, "张三")
    for name in [entry.name for entry in PAGES]:
        window.go(Target(name))
    window.go(Target("member", entry))
    window.go(Target("settings"))
    qtbot.waitUntil(lambda: not desk.awaited())
    try:
        zoom.set(110)
        assert set(window.pages) == {"settings"}
        desk.choose_period("2026-10")  # a page that is gone hears no more of it
        _save(desk, "李四")
        window.go(Target("member"))
        page = window.page()
        assert isinstance(page, LedgerPage)
        assert page.form.entry == entry
    finally:
        zoom.usual()


def test_a_page_that_waits_for_the_worker_is_kept(
    qtbot: QtBot, window: Window, desk: Desk, zoom: Zoom
) -> None:
    for name in ("team", "member", "settings"):
        window.go(Target(name))
    qtbot.waitUntil(lambda: not desk.awaited())
    owner = window.pages["team"]
    desk.run(lambda *_: None, "测试", owner=owner, done=lambda _: None, failed=lambda _: None)
    try:
        zoom.set(110)
        assert set(window.pages) == {"team", "settings"}
    finally:
        zoom.usual()


def test_the_page_has_the_keyboard_from_the_start(qtbot: QtBot, window: Window) -> None:
    focus = window.focusWidget()
    assert focus is not None
    assert window.page().isAncestorOf(focus)
    for button in (window.header.before, window.header.after, window.header.look, window.header.percent):
        assert button.focusPolicy() == Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
def test_a_click_in_the_navigation_gives_the_keyboard_to_the_page(window: Window, name: str) -> None:
    window.go(Target("team" if name == "home" else "home"))
    navigation = window.navigation
    rows = [row for row in range(navigation.count()) if navigation.item(row).data(NAME) == name]
    at = navigation.visualItemRect(navigation.item(rows[0])).center()
    QTest.mouseClick(navigation.viewport(), Qt.MouseButton.LeftButton, pos=at)
    focus = window.focusWidget()
    assert window.page().name == name
    assert focus is not None
    assert focus is window.page() or window.page().isAncestorOf(focus)


def test_enter_in_the_navigation_goes_on_in_the_page(window: Window) -> None:
    window.navigation.setFocus()
    QTest.keyClick(window.navigation, Qt.Key.Key_Down)
    QTest.keyClick(window.navigation, Qt.Key.Key_Return)
    focus = window.focusWidget()
    assert focus is not None
    assert window.page().isAncestorOf(focus)


def test_escape_in_help_goes_back_to_the_field_it_was_asked_for(window: Window) -> None:
    window.go(Target("member"))
    page = window.page()
    assert isinstance(page, LedgerPage)
    page.add()
    page.form.focus("phone")
    before = window.focusWidget()
    QTest.keyClick(before, Qt.Key.Key_F1)
    help_page = window.page()
    assert isinstance(help_page, HelpPage)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.page() is page
    assert window.focusWidget() is before


def test_escape_in_the_search_box_gives_the_keyboard_back_to_the_page(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.header.search, Qt.Key.Key_Escape)
    focus = window.focusWidget()
    assert focus is not None
    assert window.page().isAncestorOf(focus)


@pytest.mark.parametrize(
    "name", ["team", "member", "matter", "agreement", "village", "checks", "region", "templates"]
)
def test_no_page_is_wider_than_the_screen_at_the_largest_letters(
    window: Window, zoom: Zoom, name: str
) -> None:
    zoom.set(200)
    try:
        window.resize(1366, 728)
        window.go(Target(name))
        QApplication.processEvents()
        room = window.stack.currentWidget()
        assert isinstance(room, Room)
        assert window.page().width() <= room.viewport().width()
    finally:
        zoom.usual()


def test_the_warning_of_the_office_stands_in_every_window(window: Window) -> None:
    labels: Iterable[QLabel] = window.statusBar().findChildren(QLabel)
    texts = [label.text() for label in labels]
    assert "严禁录入涉密信息、工作秘密" in texts


def test_settings_survive_in_the_file(desk: Desk, window: Window, tmp_path: Path) -> None:
    window.close()
    assert (tmp_path / "settings.json").exists()
