"""Locked, nothing can be read or done; unlocked by the same user, everything is as it was."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.excel import bundle
from desktop.records import Member
from desktop.services import backups, entries, profiles, proposing
from desktop.storage.database import LockedUp
from desktop.storage.rights import Right
from tests.ui.entry.conftest import ADMIN, CLERK
from tests.ui.ime import focused
from tests.ui.templates.book import SHEET, book
from ui import app
from ui.desk import Desk, Target
from ui.entry.idle import Idle
from ui.keeping import Keeper
from ui.pages.ledger import LedgerPage
from ui.pages.templates import TemplatesPage
from ui.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier


def lock(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: window.locking.locked)


def unlock(window: Window, qtbot: QtBot, user: str, password: str) -> None:
    card = window.locking.page.card
    card.choose(user)
    with qtbot.waitSignal(window.locking.page.unlocked):
        QTest.keyClicks(card.password, password)
        QTest.keyClick(card.password, Qt.Key.Key_Return)


def half_typed(window: Window) -> LedgerPage:
    window.go(Target("member"))
    page = window.page()
    assert isinstance(page, LedgerPage)
    page.add()
    page.form.rows["name"].set_text("张三")
    page.form.focus("id_number")
    QTest.keyClicks(focused(), "3413")
    return page


def test_a_locked_desk_gives_and_takes_nothing(window: Window, desk: Desk, qtbot: QtBot) -> None:
    lock(window, qtbot)
    with pytest.raises(LockedUp):
        desk.ask(lambda session: session)
    with pytest.raises(LockedUp):
        desk.do(lambda session: entries.save(session, Member, {"name": "张三"}), "测试")


def test_what_was_half_typed_is_there_again_with_the_keyboard_in_its_field(
    window: Window, qtbot: QtBot
) -> None:
    page = half_typed(window)
    lock(window, qtbot)
    assert not page.isVisible()
    assert window.locking.page.card.password.hasFocus()
    unlock(window, qtbot, ADMIN.user, ADMIN.password)
    assert window.page() is page
    assert page.isVisible()
    assert page.form.answers()["name"] == "张三"
    assert page.form.rows["id_number"].is_focused()
    assert focused().property("text") == "3413"


def test_behind_the_lock_no_key_opens_a_page(window: Window, qtbot: QtBot) -> None:
    lock(window, qtbot)
    QTest.keyClick(window, Qt.Key.Key_3, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert window.page().name == "home"
    assert not window.header.isVisible()


def test_every_other_window_is_hidden_and_comes_back(window: Window, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    dialog.open()
    window.locking.lock_when_free()
    qtbot.waitUntil(lambda: window.locking.locked)
    assert not dialog.isVisible()
    unlock(window, qtbot, ADMIN.user, ADMIN.password)
    assert dialog.isVisible()
    dialog.reject()


def test_a_wrong_password_says_how_many_tries_are_left(window: Window, qtbot: QtBot) -> None:
    lock(window, qtbot)
    card = window.locking.page.card
    QTest.keyClicks(card.password, "nonsense1")
    QTest.keyClick(card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "还可以试 4 次" in card.notice.text())
    assert window.locking.locked
    assert card.password.text() == ""


def test_for_another_user_the_pages_are_made_anew(window: Window, desk: Desk, qtbot: QtBot) -> None:
    page = half_typed(window)
    lock(window, qtbot)
    unlock(window, qtbot, CLERK.user, CLERK.password)
    assert window.page().name == "home"
    assert page not in window.pages.values()
    assert "张爱民（录入）" in window.who.text()
    assert not desk.may(Right.SUBMIT)


def test_a_locked_window_can_be_closed(window: Window, qtbot: QtBot) -> None:
    half_typed(window)
    lock(window, qtbot)
    assert window.close()


def test_it_locks_by_itself_when_nothing_was_touched(window: Window, qtbot: QtBot) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    idle = Idle(app, 0.001)
    idle.idle.connect(window.locking.lock_when_free)
    qtbot.waitUntil(lambda: window.locking.locked)
    idle.deleteLater()


def test_a_touch_puts_it_off(window: Window, qtbot: QtBot) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    idle = Idle(app, 10)
    left = idle.left()
    qtbot.wait(200)
    waited = idle.left()
    assert waited < left
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert idle.left() > waited
    idle.deleteLater()


def test_what_is_running_ends_before_it_locks(window: Window, desk: Desk, qtbot: QtBot) -> None:
    done: list[int] = []
    desk.run(lambda *_: 1, "测试", owner=window, done=done.append, failed=lambda _: None)
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)
    assert not window.locking.locked
    assert "完成后就锁定" in window.statusBar().currentMessage()
    qtbot.waitUntil(lambda: window.locking.locked)
    assert done == [1]


def test_what_was_changed_is_backed_up_before_the_key_is_dropped(
    window: Window, desk: Desk, qtbot: QtBot
) -> None:
    keeper = Keeper(desk)
    desk.do(lambda session: entries.save(session, Member, {"name": "张三"}), "录入队员")
    lock(window, qtbot)
    keeper.finish()  # the window is closed while it is locked
    unlock(window, qtbot, ADMIN.user, ADMIN.password)
    assert [one.counts["member"] for one in backups.listed(desk.store)] == [1]


@pytest.fixture
def handed(desk: Desk, tmp_path: Path) -> Path:
    """A file with a template profile that nobody here has yet."""
    workbook = book(tmp_path / "登记.xlsx").read_bytes()
    profile = proposing.propose(workbook, SHEET, (3, 4), "member").renamed("登记")
    file = tmp_path / "登记.pazb"
    bundle.save(profile, workbook, file)
    return file


def _taken(window: Window, qtbot: QtBot) -> None:
    page = window.page()
    assert isinstance(page, TemplatesPage)
    qtbot.waitUntil(lambda: "已添加模板方案“登记”" in page.told.text())


def test_a_profile_that_was_double_clicked_is_kept(window: Window, handed: Path, qtbot: QtBot) -> None:
    app.take_in(window, handed)
    _taken(window, qtbot)


def test_a_profile_that_was_double_clicked_behind_the_lock_waits_for_it(
    window: Window, desk: Desk, handed: Path, qtbot: QtBot
) -> None:
    lock(window, qtbot)
    app.take_in(window, handed)
    unlock(window, qtbot, ADMIN.user, ADMIN.password)
    _taken(window, qtbot)
    taken = [one.profile.name for one in desk.ask(profiles.listed)]
    assert taken.count("登记") == 1
