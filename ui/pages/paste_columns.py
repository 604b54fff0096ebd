"""对照栏目: each column of a pasted block, what stands in it, and a box to choose what it answers."""

from openpyxl.utils import get_column_letter
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.excel.block import Paste
from desktop.excel.understanding.learnt import ASIDE
from desktop.records.fields import Ledger
from desktop.services import pasting
from ui.form.combo import Combo, Option
from ui.pages.parts import words
from ui.theme import em

HEADS = ("列", "内容", "填到")
WIDTHS = (3.5, 24)  # lines of text; the last takes what is left
ROW = 2.1
SAMPLES = 3  # cells shown of a column
LEFT_ASIDE = Option(ASIDE, "（不粘贴）")


class PasteColumns(QWidget):
    """One line a column.

    :ivar changed: the clerk chose otherwise; carries the names of the targets by column.
    """

    changed = Signal(object)

    def __init__(self, ledger: type[Ledger]) -> None:
        super().__init__()
        self._ledger = ledger
        self.boxes: list[Combo] = []
        self._names: list[str] = []
        self._options: list[Option] = []
        self.lines = QTableWidget(0, len(HEADS))
        self.lines.setHorizontalHeaderLabels(list(HEADS))
        self.lines.setAccessibleName("对照栏目")
        self.lines.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.lines.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines.verticalHeader().hide()
        self.lines.horizontalHeader().setStretchLastSection(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, em(self, 0.3), 0, 0)
        column.addWidget(words("每一列填到哪一栏，不对的可以在右边另选。", kind="muted", wrap=True))
        column.addWidget(self.lines, 1)

    def show_block(self, paste: Paste) -> None:
        """Show the columns of a block as they are answered now."""
        known = pasting.offered(self._ledger, over=bool(paste.over))
        self._options = [LEFT_ASIDE, *(Option(one.name, one.label) for one in known)]
        values = {one.value for one in self._options}
        self._names = [name if name in values else ASIDE for name in paste.names]
        self.boxes = []
        self.lines.setRowCount(0)
        self.lines.setRowCount(len(paste.names))
        self.lines.verticalHeader().setDefaultSectionSize(em(self, ROW))
        for at, width in enumerate(WIDTHS):
            self.lines.setColumnWidth(at, em(self, width))
        for at, name in enumerate(self._names):
            cells = [row[at].replace("\n", " ") for row in paste.rows if row[at].strip()]
            for place, text in enumerate((get_column_letter(at + 1), "、".join(cells[:SAMPLES]))):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.lines.setItem(at, place, item)
            self.boxes.append(self._box(at, name))
            self.lines.setCellWidget(at, len(HEADS) - 1, self.boxes[at])

    def unanswered(self) -> int:
        """How many columns are left aside."""
        return sum(name == ASIDE for name in self._names)

    def _box(self, at: int, name: str) -> Combo:
        box = Combo(lambda: self._options)
        box.setAccessibleName(f"第 {at + 1} 列填到")
        _show(box, name)
        box.changed.connect(lambda: self._chosen(at))
        box.leave.connect(box.focusNextPrevChild)
        return box

    def _chosen(self, at: int) -> None:
        """A field that another column had answers to this one now; half-typed words are no choice yet."""
        name = self.boxes[at].text()
        name = ASIDE if name == LEFT_ASIDE.shown else name
        if name == self._names[at] or all(name != one.value for one in self._options):
            return
        for other, had in enumerate(self._names):
            if name != ASIDE and had == name:
                self._names[other] = ASIDE
                _show(self.boxes[other], ASIDE)
        self._names[at] = name
        self.changed.emit(list(self._names))


def _show(box: Combo, name: str) -> None:
    if name == ASIDE:
        box.show_words(LEFT_ASIDE)
    else:
        box.set_text(name)
