"""Tells when nobody has touched key or mouse for a while."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

IDLE, MINUTES = "idle_minutes", 10  # the setting, and what it is usually
CHOICES = (3, 5, 10, 15, 30)  # minutes that can be set
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class Idle(QObject):
    """Watches the whole program.

    :ivar idle: nothing was touched for the minutes that are set; told once, until something is.
    """

    idle = Signal()

    def __init__(self, app: QCoreApplication, minutes: float = MINUTES) -> None:
        super().__init__(app)
        self._rest = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._rest.timeout.connect(self.idle)
        self.set(minutes)
        app.installEventFilter(self)

    def set(self, minutes: float) -> None:
        """Wait for so many minutes from now on."""
        self._rest.start(round(minutes * 60_000))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._rest.start()
        return False

    def left(self) -> int:
        """Milliseconds until it is told."""
        return self._rest.remainingTime()
