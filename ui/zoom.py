"""Live zoom: Ctrl and the wheel, or Ctrl with + - 0, make all letters larger or smaller."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from ui import theme

LEAST, MOST, STEP, USUAL = 80, 200, 10, 100  # percent
PAUSE = 90  # milliseconds without a turn that end a gesture
NOTCH = 120  # one click of a wheel, in eighths of a degree

_KEYS = {
    Qt.Key.Key_Plus: STEP,
    Qt.Key.Key_Equal: STEP,  # the + key without Shift
    Qt.Key.Key_Minus: -STEP,
    Qt.Key.Key_Underscore: -STEP,
}


class Zoom(QObject):
    """The letter size of the whole program; every other size follows from it."""

    changed = Signal(int)  # percent, after the letters and the style sheet have followed

    def __init__(self, app: QApplication, percent: int = USUAL) -> None:
        super().__init__(app)
        self._app = app
        self._percent = 0
        self._turned = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._turn)
        self.set(percent)
        app.installEventFilter(self)

    def percent(self) -> int:
        return self._percent

    def set(self, percent: int) -> None:
        """Zoom to ``percent``, brought to a whole step between the least and the most."""
        wanted = min(MOST, max(LEAST, round(percent / STEP) * STEP))
        if wanted == self._percent:
            return
        self._percent = wanted
        self._app.setFont(theme.font(wanted))
        theme.refresh(self._app)
        self.changed.emit(wanted)

    def larger(self) -> None:
        self.set(self._percent + STEP)

    def smaller(self) -> None:
        self.set(self._percent - STEP)

    def usual(self) -> None:
        self.set(USUAL)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            return self._wheel(event)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _wheel(self, event: QWheelEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self._turned += event.angleDelta().y()  # a touch pad sends many small turns
        if abs(self._turned) >= NOTCH:
            self._pause.start()
        return True

    def _turn(self) -> None:
        """All notches of one gesture at once: every page that is open takes its time to follow."""
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        self.set(self._percent + notches * STEP)

    def _key(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held != Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() == Qt.Key.Key_0:
            self.usual()
            return True
        change = _KEYS.get(Qt.Key(event.key()))
        if change is None:
            return False
        self.set(self._percent + change)
        return True
