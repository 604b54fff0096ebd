"""Several rows at once on a ledger's page, by keys: copy, fill down, change, take back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.excel import block
from desktop.records import Member, Team
from desktop.records.fields import Ledger
from desktop.services import areas, blocks, entries
from tests.conftest import TODAY
from tests.ui.ime import focused
from ui import messages
from ui.desk import Desk
from ui.pages import editing
from ui.pages.changing import ChangeDialog
from ui.pages.rosters import MemberPage
from ui.table.copying import COLUMNS
from ui.table.view import ONLY
from ui.undoing import Undoing

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NUMBER = "11010519491231002X"


def _save(desk: Desk, ledger: type[Ledger], answers: dict[str, str]) -> int:
    return desk.do(lambda session: entries.save(session, ledger, answers), "测试")


@pytest.fixture
def people(desk: Desk) -> list[int]:
    village = desk.ask(lambda session: areas.villages(session, TODAY)[0].code) or ""
    team = _save(desk, Team, {"team_name": "巡逻队", "village_code": village})
    told = [("张三", "队长"), ("安康", ""), ("李四", "成员")]
    common = {"team_id": str(team), "id_number": NUMBER, "mobile": "13800138000", "village_code": village}
    return [_save(desk, Member, {"name": name, "duty": duty, **common}) for name, duty in told]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, people: list[int]) -> Iterator[MemberPage]:
    page = MemberPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 650)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.view.setFocus()
    yield page
    QTest.keyClick(page.view, Qt.Key.Key_Shift)  # Ctrl is held no more, for the tests that follow


@pytest.fixture
def undoing(desk: Desk, page: MemberPage) -> Undoing:
    """The keys of the window, on a page that is a window of its own."""
    return Undoing(desk, page, page.notice, page.may_leave)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions put; each is answered with yes."""
    questions: list[str] = []

    def ask(parent: QWidget | None, text: str, answers: object, *, detail: str = "") -> int:
        questions.append(text)
        return 0

    monkeypatch.setattr(messages, "ask", ask)
    return questions


def _at(page: MemberPage, row: int, name: str) -> None:
    """Make a cell the current one, as a click does."""
    at = [one.name for one in page.table.columns].index(name)
    page.view.selectionModel().setCurrentIndex(page.table.index(row, at), ONLY)


def _down(page: MemberPage, times: int) -> None:
    for _ in range(times):
        QTest.keyClick(page.view, Qt.Key.Key_Down, SHIFT)


def _duties(desk: Desk, people: list[int]) -> list[str]:
    return desk.ask(lambda s: [entries.answers(entries.get(s, Member, one))["duty"] for one in people])


def _clipboard() -> list[list[str]]:
    return block.read(QGuiApplication.clipboard().text())


def test_copied_rows_are_as_shown_and_say_that_numbers_are_masked(page: MemberPage) -> None:
    _at(page, 0, "name")
    _down(page, 1)
    QTest.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    rows = _clipboard()
    assert [row[0] for row in rows] == ["张三", "安康"]
    assert rows[0][:5] == ["张三", "巡逻队", "东湖村", "1101**********002X", "138****8000"]
    assert "已复制 2 行" in page.notice.text()
    assert "显示完整号码" in page.notice.text()


def test_numbers_that_are_shown_whole_are_copied_whole_and_as_text(page: MemberPage) -> None:
    page.revealing.trigger()
    _at(page, 0, "name")
    QTest.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    assert NUMBER in _clipboard()[0]
    data = QGuiApplication.clipboard().mimeData()
    assert f"<td {block.TEXT}>{NUMBER}</td>" in data.html()
    assert bytes(data.data(COLUMNS).data()).decode().startswith("name\tteam_id\t")
    assert "显示完整号码" not in page.notice.text()


