"""Measures text for one device and breaks it into lines; every length is in millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF, QPaintDevice, QTextLayout, QTextLine, QTextOption

from desktop.paper import MM

LEADING = 1.5  # line distance, in heights of letters


@dataclass(frozen=True, slots=True)
class Text:
    """Words broken into lines; the layout is kept because its lines die with it."""

    layout: QTextLayout
    lines: Sequence[QTextLine]
    step: float  # from line to line

    @property
    def height(self) -> float:
        return len(self.lines) * self.step


class Ruler:
    """Measures text for one device."""

    def __init__(self, device: QPaintDevice) -> None:
        self.device = device
        self.mm = device.logicalDpiX() / 25.4  # device units in a millimetre

    def text(self, words: str, width: float, font: QFont, leading: float = LEADING) -> Text:
        """``words`` broken to ``width``.

        :param leading: line distance, in heights of letters.
        """
        layout = QTextLayout(words.replace("\n", "\u2028"), font, self.device)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width * self.mm)
            lines.append(line)
        layout.endLayout()
        return Text(layout, lines if words else [], font.pointSizeF() * MM * leading)

    def width(self, words: str, font: QFont) -> float:
        return QFontMetricsF(font, self.device).horizontalAdvance(words) / self.mm
