"""The draft of a form: there while something is not saved, gone once it is or is given up."""

import datetime as dt
import errno
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from desktop.errors import Refusal
from desktop.records import Member
from desktop.records.keeping import JournalRow
from desktop.services import entries, halfway
from desktop.services.halfway import Left
from desktop.storage import ballast, rights
from desktop.storage.database import Store
from tests.ui.form.forms import fill, open_form
from tests.ui.ime import write
from ui import messages
from ui.desk import Desk
from ui.form import autosave
from ui.form.entry import DROP, EntryForm

LONGEST = 0.005  # seconds that a draft may hold the window up


def _left(desk: Desk) -> list[Left]:
    return desk.ask(halfway.listed)


def _names(desk: Desk) -> list[str]:
    return [one.name for one in _left(desk)]


def _kept(qtbot: QtBot, form: EntryForm, desk: Desk, *names: str) -> None:
    """Let the two seconds pass."""
    form.autosave.timer.setInterval(1)
    form.autosave.timer.start()
    qtbot.waitUntil(lambda: _names(desk) == list(names))


@pytest.fixture
def typed(qtbot: QtBot, desk: Desk, form: EntryForm) -> EntryForm:
    """A form with a name and half a date, of which a draft is kept."""
    fill(form, name="张三", birth_date="1980-")
    _kept(qtbot, form, desk, "张三")
    return form


def test_two_seconds_after_the_first_key_the_draft_is_written(qtbot: QtBot, form: EntryForm) -> None:
    assert not form.autosave.timer.isActive()
    QTest.keyClick(form.rows["name"].keys(), Qt.Key.Key_A)
    assert form.autosave.timer.isActive()
    assert form.autosave.timer.interval() == autosave.EVERY == 2000


def test_a_draft_holds_what_cannot_be_read_too(typed: EntryForm, desk: Desk) -> None:
    (left,) = _left(desk)
    assert left.draft.changed() == {"name": "张三", "birth_date": "1980-"}
    assert left.draft.entry is None