def test_with_headings_the_first_row_has_the_labels_shown(page: MemberPage) -> None:
    _at(page, 1, "name")
    QTest.keyClick(page.view, Qt.Key.Key_C, CONTROL | SHIFT)
    assert [row[:2] for row in _clipboard()] == [["姓名", "队伍"], ["安康", "巡逻队"]]


def test_too_many_rows_are_refused_and_the_clipboard_stays(
    page: MemberPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "MOST", 2)
    QGuiApplication.clipboard().setText("以前的")
    page.view.selectAll()
    QTest.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    assert "一次最多复制 2 行" in page.notice.text()
    assert QGuiApplication.clipboard().text() == "以前的"


def test_arrow_keys_move_from_cell_to_cell_while_rows_stay_selected(
    page: MemberPage, people: list[int]
) -> None:
    page.view.choose(people[0])
    first = page.view.column()
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    assert page.table.columns[page.view.column()].name == "team_id"
    QTest.keyClick(page.view, Qt.Key.Key_Left)
    assert page.view.column() == first
    assert page.view.selected() == [people[0]]


def test_several_rows_stay_selected_while_the_keyboard_moves_to_another_column(
    page: MemberPage, people: list[int]
) -> None:
    _at(page, 0, "name")
    _down(page, 2)
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    assert page.view.selected() == people
    assert page.table.columns[page.view.column()].name == "team_id"
    QTest.keyClick(page.view, Qt.Key.Key_Up)
    assert page.view.selected() == [people[1]]


def test_several_rows_are_emptied_only_on_purpose(desk: Desk, page: MemberPage, people: list[int]) -> None:
    _at(page, 0, "duty")
    _down(page, 2)
    dialog = _changing(page)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.emptying.click()
    assert "其中 2 条的“职务”会改为空白" in dialog.told.text()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert _duties(desk, people) == ["", "", ""]


def test_ctrl_d_fills_the_current_column_down_and_keeps_the_rows_selected(
    desk: Desk, page: MemberPage, people: list[int], asked: list[str]
) -> None:
    _at(page, 0, "duty")
    _down(page, 2)
    QTest.keyClick(page.view, Qt.Key.Key_D, CONTROL)
    assert asked == ["把“职务”＝“队长”填到下面 2 行？"]
    assert len(set(_duties(desk, people))) == 1
    assert page.view.selected() == people
    assert "已填充“职务”：2 行" in page.notice.text()
    assert page.form.rows["duty"].text() == "07"


def test_filling_down_starts_at_the_top_row_whichever_was_clicked_first(
    desk: Desk, page: MemberPage, people: list[int], asked: list[str]
) -> None:
    _at(page, 2, "duty")
    QTest.keyClick(page.view, Qt.Key.Key_Up, SHIFT)
    QTest.keyClick(page.view, Qt.Key.Key_D, CONTROL)
    assert asked == ["把“职务”改为空白：下面 1 行？"]
    assert _duties(desk, people) == ["队长", "", ""]


def test_one_row_alone_has_nothing_to_fill(page: MemberPage, asked: list[str]) -> None:
    _at(page, 0, "duty")
    QTest.keyClick(page.view, Qt.Key.Key_D, CONTROL)
    assert asked == []
    assert "请先选中几行" in page.notice.text()


def test_an_identity_number_is_not_filled_down(page: MemberPage, asked: list[str]) -> None:
    _at(page, 0, "id_number")
    _down(page, 1)
    QTest.keyClick(page.view, Qt.Key.Key_D, CONTROL)
    assert asked == []
    assert "“身份证号”每条记录各不相同" in page.notice.text()


def test_what_is_typed_in_the_form_is_saved_before_rows_are_filled(
    desk: Desk, page: MemberPage, people: list[int], asked: list[str]
) -> None:
    _at(page, 2, "duty")
    QTest.keyClick(page.view, Qt.Key.Key_Up, SHIFT)
    page.form.rows["duty"].set_text("09")
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_D, CONTROL)
    assert _duties(desk, people) == ["队长", "成员", "成员"]


