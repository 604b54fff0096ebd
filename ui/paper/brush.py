"""Draws one page of a form; every measure is in millimetres."""

from functools import singledispatchmethod

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF

from desktop.paper import (
    BEFORE,
    MM,
    NAME,
    NOTE,
    SIGNED,
    Block,
    Grid,
    Heads,
    Line,
    Paragraph,
    Passage,
    Signatures,
    Ticks,
    Tone,
)
from ui.paper import faces
from ui.paper.layout import GAP, Page
from ui.paper.parts import CELL, Composer, Head, Part
from ui.paper.ruler import Ruler, Text

RULE = 0.25  # thickness of a line
BOX = 3.8  # side of a box to tick
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFTWARD = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHTWARD = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROWS = (Ticks, Line, Heads, Passage, Signatures)


class Brush:
    """Draws the pages of one form."""

    def __init__(self, painter: QPainter, ruler: Ruler, composer: Composer) -> None:
        self._painter, self._ruler, self._composer = painter, ruler, composer
        self._measures, self._scale = composer.measures, composer.scale
        self._font = faces.body(composer.letters)
        self._black = QPen(Qt.GlobalColor.black, RULE * ruler.mm)
        self._black.setJoinStyle(Qt.PenJoinStyle.MiterJoin)

    def page(self, page: Page, number: str) -> None:
        self._painter.setPen(self._black)
        side, across = self._measures.side, self._measures.across
        top = self._measures.edge
        if page.head is not None:
            self._head(page.head, top)
            top += page.head.height
        for part in page.parts:
            cell = QRectF(side, top, across, part.height)
            if isinstance(part.block, ROWS):
                cell = self._named(part, cell)
            self._block(part.block, part, cell)
            top += part.height
        for text in page.end:
            top += GAP
            self._lines(text, side, top)
            top += text.height
        foot = QRectF(side, self._measures.height - self._measures.edge + 4, across, 6 * self._scale)
        self._line(number, foot, faces.body(NOTE * self._scale), CENTRE)

    def _head(self, head: Head, top: float) -> None:
        side, across = self._measures.side, self._measures.across
        self._middle(head.title, QRectF(side, top, across, head.title.height))
        top += head.title.height
        if head.part.lines:
            self._middle(head.part, QRectF(side, top + 1, across, head.part.height))
            top += head.part.height + 3.5
        self._lines(head.left, side, top + 2)
        below = top + 2 + (0 if head.beside else head.left.height)
        for number, line in enumerate(head.right.lines):
            left = side + across - line.naturalTextWidth() / self._ruler.mm
            self._draw(head.right, number, left, below + number * head.right.step)

    def _named(self, part: Part, cell: QRectF) -> QRectF:
        """Draw the name of a row with both frames; the room for what is answered."""
        name = QRectF(cell.left(), cell.top(), self._composer.label, cell.height())
        answer = cell.adjusted(self._composer.label, 0, 0, 0)
        self._rect(name)
        self._rect(answer)
        assert isinstance(part.block, ROWS)
        words = part.block.label + ("\n（续）" if part.begun else "")
        width = self._composer.label - 2 * self._composer.padding
        self._middle(self._ruler.text(words, width, self._font), name)
        return answer

    @singledispatchmethod
    def _block(self, block: Block, part: Part, cell: QRectF) -> None:
        raise TypeError(f"no way to draw a block of type {type(block).__name__}")

    @_block.register
    def _(self, block: Ticks, part: Part, cell: QRectF) -> None:
        side, gap = BOX * self._scale, 1.5 * self._scale
        widths = [side + gap + self._ruler.width(name, self._font) for name, _ in block.options]
        spare = cell.width() - 2 * self._composer.padding - sum(widths)
        between = min(spare / max(1, len(widths) - 1), 12.0 * self._scale)
        left = cell.left() + self._composer.padding
        for (name, ticked), width in zip(block.options, widths, strict=True):
            box = QRectF(left, cell.center().y() - side / 2, side, side)
            self._tick(box, ticked=ticked)
            self._line(
                name, QRectF(box.right() + gap, cell.top(), width, cell.height()), self._font, LEFTWARD
            )
            left += width + between

    @_block.register
    def _(self, block: Line, part: Part, cell: QRectF) -> None:
        (text,) = part.texts
        self._lines(text, cell.left() + self._composer.padding, cell.center().y() - text.height / 2)

    @_block.register
    def _(self, block: Heads, part: Part, cell: QRectF) -> None:
        width, name_width = cell.width() / len(block.cells), NAME * self._scale
        for number, ((name, _), text) in enumerate(zip(block.cells, part.texts, strict=True)):
            left = cell.left() + number * width
            first = QRectF(left, cell.top(), name_width, cell.height())
            second = QRectF(left + name_width, cell.top(), width - name_width, cell.height())
            self._rect(first)
            self._rect(second)
            self._line(name, first, self._font, CENTRE)
            self._middle(text, second)

    @_block.register
    def _(self, block: Passage, part: Part, cell: QRectF) -> None:
        padding = self._composer.padding
        self._lines(part.texts[0], cell.left() + padding, cell.top() + padding)
        if block.signed and part.ended:
            foot = cell.adjusted(padding, cell.height() - SIGNED * self._scale, -padding, -padding)
            self._line(block.signed, foot, self._font, LEFTWARD)
            self._line("年　　月　　日", foot, self._font, RIGHTWARD)

    @_block.register
    def _(self, block: Signatures, part: Part, cell: QRectF) -> None:
        padding = self._composer.padding
        self._lines(part.texts[0], cell.left() + padding, cell.top() + padding)

    @_block.register
    def _(self, block: Paragraph, part: Part, cell: QRectF) -> None:
        (text,) = part.texts
        top = cell.top() + (0.0 if part.begun else BEFORE.get(block.tone, 0.0) * text.step)
        if block.tone is not Tone.CLOSING:
            self._lines(text, cell.left(), top)
            return
        for number, line in enumerate(text.lines):
            wide = line.naturalTextWidth() / self._ruler.mm + 2 * self._composer.letters * MM
            left = cell.right() - min(cell.width(), wide)
            self._draw(text, number, left, top + number * text.step)

    @_block.register
    def _(self, block: Grid, part: Part, cell: QRectF) -> None:
        left = cell.left()
        widths = self._composer.widths(block)
        for column, width, text in zip(block.columns, widths, part.texts, strict=True):
            room = QRectF(left, cell.top(), width, cell.height())
            self._rect(room)
            if column.centred or part.heading:
                self._middle(text, room)
            else:
                self._lines(text, left + CELL, room.center().y() - text.height / 2)
            left += width

    def _tick(self, box: QRectF, *, ticked: bool) -> None:
        self._rect(box)
        if not ticked:
            return
        pen = QPen(self._black)
        pen.setWidthF(2.2 * RULE * self._ruler.mm)
        self._painter.setPen(pen)
        corners = ((0.16, 0.52), (0.42, 0.80), (0.90, 0.14))
        points = [self._point(box.left() + x * box.width(), box.top() + y * box.width()) for x, y in corners]
        self._painter.drawPolyline(QPolygonF(points))
        self._painter.setPen(self._black)

    def _middle(self, text: Text, cell: QRectF) -> None:
        """Each line in the middle of ``cell``."""
        top = cell.center().y() - text.height / 2
        for number, line in enumerate(text.lines):
            left = cell.center().x() - line.naturalTextWidth() / self._ruler.mm / 2
            self._draw(text, number, left, top + number * text.step)

    def _lines(self, text: Text, left: float, top: float) -> None:
        for number in range(len(text.lines)):
            self._draw(text, number, left, top + number * text.step)

    def _draw(self, text: Text, number: int, left: float, top: float) -> None:
        """One line of ``text`` with its room at ``left`` and ``top``."""
        line = text.lines[number]
        spare = text.step - line.height() / self._ruler.mm
        here = line.position()  # a layout draws a line where it put it
        line.draw(self._painter, self._point(left, top + spare / 2) - QPointF(here.x(), here.y()))

    def _line(self, words: str, cell: QRectF, font: QFont, align: Qt.AlignmentFlag) -> None:
        self._painter.setFont(font)
        self._painter.drawText(self._scaled(cell), align, words)

    def _rect(self, cell: QRectF) -> None:
        self._painter.drawRect(self._scaled(cell))

    def _scaled(self, cell: QRectF) -> QRectF:
        return QRectF(self._point(cell.left(), cell.top()), self._point(cell.right(), cell.bottom()))

    def _point(self, left: float, top: float) -> QPointF:
        return QPointF(left * self._ruler.mm, top * self._ruler.mm)
