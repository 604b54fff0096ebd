"""A computer is lost: the stick of last week goes into a new one, everything is there, the work goes on."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy import select

from desktop.records import Team
from desktop.records.keeping import Attachment
from desktop.services import moving as services
from desktop.settings import Settings
from desktop.storage import files
from desktop.storage.backups.manifest import HOME
from desktop.storage.database import Store
from tests.conftest import TODAY
from tests.journeys.test_people import MINE, active, first_start, record
from ui import app, messages, theme
from ui.desk import Desk, Target
from ui.moving import Incoming, Moving
from ui.pages.backups import BackupsPage
from ui.welcome import Welcome
from ui.window import Window
from ui.zoom import Zoom

ENTER = Qt.Key.Key_Return
SCAN = b"\xff\xd8\xff scan \xff\xd9"


def at_work(store: Store, qtbot: QtBot, qapp: QApplication, settings: Path) -> Window:
    theme.apply(qapp, "light")
    desk = Desk(store, Settings(settings), today=TODAY)
    window = Window(desk, qapp.findChild(Zoom) or Zoom(qapp), "朝阳镇")
    active(qtbot, window)
    return window


def back_up(window: Window, stick: Path, qtbot: QtBot) -> None:
    window.go(Target("backups"))
    page = window.page()
    assert isinstance(page, BackupsPage)
    page.copy(stick)
    qtbot.waitUntil(lambda: "并核对" in page.notice.text())


def leave(window: Window, qtbot: QtBot) -> None:
    desk = window.desk
    qtbot.waitUntil(lambda: not desk.busy)
    assert window.close()
    delete(window)
    desk.close()


def scan(store: Store) -> str:
    sha256 = files.store(store.folder, store.key, SCAN)
    now = dt.datetime(2026, 11, 23, 9)
    with store.work("扫描") as (session, _):
        session.add(Attachment(sha256=sha256, name="a.jpg", media="image/jpeg", size=9, added_at=now))
    return sha256


def take_in(stick: Path, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The first start of the new computer, by keys: the button, the stick, Enter, the password."""

    def welcome(dialog: Welcome) -> int:
        qtbot.addWidget(dialog)
        dialog.show()
        QTest.keyClick(dialog.moving, ENTER)
        return dialog.result()

    def choose(dialog: Moving) -> int:
        dialog.show()
        QTest.keyClick(dialog.choosing, ENTER)
        QTest.keyClick(dialog.table, ENTER)
        return dialog.result()

    def come_in(login: Incoming) -> int:
        qtbot.addWidget(login)
        login.show()
        with qtbot.waitSignal(login.accepted):
            QTest.keyClicks(login.card.password, MINE)
            QTest.keyClick(login.card.password, ENTER)
        return login.result()

    monkeypatch.setattr(Welcome, "exec", welcome)
    monkeypatch.setattr(Moving, "exec", choose)
    monkeypatch.setattr(Incoming, "exec", come_in)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(stick))
    monkeypatch.setattr(messages, "tell", lambda *_, **__: None)
    store = app.first_start(folder)
    assert store is not None
    return store


def names(store: Store) -> list[str | None]:
    with store.read() as session:
        return list(session.scalars(select(Team.team_name)))


def test_what_was_on_the_stick_is_on_the_new_computer_and_the_work_goes_on(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, stick = tmp_path / "old" / "data", tmp_path / "new" / "data", tmp_path / "stick"
    old.parent.mkdir()
    stick.mkdir()
    store = first_start(qtbot, old)
    sha256 = scan(store)
    window = at_work(store, qtbot, qapp, tmp_path / "old.json")
    record(window, qtbot)
    back_up(window, stick, qtbot)
    leave(window, qtbot)
    shutil.rmtree(old.parent)
    store = take_in(stick, new, qtbot, monkeypatch)
    assert names(store) == ["义务巡逻队"]
    assert files.read(new, store.key, sha256) == SCAN
    window = at_work(store, qtbot, qapp, tmp_path / "new.json")
    record(window, qtbot)
    back_up(window, stick, qtbot)
    leave(window, qtbot)
    assert [one.counts["team"] for one in services.found(stick)] == [2, 1]
    assert (new / HOME).is_dir()
