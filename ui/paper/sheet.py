"""Draws the registration sheets on A4, on a printer or into a PDF file."""

from collections.abc import Sequence
from functools import singledispatchmethod
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPolygonF,
)

from desktop.services.sheets import Heads, Line, Passage, Row, Sheet, Signatures, Ticks
from desktop.storage.trouble import as_refusal
from ui.paper import faces
from ui.paper.layout import (
    BOTTOM,
    HEAD,
    HEIGHT,
    LABEL,
    LEFT,
    PADDING,
    RIGHT,
    SIGNED,
    TEXT,
    TOP,
    WIDTH,
    Page,
    Part,
    Ruler,
    Text,
    notes_text,
    pages,
)

DPI = 600
TITLE = 20.0  # points; smaller where a long village name would not fit
RULE = 0.25  # millimetres, thickness of a line
BOX = 3.8  # millimetres, side of a box to tick
NAME = 17.0  # millimetres, width of the name in a small cell
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFTWARD = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHTWARD = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def print_sheets(device: QPagedPaintDevice, sheets: Sequence[Sheet]) -> int:
    """Draw ``sheets`` one after the other on A4 portrait.

    :param device: a printer, a preview or a PDF writer.
    :returns: how many pages.
    """
    a4 = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    a4.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(a4)
    painter = QPainter(device)
    try:
        ruler = Ruler(device)
        drawn = [page for sheet in sheets for page in pages(sheet, ruler)]
        for number, page in enumerate(drawn, 1):
            if number > 1:
                device.newPage()
            _Brush(painter, ruler).page(page, f"第 {number} 页  共 {len(drawn)} 页")
    finally:
        painter.end()
    return len(drawn)


def save_pdf(path: Path, sheets: Sequence[Sheet]) -> int:
    """Write ``sheets`` as a PDF file, whole or not at all.

    :returns: how many pages.
    :raises Refusal: the file cannot be written; an older file of that name is kept.
    """
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(memory)
    writer.setResolution(DPI)
    writer.setTitle(sheets[0].title)
    count = print_sheets(writer, sheets)
    memory.close()
    part = path.with_name(path.name + ".part")
    with as_refusal(f"未能保存“{path.name}”"):
        try:
            part.write_bytes(memory.data().data())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return count


