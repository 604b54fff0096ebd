"""The few widgets that pages are made of: words, buttons, cards, and a notice in place."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import Refusal
from ui.icons import icon
from ui.theme import em, mark


def words(text: str = "", *, kind: str = "", tone: str = "", wrap: bool = False) -> QLabel:
    """A label; ``kind`` and ``tone`` are marks of :mod:`ui.stylesheet`."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setIndent(0)  # Qt indents what a style sheet pads, and a heading would stand off its text
    marks = {"kind": kind, "tone": tone}
    return mark(label, **{name: value for name, value in marks.items() if value})


class _Button(QPushButton):
    """Enter presses it while it has the keyboard, and never from elsewhere: a dialog names its default."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class _Big(_Button):
    """A button that is one of the few things on a page."""

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(em(self, 11), em(self, 3)))


def press(
    text: str,
    slot: Callable[[], object],
    *,
    symbol: str = "",
    kind: str = "",
    tone: str = "text",
    big: bool = False,
) -> QPushButton:
    """A button that calls ``slot`` without arguments; Enter presses it as Space does."""
    button = _Big(text) if big else _Button(text)
    if symbol:
        button.setIcon(icon(symbol, tone))
    if kind:
        mark(button, kind=kind)
    button.clicked.connect(lambda _: slot())
    return button


def across(*items: QWidget | QLayout | int, gap: float = 0.5) -> QHBoxLayout:
    """Things side by side; a number is a stretch."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    for item in items:
        if isinstance(item, int):
            line.addStretch(item)
        elif isinstance(item, QLayout):
            line.addLayout(item)
        else:
            line.addWidget(item)
    first = next((item for item in items if isinstance(item, QWidget)), None)
    line.setSpacing(em(first, gap) if first is not None else -1)
    return line


def card(*items: QWidget | QLayout | int, kind: str = "card") -> QFrame:
    """Things one under the other on a white card; a number is a stretch."""
    frame = mark(QFrame(), kind=kind)
    column = QVBoxLayout(frame)
    for item in items:
        if isinstance(item, int):
            column.addStretch(item)
        elif isinstance(item, QLayout):
            column.addLayout(item)
        else:
            column.addWidget(item)
    side = em(frame, 0.6)
    column.setContentsMargins(side, side, side, side)
    column.setSpacing(em(frame, 0.4))
    return frame


def page_layout(page: QWidget) -> QVBoxLayout:
    """The layout of a page, with the margins that all pages have."""
    column = QVBoxLayout(page)
    side = em(page, 0.8)
    column.setContentsMargins(side, em(page, 0.5), side, em(page, 0.5))
    column.setSpacing(em(page, 0.5))
    return column


class Fold(QWidget):
    """Things side by side where the width allows it, else one under the other.

    :param room: the width they need side by side, in lines of text.
    """

    def __init__(self, *items: tuple[QWidget, int], room: float) -> None:
        super().__init__()
        self._room = room
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(em(self, 0.5))
        for widget, stretch in items:
            self._line.addWidget(widget, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = event.size().width() >= em(self, self._room)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(right if fits else down)


def scrolled(content: QWidget) -> QScrollArea:
    """``content``, with a scroll bar where the letters are too large for the window."""
    content.setObjectName("page")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


class Notice(QLabel):
    """One sentence in place: a refusal, or what was done. Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFrameShape(QFrame.Shape.StyledPanel)  # a label without a frame leaves no room for its bar
        self.setMargin(em(self, 0.35))
        self.hide()

    def refuse(self, refusal: Refusal) -> None:
        self._show(str(refusal), "A")

    def say(self, text: str) -> None:
        self._show(text, "D")

    def clear(self) -> None:
        super().clear()
        self.hide()

    def _show(self, text: str, grade: str) -> None:
        mark(self, grade=grade)
        self.setText(text)
        self.setAccessibleName(text)
        self.show()
