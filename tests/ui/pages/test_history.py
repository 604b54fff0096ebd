"""The history of an entry, and the recycle bin: looked at and gone back by keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.records import Member
from desktop.services import entries, lists
from ui import theme
from ui.desk import Desk
from ui.pages import history
from ui.pages.bin import EMPTY, NONE, BinDialog
from ui.pages.history import HistoryDialog
from ui.pages.rosters import MemberPage
from ui.theme import em

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def person(desk: Desk) -> int:
    made = desk.do(
        lambda s: entries.save(s, Member, {"name": "张三", "mobile": "19900000001"}), "录入队员花名册"
    )
    for answers in ({"name": "张山"}, {"name": "张珊", "mobile": ""}):
        desk.do(lambda s, new=answers: entries.save(s, Member, new, entry=made), "修改队员花名册")  # type: ignore[misc]
    return made


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions put; each is answered with yes."""
    questions: list[str] = []

    def ask(parent: QWidget | None, text: str, answers: object, *, detail: str = "") -> int:
        questions.append(text)
        return 0

    monkeypatch.setattr(history, "ask", ask)
    return questions


def _answers(desk: Desk, person: int) -> tuple[str, str]:
    found = desk.ask(lambda session: entries.answers(entries.get(session, Member, person)))
    return found["name"], found["mobile"]


@pytest.fixture
def looks(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, person: int) -> Iterator[HistoryDialog]:
    page = MemberPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.view.setFocus()
    page.view.choose(person)
    page.form.load(person)
    QTest.keyClick(page.view, Qt.Key.Key_H, CONTROL | SHIFT)
    found = page.findChild(HistoryDialog)
    assert isinstance(found, HistoryDialog)
    yield found
    QTest.keyClick(page.view, Qt.Key.Key_Shift)


def _row(dialog: HistoryDialog, label: str, before: str) -> int:
    return next(
        row
        for row, line in enumerate(dialog.model.rows)
        if (line.change.label, line.change.before) == (label, before)
    )


def test_each_changed_answer_stands_on_a_line_with_who_and_when_once(dialog: HistoryDialog) -> None:
    assert dialog.windowTitle() == "历史：张珊"
    first, second, third, *_ = (
        [dialog.model.index(row, column).data() for column in range(1, 6)]
        for row in range(dialog.model.rowCount())
    )
    assert first[1:] == ["修改队员花名册", "姓名", "张山", "张珊"]
    assert second[1:] == ["", "手机", "199****0001", ""]
    assert third[1:] == ["修改队员花名册", "姓名", "张三", "张山"]


def test_one_answer_is_put_back_after_a_question(
    desk: Desk, dialog: HistoryDialog, person: int, asked: list[str]
) -> None:
    dialog.table.selectRow(_row(dialog, "姓名", "张三"))
    QTest.keyClick(dialog.one, Qt.Key.Key_Return)
    assert asked == ["把“姓名”恢复为“张三”？"]
    assert _answers(desk, person) == ("张三", "")
    assert dialog.notice.text() == "已恢复 1 栏。"
    assert dialog.windowTitle() == "历史：张三"


def test_the_whole_entry_is_put_back_to_before_a_change(
    desk: Desk, dialog: HistoryDialog, person: int
) -> None:
    dialog.table.selectRow(_row(dialog, "姓名", "张山"))
    QTest.keyClick(dialog.whole, Qt.Key.Key_Return)
    assert _answers(desk, person) == ("张山", "19900000001")
    assert dialog.notice.text() == "已恢复 2 栏。"


def test_before_an_entry_was_made_there_is_nothing_to_put_back(dialog: HistoryDialog) -> None:
    dialog.table.selectRow(dialog.model.rowCount() - 1)
    assert not dialog.one.isEnabled()
    assert not dialog.whole.isEnabled()


@pytest.fixture
def recycled(qtbot: QtBot, desk: Desk, person: int) -> BinDialog:
    desk.do(lambda session: entries.delete(session, Member, person), "删除队员花名册")
    dialog = BinDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_a_deleted_entry_is_in_the_bin_and_comes_back(desk: Desk, recycled: BinDialog) -> None:
    row = [recycled.model.index(0, column).data() for column in range(5)]
    assert row[:2] == ["队员花名册", "张珊"]
    assert row[4] == "删除队员花名册"
    QTest.keyClick(recycled.back, Qt.Key.Key_Return)
    assert recycled.notice.text() == "已恢复 1 条记录。"
    assert desk.ask(lists.counts)["member"] == 1
    assert recycled.nothing.isVisible()
    assert recycled.nothing.text() == EMPTY


def test_the_bin_is_searched_while_typing(qtbot: QtBot, recycled: BinDialog) -> None:
    recycled.search.setFocus()
    QTest.keyClicks(recycled.search, "zz")
    qtbot.waitUntil(recycled.nothing.isVisible)
    assert recycled.nothing.text() == NONE
    recycled.search.clear()
    qtbot.waitUntil(recycled.table.isVisible)
    recycled.ledger.setCurrentIndex(recycled.ledger.findData("team"))
    assert not recycled.table.isVisible()


def test_the_history_of_a_deleted_entry_says_that_it_is_in_the_bin(recycled: BinDialog) -> None:
    QTest.keyClick(recycled.tracing, Qt.Key.Key_Return)
    dialog = recycled.findChild(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    assert dialog.model.rows[0].change.after == "已删除"
    assert not dialog.one.isEnabled()
    QTest.keyClick(dialog.whole, Qt.Key.Key_Return)
    assert "已被删除" in dialog.notice.text()


@pytest.mark.parametrize(
    ("column", "text"), [(0, "2026-11-24 02:27"), (3, "乡镇（街道）"), (5, "3413**********0016")]
)
def test_nothing_usual_is_cut_off(
    qtbot: QtBot, looks: None, dialog: HistoryDialog, column: int, text: str
) -> None:
    dialog.resize(dialog.width(), em(dialog, 7))
    qtbot.waitUntil(dialog.table.verticalScrollBar().isVisible)
    room = dialog.table.columnWidth(column) - em(dialog, 1.2)  # a cell pads its text at both sides
    assert dialog.table.fontMetrics().horizontalAdvance(text) <= room
