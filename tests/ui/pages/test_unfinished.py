"""What was left half done: offered with its time, gone on with or dropped, and told what became of it."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select, update

from desktop.records import Matter, Member, Step, Team
from desktop.records.fields import Ledger
from desktop.records.keeping import Draft
from desktop.services import entries, halfway
from desktop.settings import Settings
from desktop.storage import database
from desktop.storage.database import Store
from tests.conftest import TODAY
from tests.ui.form.forms import fill, open_form
from ui import messages, theme
from ui.desk import Desk
from ui.pages.entry_dialog import EntryDialog
from ui.pages.unfinished import Offer, UnfinishedDialog, when
from ui.window import Window
from ui.zoom import Zoom

TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop.records import Member
from desktop.services import entries, halfway
from desktop.settings import Settings
from desktop.storage import database
from tests.ui.form.forms import fill
from ui.desk import Desk
from ui.form.entry import EntryForm

folder = Path(sys.argv[1])
app = QApplication([])
desk = Desk(database.open_folder(folder), Settings(folder.parent / "settings.json"))
form = EntryForm(Member, desk)
form.show()
form.activateWindow()
fill(form, name="张三", birth_date="1980-")

def look():
    if desk.ask(halfway.listed):
        print("kept", flush=True)

asking = QTimer(interval=20)
asking.timeout.connect(look)
asking.start()
app.exec()
"""


@pytest.fixture
def offer(window: Window, desk: Desk) -> Offer:
    return Offer(window, desk)


def _leave(qtbot: QtBot, desk: Desk, ledger: type[Ledger], entry: int | None = None, **typed: str) -> None:
    """Type into a form, and lose it as a crash does."""
    form = open_form(qtbot, desk, ledger)
    if entry is not None:
        form.load(entry)
    fill(form, **typed)
    form.autosave.settle()
    form.hide()


def _open(kind: type[QDialog], window: Window) -> QDialog:
    found: Iterable[QDialog] = window.findChildren(kind)
    (dialog,) = [one for one in found if one.isVisible()]
    return dialog


def _list(window: Window) -> UnfinishedDialog:
    dialog = _open(UnfinishedDialog, window)
    assert isinstance(dialog, UnfinishedDialog)
    return dialog


def _form(window: Window) -> EntryDialog:
    dialog = _open(EntryDialog, window)
    assert isinstance(dialog, EntryDialog)
    return dialog


def _rows(dialog: UnfinishedDialog) -> list[list[str]]:
    model = dialog.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def _date(desk: Desk, at: dt.datetime) -> None:
    with desk.store.jot() as session:
        session.connection().execute(update(Draft).values(at=at))


def test_nothing_is_offered_where_nothing_was_left(window: Window, offer: Offer) -> None:
    offer.show()
    assert not window.findChildren(UnfinishedDialog)
    assert not offer.button.isVisible()


def test_what_was_left_is_offered_with_its_time_and_its_writer(
    qtbot: QtBot, window: Window, offer: Offer, desk: Desk
) -> None:
    _leave(qtbot, desk, Member, name="张三", birth_date="1980-")
    _date(desk, dt.datetime(2026, 11, 22, 16, 5))
    offer.show()
    dialog = _list(window)
    assert _rows(dialog) == [["队员 张三", "昨天 16:05", desk.store.key.user, "2 栏"]]
    assert "1 条" in dialog.title.text()
    assert "1 条" in offer.button.text()


