"""Three people at one computer, by keys: first start, a record, lock and unlock, a colleague, a reader."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.errors import Refusal
from desktop.services import setup, submitting
from desktop.settings import Settings
from desktop.storage import database
from desktop.storage.database import Store
from desktop.storage.keys.key import Role, Secret
from tests.conftest import TODAY
from tests.ui.ime import focused, write
from ui import theme
from ui.desk import Desk, Target
from ui.entry.password import PasswordLine
from ui.pages.ledger import LedgerPage
from ui.pages.settings import SettingsPage
from ui.pages.submit import SubmitPage
from ui.welcome import Welcome
from ui.window import Window
from ui.zoom import Zoom

CONTROL = Qt.KeyboardModifier.ControlModifier
MINE, THEIRS = "fuli2026ok", "gongzuo2026"


def active(qtbot: QtBot, window: Welcome | Window) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def first_start(qtbot: QtBot, folder: Path) -> Store:
    """County, town, name, password twice, the tick: nothing but keys."""
    made: list[Store] = []

    def begin(code: str, answers: Mapping[str, str], secret: Secret) -> str:
        made.append(setup.initialise(folder, code, secret, answers))
        return made[0].new_recovery()

    welcome = Welcome(begin)
    qtbot.addWidget(welcome)
    active(qtbot, welcome)
    welcome.town.setFocus()
    write(welcome.town, "朝阳镇")
    QTest.keyClick(welcome.town, Qt.Key.Key_Return)
    welcome.answers["filler"].setFocus()
    write(welcome.answers["filler"], "李敏")
    welcome.start.setFocus()
    QTest.keyClick(welcome.start, Qt.Key.Key_Return)
    assert focused() is welcome.admin.new.first
    QTest.keyClicks(focused(), MINE)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClicks(focused(), MINE)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert len(welcome.code.code.text()) == 29
    welcome.code.kept.setFocus()
    QTest.keyClick(welcome.code.kept, Qt.Key.Key_Space)
    with qtbot.waitSignal(welcome.accepted):
        QTest.keyClick(welcome.code.kept, Qt.Key.Key_Return)
    return made[0]


def record(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    page = window.page()
    assert isinstance(page, LedgerPage)
    QTest.keyClick(page, Qt.Key.Key_N, CONTROL)
    page.form.focus("team_name")
    write(focused(), "义务巡逻队")
    with qtbot.waitSignal(page.form.saved):
        QTest.keyClick(page.form, Qt.Key.Key_S, CONTROL)


def add_colleague(window: Window, name: str, role: Role) -> None:
    window.go(Target("settings"))
    page = window.page()
    assert isinstance(page, SettingsPage)
    asked = page.accounts.ask_new()
    asked_name = asked.focusWidget()
    assert asked_name is not None
    write(asked_name, name)
    roles = asked.findChild(QComboBox)
    assert isinstance(roles, QComboBox)
    roles.setCurrentIndex(roles.findData(role))
    lines: list[PasswordLine] = list(asked.findChildren(PasswordLine))
    for line in lines:
        QTest.keyClicks(line, THEIRS)
    asked.confirm.click()
    assert f"已新增“{name}”" in page.accounts.notice.text()


def lock(window: Window, qtbot: QtBot) -> None:
    active(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: window.locking.locked)


def unlock(window: Window, qtbot: QtBot, user: str, password: str) -> None:
    window.locking.page.card.choose(user)
    with qtbot.waitSignal(window.locking.page.unlocked):
        QTest.keyClicks(focused(), password)
        QTest.keyClick(focused(), Qt.Key.Key_Return)


def test_from_the_first_start_to_a_clerk_who_cannot_submit(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    theme.apply(qapp, "light")
    store = first_start(qtbot, tmp_path / "data")
    desk = Desk(store, Settings(tmp_path / "settings.json"), today=TODAY)
    window = Window(desk, qapp.findChild(Zoom) or Zoom(qapp), "朝阳镇")
    active(qtbot, window)
    record(window, qtbot)
    page = window.page()
    lock(window, qtbot)
    unlock(window, qtbot, "李敏", MINE)
    assert window.page() is page
    add_colleague(window, "张爱民", Role.ENTER)
    add_colleague(window, "刘看看", Role.READ)
    lock(window, qtbot)
    unlock(window, qtbot, "张爱民", THEIRS)
    clerk_cannot_submit(window, desk, tmp_path / "out")
    lock(window, qtbot)
    unlock(window, qtbot, "刘看看", THEIRS)
    reader_reads(window)
    qtbot.waitUntil(lambda: not desk.busy)
    assert window.close()
    delete(window)
    desk.close()
    nobody_else_comes_in(tmp_path / "data")


def clerk_cannot_submit(window: Window, desk: Desk, out: Path) -> None:
    window.go(Target("submit"))
    page = window.page()
    assert isinstance(page, SubmitPage)
    assert not page.files.make.isEnabled()
    assert page.files.make.toolTip() == "只有角色为审核、管理的人可以上报"
    store = desk.store
    with pytest.raises(Refusal, match="不能上报"):
        desk.do(lambda session: submitting.submit(session, store, "2026-10", out=out, today=TODAY), "上报")
    assert not out.exists()
    window.go(Target("settings"))
    settings = window.page()
    assert isinstance(settings, SettingsPage)
    assert not settings.accounts.adding.isEnabled()
    assert settings.accounts.own.isEnabled()
    assert not settings.form.saving.isEnabled()


def reader_reads(window: Window) -> None:
    window.go(Target("team", 1))
    page = window.page()
    assert isinstance(page, LedgerPage)
    assert page.form.rows["team_name"].text() == "义务巡逻队"
    page.form.focus("team_name")
    QTest.keyClicks(focused(), "x")
    assert not page.form.is_dirty()
    for action in (page.adding, page.form.saving, page.revealing, page.exchange.action):
        assert not action.isEnabled()


def nobody_else_comes_in(folder: Path) -> None:
    for secret in (None, Secret("李敏", THEIRS), Secret("张爱民", MINE)):
        with pytest.raises(Refusal):
            database.open_folder(folder, secret)
    database.open_folder(folder, Secret("李敏", MINE)).close()
