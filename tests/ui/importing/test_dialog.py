"""The import dialog: any file read, a plan first, corrections, all or the good rows, and the way back."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.records import Team
from desktop.services import lists
from ui.desk import Desk
from ui.form.combo import Combo
from ui.importing import dialog as importing_dialog
from ui.importing.dialog import COLUMNS, RESULTS, ImportDialog
from ui.importing.past import PastImports

HEADINGS = ("村（社区）", "队伍名称", "队伍类型", "成立日期")


def _workbook(target: Path, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["练习镇群防群治队伍情况"])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    book.save(target)
    return target


@pytest.fixture
def village(desk: Desk) -> str:
    """The name of the first village of the practice township."""
    return desk.ask(lambda session: lists.areas_of(session, "village", desk.today()))[0][1]


@pytest.fixture
def good(tmp_path: Path, village: str) -> Path:
    return _workbook(tmp_path / "队伍.xlsx", [[village, "甲队", "", ""], [village, "乙队", "", ""]])


@pytest.fixture
def mixed(tmp_path: Path, village: str) -> Path:
    return _workbook(tmp_path / "队伍.xlsx", [[village, "甲队", "", ""], [village, "乙队", "", "明天"]])


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> ImportDialog:
    dialog = ImportDialog(Team, desk)
    qtbot.addWidget(dialog)
    return dialog


def _read(qtbot: QtBot, dialog: ImportDialog, file: Path) -> None:
    dialog.read(file)
    qtbot.waitUntil(lambda: not dialog.working.busy)


def _teams(desk: Desk) -> int:
    return desk.ask(lists.counts)["team"]


def test_nothing_can_be_imported_before_a_file_was_read(dialog: ImportDialog) -> None:
    assert not dialog.go.isEnabled()
    assert dialog.go.toolTip() == "请先选择文件"


def test_good_rows_are_shown_and_imported_by_enter(
    qtbot: QtBot, desk: Desk, dialog: ImportDialog, good: Path
) -> None:
    _read(qtbot, dialog, good)
    assert [dialog.rows.model.index(row, 1).data() for row in range(2)] == ["新增", "新增"]
    assert _teams(desk) == 0
    dialog.show()
    with qtbot.waitSignal(desk.changed):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "新增 2 条" in dialog.notice.text())
    assert _teams(desk) == 2
    assert dialog.go.isHidden()


def test_an_import_is_taken_back_as_one(
    qtbot: QtBot, desk: Desk, dialog: ImportDialog, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _read(qtbot, dialog, good)
    dialog.carry_out()
    qtbot.waitUntil(lambda: not dialog.working.busy)
    monkeypatch.setattr(importing_dialog, "ask", lambda *_, **__: 0)
    dialog.take_back()
    qtbot.waitUntil(lambda: "已撤销" in dialog.notice.text())
    qtbot.waitUntil(lambda: not dialog.working.busy)
    assert _teams(desk) == 0
    assert not dialog.go.isHidden()
    past = PastImports(desk, dialog)
    qtbot.addWidget(past)
    assert past.model.index(0, 4).data() == "已撤销"
    assert not past.back.isEnabled()


def test_a_wrong_row_stops_the_import_and_says_which_cell(
    qtbot: QtBot, desk: Desk, dialog: ImportDialog, mixed: Path
) -> None:
    _read(qtbot, dialog, mixed)
    assert not dialog.go.isEnabled()
    assert "1 行有错" in dialog.counts.text()
    assert dialog.rows.model.rowCount() == 1
    said = dialog.rows.model.index(0, dialog.rows.model.columnCount() - 1).data()
    assert "D4" in said
    assert "明天" in said
    assert dialog.rows.whole.text().split("\n") == said.split("；")


def test_the_good_rows_go_in_alone_and_the_file_comes_back_marked(
    qtbot: QtBot, desk: Desk, dialog: ImportDialog, mixed: Path, tmp_path: Path
) -> None:
    _read(qtbot, dialog, mixed)
    dialog.only_good.setChecked(True)
    assert dialog.go.isDefault()
    assert dialog.go.isEnabled()
    dialog.carry_out()
    qtbot.waitUntil(lambda: "有错的 1 行没有导入" in dialog.notice.text())
    assert _teams(desk) == 1
    target = tmp_path / "队伍（错误说明）.xlsx"
    dialog.save_errors(target)
    qtbot.waitUntil(lambda: "已保存到" in dialog.notice.text())
    book = load_workbook(target)
    sheet = book.worksheets[0]
    assert sheet.cell(2, 5).value == "错误说明"
    assert sheet.cell(3, 5).value == "已导入"
    sheet["D4"] = "2020-05-01"
    repaired = tmp_path / "改好.xlsx"
    book.save(repaired)
    _read(qtbot, dialog, repaired)
    dialog.carry_out()
    qtbot.waitUntil(lambda: "新增 1 条" in dialog.notice.text())
    assert _teams(desk) == 2


def test_a_column_that_was_not_understood_is_chosen_and_remembered(
    qtbot: QtBot, desk: Desk, dialog: ImportDialog, tmp_path: Path, village: str
) -> None:
    headings = ("村（社区）", "叫什么", "队伍类型", "成立日期")
    file = _workbook(tmp_path / "怪表.xlsx", [[village, "甲队", "义务巡逻队", "2020-05-01"]], headings)
    _read(qtbot, dialog, file)
    assert "1 栏没有对上" in dialog.tabs.tabText(COLUMNS)
    box = dialog.columns.lines.cellWidget(1, 3)
    assert isinstance(box, Combo)
    box.set_text("team_name")
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.carry_out()
    qtbot.waitUntil(lambda: "新增 1 条" in dialog.notice.text())
    second = _workbook(tmp_path / "下月.xlsx", [[village, "乙队", "", ""]], headings)
    _read(qtbot, dialog, second)
    assert dialog.go.isEnabled()


def test_a_place_that_is_not_known_is_asked_and_answered_once(
    qtbot: QtBot, dialog: ImportDialog, tmp_path: Path, village: str
) -> None:
    rows = [["老地方", "甲队", "", ""], ["老地方", "乙队", "", ""]]
    _read(qtbot, dialog, _workbook(tmp_path / "队伍.xlsx", rows))
    assert not dialog.rows.say.isHidden()
    dialog.rows.place.set_text(village)
    dialog.rows.say.click()
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.rows.model.rowCount() == 2


def test_a_file_that_is_no_table_is_refused_in_place(
    qtbot: QtBot, dialog: ImportDialog, tmp_path: Path
) -> None:
    (tmp_path / "假的.xlsx").write_bytes(b"\x00\x01\x02" * 400)
    _read(qtbot, dialog, tmp_path / "假的.xlsx")
    assert not dialog.notice.isHidden()
    assert not dialog.go.isEnabled()


def test_nothing_of_the_file_before_stands_under_the_name_of_a_refused_one(
    qtbot: QtBot, dialog: ImportDialog, good: Path, tmp_path: Path
) -> None:
    _read(qtbot, dialog, good)
    dialog.tabs.setCurrentIndex(COLUMNS)
    (tmp_path / "坏.xlsx").write_bytes(b"PK")
    _read(qtbot, dialog, tmp_path / "坏.xlsx")
    assert dialog.rows.model.rowCount() == 0
    assert (dialog.tabs.currentIndex(), dialog.tabs.isTabEnabled(COLUMNS)) == (RESULTS, False)
    _read(qtbot, dialog, good)
    assert dialog.tabs.isTabEnabled(COLUMNS)


def test_an_identity_number_among_the_samples_of_a_column_is_as_long_as_it_is_and_hidden(
    qtbot: QtBot, dialog: ImportDialog, tmp_path: Path, village: str
) -> None:
    number, long = "341399199001010014", "夜间巡逻、邻里守望、平安宣传、矛盾纠纷排查"
    book = _workbook(tmp_path / "队伍.xlsx", [[village, number, long, ""]])
    _read(qtbot, dialog, book)
    shown = [dialog.columns.lines.item(at, 2) for at in (1, 2)]
    assert [one.text() for one in shown if one] == ["3413**********0014", f"{long[:17]}…"]


def test_a_sheet_without_headings_leads_to_the_columns(
    qtbot: QtBot, dialog: ImportDialog, tmp_path: Path
) -> None:
    _read(qtbot, dialog, _workbook(tmp_path / "别的.xlsx", [["1", "2", "3", "4"]], ("甲", "乙", "丙", "丁")))
    assert not dialog.notice.isHidden()
    assert dialog.tabs.currentIndex() == COLUMNS
