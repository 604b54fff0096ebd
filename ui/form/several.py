"""Several answers of one list: a line that shows them, and a panel of ticks under it."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.errors import Unreadable
from desktop.records.kinds import Several
from ui.form.lines import ENTER, Line, drop, keeps_escape
from ui.icons import icon
from ui.theme import em

ROWS = 12
ITEM = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Ticks(QListWidget):
    """The panel: space ticks, Enter and Esc close."""

    def __init__(self, line: "SeveralLine") -> None:
        super().__init__(line)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setObjectName("ticks")

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER or event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


class SeveralLine(Line):
    """The chosen words, separated by 、; they may be typed, or ticked in the panel."""

    def __init__(self, kind: Several, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._ticks: Ticks | None = None
        opener = self.addAction(icon("check", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setToolTip("勾选（↓）")
        opener.triggered.connect(self.open_ticks)
        self.setPlaceholderText("可选多项，按 ↓ 勾选")

    def chosen(self) -> list[str]:
        """The codes that can be read from the line."""
        try:
            codes: list[str] = self._kind.read(self.text()) if self.text().strip() else []
        except Unreadable:
            return []
        return codes

    def open_ticks(self) -> None:
        """Show the panel under the line, unless it holds words that ticks would drop."""
        if self.text().strip() and not self.chosen():
            return
        if self._ticks is None:
            self._ticks = Ticks(self)
            self._ticks.itemChanged.connect(lambda _: self._take())
        panel, chosen = self._ticks, self.chosen()
        with QSignalBlocker(panel):
            panel.clear()
            for code, name in self._kind.codes.items.items():
                item = QListWidgetItem(name, panel)
                item.setData(Qt.ItemDataRole.UserRole, code)
                item.setFlags(ITEM)
                item.setCheckState(Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked)
        panel.setCurrentRow(0)
        row = max(panel.sizeHintForRow(0), em(self, 1.5))
        wide = max(self.width(), panel.sizeHintForColumn(0) + em(self, 3))
        panel.resize(wide, row * min(ROWS, panel.count()) + em(self, 0.4))
        drop(panel, self)
        panel.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_ticks()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if self._ticks is None:
            return
        items = [self._ticks.item(at) for at in range(self._ticks.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        self.set_text(self._kind.show([item.data(Qt.ItemDataRole.UserRole) for item in ticked]))
