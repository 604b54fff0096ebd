"""A new computer in the window: a backup is chosen on a stick, by keys, and every refusal stands in place."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.services import accounts, backups
from desktop.storage import database
from desktop.storage.backups import arriving
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from tests.desktop.storage.conftest import add_team, flip, teams
from tests.ui.entry.conftest import ADMIN, CLERK, store
from ui import app, messages
from ui.entry.recovery import Forgotten
from ui.moving import Incoming, Moving
from ui.welcome import Welcome

__all__ = ["store"]  # a unit with a password, as a fixture
ENTER = Qt.Key.Key_Return
NEW = "xinmima2026"


@pytest.fixture
def code(store: Store) -> str:
    return store.new_recovery()


@pytest.fixture
def stick(store: Store, code: str, tmp_path: Path) -> Path:
    """A stick with a backup of a unit with one team; the unit is closed."""
    add_team(store)
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.copy(store, stick, dt.datetime(2026, 11, 23))
    store.close()
    return stick


@pytest.fixture
def moving(stick: Path, tmp_path: Path, qtbot: QtBot) -> Moving:
    """The dialog, which lists the stick."""
    dialog = Moving(tmp_path / "here" / "data", app.recover)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose(stick)
    return dialog


def sit(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, act: Callable[[Incoming], None]) -> list[str]:
    """Who sits at the login window does ``act``, until it has closed or refused; what was said last."""
    said: list[str] = []

    def exec_(login: Incoming) -> int:
        qtbot.addWidget(login)
        login.show()
        act(login)
        qtbot.waitUntil(lambda: not login.isVisible() or login.card.password.isEnabled())
        said.append(login.card.notice.text())
        if login.isVisible():
            login.reject()
        return 1

    monkeypatch.setattr(Incoming, "exec", exec_)
    monkeypatch.setattr(messages, "tell", lambda *_, detail: said.append(detail))
    return said


def give(password: str) -> Callable[[Incoming], None]:
    def act(login: Incoming) -> None:
        QTest.keyClicks(login.card.password, password)
        QTest.keyClick(login.card.password, ENTER)

    return act


def test_the_newest_backup_is_chosen_and_names_its_unit(moving: Moving) -> None:
    assert moving.table.chosen() == 0
    shown = [moving.model.index(0, column).data() for column in (0, 2, 7)]
    assert shown == ["练习县练习镇人民政府", "1", "完好"]


def test_enter_and_a_password_bring_everything_here(
    moving: Moving, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = sit(monkeypatch, qtbot, give(ADMIN.password))
    moving.table.setFocus()
    with qtbot.waitSignal(moving.accepted):
        QTest.keyClick(moving.table, ENTER)
    assert moving.store is not None
    assert teams(moving.store) == 1
    assert "已恢复到" in said[-1]
    assert "旧电脑如果还能用" in said[-1]
    moving.store.close()


def test_only_those_who_may_restore_are_offered(
    moving: Moving, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    sit(monkeypatch, qtbot, lambda login: names.extend(login.card.name.itemText(at) for at in range(5)))
    moving.go_on()
    assert [one for one in names if one] == [ADMIN.user]


def test_a_wrong_password_is_told_with_the_tries_left_and_leaves_no_records(
    moving: Moving, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = sit(monkeypatch, qtbot, give("nonsense1"))
    moving.go_on()
    moving.go_on()
    assert ["还可以试" in one for one in said] == [True, True]
    assert "还可以试 3 次" in said[-1]
    assert moving.isVisible()
    assert not database.exists(tmp_path / "here" / "data")


def test_the_recovery_code_opens_the_backup_and_the_stick_stays_as_it_was(
    moving: Moving,
    stick: Path,
    code: str,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {one: one.read_bytes() for one in stick.rglob("*") if one.is_file()}

    def type_code(dialog: Forgotten) -> int:
        qtbot.addWidget(dialog)
        dialog.code.setText(code)
        for line in (dialog.new.first, dialog.new.again):
            line.setText(NEW)
        dialog.accept()
        return dialog.result()

    def act(login: Incoming) -> None:
        login.card.forgot.click()
        give(NEW)(login)

    monkeypatch.setattr(Forgotten, "exec", type_code)
    sit(monkeypatch, qtbot, act)
    moving.go_on()
    assert moving.store is not None
    moving.store.close()
    database.open_folder(moving.folder, Secret(ADMIN.user, NEW)).close()
    assert {one: one.read_bytes() for one in stick.rglob("*") if one.is_file()} == before


def test_a_damaged_backup_is_refused_and_the_list_is_there_again(
    moving: Moving, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    flip(moving.model.rows[0].file, 9000)
    said = sit(monkeypatch, qtbot, give(ADMIN.password))
    moving.go_on()
    assert "没有通过核对" in said[-1]
    assert moving.isVisible()
    assert not arriving.beside(moving.model.rows[0].root).exists()


def test_a_folder_without_backups_is_said_in_place(moving: Moving, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    moving.choose(tmp_path / "empty")
    assert "没有平安台账的备份" in moving.notice.text()
    assert not moving.going_on.isEnabled()
    assert not moving.model.rows


def test_the_first_start_takes_a_backup_in(
    stick: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a clerk does it: the button, the stick, Enter, the password."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(stick))
    sit(monkeypatch, qtbot, give(ADMIN.password))

    def choose(dialog: Moving) -> int:
        dialog.show()
        QTest.keyClick(dialog.choosing, ENTER)
        QTest.keyClick(dialog.table, ENTER)
        return dialog.result()

    def press_it(welcome: Welcome) -> int:
        qtbot.addWidget(welcome)
        welcome.show()
        QTest.keyClick(welcome.moving, ENTER)
        return welcome.result()

    monkeypatch.setattr(Moving, "exec", choose)
    monkeypatch.setattr(Welcome, "exec", press_it)
    opened = app.first_start(tmp_path / "here" / "data")
    assert opened is not None
    assert teams(opened) == 1
    opened.close()


def test_giving_up_leaves_nothing_here(moving: Moving, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    sit(monkeypatch, qtbot, lambda login: login.reject())
    moving.go_on()
    assert moving.store is None
    assert moving.isVisible()
    assert list(moving.folder.parent.iterdir()) == []


def test_giving_up_while_it_copies_takes_everything_away_again(
    moving: Moving, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def act(login: Incoming) -> None:
        give(ADMIN.password)(login)
        login.reject()

    sit(monkeypatch, qtbot, act)
    moving.go_on()
    assert list(moving.folder.parent.iterdir()) == []


def test_a_stick_that_was_pulled_is_said_in_place(moving: Moving, stick: Path) -> None:
    shutil.rmtree(stick)
    moving.go_on()
    assert "U 盘可能已拔出" in moving.notice.text()


def test_who_comes_later_comes_in_as_before(
    moving: Moving, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(monkeypatch, qtbot, give(ADMIN.password))
    moving.go_on()
    assert moving.store is not None
    moving.store.close()
    later = database.open_folder(moving.store.folder, CLERK)
    assert [one.name for one in accounts.listed(accounts.Keys(later.folder))] == [ADMIN.user, CLERK.user]
    later.close()
