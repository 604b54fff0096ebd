"""A list that opens under an editor and never takes the keyboard from it: input methods keep working."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QListView, QWidget

from ui.theme import em

ROWS = 10  # shown at once
OUTSIDE = (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)
MOVED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowDeactivate, QEvent.Type.Hide)


class Offer(QListView):
    """Lines to choose from under ``anchor``; the anchor hands it the arrow keys and Enter.

    :ivar picked: the clerk chose a line; carries its number.
    """

    picked = Signal(int)

    def __init__(self, anchor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent or anchor)  # a list whose parent is a QComboBox is left out of style sheets
        self._anchor = anchor
        self._lines = QStringListModel(self)
        self.setModel(self._lines)
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self._pick(index.row()))
        self._moved = QTimer(self, singleShot=True, interval=0)  # once all that moves with it has moved
        self._moved.timeout.connect(self._follow)
        self.hide()

    def offer(self, lines: Sequence[str], at: int = 0) -> None:
        """Show ``lines`` with one of them marked; nothing to offer hides the list."""
        if not lines:
            self.hide()
            return
        self._lines.setStringList(list(lines))
        self._place(len(lines))
        if not self.isVisible():
            self.show()
            _app().installEventFilter(self)
        self.setCurrentIndex(self._lines.index(max(0, min(at, len(lines) - 1))))

    def move_by(self, rows: int) -> None:
        """Mark the line ``rows`` further down."""
        at = max(0, min(self._lines.rowCount() - 1, self.currentIndex().row() + rows))
        self.setCurrentIndex(self._lines.index(at))

    def pick_current(self) -> bool:
        """Choose the marked line; ``False`` if there is none."""
        at = self.currentIndex().row()
        if not self.isVisible() or at < 0:
            return False
        self._pick(at)
        return True

    def handle(self, key: int) -> bool:
        """Let the list have a key of its anchor; whether it was one for it."""
        if not self.isVisible():
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        if key in steps:
            self.move_by(steps[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        _app().removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget):
            return False
        if event.type() in OUTSIDE:
            mine = self.isAncestorOf(watched) or watched is self
            theirs = watched is self._anchor or self._anchor.isAncestorOf(watched)
            if not (mine or theirs):
                self.hide()
        elif event.type() in MOVED and watched is self._anchor.window():
            self.hide()
        elif event.type() == QEvent.Type.Move and watched.isAncestorOf(self._anchor):
            self._moved.start()
        return False

    def _pick(self, at: int) -> None:
        self.hide()
        self.picked.emit(at)

    def _follow(self) -> None:
        """Stay under the anchor when lines above it come or go; close once it is scrolled away."""
        if not self.isVisible():
            return
        if self._anchor.visibleRegion().isEmpty():
            self.hide()
        else:
            self._place(self._lines.rowCount())

    def _place(self, lines: int) -> None:
        self.setFont(self._anchor.font())
        self.ensurePolished()
        row = max(self.sizeHintForRow(0), em(self, 1.5))
        height = row * min(lines, ROWS) + 2 * self.frameWidth() + 2
        width = max(self._anchor.width(), self.sizeHintForColumn(0) + em(self, 2))
        screen = self._anchor.screen().availableGeometry()
        width = min(width, screen.width())
        below = self._anchor.mapToGlobal(QPoint(0, self._anchor.height()))
        top = below.y()
        if top + height > screen.bottom():
            top = self._anchor.mapToGlobal(QPoint(0, 0)).y() - height
        left = min(below.x(), screen.right() - width)
        self.setGeometry(left, top, width, height)


def _app() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None
    return app
