"""What the bottom of the window says of saving: 已保存 only of what was kept."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session

from desktop.records import Member
from desktop.services import entries
from desktop.storage import ballast
from desktop.storage.database import Store
from tests.ui.form.forms import fill
from ui import messages
from ui.desk import Desk, Target
from ui.pages.ledger import LedgerPage
from ui.window import Window

NO_LARGER = """
import os, resource, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.records import Member
from desktop.services import lists
from desktop.settings import Settings
from desktop.storage import database
from ui.desk import Desk
from ui.form.entry import EntryForm

folder = Path(sys.argv[1])
app = QApplication([])
desk = Desk(database.open_folder(folder), Settings(folder.parent / "settings.json"))
told = []
desk.saved.connect(lambda _: told.append("saved"))
desk.unsaved.connect(lambda _: told.append("unsaved"))
form = EntryForm(Member, desk)
assert form.save() is None
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
whole = resource.getrlimit(resource.RLIMIT_FSIZE)
log = folder / "data.db-wal"
resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 1000, whole[1]))
form.rows["name"].set_text("张三")
form.autosave.settle()
first = form.save(), form.state.text(), form.rows["name"].text(), form.notice.isHidden()
resource.setrlimit(resource.RLIMIT_FSIZE, whole)
second = form.save() is not None, form.state.text()[:3]
print(first, second, told, desk.ask(lists.counts)["member"])
desk.close()
"""


def _typed(window: Window) -> LedgerPage:
    window.go(Target("member"))
    page = window.page()
    assert isinstance(page, LedgerPage)
    page.add()
    fill(page.form, name="张三")
    return page


def _save(page: LedgerPage) -> None:
    QTest.keyClick(page.form.rows["name"].keys(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def test_saved_is_said_only_after_the_commit_has_returned(
    window: Window, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, seen = _typed(window), []
    commit = Session.commit

    def slow(session: Session) -> None:
        seen.append((window.state.text(), page.form.state.text()))
        commit(session)
        seen.append((window.state.text(), page.form.state.text()))

    monkeypatch.setattr(Session, "commit", slow)
    _save(page)
    assert seen == [("已打开", "未保存")] * 2
    assert window.state.text().startswith("已保存")
    assert page.form.state.text().startswith("已保存")


def test_a_save_that_fails_is_told_at_the_bottom_until_one_is_kept(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _typed(window)

    def full(_: Session) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Session, "commit", full)
        _save(page)
        assert window.state.text().endswith("没有保存成功")
        assert page.form.state.text() == "未保存"
        assert "磁盘已满" in page.form.notice.text()
    _save(page)
    assert window.state.text().startswith("已保存")


def test_what_could_not_be_saved_is_not_held_against_who_gave_it_up(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _typed(window)
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 0)

    def full(_: Session) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Session, "commit", full)
        _save(page)
    assert window.state.text().endswith("没有保存成功")
    page.form.undo_typing()
    assert window.state.text() == "已打开"


def test_the_use_of_the_reserve_is_told_at_the_top(
    window: Window, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.store.folder / ballast.FILE).write_bytes(b"room")
    monkeypatch.setattr(ballast, "tight", lambda _: True)
    desk.do(lambda session: entries.save(session, Member, {"name": "张三"}), "录入")
    assert "预留的备用空间" in window.notice.text()
    assert window.notice.isVisible()


if sys.platform != "win32":  # Windows has no limit on the size of files

    def test_a_real_file_that_may_not_grow_loses_nothing_that_is_typed(
        store: Store, qapp: QApplication
    ) -> None:
        store.close()
        root = Path(__file__).resolve().parents[2]
        command = [sys.executable, "-c", NO_LARGER, str(store.folder)]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=True)
        told = "(None, '未保存', '张三', False) (True, '已保存') ['unsaved', 'saved'] 1"
        assert done.stdout.strip() == told
