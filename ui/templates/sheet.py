"""The sheet that was handed down, as Excel shows it: letters, row numbers, merged cells."""

import math
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from ui.form.lines import ENTER
from ui.pages.grid import Ground
from ui.templates.cells import SheetModel
from ui.templates.draft import Draft, Place
from ui.theme import em

NARROWEST, WIDEST, ROW = 3.2, 11, 1.65  # lines of text
LABEL = 6  # a text that is longer is a note, and makes no column wider
MOST_LINES = 4
ROWS = {
    "header_top": "表头从第 {} 行开始",
    "header_bottom": "表头到第 {} 行为止",
    "first": "从第 {} 行开始填写",
    "last": "最多预留到第 {} 行",
    "total_row": "第 {} 行是合计",
}


class SheetView(QTableView):
    """One cell at a time is chosen; Enter goes on to what is said about it.

    :ivar chosen: another cell; carries its row and column, counted from 1.
    :ivar entered: the clerk wants to say something about it.
    :ivar pointed: a row is said to be something; carries what (a field of the profile) and its number.
    """

    chosen = Signal(int, int)
    entered = Signal()
    pointed = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self._spread: dict[tuple[int, int], int] = {}  # the last column that a note runs over
        self.setAccessibleName("模板")
        self.setItemDelegate(Ground(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setToolTip("点行号：指明表头、数据或合计在哪一行")
        self.verticalHeader().sectionClicked.connect(self._row_clicked)

    def show_draft(self, draft: Draft) -> None:
        """Show another draft."""
        self.setModel(SheetModel(draft))
        self.selectionModel().currentChanged.connect(self._moved)
        self.fit()

    def sheet(self) -> SheetModel | None:
        found = self.model()
        return found if isinstance(found, SheetModel) else None

    def renew(self) -> None:
        """The profile is another; the cell that is chosen stays."""
        model = self.sheet()
        if model is not None:
            here = self.place()
            model.measure()
            self.fit()
            if self.place() != here:
                self.choose(*here)

    def place(self) -> tuple[int, int]:
        """The row and the column of the chosen cell; zeros if there is none."""
        here = self.currentIndex()
        return here.row() + 1, here.column() + 1

    def choose(self, row: int, column: int) -> None:
        """Mark a cell; of merged ones the first."""
        model = self.sheet()
        if model is not None and row >= 1 and column >= 1:
            span = model.draft.covering(row, column)
            top, left = (span.top, span.left) if span else (row, column)
            self.setCurrentIndex(model.index(top - 1, left - 1))

    def fit(self) -> None:
        """Merge cells, and give columns and rows their size in the letters in force."""
        model = self.sheet()
        if model is None:
            return
        self.clearSpans()
        for (top, left), one in model.draft.span.items():
            rows = min(one.bottom, model.rowCount()) - top + 1
            columns = min(one.right, model.columnCount()) - left + 1
            if rows > 0 and columns > 0 and (rows, columns) != (1, 1):
                self.setSpan(top - 1, left - 1, rows, columns)
        self.verticalHeader().setDefaultSectionSize(em(self, ROW))
        self._spread = {}
        metrics = QFontMetrics(self.font())
        for column in range(model.columnCount()):
            self.setColumnWidth(column, self._width(model, column + 1, metrics))
        for row in range(1, model.rowCount() + 1):
            self._spread_notes(model, row, metrics)
        for row in range(model.rowCount()):
            self.setRowHeight(row, self._height(model, row + 1, metrics))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if mouse else self.currentIndex()
        place = event.pos() if mouse else self.visualRect(index).bottomLeft()
        if index.isValid():
            self.row_menu(index.row() + 1).popup(self.viewport().mapToGlobal(place))

    def row_menu(self, row: int) -> QMenu:
        """What a row can be said to be."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, text in ROWS.items():
            menu.addAction(text.format(row), partial(self.pointed.emit, name, row))
        return menu

    def _row_clicked(self, section: int) -> None:
        header = self.verticalHeader()
        below = header.sectionViewportPosition(section) + header.sectionSize(section)
        self.row_menu(section + 1).popup(header.mapToGlobal(QPoint(0, below)))

    def _moved(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(now.row() + 1, now.column() + 1)

    def _width(self, model: SheetModel, at: int, metrics: QFontMetrics) -> int:
        """As wide as the longest text that stands in this column alone."""
        spans, longest = model.draft.span, 0
        for row in range(1, model.rowCount() + 1):
            span = spans.get((row, at))
            if span is None or span.right == span.left:
                place = model.draft.place(row, at)
                texts = model.text(row, at, place)
                width = metrics.horizontalAdvance(texts)
                longest = max(longest, width if place is not Place.OTHER or width < em(self, LABEL) else 0)
        return min(max(longest + em(self, 1), em(self, NARROWEST)), em(self, WIDEST))

    def _spread_notes(self, model: SheetModel, row: int, metrics: QFontMetrics) -> None:
        """A long note runs on over the blank cells to its right, as it does in Excel."""
        at = 1
        while at <= model.columnCount():
            text = model.text(row, at, model.draft.place(row, at))
            needed = metrics.horizontalAdvance(text) * 1.05
            last = at
            if needed > em(self, LABEL) and model.draft.place(row, at) is Place.OTHER:
                while self._width_of(at, last) < needed and self._free(model, row, last + 1):
                    last += 1
            if last > at and model.draft.covering(row, at) is None:
                self._spread[row, at] = last
                self.setSpan(row - 1, at - 1, 1, last - at + 1)
            at = last + 1

    def _free(self, model: SheetModel, row: int, at: int) -> bool:
        """Whether nothing stands in a cell."""
        place = model.draft.place(row, at)
        blank = place is Place.OTHER and not model.text(row, at, place)
        return blank and at <= model.columnCount() and model.draft.covering(row, at) is None

    def _width_of(self, first: int, last: int) -> int:
        """Of columns together, less the margins of a cell."""
        return sum(self.columnWidth(one - 1) for one in range(first, last + 1)) - em(self, 0.6)

    def _height(self, model: SheetModel, row: int, metrics: QFontMetrics) -> int:
        """As high as the texts of this row need, each in the width of its cell."""
        spans, lines = model.draft.span, 1
        for at in range(1, model.columnCount() + 1):
            text = model.text(row, at, model.draft.place(row, at))
            span = spans.get((row, at))
            last = min(span.right if span else self._spread.get((row, at), at), model.columnCount())
            if text and (span is None or span.top == span.bottom):
                room = max(self._width_of(at, last), 1)
                lines = max(lines, math.ceil(metrics.horizontalAdvance(text) * 1.05 / room))
        return em(self, ROW + min(lines, MOST_LINES) - 1)
