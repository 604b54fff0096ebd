"""A table of a few hundred rows that are all known: areas, submissions, differences."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.theme import colour, em

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
SEARCHED = Qt.ItemDataRole.UserRole
ROW = 1.75  # lines of text


class PlainModel(QAbstractTableModel, Generic[T]):
    """Shows ``rows``.

    :param cells: the texts of a row, one a column.
    :param faint: whether a row is of the past, and shown in secondary colour.
    :param searched: what a search in a row looks at.
    """

    def __init__(
        self,
        heads: Sequence[str],
        cells: Callable[[T], Sequence[str]],
        *,
        faint: Callable[[T], bool] = lambda _: False,
        searched: Callable[[T], str] = lambda _: "",
    ) -> None:
        super().__init__()
        self.rows: list[T] = []
        self.heads = heads
        self._cells, self._faint, self._searched = cells, faint, searched

    def show_rows(self, rows: Sequence[T]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cells(row)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and self._faint(row):
            return colour("muted")
        return self._searched(row) if role == SEARCHED else None


class PlainTable(QTableView):
    """One row at a time is chosen; columns and rows grow with the letters.

    :param widths: of the columns in lines of text; the last one takes what is left.
    """

    def __init__(self, title: str, widths: Sequence[float]) -> None:
        super().__init__()
        self._widths, self._least = widths, 0
        self.setAccessibleName(title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        self.fit()

    def fit(self) -> None:
        """Give columns and rows their size in the letters in force."""
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(em(self, ROW))
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, em(self, width))
        head = self.horizontalHeader().sizeHint().height()
        self.setMinimumHeight(head + self._least * em(self, ROW) + 4 if self._least else 0)

    def always_show(self, rows: int) -> None:
        """Be high enough for ``rows`` rows."""
        self._least = rows
        self.fit()

    def sizeHint(self) -> QSize:
        """As high as the rows that are always shown; a page that is high gives it more."""
        usual = super().sizeHint()
        return QSize(usual.width(), self.minimumHeight()) if self._least else usual

    def chosen(self) -> int | None:
        """The row chosen, as the view counts."""
        rows = self.selectionModel().selectedRows() if self.model() is not None else []
        return rows[0].row() if rows else None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()
