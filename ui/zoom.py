"""Live zoom: Ctrl and the wheel, or Ctrl with + - 0, make all letters larger or smaller.

A style sheet is worked out anew for every widget there is, so whatever is hidden and can be made again
is best thrown away when :attr:`Zoom.changing` tells, and one gesture is one change.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from ui import theme

LEAST, MOST, STEP, USUAL = 80, 200, 10, 100  # percent
PAUSE = 90  # milliseconds without a turn or a key that end a gesture
NOTCH = 120  # one click of a wheel, in eighths of a degree

_KEYS = {
    Qt.Key.Key_Plus: STEP,
    Qt.Key.Key_Equal: STEP,  # the + key without Shift
    Qt.Key.Key_Minus: -STEP,
    Qt.Key.Key_Underscore: -STEP,
}


class Zoom(QObject):
    """The letter size and the look of the whole program; every other size follows from it.

    :ivar changing: the letters or the look are about to change.
    """

    changing = Signal()
    changed = Signal(int)  # percent, after the letters and the style sheet have followed

    def __init__(self, app: QApplication, percent: int = USUAL) -> None:
        super().__init__(app)
        self._app = app
        self._percent = 0
        self._turned = 0  # by the wheel, not yet followed
        self._wanted = 0  # by keys, not yet followed
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._follow)
        self.set(percent)
        app.installEventFilter(self)

    def percent(self) -> int:
        return self._percent

    def set(self, percent: int) -> None:
        """Zoom to ``percent``, brought to a whole step between the least and the most."""
        wanted = min(MOST, max(LEAST, round(percent / STEP) * STEP))
        if wanted == self._percent:
            return
        self.changing.emit()
        self._percent = wanted
        self._app.setFont(theme.font(wanted))
        theme.refresh(self._app)
        self.changed.emit(wanted)

    def wear(self, look: str) -> None:
        """Give the whole program one of the looks of :data:`ui.theme.NAMES`."""
        self.changing.emit()
        theme.apply(self._app, look)

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

    def _follow(self) -> None:
        """All notches and keys of one gesture at once: every widget takes its time to follow."""
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        wanted, self._wanted = self._asked() + notches * STEP, 0
        self.set(wanted)

    def _key(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held != Qt.KeyboardModifier.ControlModifier:
            return False
        change = _KEYS.get(Qt.Key(event.key()))
        if change is None and event.key() != Qt.Key.Key_0:
            return False
        self._wanted = USUAL if change is None else min(MOST, max(LEAST, self._asked() + change))
        self._pause.start()
        return True

    def _asked(self) -> int:
        return self._wanted or self._percent
