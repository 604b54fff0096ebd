"""The sheet, and beside it what is said about the chosen column, cell, or the sheet as a whole."""

import datetime as dt
from collections.abc import Mapping

from openpyxl.utils import get_column_letter
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ui.pages.parts import across, scrolled, words
from ui.templates.cell import CellPanel
from ui.templates.column import ColumnPanel
from ui.templates.draft import Draft, Place
from ui.templates.sheet import SheetView
from ui.templates.whole import WholePanel
from ui.theme import em

CHOSEN, WHOLE = 0, 1  # the tabs at the side
LEGEND = (("自动填", "ok"), ("没有对上", "warn"), ("只填一次", "accent"), ("合计", "D"))

NAMED = 8  # columns that are named
HOW = "点一个表头（或用方向键选中后按回车），在右边选它填什么；点行号可以指明这一行是什么。"


class TablePane(QWidget):
    """The sheet of a draft, to be clicked at."""

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self.about = words(wrap=True)
        self.view = SheetView()
        self.column, self.cell, self.whole = ColumnPanel(today), CellPanel(), WholePanel()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.column)
        self.stack.addWidget(self.cell)
        self.side = QTabWidget()
        self.side.addTab(_scrolled(self.stack), "选中的地方")
        self.side.addTab(_scrolled(self.whole), "整张表")
        self._arrange()
        self.view.chosen.connect(self._chosen)
        self.view.entered.connect(self.enter)
        self.column.stepped.connect(self._step)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("F6"), self, self.switch, context=within)

    def show_words(self, said: Mapping[str, str]) -> None:
        """Show what placeholders stand for."""
        for panel in (self.column, self.cell, self.whole):
            panel.show_words(said)

    def show_draft(self, draft: Draft) -> None:
        """Show another draft, with its first column chosen."""
        if self.draft is not None:
            self.draft.changed.disconnect(self._follow)
        self.draft = draft
        draft.changed.connect(self._follow)
        self.view.show_draft(draft)
        self._follow()
        self.view.choose(draft.profile.header_bottom, next(iter(draft.profile.headings), 1))

    def renew(self) -> None:
        """The draft has adopted another proposal."""
        self._chosen(*self.view.place())

    def enter(self) -> None:
        """Give the keyboard to what is said about the chosen cell."""
        self.side.setCurrentIndex(CHOSEN)
        self.stack.currentWidget().setFocus()

    def in_side(self) -> bool:
        """Whether the keyboard is at the side."""
        focus = QApplication.focusWidget()
        return focus is not None and self.side.isAncestorOf(focus)

    def switch(self) -> None:
        """To the side, and back to the sheet."""
        self.view.setFocus() if self.in_side() else self.enter()

    def _follow(self) -> None:
        draft = self.draft
        if draft is not None:
            self.view.renew()
            self.whole.show_draft(draft)
            headings = draft.profile.headings
            left = [get_column_letter(at) for at in headings if draft.owner(at) is None]
            told = f"对上了 {len(headings) - len(left)} 列"
            told += f"，还有 {'、'.join(left[:NAMED])} 列没有对上。" if left else "，都对上了。"
            self.about.setText(f"{told}{HOW}")

    def _chosen(self, row: int, at: int) -> None:
        draft = self.draft
        if draft is None or row < 1:
            return
        profile = draft.profile
        heading = profile.header_top <= row <= profile.header_bottom
        entry = profile.first <= row <= profile.last or row == profile.total_row
        if (heading or entry) and draft.place(row, at) is not Place.CELL:
            self.column.show_column(draft, at)
            self.stack.setCurrentWidget(self.column)
        else:
            self.cell.show_cell(draft, row, at)
            self.stack.setCurrentWidget(self.cell)
        self.side.setCurrentIndex(CHOSEN)

    def _step(self, by: int) -> None:
        draft, at = self.draft, self.view.place()[1]
        if draft is None:
            return
        row = draft.profile.header_bottom
        span = draft.covering(row, at)
        wanted = (span.right if span and by > 0 else at) + by
        if 1 <= wanted <= self.view.model().columnCount():
            self.view.choose(row, wanted)
            self.column.setFocus()

    def _arrange(self) -> None:
        legend = across(*(words(text, kind="badge", tone=tone) for text, tone in LEGEND), 1)
        left = QWidget()
        sheet = QVBoxLayout(left)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.addWidget(self.view, 1)
        sheet.addLayout(legend)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.side)
        split.setSizes([em(self, 44), em(self, 19)])
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[em(self, 0.4)] * 4)
        column.addWidget(self.about)
        column.addWidget(split, 1)


def _scrolled(panel: QWidget) -> QScrollArea:
    """On the ground of the tab that it stands in."""
    area = scrolled(panel)
    panel.setObjectName("")
    panel.setAutoFillBackground(False)
    return area
