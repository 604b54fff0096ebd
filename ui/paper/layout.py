"""Which rows of a sheet stand on which page, and how high each is.

A sheet fills one page where its text fits: the long answers and the boxes to sign share what room is
left. Where it does not, a long answer goes on overleaf.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QFont, QFontMetricsF, QPaintDevice, QTextLayout, QTextLine, QTextOption

from desktop.services.sheets import Passage, Row, Sheet, Signatures
from ui.paper import faces

WIDTH, HEIGHT = 210.0, 297.0  # A4, all in millimetres from here on
LEFT, RIGHT, TOP, BOTTOM = 22.0, 22.0, 20.0, 20.0
HEAD = 31.0  # title, name of the table, place and number
LABEL = 35.0  # width of the first column
PADDING = 2.5
SHORT = 12.0  # a row of one line
LONG = 40.0  # a long answer, at least
SIGNING = 30.0  # a box to sign in, at least
SIGNED = 16.0  # the line to sign on at the foot of a long answer
ROOMY = 52.0  # a box to sign in grows no further
TEXT = 12.0  # points, 小四
NOTE = 10.5  # points, 五号
LEADING = 1.45  # line distance, in heights of a line
FEWEST = 3  # lines of a long answer that may stand alone, at the foot of a page or overleaf


@dataclass(frozen=True, slots=True)
class Text:
    """Words broken into lines; the layout is kept because its lines die with it."""

    layout: QTextLayout
    lines: Sequence[QTextLine]
    step: float  # millimetres from line to line

    @property
    def height(self) -> float:
        return len(self.lines) * self.step


@dataclass(frozen=True, slots=True)
class Part:
    """A row, or as much of a long answer as one page holds."""

    row: Row
    height: float
    text: Text | None = None
    begun: bool = False  # on an earlier page
    ended: bool = True  # on this page


@dataclass(frozen=True, slots=True)
class Page:
    sheet: Sheet
    parts: Sequence[Part]
    begun: bool  # the sheet was begun on an earlier page
    notes: bool  # 填表说明 stands at the foot of this page


class Ruler:
    """Measures text for one device."""

    def __init__(self, device: QPaintDevice) -> None:
        self.device = device
        self.mm = device.logicalDpiX() / 25.4  # device units in a millimetre

    def text(self, words: str, width: float, font: QFont) -> Text:
        """``words`` broken to ``width`` millimetres."""
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
        return Text(layout, lines if words else [], self.height(font) * LEADING)

    def height(self, font: QFont) -> float:
        """Millimetres of one line."""
        return QFontMetricsF(font, self.device).height() / self.mm

    def width(self, words: str, font: QFont) -> float:
        return QFontMetricsF(font, self.device).horizontalAdvance(words) / self.mm


def pages(sheet: Sheet, ruler: Ruler) -> list[Page]:
    """The pages of one sheet."""
    room = HEIGHT - TOP - BOTTOM - HEAD
    notes = notes_height(sheet, ruler)
    parts = [_part(row, ruler) for row in sheet.rows]
    if sum(part.height for part in parts) + notes <= room:
        return [Page(sheet, _stretched(parts, room - notes), begun=False, notes=bool(sheet.notes))]
    broken = list(_broken(parts, room))
    if sum(part.height for part in broken[-1]) + notes > room:
        broken.append([])
    last = len(broken) - 1
    return [
        Page(sheet, page, begun=number > 0, notes=bool(sheet.notes) and number == last)
        for number, page in enumerate(broken)
    ]


def notes_text(sheet: Sheet, ruler: Ruler) -> Text:
    lines = [f"{number}．{note}" for number, note in enumerate(sheet.notes, 1)]
    return ruler.text("\n".join(["填表说明：", *lines]), WIDTH - LEFT - RIGHT, faces.body(NOTE))


def notes_height(sheet: Sheet, ruler: Ruler) -> float:
    return notes_text(sheet, ruler).height + PADDING if sheet.notes else 0.0


def _part(row: Row, ruler: Ruler) -> Part:
    width = WIDTH - LEFT - RIGHT - LABEL - 2 * PADDING
    label = ruler.text(row.label, LABEL - 2 * PADDING, faces.body(TEXT)).height + 2 * PADDING
    if isinstance(row, Passage):
        paragraphs = "\n".join(f"　　{line.strip()}" for line in row.text.splitlines() if line.strip())
        text = ruler.text(paragraphs, width, faces.body(TEXT))
        signed = SIGNED if row.signed else 0.0
        return Part(row, max(LONG, text.height + 2 * PADDING + signed), text)
    if isinstance(row, Signatures):
        text = ruler.text(row.printed, width, faces.body(TEXT))
        return Part(row, max(SIGNING, label) + text.height, text)
    shown = ruler.text(getattr(row, "text", ""), width, faces.body(TEXT))
    return Part(row, max(SHORT, label, shown.height + 2 * PADDING), shown)


def _stretched(parts: Sequence[Part], room: float) -> list[Part]:
    """``parts`` on one page: boxes to sign grow a little, long answers take the rest."""
    spare = room - sum(part.height for part in parts)
    boxes = [part for part in parts if isinstance(part.row, Signatures)]
    passages = [part for part in parts if isinstance(part.row, Passage)]
    each = min(spare / 4 / len(boxes), ROOMY - SIGNING) if boxes else 0.0
    rest = (spare - each * len(boxes)) / len(passages) if passages else 0.0
    more = {Signatures: each, Passage: rest}
    return [replace(part, height=part.height + more.get(type(part.row), 0.0)) for part in parts]


def _broken(parts: Sequence[Part], room: float) -> Iterator[list[Part]]:
    """The parts page by page; only long answers are broken, and no box to sign stands without text."""
    page: list[Part] = []
    left = room
    for whole in parts:
        part = whole
        while part.height > left:
            fit = int((left - 2 * PADDING) / part.text.step) if part.text else 0
            carried: list[Part] = []
            if fit >= FEWEST and _breakable(part):
                head, part = _split(part, fit, left)
                page.append(head)
            elif isinstance(part.row, Signatures) and page and _breakable(page[-1]):
                head, tail = _split(page[-1], _count(page[-1]) - FEWEST, page[-1].height + left)
                page[-1], carried = head, [tail]
            yield page
            page, left = carried, room - sum(part.height for part in carried)
        page.append(part)
        left -= part.height
    yield page


def _count(part: Part) -> int:
    return len(part.text.lines) if part.text else 0


def _breakable(part: Part) -> bool:
    return isinstance(part.row, Passage) and _count(part) >= 2 * FEWEST


def _split(part: Part, fit: int, height: float) -> tuple[Part, Part]:
    """A long answer's first ``fit`` lines, as high as the room that is left, and the rest."""
    assert part.text is not None
    fit = min(fit, len(part.text.lines) - FEWEST)
    lines = part.text.lines
    first, rest = replace(part.text, lines=lines[:fit]), replace(part.text, lines=lines[fit:])
    signed = SIGNED if isinstance(part.row, Passage) and part.row.signed else 0.0
    return (
        replace(part, height=height, text=first, ended=False),
        replace(part, height=rest.height + 2 * PADDING + signed, text=rest, begun=True),
    )
