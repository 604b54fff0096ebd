"""Village × ledger for one period: what is there, what is missing, and the zero reports."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from sqlalchemy.orm import Session

from desktop.services import submissions
from desktop.services.overview import ZERO_ALLOWED, Cell, CellState, Grid
from ui.icons import icon
from ui.theme import colour, em

Index = QModelIndex | QPersistentModelIndex
Place = tuple[str, str]  # village code, table name
LOOKS = {  # icon and colour; the icon's shape and the words say the same as the colour
    CellState.DONE: ("ok", "ok"),
    CellState.PARTIAL: ("warning", "warn"),
    CellState.ZERO: ("zero", "ok"),
    CellState.MISSING: ("missing", "missing"),
    CellState.WRONG: ("blocked", "A"),
}
ROW, HEAD, LEAST_ROWS = 1.8, 2.3, 6  # heights in lines of text; rows that are always seen


def shown(cell: Cell) -> str:
    """A cell in as few words as it takes: 12 条, 12 条 3 待补, 12 条 2 错, 零报告, 缺."""
    if cell.state == CellState.DONE:
        return f"{cell.count} 条"
    if cell.state == CellState.WRONG:
        return f"{cell.count} 条 {cell.wrong} 错"
    return f"{cell.count} 条 {cell.open} 待补" if cell.state == CellState.PARTIAL else cell.state.value


def explained(village: str, ledger: str, cell: Cell) -> str:
    """A cell in a sentence, for a tool tip and a screen reader."""
    partial = f"，{cell.open} 条没有填完" if cell.open else ""
    told = {
        CellState.WRONG: f"有 {cell.count} 条{partial}，检查出 {cell.wrong} 处要改正或说明",
        CellState.DONE: f"有 {cell.count} 条，都填写齐全",
        CellState.PARTIAL: f"有 {cell.count} 条，其中 {cell.open} 条没有填完",
        CellState.ZERO: "已登记零报告",
        CellState.MISSING: "还没有记录，也没有零报告",
    }
    return f"{village}，{ledger}：{told[cell.state]}"


def zero(session: Session, places: Iterable[Place], period: str, *, on: bool) -> None:
    """Make zero reports for ``places``, or take them back, ledger by ledger.

    :raises Refusal: the period is locked.
    """
    by_ledger: dict[str, list[str]] = {}
    for village, ledger in places:
        by_ledger.setdefault(ledger, []).append(village)
    for ledger, villages in by_ledger.items():
        submissions.zero(session, villages, ledger, period, on=on)


class GridModel(QAbstractTableModel):
    """Villages down, ledgers across."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid((), (), {})

    def show_grid(self, grid: Grid) -> None:
        """Show ``grid``; where its villages are the same, what is selected stays selected."""
        same = (grid.villages, grid.ledgers) == (self.grid.villages, self.grid.ledgers) and grid.villages
        if same:
            self.grid = grid
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def place(self, index: Index) -> Place:
        return self.grid.villages[index.row()][0], self.grid.ledgers[index.column()][0]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.grid.villages)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.grid.ledgers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        across = orientation == Qt.Orientation.Horizontal
        return (self.grid.ledgers if across else self.grid.villages)[section][1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.grid.cells[self.place(index)]
        symbol, tone = LOOKS[cell.state]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(cell)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            village, ledger = self.grid.villages[index.row()][1], self.grid.ledgers[index.column()][1]
            return explained(village, ledger, cell)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(symbol, tone)
        if role == Qt.ItemDataRole.ForegroundRole:
            return colour(tone)
        return colour(f"{tone}_soft") if role == Qt.ItemDataRole.BackgroundRole else None


class Ground(QStyledItemDelegate):
    """Paints the ground of a cell, which a style sheet for items leaves out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look: Any = option  # the stubs leave out what it carries
        if not look.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(look.rect, index.data(Qt.ItemDataRole.BackgroundRole))
        super().paint(painter, option, index)


class GridView(QTableView):
    """The grid as one works with it: arrows and Enter open a cell, Space makes a zero report.

    :ivar opened: a village's entries of a ledger are wanted; carries the code and the table name.
    :ivar zeroed: zero reports are wanted or taken back; carries a list of places, and which.
    """

    opened = Signal(str, str)
    zeroed = Signal(list, bool)

    def __init__(self) -> None:
        super().__init__()
        self.cells = GridModel()
        self._forbidden = ""
        self.setModel(self.cells)
        self.setItemDelegate(Ground(self))
        self.setAccessibleName("各村各台账的情况")
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._clicked)
        self.activated.connect(self._open)
        self._fit()

    def show_grid(self, grid: Grid) -> None:
        """Show ``grid``, and stay on the cell that was current."""
        row, column = max(0, self.currentIndex().row()), max(0, self.currentIndex().column())
        self.cells.show_grid(grid)
        if grid.villages and not self.currentIndex().isValid():
            last = len(grid.villages) - 1
            self.setCurrentIndex(self.cells.index(min(row, last), column))

    def of_state(self, state: CellState, *, selected: bool = False) -> list[Place]:
        """The places in ``state`` that may have a zero report, of all cells or of the selected ones."""
        places = list(self.cells.grid.cells)
        if selected:
            places = [self.cells.place(index) for index in self.selectedIndexes()]
        return [one for one in places if one[1] in ZERO_ALLOWED and self.cells.grid.cells[one].state == state]

    def forbid(self, why: str) -> None:
        """Zero reports are for others to make; ``why`` says for whom."""
        self._forbidden = why

    def toggle(self) -> None:
        """Make a zero report for the selected missing cells, or take back the selected ones."""
        if self._forbidden:
            return
        missing = self.of_state(CellState.MISSING, selected=True)
        made = self.of_state(CellState.ZERO, selected=True)
        if missing or made:
            self.zeroed.emit(missing or made, bool(missing))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with the selected cells."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("next"), "打开（回车）", lambda: self._open(self.currentIndex()))
        missing = bool(self.of_state(CellState.MISSING, selected=True))
        made = bool(self.of_state(CellState.ZERO, selected=True))
        label = "取消零报告（空格）" if made and not missing else "零报告（空格）"
        zeroing = menu.addAction(icon("zero"), label, self.toggle)
        zeroing.setEnabled((missing or made) and not self._forbidden)
        zeroing.setToolTip(self._forbidden or label)
        menu.setToolTipsVisible(bool(self._forbidden))
        return menu

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def sizeHint(self) -> QSize:
        """As high as what is always seen; a page that is high gives it more."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _clicked(self, index: QModelIndex) -> None:
        if self.selectionMode() == QAbstractItemView.SelectionMode.SingleSelection:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(*self.cells.place(index))

    def _fit(self) -> None:
        self.setIconSize(QSize(em(self, 0.9), em(self, 0.9)))
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(em(self, ROW))
        self.setMinimumHeight(em(self, LEAST_ROWS * ROW + HEAD))
