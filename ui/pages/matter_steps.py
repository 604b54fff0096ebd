"""The six steps of a matter in a row: number, name, date, and where each stands, by shape and word."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from desktop.records.step import StepNo
from desktop.services.courses import State, StepState
from ui.pages import signs
from ui.pages.signs import Sign
from ui.theme import colour, em

SIGNS = {
    State.DONE: Sign.TICK,
    State.NEXT: Sign.DOT,
    State.LATER: Sign.RING,
    State.MERGED: Sign.DASH,
    State.TROUBLE: Sign.ALARM,
}
GROUNDS = {State.DONE: "ok_soft", State.NEXT: "accent_soft", State.TROUBLE: "missing_soft"}
EMPTY = tuple(StepState(no, "", State.LATER) for no in StepNo)


class StepCard(QAbstractButton):
    """One step; pressed while it is the open one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.state = EMPTY[0]

    def show_state(self, state: StepState) -> None:
        self.state = state
        date = f"，{state.date:%Y-%m-%d}" if state.date else ""
        self.setAccessibleName(f"第{state.no}步 {state.name}，{state.state}{date}")
        self.setToolTip(state.reason or f"第 {state.no} 步：{state.name}（{state.state}）")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(em(self, 6), em(self, 4.4))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self, 3.6), em(self, 4.4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sign = SIGNS[self.state.state]
        tone = colour(signs.TONES[sign])
        self._ground(painter)
        inside = self.rect().adjusted(em(self, 0.35), em(self, 0.3), -em(self, 0.2), -em(self, 0.3))
        line = em(self)
        shape = QRectF(inside.left(), inside.top() + line * 0.08, line * 0.84, line * 0.84)
        signs.paint(painter, shape, sign, tone)
        painter.setPen(tone)
        word = inside.adjusted(round(line * 1.05), 0, 0, 0)
        painter.drawText(word, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self.state.state.value)
        self._name(painter, QRect(inside.left(), inside.top() + line, inside.width(), round(line * 1.9)))
        painter.setPen(colour("muted"))
        if self.state.date:
            painter.drawText(
                inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._date(inside)
            )

    def _ground(self, painter: QPainter) -> None:
        ground = GROUNDS.get(self.state.state, "surface")
        painter.setBrush(colour(ground))
        thick = em(self, 0.13) if self.isChecked() else 1
        painter.setPen(QPen(colour("accent_ink") if self.isChecked() else colour("line"), thick))
        edge = QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.drawRoundedRect(edge, em(self, 0.3), em(self, 0.3))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("text"), 1, Qt.PenStyle.DotLine))
            inner = edge.adjusted(thick + 1, thick + 1, -thick - 1, -thick - 1)
            painter.drawRoundedRect(inner, em(self, 0.2), em(self, 0.2))

    def _name(self, painter: QPainter, room: QRect) -> None:
        plain, font = painter.font(), painter.font()
        font.setBold(self.state.state != State.LATER or self.isChecked())
        painter.setFont(font)
        painter.setPen(colour("text"))
        metrics, name = QFontMetricsF(font), self.state.name
        spellings = (f"{self.state.no} {name}", name, name[-4:])  # the tightest: 结果公开
        fits = (one for one in spellings if metrics.horizontalAdvance(one) <= room.width())
        painter.drawText(
            room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, next(fits, spellings[-1])
        )
        painter.setFont(plain)

    def _date(self, room: QRect) -> str:
        whole = f"{self.state.date:%Y-%m-%d}"
        fits = QFontMetricsF(self.font()).horizontalAdvance(whole) <= room.width()
        return whole if fits else f"{self.state.date:%m-%d}"


class StepStrip(QWidget):
    """The row of six; exactly one is open.

    :ivar chosen: the clerk opened another step; carries its :class:`StepNo`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = [StepCard(self) for _ in StepNo]
        self._group = QButtonGroup(self)
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(em(self, 0.25))
        for column, (card, state) in enumerate(zip(self.cards, EMPTY, strict=True)):
            card.setObjectName(f"step{state.no}")
            card.show_state(state)
            self._group.addButton(card, int(state.no))
            row.addWidget(card, 0, column)
            row.setColumnStretch(column, 1)
        self._group.idClicked.connect(lambda number: self.chosen.emit(StepNo(str(number))))

    @property
    def open_step(self) -> StepNo:
        return StepNo(str(max(1, self._group.checkedId())))

    def show_states(self, states: Sequence[StepState]) -> None:
        for card, state in zip(self.cards, states, strict=True):
            card.show_state(state)

    def open(self, no: StepNo) -> None:
        """Show ``no`` as the open one, without announcing it."""
        self._group.button(int(no)).setChecked(True)

    def beside(self, by: int) -> StepNo | None:
        """The step ``by`` places to the right of the open one; ``None`` beyond the ends."""
        number = int(self.open_step) + by
        return StepNo(str(number)) if 1 <= number <= len(StepNo) else None
