"""The import dialog: a plan first, then all of it or nothing."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.records import Team
from desktop.records.fields import fields
from desktop.services import exporting, lists
from ui.desk import Desk
from ui.pages.importing import ImportDialog


def _workbook(desk: Desk, target: Path, *rows: dict[str, str]) -> Path:
    """The blank template with some rows filled in."""
    desk.ask(lambda session: exporting.template(session, Team, target))
    book = load_workbook(target)
    sheet = book.worksheets[0]
    labels = {one.label: one.name for one in fields(Team)}
    head = next(
        row for row in sheet.iter_rows() if sum(str(c.value or "").strip(" *") in labels for c in row) > 3
    )
    for number, answers in enumerate(rows, (head[0].row or 0) + 1):
        for cell in head:
            name = labels.get(str(cell.value or "").strip(" *"), "")
            if name in answers:
                sheet.cell(number, cell.column or 0, answers[name])
    book.save(target)
    return target


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> ImportDialog:
    dialog = ImportDialog(Team, desk)
    qtbot.addWidget(dialog)
    return dialog


def _read(qtbot: QtBot, dialog: ImportDialog, file: Path) -> None:
    dialog.read(file)
    qtbot.waitUntil(lambda: dialog.steps is None)


def test_nothing_can_be_imported_before_a_file_was_read(dialog: ImportDialog) -> None:
    assert not dialog.go.isEnabled()
    assert dialog.go.toolTip() == "请先选择文件"


def test_good_rows_are_shown_and_imported(
    qtbot: QtBot, desk: Desk, dialog: ImportDialog, tmp_path: Path
) -> None:
    file = _workbook(desk, tmp_path / "队伍.xlsx", {"team_name": "甲队"}, {"team_name": "乙队"})
    _read(qtbot, dialog, file)
    assert [dialog.model.index(row, 1).data() for row in range(2)] == ["新增", "新增"]
    assert dialog.go.isEnabled()
    assert desk.ask(lists.counts)["team"] == 0
    dialog.show()
    with qtbot.waitSignal(desk.changed):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "新增 2 条" in dialog.notice.text())
    assert desk.ask(lists.counts)["team"] == 2
    assert not dialog.go.isEnabled()
    assert dialog.counts.text() == ""


def test_a_wrong_row_stops_the_import_and_says_which_cell(
    qtbot: QtBot, desk: Desk, dialog: ImportDialog, tmp_path: Path
) -> None:
    wrong = {"team_name": "乙队", "founded_on": "明天"}
    _read(qtbot, dialog, _workbook(desk, tmp_path / "队伍.xlsx", {"team_name": "甲队"}, wrong))
    assert not dialog.go.isEnabled()
    assert "1 行需要改正" in dialog.counts.text()
    assert dialog.only_wrong.isChecked()
    assert dialog.model.rowCount() == 1
    assert dialog.model.index(0, 2).data() == "乙队"
    assert "明天" in dialog.model.index(0, 4).data()
    assert dialog.whole.text() == dialog.model.index(0, 4).data()
    dialog.only_wrong.setChecked(False)
    assert dialog.model.rowCount() == 2


def test_a_file_that_is_no_workbook_is_refused_in_place(
    qtbot: QtBot, dialog: ImportDialog, tmp_path: Path
) -> None:
    (tmp_path / "假的.xlsx").write_text("不是表格")
    _read(qtbot, dialog, tmp_path / "假的.xlsx")
    assert not dialog.notice.isHidden()
    assert not dialog.go.isEnabled()