def test_enter_opens_the_form_as_it_was_and_the_clerk_saves_it(
    qtbot: QtBot, window: Window, offer: Offer, desk: Desk
) -> None:
    _leave(qtbot, desk, Member, name="张三", birth_date="1980-")
    offer.show()
    QTest.keyClick(_list(window).table, Qt.Key.Key_Return)
    dialog = _form(window)
    form = dialog.form
    assert (form.rows["name"].text(), form.rows["birth_date"].text()) == ("张三", "1980-")
    assert form.rows["birth_date"].is_noted()
    assert desk.ask(lambda session: session.scalar(select(func.count(Member.id)))) == 0
    qtbot.waitUntil(dialog.isActiveWindow)
    fill(form, birth_date="1980-01-01")
    assert form.rows["birth_date"].text() == "1980-01-01"
    QTest.keyClick(form.rows["name"].keys(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert form.entry is not None
    assert not dialog.isVisible()
    assert window.page().here().entry == form.entry
    assert not offer.button.isVisible()
    assert desk.ask(halfway.listed) == []


def test_the_rest_is_offered_again_after_one_was_finished(
    qtbot: QtBot, window: Window, offer: Offer, desk: Desk
) -> None:
    _leave(qtbot, desk, Member, name="张三")
    _leave(qtbot, desk, Team, team_name="巡逻队")
    offer.show()
    assert [row[0] for row in _rows(_list(window))] == ["队伍 巡逻队", "队员 张三"]
    _list(window).go_on()
    _form(window).form.saving.trigger()
    assert [row[0] for row in _rows(_list(window))] == ["队员 张三"]


def test_later_keeps_it_behind_a_button_at_the_bottom(
    qtbot: QtBot, window: Window, offer: Offer, desk: Desk
) -> None:
    _leave(qtbot, desk, Member, name="张三")
    offer.show()
    QTest.keyClick(_list(window), Qt.Key.Key_Escape)
    assert offer.button.isVisible()
    offer.button.click()
    assert _rows(_list(window))[0][0] == "队员 张三"


def test_it_is_dropped_only_after_a_question(
    qtbot: QtBot, window: Window, offer: Offer, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = [1, 0]

    def ask(_: QWidget, text: str, *__: object, **___: object) -> int:
        asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr(messages, "ask", ask)
    _leave(qtbot, desk, Member, name="张三")
    offer.show()
    dialog = _list(window)
    dialog.dropping.click()
    assert "队员 张三" in asked[0]
    assert len(desk.ask(halfway.listed)) == 1
    dialog.dropping.click()
    assert desk.ask(halfway.listed) == []
    assert not dialog.isVisible()
    assert not offer.button.isVisible()


def test_a_change_made_since_is_told_in_the_list_and_in_the_form(
    qtbot: QtBot, window: Window, offer: Offer, desk: Desk
) -> None:
    entry = desk.do(lambda session: entries.save(session, Member, {"name": "张三", "remark": "一"}), "录入")
    _leave(qtbot, desk, Member, entry, address="练习路 1 号")
    desk.do(lambda session: entries.save(session, Member, {"remark": "二"}, entry=entry), "修改")
    offer.show()
    assert "备注" in _list(window).notice.text()
    _list(window).go_on()
    form = _form(window).form
    assert "备注" in form.notice.text()
    assert (form.rows["remark"].text(), form.rows["address"].text()) == ("二", "练习路 1 号")
    assert form.save() == entry


def test_a_draft_of_a_deleted_entry_is_told_and_not_opened(
    qtbot: QtBot, window: Window, offer: Offer, desk: Desk
) -> None:
    entry = desk.do(lambda session: entries.save(session, Member, {"name": "张三"}), "录入")
    _leave(qtbot, desk, Member, entry, remark="一")
    desk.do(lambda session: entries.delete(session, Member, entry), "删除")
    offer.show()
    assert "回收站" in _list(window).notice.text()
    assert not _list(window).going_on.isEnabled()
    assert _list(window).dropping.isEnabled()


def test_a_step_goes_on_in_its_matter(qtbot: QtBot, window: Window, offer: Offer, desk: Desk) -> None:
    matter = desk.do(lambda session: entries.save(session, Matter, {"title": "修路"}), "录入")
    settled = {"matter_id": str(matter), "step_no": "1"}
    left = EntryDialog(desk, Step, None, settled, window)
    left.form.rows["place"].set_text("村部")
    left.form.autosave.settle()
    offer.show()
    _list(window).go_on()
    form = _form(window).form
    assert "step_no" not in form.rows
    step = form.save()
    assert step is not None
    kept = desk.ask(lambda session: entries.get(session, Step, step))
    assert isinstance(kept, Step)
    assert (kept.matter_id, kept.step_no, kept.place) == (matter, "1", "村部")


def test_another_user_is_asked_about_their_own(
    qtbot: QtBot, window: Window, offer: Offer, desk: Desk
) -> None:
    _leave(qtbot, desk, Member, name="张三")
    offer.came(offer.user)
    assert not window.findChildren(UnfinishedDialog)
    offer.came("王强")
    assert _list(window).isVisible()


@pytest.mark.parametrize(
    ("days", "said"), [(0, "今天 16:05"), (1, "昨天 16:05"), (2, "前天 16:05"), (3, "2026-11-20 16:05")]
)
def test_a_time_is_told_as_people_tell_it(days: int, said: str) -> None:
    at = dt.datetime.combine(TODAY, dt.time(16, 5)) - dt.timedelta(days=days)
    assert when(at, TODAY) == said


@pytest.fixture
def killed(store: Store, tmp_path: Path) -> Iterator[Desk]:
    """The desk of the start after one that was killed while somebody typed."""
    store.close()
    root = Path(__file__).resolve().parents[3]
    typing = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(store.folder)],
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    with typing:
        assert typing.stdout is not None
        assert typing.stdout.readline().strip() == b"kept"
        typing.kill()
    again = database.open_folder(store.folder)
    yield Desk(again, Settings(tmp_path / "settings.json"), today=TODAY)
    again.close()


def test_a_start_after_a_kill_offers_what_was_being_typed(
    qtbot: QtBot, killed: Desk, qapp: QApplication
) -> None:
    theme.apply(qapp, "light")
    window = Window(killed, qapp.findChild(Zoom) or Zoom(qapp), "练习镇")
    qtbot.addWidget(window)
    window.show()
    Offer(window, killed).show()
    dialog = _list(window)
    assert _rows(dialog)[0][0] == "队员 张三"
    dialog.go_on()
    form = _form(window).form
    assert (form.rows["name"].text(), form.rows["birth_date"].text()) == ("张三", "1980-")
    assert killed.ask(lambda session: session.scalar(select(func.count(Member.id)))) == 0