class _Brush:
    """Draws one page; every measure is in millimetres."""

    def __init__(self, painter: QPainter, ruler: Ruler) -> None:
        self._painter, self._ruler = painter, ruler
        self._black = QPen(Qt.GlobalColor.black, RULE * ruler.mm)
        self._black.setJoinStyle(Qt.PenJoinStyle.MiterJoin)

    def page(self, page: Page, number: str) -> None:
        self._painter.setPen(self._black)
        self._head(page)
        top = TOP + HEAD
        for part in page.parts:
            cell = QRectF(LEFT, top, WIDTH - LEFT - RIGHT, part.height)
            name = QRectF(LEFT, top, LABEL, part.height)
            answer = QRectF(LEFT + LABEL, top, cell.width() - LABEL, part.height)
            self._rect(name)
            self._rect(answer)
            self._words(part.row.label + ("\n（续）" if part.begun else ""), name)
            self._row(part.row, part, answer)
            top += part.height
        if page.notes:
            self._lines(notes_text(page.sheet, self._ruler), LEFT, top + PADDING)
        foot = QRectF(LEFT, HEIGHT - BOTTOM + 4, WIDTH - LEFT - RIGHT, 6)
        self._line(number, foot, faces.body(10.5), CENTRE)

    def _head(self, page: Page) -> None:
        width = WIDTH - LEFT - RIGHT
        points = TITLE
        while points > 12 and self._ruler.width(page.sheet.title, faces.title(points)) > width:
            points -= 0.5
        self._line(page.sheet.title, QRectF(LEFT, TOP, width, 10), faces.title(points), CENTRE)
        part = page.sheet.part + ("（续）" if page.begun else "")
        self._line(part, QRectF(LEFT, TOP + 11.5, width, 8), faces.heading(14), CENTRE)
        meta = QRectF(LEFT, TOP + 23, width, 7)
        self._line(f"村（社区）：{page.sheet.place}", meta, faces.body(TEXT), LEFTWARD)
        self._line(f"编号：{page.sheet.number}", meta, faces.body(TEXT), RIGHTWARD)

    @singledispatchmethod
    def _row(self, row: Row, part: Part, cell: QRectF) -> None:
        raise TypeError(f"no way to draw a row of type {type(row).__name__}")

    @_row.register
    def _(self, row: Ticks, part: Part, cell: QRectF) -> None:
        font = faces.body(TEXT)
        widths = [BOX + 1.5 + self._ruler.width(name, font) for name, _ in row.options]
        gap = (cell.width() - 2 * PADDING - sum(widths)) / max(1, len(widths) - 1)
        left = cell.left() + PADDING
        for (name, ticked), width in zip(row.options, widths, strict=True):
            box = QRectF(left, cell.center().y() - BOX / 2, BOX, BOX)
            self._tick(box, ticked=ticked)
            self._line(name, QRectF(box.right() + 1.5, cell.top(), width, cell.height()), font, LEFTWARD)
            left += width + min(gap, 12.0)

    @_row.register
    def _(self, row: Line, part: Part, cell: QRectF) -> None:
        if part.text:
            self._lines(part.text, cell.left() + PADDING, cell.center().y() - part.text.height / 2)

    @_row.register
    def _(self, row: Heads, part: Part, cell: QRectF) -> None:
        width = cell.width() / len(row.cells)
        for number, (name, text) in enumerate(row.cells):
            left = cell.left() + number * width
            first = QRectF(left, cell.top(), NAME, cell.height())
            self._rect(first)
            self._line(name, first, faces.body(TEXT), CENTRE)
            second = QRectF(left + NAME, cell.top(), width - NAME, cell.height())
            self._rect(second)
            self._line(text, second, faces.body(TEXT), CENTRE)

    @_row.register
    def _(self, row: Passage, part: Part, cell: QRectF) -> None:
        if part.text:
            self._lines(part.text, cell.left() + PADDING, cell.top() + PADDING)
        if row.signed and part.ended:
            foot = cell.adjusted(PADDING, cell.height() - SIGNED, -PADDING, -PADDING)
            self._line(row.signed, foot, faces.body(TEXT), LEFTWARD)
            self._line("年　　月　　日", foot, faces.body(TEXT), RIGHTWARD)

    @_row.register
    def _(self, row: Signatures, part: Part, cell: QRectF) -> None:
        if part.text:
            self._lines(part.text, cell.left() + PADDING, cell.top() + PADDING)

    def _tick(self, box: QRectF, *, ticked: bool) -> None:
        self._rect(box)
        if not ticked:
            return
        pen = QPen(self._black)
        pen.setWidthF(2.2 * RULE * self._ruler.mm)
        self._painter.setPen(pen)
        corners = ((0.16, 0.52), (0.42, 0.80), (0.90, 0.14))
        points = [self._point(box.left() + x * BOX, box.top() + y * BOX) for x, y in corners]
        self._painter.drawPolyline(QPolygonF(points))
        self._painter.setPen(self._black)

    def _words(self, words: str, cell: QRectF) -> None:
        """A label, in the middle of its cell and broken where it is long."""
        text = self._ruler.text(words, LABEL - 2 * PADDING, faces.body(TEXT))
        top = cell.center().y() - text.height / 2
        for number, line in enumerate(text.lines):
            left = cell.center().x() - line.naturalTextWidth() / self._ruler.mm / 2
            self._lines(Text(text.layout, [line], text.step), left, top + number * text.step)

    def _lines(self, text: Text, left: float, top: float) -> None:
        for number, line in enumerate(text.lines):
            spare = text.step - line.height() / self._ruler.mm
            line.draw(self._painter, self._point(left, top + number * text.step + spare / 2))

    def _line(self, words: str, cell: QRectF, font: QFont, align: Qt.AlignmentFlag) -> None:
        self._painter.setFont(font)
        self._painter.drawText(self._scaled(cell), align, words)

    def _rect(self, cell: QRectF) -> None:
        self._painter.drawRect(self._scaled(cell))

    def _scaled(self, cell: QRectF) -> QRectF:
        return QRectF(self._point(cell.left(), cell.top()), self._point(cell.right(), cell.bottom()))

    def _point(self, left: float, top: float) -> QPointF:
        return QPointF(left * self._ruler.mm, top * self._ruler.mm)
