"""对照栏目: which column of the file answers what, as understood, and as the clerk corrects it."""

from collections import Counter
from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import Unreadable
from desktop.excel import cells
from desktop.excel.reading.grid import Book, Cell, Sheet
from desktop.excel.understanding.learnt import ASIDE, Learnt
from desktop.excel.understanding.table import Column, Table
from desktop.excel.understanding.targets import targets
from desktop.records.fields import Ledger
from desktop.services import masking
from ui.form.combo import Combo, Option
from ui.pages.parts import across, words
from ui.theme import em, mark

SAMPLES = 3  # cells shown of a column
LOOKED_AT = 500  # rows among which they are sought
LONGEST_SAMPLE = 18  # characters of each: an identity number is whole
LEFT_ASIDE = Option(ASIDE, "（不导入）")
HEADS = ("列", "文件里的栏目", "内容举例", "导入为")
WIDTHS = (2.6, 13, 17)  # lines of text; the last takes what is left
ROW = 2.1
PAUSE = 300  # ms after the last choice


class ColumnsPane(QWidget):
    """One line a column with a box to choose what it answers.

    :ivar changed: the clerk chose otherwise; carries a :class:`Learnt`.
    """

    changed = Signal(object)

    def __init__(self, ledger: type[Ledger]) -> None:
        super().__init__()
        self._options = [LEFT_ASIDE, *(Option(one.name, one.label) for one in targets(ledger))]
        self._values = {one.value for one in self._options}
        self._book: Book | None = None
        self._tables: Sequence[Table] = ()
        self._learnt = Learnt()
        self.sheets = QComboBox()
        self.sheets.setAccessibleName("工作表")
        self.header = QSpinBox()
        self.header.setAccessibleName("栏目名称在第几行")
        self.header.setRange(1, 999)
        self.lines = QTableWidget(0, len(HEADS))
        self.lines.setHorizontalHeaderLabels(list(HEADS))
        self.lines.setAccessibleName("对照栏目")
        self.lines.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.lines.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines.verticalHeader().hide()
        self.lines.horizontalHeader().setStretchLastSection(True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._tell)
        self.sheets.currentIndexChanged.connect(self._show)
        self.header.valueChanged.connect(self._pointed)
        column = QVBoxLayout(self)
        side = em(self, 0.5)
        column.setContentsMargins(side, side, side, side)
        column.addLayout(
            across(words("工作表"), self.sheets, words("　栏目名称（末行）在第"), self.header, words("行"), 1)
        )
        told = "没有对上的栏目可以在右边选一个；不需要的选“（不导入）”。下次导入同样栏目的文件时，不用再选。"
        column.addWidget(words(told, kind="muted", wrap=True))
        column.addWidget(self.lines, 1)

    def show_book(self, book: Book, tables: Sequence[Table], learnt: Learnt) -> None:
        """Show how ``tables`` of ``book`` were understood; without any, its sheets to be pointed at."""
        self._book, self._tables, self._learnt = book, tables, learnt
        titles = [one.sheet for one in tables] or [one.title for one in book.sheets]
        kept = self.sheets.currentText()
        with QSignalBlocker(self.sheets):
            self.sheets.clear()
            self.sheets.addItems(list(dict.fromkeys(titles)))
            self.sheets.setCurrentText(kept)
        self._show()

    def sheet(self) -> str | None:
        """The sheet to be looked at, where the clerk must choose one: nothing was understood by itself."""
        return None if self._tables or not self.sheets.count() else self.sheets.currentText()

    def unanswered(self) -> int:
        """How many columns answer nothing as yet, and were not left aside on purpose."""
        return sum(len(table.unknown) for table in self._tables)

    def _table(self) -> Table | None:
        return next((one for one in self._tables if one.sheet == self.sheets.currentText()), None)

    def _show(self) -> None:
        table = self._table()
        with QSignalBlocker(self.header):
            self.header.setValue(table.bottom if table else self._learnt.header or 1)
        self.lines.setRowCount(0)
        sheet = self._sheet()
        if table is None or sheet is None:
            return
        self.lines.setRowCount(len(table.columns))
        for at, column in enumerate(table.columns):
            self._line(at, column, _samples(sheet, table, column.number))
        self._fit()
        asked = next((at for at, one in enumerate(table.columns) if not one.target and not one.aside), 0)
        self.lines.scrollTo(self.lines.model().index(asked, 0))

    def _line(self, at: int, column: Column, samples: str) -> None:
        for place, text in enumerate((get_column_letter(column.number), column.heading, samples)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.lines.setItem(at, place, item)
        box = Combo(lambda: self._options)
        box.setAccessibleName(f"{column.heading} 导入为")
        if column.target is not None:
            box.set_text(column.target.name)
        elif column.aside:
            box.set_text(ASIDE)
            box.show_words(LEFT_ASIDE)
        else:
            mark(box, doubt=True)
            box.line.setPlaceholderText("没有对上，请选择")
        box.changed.connect(self._pause.start)
        box.leave.connect(box.focusNextPrevChild)
        self.lines.setCellWidget(at, len(HEADS) - 1, box)

    def _fit(self) -> None:
        self.lines.verticalHeader().setDefaultSectionSize(em(self, ROW))
        for place, width in enumerate(WIDTHS):
            self.lines.setColumnWidth(place, em(self, width))

    def _sheet(self) -> Sheet | None:
        title = self.sheets.currentText()
        return next((one for one in self._book.sheets if one.title == title), None) if self._book else None

    def _tell(self) -> None:
        """Hand over what the boxes say, once every box says something that is offered."""
        table = self._table()
        if table is None:
            return
        columns = dict(self._learnt.columns)
        often = Counter(one.heading for one in table.columns)
        for at, column in enumerate(table.columns):
            box = self.lines.cellWidget(at, len(HEADS) - 1)
            chosen = box.text() if isinstance(box, Combo) else ""
            chosen = ASIDE if chosen == LEFT_ASIDE.shown else chosen
            said = isinstance(box, Combo) and bool(box.currentText().strip())
            if chosen not in self._values:
                return
            before = column.target.name if column.target else ASIDE
            if chosen != before or (said and chosen == ASIDE):
                letter = get_column_letter(column.number)
                columns[letter if often[column.heading] > 1 else column.heading] = chosen
        if columns != self._learnt.columns:
            self._learnt = Learnt(columns, self._learnt.words, self._learnt.header)
            self.changed.emit(self._learnt)

    def _pointed(self, row: int) -> None:
        self._learnt = Learnt(self._learnt.columns, self._learnt.words, row)
        self.changed.emit(self._learnt)


def _samples(sheet: Sheet, table: Table, column: int) -> str:
    """The first cells below the headings."""
    found = []
    for line in table.lines[:LOOKED_AT]:
        row = sheet.rows.get(line.row, ())
        if column <= len(row) and row[column - 1] is not None:
            found.append(_short(_shown(row[column - 1])))
        if len(found) == SAMPLES:
            break
    return "、".join(found)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SAMPLE else f"{text[: LONGEST_SAMPLE - 1]}…"


def _shown(cell: Cell) -> str:
    try:
        return masking.hidden(cells.show(cell).replace("\n", " "))
    except Unreadable:
        return "（公式没有结果）"
