"""Both key files are lost: an administrator comes in with those of a backup, and nothing saved is lost."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.storage import database
from desktop.storage.backups import making, second
from desktop.storage.backups.manifest import Backup, Reason
from desktop.storage.database import Store
from desktop.storage.keys import keyfile
from tests.desktop.storage.conftest import add_team, teams
from tests.ui.entry.conftest import ADMIN, CLERK
from ui import app, messages
from ui.entry.login import Login


@pytest.fixture
def backup(store: Store) -> Backup:
    return making.make(store.folder, store.key, Reason.EXIT)


@pytest.fixture
def folder(store: Store, backup: Backup) -> Path:
    """Records that have gone on since the backup, and no key file that can be read."""
    add_team(store)
    store.close()
    (store.folder / keyfile.FILE).write_bytes(b"")
    (store.folder / keyfile.COPY).unlink()
    return store.folder


def _type(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, password: str) -> list[Login]:
    """Who sits at the login window types a password, once."""
    seen: list[Login] = []

    def exec_(login: Login) -> int:
        seen.append(login)
        qtbot.addWidget(login)
        login.show()
        QTest.keyClicks(login.card.password, password)
        QTest.keyClick(login.card.password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not login.isVisible() or login.card.notice.isVisible())
        return 1

    monkeypatch.setattr(Login, "exec", exec_)
    return seen


def test_the_records_open_as_they_are_now_and_their_keys_are_whole_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    seen = _type(monkeypatch, qtbot, ADMIN.password)
    store = app.come_in(folder)
    assert store is not None
    assert teams(store) == 1
    store.close()
    assert re.search(r"钥匙文件都读不出来.*\d{4}-\d\d-\d\d \d\d:\d\d 备份的", seen[0].card.told.text())
    database.open_folder(folder, CLERK).close()


def test_a_wrong_password_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    _type(monkeypatch, qtbot, "nonsense1")
    assert app.come_in(folder) is None
    assert (folder / keyfile.FILE).read_bytes() == b""


def test_without_a_backup_here_one_on_a_stick_is_asked_for(
    backup: Backup, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (folder / keyfile.FILE).write_bytes((backup.folder / keyfile.FILE).read_bytes())
    second.copy(backup, stick, database.open_folder(folder, ADMIN, read_only=True).key)
    for lost in (folder / keyfile.FILE, folder / keyfile.COPY, *backup.folder.glob(f"{keyfile.FILE}*")):
        lost.unlink(missing_ok=True)
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 0)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(stick))
    _type(monkeypatch, qtbot, ADMIN.password)
    opened = app.come_in(folder)
    assert opened is not None
    assert teams(opened) == 1
    opened.close()


def test_who_has_no_backup_leaves(folder: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch) -> None:
    for lost in backup.folder.glob(f"{keyfile.FILE}*"):
        lost.unlink()
    told: list[str] = []

    def ask(parent: object, text: str, answers: object, *, detail: str = "") -> int:
        told.append(text)
        return 1

    monkeypatch.setattr(messages, "ask", ask)
    assert app.come_in(folder) is None
    assert "钥匙文件" in told[0]