def test_nothing_is_written_again_until_something_else_is_typed(
    typed: EntryForm, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    monkeypatch.setattr(halfway, "put", lambda _, draft: written.append(draft))
    typed.autosave.write()
    typed.autosave.settle()
    assert not written
    fill(typed, name="丰")
    typed.autosave.settle()
    assert len(written) == 1


def test_a_form_that_is_looked_at_has_no_draft(form: EntryForm, desk: Desk) -> None:
    entry = desk.do(lambda session: entries.save(session, Member, {"name": "张三"}), "录入")
    form.load(entry)
    form.autosave.settle()
    form.autosave.write()
    assert _left(desk) == []


def test_a_save_takes_the_draft_away_and_is_one_operation(qtbot: QtBot, typed: EntryForm, desk: Desk) -> None:
    typed.rows["birth_date"].set_text("1980-01-01")
    QTest.keyClick(typed.rows["name"].keys(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert typed.entry is not None
    typed.autosave.settle()
    assert _left(desk) == []
    done = select(func.count(JournalRow.id)).where(
        JournalRow.ledger != "region", JournalRow.ledger != "office"
    )
    assert desk.ask(lambda session: session.scalar(done)) == 1


def test_a_draft_that_is_being_written_while_it_is_saved_does_not_come_back(
    form: EntryForm, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread has its draft in hand when the save begins, and comes to the database after it."""
    fill(form, name="张三")
    jot = Store.jot
    waiting: list[object] = []

    @contextmanager
    def late(store: Store) -> Iterator[object]:
        while not waiting:
            time.sleep(0)
        with jot(store) as session:
            yield session

    monkeypatch.setattr(Store, "jot", late)
    form.autosave.write()
    assert form.save() is not None
    waiting.append(True)
    form.autosave.settle()
    assert _left(desk) == []


def test_esc_gives_the_draft_up(
    qtbot: QtBot, typed: EntryForm, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 0)
    QTest.keyClick(typed.rows["name"].keys(), Qt.Key.Key_Escape)
    typed.autosave.settle()
    assert _left(desk) == []


def test_leaving_without_saving_gives_the_draft_up(
    typed: EntryForm, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_, **__: DROP)
    assert typed.keep()
    typed.autosave.settle()
    assert _left(desk) == []


def test_what_is_typed_back_leaves_no_draft(qtbot: QtBot, typed: EntryForm, desk: Desk) -> None:
    for name in ("name", "birth_date"):
        typed.rows[name].take_focus()
        QTest.keyClick(typed.rows[name].keys(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(typed.rows[name].keys(), Qt.Key.Key_Backspace)
    _kept(qtbot, typed, desk)


def test_what_was_typed_last_is_written_before_the_key_is_dropped(form: EntryForm, desk: Desk) -> None:
    fill(form, name="李四")
    desk.rest()  # as a lock does
    assert _names(desk) == ["李四"]
    assert form.rows["name"].text() == "李四"


def test_no_draft_is_written_behind_the_lock(typed: EntryForm, desk: Desk, store: Store) -> None:
    desk.rest()
    store.lock_up()
    fill(typed, remark="锁定后")
    typed.autosave.settle()
    store.unlock(None)
    assert "remark" not in _left(desk)[0].draft.changed()


def test_a_draft_is_taken_up_as_it_was_typed_and_nothing_is_saved(
    qtbot: QtBot, typed: EntryForm, desk: Desk
) -> None:
    (left,) = _left(desk)
    other = open_form(qtbot, desk, Member)
    other.take_up(left.draft)
    assert other.answers() == typed.answers()
    assert other.is_dirty()
    assert other.state.text() == "未保存"
    assert other.rows["birth_date"].is_noted()
    assert desk.ask(lambda session: session.scalar(select(func.count(Member.id)))) == 0
    other.rows["birth_date"].set_text("1980-01-01")
    assert other.save() is not None
    other.autosave.settle()
    assert _left(desk) == []


def test_a_draft_of_a_saved_entry_lies_over_what_it_holds_by_now(qtbot: QtBot, desk: Desk) -> None:
    entry = desk.do(lambda session: entries.save(session, Member, {"name": "张三", "remark": "一"}), "录入")
    form = open_form(qtbot, desk, Member)
    form.load(entry)
    fill(form, duty="待定")
    form.autosave.settle()
    desk.do(lambda session: entries.save(session, Member, {"remark": "二"}, entry=entry), "修改")
    other = open_form(qtbot, desk, Member)
    (left,) = _left(desk)
    other.take_up(left.draft)
    assert (other.entry, other.rows["remark"].text()) == (entry, "二")
    assert other.rows["duty"].text() == form.rows["duty"].text() == "待定"
    assert left.differing == ("备注",)


def test_a_draft_does_not_hold_up_the_window(form: EntryForm, desk: Desk) -> None:
    took = []
    for at in range(30):
        form.rows["remark"].set_text(f"第 {at} 次")
        began = time.perf_counter()
        form.autosave.write()
        took.append(time.perf_counter() - began)
        form.autosave.settle()
    assert sorted(took)[len(took) // 2] < LONGEST


class Failing:
    """Every save fails as ``trouble`` says, until it is mended."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
        self.trouble: Exception | None = trouble
        held = rights.guard

        def guard(*given: object) -> None:
            if self.trouble is not None:
                raise self.trouble
            held(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(rights, "guard", guard)


@pytest.mark.parametrize(
    ("trouble", "way_out"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "再保存一次"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "换一个可以写入的文件夹"),
        (sqlite3.OperationalError("disk I/O error"), "磁盘还有没有空间"),
        (OSError(errno.EIO, "Input/output error"), "U 盘"),
    ],
    ids=["full", "read-only", "pulled out", "gone"],
)
def test_a_save_that_fails_keeps_what_is_typed_and_says_the_way_out(
    desk: Desk, typed: EntryForm, monkeypatch: pytest.MonkeyPatch, trouble: Exception, way_out: str
) -> None:
    (desk.store.folder / ballast.FILE).write_bytes(b"room")
    typed.rows["birth_date"].set_text("1980-01-01")
    saved: list[dt.datetime] = []
    unsaved: list[dt.datetime] = []
    desk.saved.connect(saved.append)
    desk.unsaved.connect(unsaved.append)
    failing = Failing(monkeypatch, trouble)
    assert typed.save() is None
    assert way_out in typed.notice.text()
    assert typed.state.text() == "未保存"
    assert typed.rows["name"].text() == "张三"
    assert not saved
    assert len(unsaved) == 1
    assert _names(desk) == ["张三"]
    failing.trouble = None
    assert typed.save() is not None
    assert len(saved) == 1
    assert typed.state.text().startswith("已保存")
    typed.autosave.settle()
    assert _left(desk) == []


def test_a_draft_that_finds_no_room_is_quiet_and_is_tried_again(
    qtbot: QtBot, desk: Desk, form: EntryForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Refusal("未能记下草稿", "磁盘已满", "请删除一些不用的文件后再试")

    with monkeypatch.context() as patch:
        patch.setattr(halfway, "put", full)
        fill(form, name="张三")
        form.autosave.settle()
        assert not form.notice.isVisible()
    _kept(qtbot, form, desk, "张三")


def test_a_form_that_is_gone_leaves_its_draft(qtbot: QtBot, desk: Desk) -> None:
    parent = QWidget()
    form = EntryForm(Member, desk, parent=parent)
    write(form.rows["name"].keys(), "张三")
    form.autosave.settle()
    parent.deleteLater()
    del form
    assert _names(desk) == ["张三"]
