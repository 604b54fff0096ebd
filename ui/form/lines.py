"""Editors that are typed into: one line, several lines, a date with a calendar."""

import datetime as dt

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import Unreadable
from desktop.records.kinds import Day, Kind, Moment
from ui.icons import icon
from ui.theme import em, mark

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FORWARD, BACK = 1, -1
LOOKS_AWAY = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
BREAKS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class Line(QLineEdit):
    """One line of text.

    :ivar changed: its text is another.
    :ivar leave: the clerk wants the next (1) or the previous (-1) field.
    """

    changed = Signal()
    leave = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit: QLabel | None = None
        self.textChanged.connect(self.changed)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)

    def show_unit(self, unit: str) -> None:
        """Show a unit inside the line, at its right end."""
        self._unit = mark(QLabel(unit, self), kind="muted")
        self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._place_unit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_unit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in LOOKS_AWAY:
            self.setCursorPosition(0)  # a long answer shows its head

    def _place_unit(self) -> None:
        if self._unit is None:
            return
        size, gap = self._unit.sizeHint(), em(self, 0.4)
        self.setTextMargins(0, 0, size.width() + gap // 2, 0)
        self._unit.setGeometry(self.width() - size.width() - gap, 0, size.width(), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _step(event)
        if step:
            self.leave.emit(step)
        else:
            super().keyPressEvent(event)


class Lines(QPlainTextEdit):
    """Several lines of text: Enter leaves as everywhere, Alt+Enter begins a new one as in Excel."""

    changed = Signal()
    leave = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setPlaceholderText("Alt+回车换行")
        self.textChanged.connect(self.changed)

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in ENTER or held & ~BREAKS:
            super().keyPressEvent(event)
        elif held:
            self.insertPlainText("\n")
        else:
            self.leave.emit(FORWARD)


class DayLine(Line):
    """A date as a clerk writes it, 2024.1.5 or 20240105; a small button opens a calendar.

    :param kind: a :class:`Day`, or a :class:`Moment` whose time of day is kept.
    """

    def __init__(self, kind: Day | Moment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind = kind
        self._calendar: QCalendarWidget | None = None
        opener = self.addAction(icon("calendar", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        opener.setToolTip("打开日历（Alt+↓）")
        opener.triggered.connect(self.open_calendar)
        self.setPlaceholderText("如 2026-11-05" + (" 09:00" if isinstance(kind, Moment) else ""))
        self.editingFinished.connect(self._tidy)

    def value(self) -> dt.date | dt.datetime | None:
        """What is typed, if it can be read."""
        try:
            read: dt.date = self._kind.read(self.text())
        except Unreadable:
            return None
        return read

    def open_calendar(self) -> None:
        """Choose the day in a calendar."""
        if self._calendar is None:
            self._calendar = self._make_calendar()
        now = self.value()
        if now is not None:
            self._calendar.setSelectedDate(QDate(now.year, now.month, now.day))
        panel = self._calendar.window()
        panel.adjustSize()
        drop(panel, self)
        self._calendar.setFocus()

    def _make_calendar(self) -> QCalendarWidget:
        panel = Panel(self, Qt.WindowType.Popup)
        calendar = QCalendarWidget(panel)
        calendar.setObjectName("calendar")
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(calendar)
        calendar.clicked.connect(self._take)
        calendar.activated.connect(self._take)
        return calendar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def _take(self, chosen: QDate) -> None:
        if self._calendar is not None:
            self._calendar.window().hide()
        date, now = dt.date(chosen.year(), chosen.month(), chosen.day()), self.value()
        clock = now.time() if isinstance(now, dt.datetime) else dt.time()
        kind = self._kind
        whole = isinstance(kind, Moment)
        self.set_text(kind.show(dt.datetime.combine(date, clock)) if whole else kind.show(date))
        self.setFocus()

    def _tidy(self) -> None:
        """Show a readable date the one way; what cannot be read stays as typed."""
        now = self.value()
        shown = self.text() if now is None else self._kind.show(now)
        if shown != self.text():
            self.set_text(shown)


class Panel(QFrame):
    """Holds a calendar; Esc closes it and reaches no further."""

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)


def keeps_escape(event: QEvent) -> bool:
    """Claim Esc for an open list or panel, before the form takes it as its own command."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    mine: bool = event.key() == Qt.Key.Key_Escape
    if mine:
        event.accept()
    return mine


def _step(event: QKeyEvent) -> int:
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return 0
    if event.key() in ENTER or event.key() == Qt.Key.Key_Down:
        return FORWARD
    return BACK if event.key() == Qt.Key.Key_Up else 0


def line_height(editor: QWidget, lines: float) -> int:
    """Pixels for that many lines of text and the frame around them."""
    return em(editor, lines + 0.5)


def drop(panel: QWidget, anchor: QWidget) -> None:
    """Show ``panel`` under ``anchor``, or over it where the screen ends."""
    screen = anchor.screen().availableGeometry()
    at = anchor.mapToGlobal(QPoint(0, anchor.height()))
    fits = at.y() + panel.height() <= screen.bottom()
    top = at.y() if fits else at.y() - anchor.height() - panel.height()
    panel.move(min(at.x(), screen.right() - panel.width()), top)
    panel.show()
