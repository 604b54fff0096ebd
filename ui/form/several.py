"""Several answers of one list: a line that shows them, and a panel of ticks under it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.errors import Unreadable
from desktop.records.kinds import Several
from ui.form.lines import ENTER, Line
from ui.icons import icon
from ui.theme import em

ROWS = 12


class Ticks(QListWidget):
    """The panel: space ticks, Enter and Esc close."""

    def __init__(self, line: "SeveralLine") -> None:
        super().__init__(line)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("ticks")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER or event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class SeveralLine(Line):
    """The chosen words, separated by 、; they may be typed, or ticked in the panel."""

    def __init__(self, kind: Several, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
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
        """Show the panel under the line."""
        panel = Ticks(self)
        chosen = self.chosen()
        for code, name in self._kind.codes.items.items():
            item = QListWidgetItem(name, panel)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked)
        panel.itemChanged.connect(lambda _: self._take(panel))
        panel.setCurrentRow(0)
        row = max(panel.sizeHintForRow(0), em(self, 1.5))
        panel.resize(max(self.width(), panel.sizeHintForColumn(0) + em(self, 3)), row * min(ROWS, panel.count()) + em(self, 0.4))
        screen = self.screen().availableGeometry()
        at = self.mapToGlobal(QPoint(0, self.height()))
        top = at.y() if at.y() + panel.height() <= screen.bottom() else at.y() - self.height() - panel.height()
        panel.move(min(at.x(), screen.right() - panel.width()), top)
        panel.show()
        panel.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_ticks()
        else:
            super().keyPressEvent(event)

    def _take(self, panel: QListWidget) -> None:
        items = [panel.item(at) for at in range(panel.count())]
        ticked = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
        self.set_text(self._kind.show(ticked))
