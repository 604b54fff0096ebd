"""How high each block of a form is, before anything is broken over pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod

from PySide6.QtGui import QFont

from desktop.paper import (
    BEFORE,
    EVEN,
    LABEL,
    LONG,
    NAME,
    PADDING,
    PART,
    SHORT,
    SIGNED,
    SIGNING,
    Block,
    Form,
    Grid,
    Heads,
    Line,
    Measures,
    Paragraph,
    Passage,
    Signatures,
    Ticks,
    Tone,
    paragraphs,
)
from desktop.paper import title as set_title
from ui.paper import faces
from ui.paper.ruler import Ruler, Text

CELL = 0.9  # padding in a cell of a table
INDENT = "　　"


@dataclass(frozen=True, slots=True)
class Part:
    """A block, a row of a table, or as much of either as one page holds.

    :param texts: its words in lines; of a row of a table, those of each cell.
    :param heading: it stands with what follows it, and not alone at the foot of a page.
    """

    block: Block
    height: float
    texts: Sequence[Text] = ()
    heading: bool = False
    begun: bool = False  # on an earlier page
    ended: bool = True  # on this page

    @property
    def lines(self) -> int:
        return max((len(text.lines) for text in self.texts), default=0)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a form: its title, the line under it, and what stands over the blocks at either side."""

    title: Text
    part: Text
    left: Text
    right: Text

    @property
    def meta(self) -> float:
        """The height of the line over the blocks, or of two where one is too narrow."""
        return (
            max(self.left.height, self.right.height) if self.beside else self.left.height + self.right.height
        )

    @property
    def beside(self) -> bool:
        return len(self.left.lines) < 2 and len(self.right.lines) < 2

    @property
    def height(self) -> float:
        gaps = 3.5 * (bool(self.part.lines) + 1)
        return self.title.height + self.part.height + self.meta + gaps


class Composer:
    """Makes the parts of one form."""

    def __init__(self, form: Form, measures: Measures, ruler: Ruler) -> None:
        self.form, self.measures, self.ruler = form, measures, ruler
        self.scale = measures.scale
        self.letters = form.letters * self.scale
        self.label = LABEL * self.scale
        self.padding = PADDING * self.scale

    def head(self, *, begun: bool = False) -> Head:
        """The head, on the first page or where it is repeated."""
        form, across, ruler = self.form, self.measures.across, self.ruler
        part = form.part + ("（续）" if begun and form.part else "")
        title = form.title + ("（续）" if begun and not form.part else "")
        points, lines = set_title(form, self.measures, title)
        font = faces.body(min(self.letters, 12 * self.scale))
        wide = ruler.width(form.left + form.right, font) + 6 > across
        share = across / 2 if wide else across
        return Head(
            ruler.text("\n".join(lines), across, faces.title(points), EVEN),
            ruler.text(part, across, faces.heading(PART * self.scale)),
            ruler.text(form.left, across if not wide else share - 3, font),
            ruler.text(form.right, across if not wide else share - 3, font),
        )

    def parts(self) -> Iterator[Part]:
        for block in self.form.blocks:
            yield from self._parts(block)

    @singledispatchmethod
    def _parts(self, block: Block) -> Iterator[Part]:
        raise TypeError(f"no way to measure a block of type {type(block).__name__}")

    @_parts.register
    def _(self, block: Ticks) -> Iterator[Part]:
        yield self._short(block, "")

    @_parts.register
    def _(self, block: Line) -> Iterator[Part]:
        yield self._short(block, block.text)

    @_parts.register
    def _(self, block: Heads) -> Iterator[Part]:
        room = self._answer / len(block.cells) - NAME * self.scale - 2 * CELL
        texts = [self.ruler.text(text, room, faces.body(self.letters)) for _, text in block.cells]
        high = max(text.height for text in texts) + 2 * CELL
        yield Part(block, max(SHORT * self.scale, self._named(block.label), high), texts)

    @_parts.register
    def _(self, block: Passage) -> Iterator[Part]:
        words = "\n".join(f"{INDENT}{line}" for line in paragraphs(block.text))
        text = self.ruler.text(words, self._answer - 2 * self.padding, faces.body(self.letters))
        high = text.height + 2 * self.padding + self.signed(block)
        yield Part(block, max(LONG * self.scale, self._named(block.label), high), [text])

    @_parts.register
    def _(self, block: Signatures) -> Iterator[Part]:
        text = self.ruler.text(block.printed, self._answer - 2 * self.padding, faces.body(self.letters))
        yield Part(block, max(SIGNING * self.scale, self._named(block.label)) + text.height, [text])

    @_parts.register
    def _(self, block: Paragraph) -> Iterator[Part]:
        heading = block.tone is Tone.HEADING
        font = faces.heading(self.letters) if heading else faces.body(self.letters)
        words = INDENT + block.text if block.tone in (Tone.BODY, Tone.HEADING) else block.text
        text = self.ruler.text(words, self.measures.across, font, self.form.leading)
        yield Part(block, text.height + BEFORE.get(block.tone, 0.0) * text.step, [text], heading=heading)

    @_parts.register
    def _(self, block: Grid) -> Iterator[Part]:
        points = min(self.form.letters, block.letters) * self.scale
        names = [one.name for one in block.columns]
        yield self._row(block, names, heading=True, font=faces.heading(points))
        for row in block.rows:
            yield self._row(block, row, heading=False, font=faces.body(points))

    def widths(self, grid: Grid) -> list[float]:
        """The columns of a table, which together are as wide as the paper between its margins."""
        share = self.measures.across / sum(column.width for column in grid.columns)
        return [column.width * share for column in grid.columns]

    def signed(self, block: Block) -> float:
        """The room for the line to sign on at the foot of a long answer."""
        return SIGNED * self.scale if isinstance(block, Passage) and block.signed else 0.0

    @property
    def _answer(self) -> float:
        return self.measures.across - self.label

    def _short(self, block: Ticks | Line, words: str) -> Part:
        text = self.ruler.text(words, self._answer - 2 * self.padding, faces.body(self.letters))
        high = text.height + 2 * self.padding
        return Part(block, max(SHORT * self.scale, self._named(block.label), high), [text])

    def _named(self, label: str) -> float:
        """The height that the name of a row needs."""
        text = self.ruler.text(label, self.label - 2 * self.padding, faces.body(self.letters))
        return text.height + 2 * self.padding

    def _row(self, grid: Grid, cells: Sequence[str], *, heading: bool, font: QFont) -> Part:
        texts = [
            self.ruler.text(words, width - 2 * CELL, font, EVEN)
            for words, width in zip(cells, self.widths(grid), strict=True)
        ]
        high = max(text.height for text in texts) + 2 * CELL
        return Part(grid, max(grid.least * self.scale, high), texts, heading=heading)
