"""Small shapes that stand beside a word of state, so that nothing is told by colour alone."""

from collections.abc import Mapping
from enum import Enum, auto

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import colour, em


class Sign(Enum):
    TICK = auto()
    DOT = auto()
    ALARM = auto()
    RING = auto()
    DASH = auto()
    CLOCK = auto()


TONES = {
    Sign.TICK: "ok",
    Sign.DOT: "accent_ink",
    Sign.ALARM: "missing",
    Sign.RING: "muted",
    Sign.DASH: "muted",
    Sign.CLOCK: "warn",
}


def paint(painter: QPainter, box: QRectF, sign: Sign, tone: QColor) -> None:
    """Draw ``sign`` into ``box``."""
    pen = QPen(tone, max(1.5, box.width() / 8), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)

    def at(x: float, y: float) -> QPointF:
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height())

    if sign is Sign.TICK:
        painter.drawPolyline(QPolygonF([at(0.1, 0.55), at(0.4, 0.85), at(0.95, 0.15)]))
    elif sign is Sign.DOT:
        painter.setBrush(tone)
        painter.drawEllipse(box.center(), box.width() * 0.3, box.height() * 0.3)
    elif sign is Sign.ALARM:
        painter.drawPolygon(QPolygonF([at(0.5, 0.05), at(0.98, 0.92), at(0.02, 0.92)]))
        painter.drawLine(at(0.5, 0.38), at(0.5, 0.58))
        painter.drawPoint(at(0.5, 0.76))
    elif sign is Sign.DASH:
        painter.drawLine(at(0.15, 0.5), at(0.85, 0.5))
    else:
        painter.drawEllipse(box.center(), box.width() * 0.42, box.height() * 0.42)
    if sign is Sign.CLOCK:
        painter.drawPolyline(QPolygonF([at(0.5, 0.25), at(0.5, 0.52), at(0.68, 0.62)]))


class SignIcon(QIconEngine):
    """A sign as an icon, in the colours of the look in force."""

    def __init__(self, sign: Sign) -> None:
        super().__init__()
        self._sign = sign

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(rect.width(), rect.height()) * 0.84
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(rect).center())
        paint(painter, box, self._sign, colour(TONES[self._sign]))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return SignIcon(self._sign)


def icon(sign: Sign) -> QIcon:
    return QIcon(SignIcon(sign))


class SignDelegate(QStyledItemDelegate):
    """Puts the sign of a word of state before it in a table.

    :param signs: the sign of each word.
    """

    def __init__(self, signs: Mapping[str, Sign], parent: QObject) -> None:
        super().__init__(parent)
        self._icons = {word: icon(sign) for word, sign in signs.items()}

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        found = self._icons.get(str(index.data()))
        if found is not None:
            option.icon = found  # type: ignore[attr-defined]  # its stub leaves the members out
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration  # type: ignore[attr-defined]


class SignMark(QWidget):
    """A sign as high as a line of text, beside words that say the same."""

    def __init__(self, sign: Sign = Sign.RING) -> None:
        super().__init__()
        self._sign = sign
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sign(self, sign: Sign) -> None:
        self._sign = sign
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(em(self), em(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = self.width() * 0.08
        paint(
            painter, QRectF(self.rect()).adjusted(gap, gap, -gap, -gap), self._sign, colour(TONES[self._sign])
        )
