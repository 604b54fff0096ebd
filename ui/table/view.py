"""The table on a ledger page: columns to choose, move and widen, remembered; sorting in SQL; rows by id."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from desktop.records.common import Reported
from desktop.records.fields import Derived, Field, field
from desktop.records.kinds import Area, Day, Kind, Link, Phone, ResidentId, Words
from ui.table.model import ENTRY, Index, LedgerTable
from ui.theme import colour, em

ROW = 1.75  # height of a row, in lines of text
CHARACTER = 0.45  # width of a character of Field.width, in lines of text
WIDEST = 24  # characters
BESIDE = 0.9  # room beside the text of a cell, in lines of text
USUAL: dict[type[Kind], str] = {  # answers of these kinds are about as long as this
    ResidentId: "8" * 18,
    Phone: "8" * 11,
    Day: "8888-88-88",
    Area: "某某社区",
    Link: "某某治安巡逻队",
}
ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
PAUSE = 200  # ms after the last pixel of a drag


class LedgerView(QTableView):
    """The rows of a :class:`LedgerTable`.

    :ivar chosen: another entry became the current one; carries its id.
    """

    chosen = Signal(object)

    def __init__(self, model: LedgerTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self._settings = model.desk.settings
        self._key = f"table.{model.ledger.__tablename__}"
        self._current: int | None = None
        self._arranging = False
        self.setModel(model)
        self.setObjectName("table")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._arrange()
        head.sectionClicked.connect(self._sort)
        head.sectionMoved.connect(self._remember)
        self._later = QTimer(self, singleShot=True, interval=PAUSE)  # a drag resizes with every pixel
        self._later.timeout.connect(self._remember)
        head.sectionResized.connect(lambda *_: self._later.start())
        model.reloaded.connect(self._return_to_current)

    # rows

    def current(self) -> int | None:
        """The id of the current entry."""
        return self._current

    def selected(self) -> list[int]:
        """The ids of the selected entries, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [entry for row in rows if (entry := self.table.entry(row)) is not None]

    def select(self, entries: Iterable[int]) -> None:
        """Select these entries and no others; the current one stays."""
        rows = self.table.rows(set(entries))
        chosen, last = QItemSelection(), self.table.columnCount() - 1
        for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
            together = [row for _, row in run]
            chosen.select(self.table.index(together[0], 0), self.table.index(together[-1], last))
        self.selectionModel().select(chosen, ONLY)

    def choose(self, entry: int | None) -> bool:
        """Select an entry and no other, without announcing it; ``False`` if the table does not show it."""
        self._current = entry
        row = None if entry is None else self.table.row(entry)
        if row is None:
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
            return entry is None
        if self.selected() != [entry] or self.currentIndex().row() != row:
            # setCurrentIndex() of the view would add to the selection while Ctrl is held, as in Ctrl+Enter
            self.selectionModel().setCurrentIndex(self.table.index(row, self.column()), ONLY)
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        entry = current.data(ENTRY) if current.isValid() else None
        if entry is not None and entry != self._current:
            self._current = entry
            self.chosen.emit(entry)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Another column of the same row is no other selection: several rows stay selected."""
        sideways = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if sideways and index.row() == self.currentIndex().row():
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt makes the first row the current one then, but leaves it unselected."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.choose(self._current)

    def _return_to_current(self) -> None:
        self.choose(self._current)

    def column(self) -> int:
        """The column that the keyboard is in: of the current cell, else the first one shown."""
        current = self.currentIndex()
        if current.isValid() and not self.isColumnHidden(current.column()):
            return current.column()
        return next(iter(self.visible()), 0)

    # columns

    def columns_menu(self, parent: QWidget) -> QMenu:
        """A menu of all columns; ticked ones are shown."""
        menu = QMenu("显示的列", parent)
        for at, column in enumerate(self.table.columns):
            action = menu.addAction(column.label)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.toggled.connect(lambda shown, at=at: self._show_column(at, shown))
        return menu

    def _show_column(self, at: int, shown: bool) -> None:
        if not shown and len(self.visible()) == 1:
            return  # a table without columns has no header to bring one back with
        self.setColumnHidden(at, not shown)
        self._remember()

    def visible(self) -> list[int]:
        """The columns shown, from the left."""
        head = self.horizontalHeader()
        in_order = (head.logicalIndex(at) for at in range(head.count()))
        return [at for at in in_order if not self.isColumnHidden(at)]

    def _sort(self, section: int) -> None:
        column = self.table.columns[section]
        if isinstance(column, Derived):
            return
        again = self.table.order == column.name
        if again and self.table.descending:
            self.table.sort_by("")  # a third click brings the order of writing back
        else:
            self.table.sort_by(column.name, descending=again)
        self._show_order()
        self._remember()

    def _show_order(self) -> None:
        head = self.horizontalHeader()
        names = [column.name for column in self.table.columns]
        head.setSortIndicatorShown(bool(self.table.order))
        if self.table.order:
            down = Qt.SortOrder.DescendingOrder if self.table.descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(names.index(self.table.order), down)

    def _arrange(self) -> None:
        """Sizes, order and visibility as remembered, in lines of text, so that they follow the zoom."""
        self._arranging = True
        line, head = em(self), self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(round(line * ROW))
        head.setMinimumSectionSize(line * 2)
        kept: dict[str, Any] = self._settings.get(self._key, {})
        widths, shown = kept.get("widths", {}), kept.get("shown")
        for at, column in enumerate(self.table.columns):
            self.setColumnWidth(at, round(line * widths.get(column.name, self._usual_width(column))))
            self.setColumnHidden(at, not (column.name in shown if shown else self._usual(column)))
        names = [column.name for column in self.table.columns]
        for place, name in enumerate(kept.get("order") or self._usual_order()):
            if name in names:
                head.moveSection(head.visualIndex(names.index(name)), place)
        if kept.get("sort") in {column.name for column in self.table.columns if isinstance(column, Field)}:
            self.table.sort_by(kept["sort"], descending=bool(kept.get("descending")))
        self._show_order()
        self._arranging = False

    def _usual_order(self) -> list[str]:
        """What names an entry, what it belongs to and what tells it from others; then the rest."""
        ledger = self.table.ledger
        names = [column.name for column in self.table.columns]
        named = [ledger.naming] if isinstance(field(ledger, ledger.naming).kind, Words) else []
        links = [column.name for column in self.table.columns if isinstance(column.kind, Link)]
        where = [ledger.where] if issubclass(ledger, Reported) and ledger.where in names else []
        return list(dict.fromkeys((*named, *links, *where, *ledger.key, *ledger.otherwise, *names)))

    def _usual_width(self, column: Field | Derived) -> float:
        """Lines of text that the usual answer and the heading need."""
        line, measure = em(self), self.fontMetrics().horizontalAdvance
        usual = USUAL.get(type(column.kind))
        width = measure(usual) / line if usual else min(getattr(column, "width", 8), WIDEST) * CHARACTER
        return max(width, measure(column.label) / line) + BESIDE

    def _usual(self, column: Field | Derived) -> bool:
        ledger = self.table.ledger
        where = ledger.where if issubclass(ledger, Reported) else ""
        own = column.name in (ledger.naming, where, *ledger.key)
        return isinstance(column, Derived) or own or column.required

    def _remember(self, *_: int) -> None:
        if self._arranging:
            return
        line, head = em(self), self.horizontalHeader()
        names = [column.name for column in self.table.columns]
        self._settings.set(
            self._key,
            {
                "widths": {names[at]: round(self.columnWidth(at) / line, 2) for at in self.visible()},
                "shown": [names[at] for at in self.visible()],
                "order": [names[head.logicalIndex(at)] for at in range(head.count())],
                "sort": self.table.order,
                "descending": self.table.descending,
            },
        )

    # paint

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_arranging"):
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.table.rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setPen(colour("muted"))
        area = self.viewport().rect()
        middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRect(area).adjusted(em(self), 0, -em(self), 0), int(middle), self.nothing())

    def nothing(self) -> str:
        """What an empty table says."""
        if self.table.filters or self.table.find:
            return "没有符合条件的记录。\n清除上面的筛选或查找，可看到全部记录。"
        return f"“{self.table.ledger.caption}”还没有记录。\n按 Ctrl+N 录入，或从 Excel 导入、粘贴。"