def _changing(page: MemberPage) -> ChangeDialog:
    QTest.keyClick(page.view, Qt.Key.Key_H, CONTROL)
    dialog = page.findChild(ChangeDialog)
    assert isinstance(dialog, ChangeDialog)
    return dialog


def test_several_rows_are_given_one_answer(
    qtbot: QtBot, desk: Desk, page: MemberPage, people: list[int]
) -> None:
    _at(page, 0, "duty")
    _down(page, 2)
    dialog = _changing(page)
    assert dialog.field().name == "duty"
    dialog.editor.set_text("03")
    assert "其中 3 条的“职务”会改为" in dialog.told.text()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert len(set(_duties(desk, people))) == 1
    assert "已修改“职务”：3 行" in page.notice.text()


def test_the_dialog_counts_only_rows_that_would_change_and_names_what_it_cannot_read(
    page: MemberPage,
) -> None:
    page.view.selectAll()
    dialog = _changing(page)
    dialog.which.setCurrentIndex([one.name for one in dialog._fields].index("joined_on"))
    assert not dialog.go.isEnabled()
    assert dialog.told.text() == "请填写“入队日期”改成什么。"
    dialog.emptying.setChecked(True)
    assert not dialog.go.isEnabled()
    assert "已经是这个值" in dialog.told.text()
    dialog.emptying.setChecked(False)
    dialog.editor.set_text("明天")
    assert "“入队日期”填写为“明天”" in dialog.told.text()
    assert not dialog.go.isEnabled()
    dialog.editor.set_text("2026.1.5")
    assert dialog.go.isEnabled()


def test_ctrl_z_takes_back_what_was_filled_and_then_what_was_changed(
    qtbot: QtBot, desk: Desk, page: MemberPage, people: list[int], undoing: Undoing
) -> None:
    before = _duties(desk, people)
    _at(page, 0, "duty")
    _down(page, 2)
    dialog = _changing(page)
    dialog.editor.set_text("03")
    dialog.go.click()
    page.view.setFocus()
    _at(page, 0, "joined_on")
    assert undoing.undoing.text() == "撤销：修改“职务” 3 条"
    QTest.keyClick(page.view, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "已撤销" in page.notice.text())
    assert _duties(desk, people) == before
    assert undoing.undoing.text() == "撤销：测试“东湖村 李四”"
    assert undoing.redoing.text() == "恢复：修改“职务” 3 条"


@pytest.mark.usefixtures("asked")
def test_many_rows_are_written_on_the_worker_while_nothing_else_can_be_begun(
    qtbot: QtBot, desk: Desk, page: MemberPage, people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "SOON", 1)
    _at(page, 0, "duty")
    _down(page, 2)
    QTest.keyClick(page.view, Qt.Key.Key_D, CONTROL)
    assert not page.editing.changing.isEnabled()
    qtbot.waitUntil(lambda: "已填充“职务”：2 行" in page.notice.text())
    assert page.editing.changing.isEnabled()
    assert page.view.selected() == people
    assert _duties(desk, people) == ["队长"] * 3


def test_a_deletion_can_be_taken_back(
    qtbot: QtBot, page: MemberPage, asked: list[str], undoing: Undoing
) -> None:
    page.view.selectAll()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert page.table.rowCount() == 0
    assert undoing.undoing.text() == "撤销：删除队员花名册 3 条"
    QTest.keyClick(page.view, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)


def test_ctrl_z_in_the_form_takes_back_letters_and_no_rows(
    page: MemberPage, undoing: Undoing, asked: list[str]
) -> None:
    page.view.selectAll()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    page.form.focus("name")
    QTest.keyClicks(focused(), "ab")
    QTest.keyClick(focused(), Qt.Key.Key_Z, CONTROL)
    assert page.form.rows["name"].text() == ""
    assert page.table.rowCount() == 0
