"""对照: what a word of ours is called in the template."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.services.sources import SourceColumn
from ui.pages.grid import Ground
from ui.theme import colour, em

HEADS = ("本程序里的", "写成")
OURS, THEIRS = 0, 1
ROW = 1.75
SHOWN = 7  # rows that are seen at once
Index = QModelIndex | QPersistentModelIndex


class ValueTable(QTableWidget):
    """A line for each answer of a list, and an empty one for any other word.

    :ivar said: a word of the template was chosen or typed.
    """

    said = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(HEADS))
        self._offered: Sequence[str] = ()
        self._filling = False
        self.setHorizontalHeaderLabels(list(HEADS))
        self.setAccessibleName("对照")
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setItemDelegateForColumn(THEIRS, _Words(self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self._changed)

    @property
    def offered(self) -> Sequence[str]:
        return self._offered

    def show_values(
        self, column: SourceColumn | None, values: Mapping[str, str], offered: Sequence[str]
    ) -> None:
        """Show the answers of a column with what they become.

        :param offered: words of the template's drop-down, if it has one.
        """
        self._offered = offered
        options = column.options if column else {}
        usual = [options[code] for code in column.usual] if column else []
        known = {options.get(word, word): wanted for word, wanted in values.items()}
        self.setRowCount(0)
        for word in dict.fromkeys([*usual, *known]):
            self._add(word, known.get(word, ""))
        self._add()
        self._colour()
        self.fit()

    def values(self) -> dict[str, str]:
        """What is written otherwise than we call it."""
        pairs = ((self._text(row, OURS), self._text(row, THEIRS)) for row in range(self.rowCount()))
        return {ours: theirs for ours, theirs in pairs if ours and theirs and ours != theirs}

    def missing(self) -> list[str]:
        """Our words that become none of the words of the drop-down."""
        if not self._offered:
            return []
        rows = range(self.rowCount())
        return [self._text(row, OURS) for row in rows if not self._fits(row)]

    def fit(self) -> None:
        """Give the rows their height in the letters in force."""
        self.verticalHeader().setDefaultSectionSize(em(self, ROW))
        rows = min(self.rowCount(), SHOWN) + 1
        self.setFixedHeight(rows * em(self, ROW) + self.horizontalHeader().sizeHint().height() // 4)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def _add(self, ours: str = "", theirs: str = "") -> None:
        """One more row; our word can be typed where none is given."""
        row = self.rowCount()
        self._filling = True
        self.insertRow(row)
        first = QTableWidgetItem(ours)
        if ours:
            first.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.setItem(row, OURS, first)
        self.setItem(row, THEIRS, QTableWidgetItem(theirs))
        self._filling = False

    def _fits(self, row: int) -> bool:
        ours = self._text(row, OURS)
        return not ours or (self._text(row, THEIRS) or ours) in self._offered

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item else ""

    def _changed(self, item: QTableWidgetItem) -> None:
        if self._filling:
            return
        if item.row() == self.rowCount() - 1 and self._text(item.row(), OURS):
            self._add()
        self._colour()
        self.said.emit()

    def _colour(self) -> None:
        """Words that the drop-down does not have stand out."""
        self._filling = True
        for row in range(self.rowCount()):
            item = self.item(row, THEIRS)
            if item is not None:
                doubt = bool(self._offered) and not self._fits(row)
                item.setBackground(colour("warn_soft" if doubt else "surface"))
                item.setToolTip("模板的下拉选项里没有这个词，请选一个" if doubt else "")
        self._filling = False


class _Words(Ground):
    """Offers the words of the drop-down, where there is one."""

    def __init__(self, table: ValueTable) -> None:
        super().__init__(table)
        self._table = table

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if not self._table.offered:
            return QLineEdit(parent)
        box = QComboBox(parent)
        box.setEditable(True)
        box.addItems(["", *self._table.offered])
        box.activated.connect(lambda _: self.commitData.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(index.data() or "")
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QComboBox):
            self._table.model().setData(index, editor.currentText().strip())
        elif isinstance(editor, QLineEdit):
            self._table.model().setData(index, editor.text().strip())
