"""What stands on a printed form, and how large: one description for the printer, a PDF and Word.

A form is its head and blocks from top to bottom. Rows (a name at the left, what is answered at the
right) that follow each other make one table. Lengths are millimetres, letters are points.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from unicodedata import east_asian_width

from desktop.settings import Letters, PageSetup, PaperSize

SIZES = {PaperSize.A4: (210.0, 297.0), PaperSize.A3: (297.0, 420.0)}
LARGER = {Letters.SMALL: 0.9, Letters.USUAL: 1.0, Letters.LARGE: 1.15, Letters.LARGEST: 1.3}
GROWN = 2**0.5  # A3 is A4 enlarged by this
SIDE, EDGE = 22.0, 20.0  # margins left and right, above and below
LYING = 18.0  # margins left and right of a page on its side
LABEL = 35.0  # width of the names of rows
NAME = 17.0  # width of the name in a small cell
PADDING = 2.5
SHORT = 12.0  # a row of one line, at least
LONG = 40.0  # a long answer, at least
SIGNING = 30.0  # a box to sign in, at least
SIGNED = 16.0  # the line to sign on at the foot of a long answer
ROOMY = 52.0  # a box to sign in grows no further
MM = 25.4 / 72  # in a point
EVEN = 1.3  # line distance of titles, in heights of letters
LEAST = 0.8  # a title that is too long for a line is set smaller first, down to this
PART = 14.0  # points of the line under the title
NOTE = 10.5  # points of notes and page numbers
LONGEST_NAME = 80  # characters of a file's name


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes to tick, each with what stands beside it."""

    label: str
    options: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Line:
    """One short answer."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Heads:
    """Small named cells side by side: 应到, 实到, 比例."""

    label: str
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A long answer; it takes the room that is left and goes on overleaf where that is too little.

    :param signed: what stands before the room to sign at its foot; none if empty.
    """

    label: str
    text: str
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """An empty box to sign in by hand.

    :param printed: names that are known already, above the room to sign.
    """

    label: str
    printed: str = ""


Row = Ticks | Line | Heads | Passage | Signatures


class Tone(StrEnum):
    """How a paragraph stands: running text, a heading, who is spoken to, and who signs."""

    BODY = "body"
    HEADING = "heading"
    ADDRESS = "address"
    CLOSING = "closing"


BEFORE = {Tone.HEADING: 0.25, Tone.CLOSING: 1.5}  # room above, in lines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words across the whole width; running text and headings are set in by two letters."""

    text: str
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    :param width: in relation to the others.
    """

    name: str
    width: float
    centred: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its head stands again on every page.

    :param least: height of a row, at least.
    :param letters: points, where those of the form are not smaller.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    least: float = 9.0
    letters: float = 12.0


Block = Row | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Form:
    """One form from its title to its notes.

    :param part: the line under the title: （一）党支部提议.
    :param left: what stands over the blocks at the left; ``right`` at the right.
    :param foot: the line to sign under the blocks.
    :param notes: 填表说明 at its end.
    :param letters: points of its text; ``head`` of its title.
    :param leading: line distance of its text, in heights of letters.
    :param grows: on larger paper its letters are larger too; else there is room for more.
    :param repeats: its head stands again on every page, marked （续）.
    :param unit: whose form it is, for the properties of a file.
    """

    title: str
    blocks: Sequence[Block]
    part: str = ""
    left: str = ""
    right: str = ""
    foot: str = ""
    notes: Sequence[str] = ()
    letters: float = 12.0
    head: float = 20.0
    leading: float = 1.5
    grows: bool = True
    repeats: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """The paper of a form, and by how much its letters and rows are larger than usual."""

    width: float
    height: float
    side: float
    edge: float
    scale: float

    @property
    def across(self) -> float:
        """Between the margins."""
        return self.width - 2 * self.side

    @property
    def down(self) -> float:
        return self.height - 2 * self.edge


def measures(form: Form, setup: PageSetup) -> Measures:
    """How ``form`` is laid out on the paper that was chosen."""
    short, long = SIZES[setup.size]
    grown = GROWN if form.grows and setup.size is PaperSize.A3 else 1.0
    width, height = (long, short) if setup.landscape else (short, long)
    side = LYING if setup.landscape else SIDE
    return Measures(width, height, side * grown, EDGE * grown, grown * LARGER[setup.letters])


def title(form: Form, paper: Measures, words: str) -> tuple[float, list[str]]:
    """How a title is set: its points, and its lines, all about as long."""
    points, length = form.head * paper.scale, ems(words)
    fits = paper.across / MM / length if length else points
    if fits >= points * LEAST:
        return min(points, fits), [words]
    points *= LEAST
    count = ceil(length * points * MM / paper.across)
    lines, room = [""], length / count
    for letter in words:
        if len(lines) < count and ems(lines[-1]) >= room:
            lines.append("")
        lines[-1] += letter
    return points, lines


def ems(words: str) -> float:
    """How wide ``words`` are, in heights of letters: Chinese ones are square, others half as wide."""
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.5 for letter in words)


def numbered(notes: Sequence[str]) -> list[str]:
    """The lines of the notes under a form."""
    return ["填表说明：", *(f"{number}．{note}" for number, note in enumerate(notes, 1))] if notes else []


def paragraphs(text: str) -> list[str]:
    """The lines of a long answer that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def file_name(words: str) -> str:
    """``words`` as the name of a file, without what no file system takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", words)[:LONGEST_NAME]
