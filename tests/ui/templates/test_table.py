"""The sheet is worked at: columns, words, rows and the row of totals."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.excel.profile import Identity
from tests.ui.templates.book import FIRST, LAST, SHEET, book
from tests.ui.templates.steps import click, draft, keys, read, rest
from ui import theme
from ui.templates.dialog import TemplateDialog
from ui.templates.draft import Place
from ui.templates.frame import TRIAL
from ui.templates.table import WHOLE
from ui.templates.total import COUNT
from ui.zoom import Zoom

SEX, NUMBER, JOINED, POINTS = 4, 5, 6, 9  # columns of the book


@pytest.fixture
def zoom(qapp: QApplication) -> Zoom:
    theme.apply(qapp, "light")
    return qapp.findChild(Zoom) or Zoom(qapp)


def test_the_sheet_shows_what_is_filled_with_what(opened: TemplateDialog) -> None:
    made = draft(opened)
    shown = opened.table.view.sheet()
    assert shown is not None
    assert made.place(3, 3) is Place.MATCHED
    assert made.place(3, POINTS) is Place.OPEN
    assert made.place(LAST + 1, 1) is Place.TOTAL
    assert shown.index(FIRST - 1, 2).data() == "〔姓名〕"
    assert shown.index(1, 0).data() == "填报单位："
    assert opened.table.view.columnSpan(0, 0) == 9
    assert opened.table.view.rowSpan(2, 0) == 2


def test_keys_alone_choose_a_column_and_what_goes_in(qtbot: QtBot, opened: TemplateDialog) -> None:
    view = opened.table.view
    assert view.hasFocus()
    for _ in range(POINTS - 1):
        QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is opened.table.column.key.line or focus is opened.table.column.key
    assert "I 列" in opened.table.column.title.text()
    opened.table.column.key.line.clear()
    QTest.keyClicks(opened.table.column.key.line, "whcd")  # 文化程度
    QTest.keyClick(opened.table.column.key.line, Qt.Key.Key_Return)
    assert keys(opened)[POINTS] == "education"
    QTest.keyClick(opened.focusWidget(), Qt.Key.Key_F6)
    assert view.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_F6)
    assert opened.table.in_side()
    QTest.keyClick(opened.table.side, Qt.Key.Key_Escape)
    assert view.hasFocus()
    assert opened.isVisible()


def test_the_arrows_at_the_side_go_from_heading_to_heading(opened: TemplateDialog) -> None:
    click(opened, 3, 1)
    passed = []
    for _ in range(9):
        passed.append(opened.table.column.title.text()[0])
        opened.table.column.stepped.emit(1)
    assert "".join(passed) == "ABCDEFGHI"
    opened.table.column.stepped.emit(-1)
    assert opened.table.column.title.text().startswith("H 列")


def test_a_row_is_said_to_be_the_first_of_the_entries_or_the_total(
    qtbot: QtBot, opened: TemplateDialog
) -> None:
    menu = opened.table.view.row_menu(FIRST + 1)
    next(one for one in menu.actions() if "开始填写" in one.text()).trigger()
    assert draft(opened).profile.first == FIRST + 1
    assert opened.table.whole.first.value() == FIRST + 1
    menu = opened.table.view.row_menu(LAST + 1)
    next(one for one in menu.actions() if "合计" in one.text()).trigger()
    assert draft(opened).profile.total_row is None
    menu = opened.table.view.row_menu(3)
    next(one for one in menu.actions() if "表头到" in one.text()).trigger()
    qtbot.waitUntil(lambda: draft(opened).profile.header_bottom == 3)


def test_a_click_at_a_row_number_offers_what_the_row_can_be(qtbot: QtBot, opened: TemplateDialog) -> None:
    header = opened.table.view.verticalHeader()
    at = QPoint(5, header.sectionViewportPosition(3) + 5)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert "表头从第 4 行开始" in [one.text() for one in menu.actions()]
    menu.close()


def test_a_word_is_told_its_name_in_the_template(opened: TemplateDialog) -> None:
    click(opened, 3, SEX)
    table = opened.table.column.values
    cells = table.model()
    assert [cells.index(row, 1).data() for row in range(2)] == ["男性", "女性"]
    cells.setData(cells.index(0, 1), "先生")
    assert draft(opened).profile.columns[SEX].values == {"男": "先生", "女": "女性"}
    assert "有 1 个词不在模板的下拉选项里" in opened.table.column.values_told.text()
    cells.setData(cells.index(2, 0), "不详")
    cells.setData(cells.index(2, 1), "女性")
    assert draft(opened).profile.columns[SEX].values["不详"] == "女性"
    assert table.rowCount() == 4


def test_a_number_is_split_over_the_columns_to_its_right(qtbot: QtBot, opened: TemplateDialog) -> None:
    click(opened, 3, 3)
    panel = opened.table.column
    panel.key.set_text("mobile")
    panel.identity.setCurrentText(Identity.SPLIT.word)
    panel.parts.setValue(3)
    rule = draft(opened).profile.columns[3]
    assert (rule.identity, rule.parts) == (Identity.SPLIT, 3)
    assert {SEX, NUMBER}.isdisjoint(keys(opened))
    shown = opened.table.view.sheet()
    assert shown is not None
    assert shown.index(FIRST - 1, 4).data() == "〔第3位〕"
    opened.tabs.setCurrentIndex(TRIAL)
    rest(qtbot, opened)
    assert [opened.trial.model.index(0, at).data() for at in (2, 3, 4)] == ["1", "9", "9"]


def test_the_total_row_counts_what_is_chosen(qtbot: QtBot, opened: TemplateDialog, tmp_path: Path) -> None:
    click(opened, 3, SEX)
    panel = opened.table.column
    panel.total.way.setCurrentText(COUNT)
    panel.total.way.activated.emit(panel.total.way.currentIndex())
    QTest.keyClicks(panel.total.word, "x")
    assert draft(opened).profile.totals == {SEX: "count x"}
    panel.total.set_text("count 男性")
    panel.total.changed.emit()
    assert draft(opened).profile.totals == {SEX: "count 男性"}
    opened.export(tmp_path / "合计.xlsx")
    rest(qtbot, opened)
    sheet = load_workbook(tmp_path / "合计.xlsx")[SHEET]
    assert "COUNTIF" in str(sheet.cell(LAST + 1, SEX).value)


def test_more_rows_than_a_file_may_hold_go_into_several(
    qtbot: QtBot, opened: TemplateDialog, tmp_path: Path
) -> None:
    opened.table.side.setCurrentIndex(WHOLE)
    opened.table.whole.limit.setValue(2)
    opened.tabs.setCurrentIndex(TRIAL)
    rest(qtbot, opened)
    assert "分成 2 个文件" in opened.trial.counts.text()
    opened.export(tmp_path / "多.xlsx")
    rest(qtbot, opened)
    assert "分成 2 个文件" in opened.told.text()
    assert (tmp_path / "多（2）.xlsx").exists()


def test_a_blank_cell_beside_a_label_is_offered_what_the_label_asks_for(opened: TemplateDialog) -> None:
    click(opened, 2, 8)
    assert opened.table.cell.now.text() == "模板里这一格是空的"
    opened.table.cell.offer.click()
    assert draft(opened).profile.cells == {"H2": "{填报人}"}
    assert "本期写成：李敏" in opened.table.cell.pattern.reads.text()
    opened.table.cell.clear.click()
    assert draft(opened).profile.cells == {}


def test_a_long_note_runs_over_the_blank_cells_beside_it(
    qtbot: QtBot, dialog: TemplateDialog, tmp_path: Path
) -> None:
    file = book(tmp_path / "登记.xlsx")
    made = load_workbook(file)
    made[SHEET]["A2"] = None
    made[SHEET].unmerge_cells("A2:D2")
    made[SHEET]["A2"] = "填写注意事项：每个文件不超过100行"
    made.save(file)
    read(qtbot, dialog, file)
    assert dialog.table.view.columnSpan(1, 0) > 1
    assert draft(dialog).profile.row_limit == 100


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_dialog_fits_a_small_screen(opened: TemplateDialog, zoom: Zoom, percent: int) -> None:
    zoom.set(percent)
    try:
        QApplication.processEvents()
        least = opened.minimumSizeHint()
        assert least.width() <= 1366
        assert least.height() <= 728
    finally:
        zoom.usual()
