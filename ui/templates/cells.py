"""The sheet of a draft as cells: what stands in each, and what the program will write there."""

from typing import Any

from openpyxl.utils import get_column_letter
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QFont

from ui.pages.plain_table import Index
from ui.templates.draft import Draft, Place
from ui.theme import colour

MOST_ROWS, MOST_COLUMNS = 60, 200
LEAST = 15  # prepared rows that are shown, though nothing stands in them
SPARE = 3  # rows shown below the last one that says something
GROUNDS = {
    Place.MATCHED: "ok_soft",
    Place.ENTRY: "ok_soft",
    Place.OPEN: "warn_soft",
    Place.TOTAL: "D_soft",
    Place.CELL: "accent_soft",
}
TOTALS = {"sum": "〔求和〕", "count": "〔计数〕"}
Role = Qt.ItemDataRole


class SheetModel(QAbstractTableModel):
    """The first rows of the sheet of a draft."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self._size = (0, 0)
        self.measure()

    def measure(self) -> None:
        """See again what the cells say, and how far the sheet reaches."""
        profile, sheet = self.draft.profile, self.draft.handed.sheets[self.draft.profile.sheet]
        wide = [len(cells) for cells in sheet.rows.values()]
        wide += [one.right for one in sheet.merges] + list(profile.targets)
        low = [*sheet.rows, *(one.bottom for one in sheet.merges)]
        low += [profile.first, min(profile.last, profile.first + LEAST)]
        size = min(max(low) + SPARE, MOST_ROWS), min(max(wide, default=1), MOST_COLUMNS)
        if size != self._size:
            self.beginResetModel()
            self._size = size
            self.endResetModel()
        self.dataChanged.emit(self.index(0, 0), self.index(size[0] - 1, size[1] - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._size[0]

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._size[1]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role != Role.DisplayRole:
            return None
        return get_column_letter(section + 1) if orientation == Qt.Orientation.Horizontal else section + 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, at = index.row() + 1, index.column() + 1
        place = self.draft.place(row, at)
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self.text(row, at, place)
        if role == Role.BackgroundRole:
            return colour(GROUNDS.get(place, "surface"))
        if role == Role.ForegroundRole and self._ours(row, at, place):
            return colour("accent_ink")
        if role == Role.FontRole and place in (Place.MATCHED, Place.OPEN):
            bold = QFont()
            bold.setBold(True)
            return bold
        if role == Role.TextAlignmentRole:
            span = self.draft.span.get((row, at))
            wide = span is not None and span.right - span.left >= self._size[1] // 2  # a title
            middle = place in (Place.MATCHED, Place.OPEN) or wide
            side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def text(self, row: int, at: int, place: Place) -> str:
        """What stands in a cell: the template's own text, or what the program will write."""
        profile, draft = self.draft.profile, self.draft
        if place is Place.CELL:
            return profile.cells[f"{get_column_letter(at)}{row}"]
        if place is Place.ENTRY:
            return self._told(at) if row == profile.first else ""
        if place is Place.TOTAL and at in profile.totals:
            return TOTALS.get(profile.totals[at].split(" ")[0], "（计算）")
        return draft.handed.text(profile.sheet, row, at)

    def _told(self, at: int) -> str:
        owner = self.draft.owner(at)
        rule = self.draft.rule(owner) if owner is not None else None
        if owner is None or rule is None:
            return ""
        if rule.parts > 1:
            return f"〔第{at - owner + 1}位〕"
        column = self.draft.column(rule)
        return f"〔{column.label}〕" if column else rule.constant

    def _ours(self, row: int, at: int, place: Place) -> bool:
        total = place is Place.TOTAL and at in self.draft.profile.totals
        return total or place in (Place.ENTRY, Place.CELL)
