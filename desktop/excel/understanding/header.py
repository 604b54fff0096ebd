"""Finds the rows of headings in a sheet: under titles, of one to three rows, merged or not."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.excel.reading.grid import Cell, Sheet, Span
from desktop.excel.understanding.headings import Heading, Vocabulary, assign, letters
from desktop.excel.understanding.learnt import Learnt
from desktop.excel.understanding.table import Column
from desktop.excel.understanding.wording import key

DEEPEST = 30  # rows with content in which the first headings are looked for
TALLEST = 3  # rows of headings
FEWEST = 2  # columns that must be known, else a row is no header
ALIKE = 0.6  # of the known columns: as good as the best header
LONGEST = 120  # characters of a heading
NAMES = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand, and what they mean; rows and columns counted from 1."""

    top: int
    bottom: int
    columns: Sequence[Column]
    naming: str
    latin: bool = False  # field names in place of headings

    @property
    def known(self) -> frozenset[str]:
        return frozenset(one.target.name for one in self.columns if one.target)

    @property
    def places(self) -> Sequence[tuple[int, str]]:
        """Which column answers what."""
        return [(one.number, one.target.name) for one in self.columns if one.target]

    @property
    def score(self) -> float:
        """How much of it is understood; field names give way to headings that clerks read."""
        asides = sum(one.aside for one in self.columns) / 100
        return (len(self.known) + asides + (self.naming in self.known) / 2) / (2 if self.latin else 1)


class Headers:
    """The headings of one sheet."""

    def __init__(self, sheet: Sheet, words: Vocabulary, learnt: Learnt) -> None:
        self.sheet, self.words, self.learnt = sheet, words, learnt
        self._spans: dict[int, list[Span]] = defaultdict(list)
        for span in sheet.merges:
            if span.bottom - span.top < TALLEST:
                for row in range(span.top, span.bottom + 1):
                    self._spans[row].append(span)

    def first(self) -> Header | None:
        """The first header that is about as good as the best; ``None`` if no row has headings enough."""
        if self.learnt.header is not None:
            bottom = self.learnt.header
            found = [self._read(top, bottom) for top in range(max(1, bottom - TALLEST + 1), bottom + 1)]
            best = max(found, key=lambda one: (one.score, one.top))
            return best if best.known else None
        numbers = [number for _, number in zip(range(DEEPEST), self.sheet.rows, strict=False)]
        found = [one for number in numbers if (one := self.ending(number)) is not None]
        if not found:
            return None
        best = max(found, key=lambda one: (one.score, -one.bottom))
        named = self.words.ledger.naming in best.known
        for one in found:
            if one.score >= best.score or (
                named and self.words.ledger.naming in one.known and one.score >= ALIKE * best.score
            ):
                return self._whole(self._better(one, found))
        return best

    def ending(self, bottom: int, top: int = 1) -> Header | None:
        """The best header whose last row is ``bottom``; of equally good ones the one with fewer rows."""
        rows = [row for row in range(max(top, bottom - TALLEST + 1), bottom + 1) if row in self.sheet.rows]
        found = [self._read(row, bottom) for row in rows]
        best = max(found, key=lambda one: (one.score, one.top), default=None)
        return best if best and len(best.known) >= FEWEST else None

    def starting(self, top: int) -> Header | None:
        """The header whose first row is ``top``, if that row is one."""
        rows = [row for row in range(top, top + TALLEST) if row in self.sheet.rows]
        found = [one for row in rows if len((one := self._read(top, row)).known) >= FEWEST]
        best = max(found, key=lambda one: (one.score, -one.bottom), default=None)
        return self._whole(best) if best else None

    def _better(self, one: Header, found: Sequence[Header]) -> Header:
        """The same header with the row below it, where that row makes more of it known."""
        near = [other for other in found if one.bottom < other.bottom < one.top + TALLEST]
        deeper = [other for other in near if other.top <= one.bottom and other.score > one.score]
        return max(deeper, key=lambda other: other.score, default=one)

    def _whole(self, one: Header) -> Header:
        """The header with every row that its merged headings reach into."""
        numbers = {known.number for known in one.columns}
        spans = [span for row in range(one.top, one.bottom + 1) for span in self._spans.get(row, ())]
        spans = [span for span in spans if span.left in numbers]
        bottom = max((span.bottom for span in spans if span.left == span.right), default=one.bottom)
        top = min((span.top for span in spans), default=one.top)
        if top >= one.top and bottom <= one.bottom:
            return one
        whole = self._read(min(top, one.top), max(bottom, one.bottom))
        return whole if whole.score >= one.score else one

    def _read(self, top: int, bottom: int) -> Header:
        headings = list(self._headings(top, bottom))
        headed = {one.number for one in headings}
        pointed = {number: name for name in self.learnt.columns if (number := letters(name))}
        headings += [Heading(at, (name,)) for at, name in pointed.items() if at not in headed]
        columns = assign(headings, self.words, self.learnt)
        texts = [level for one in headings for level in one.levels]
        latin = bool(texts) and all(NAMES.fullmatch(text) for text in texts)
        return Header(top, bottom, columns, self.words.ledger.naming, latin)

    def _headings(self, top: int, bottom: int) -> Iterator[Heading]:
        rows = [row for row in range(top, bottom + 1) if row in self.sheet.rows]
        last = rows[-1] if rows else bottom
        width = max((len(self.sheet.rows[row]) for row in rows), default=0)
        running: dict[int, str] = {}  # by row: the heading that goes on to the right
        for column in range(1, width + 1):
            leaf, _ = self._text(last, column)
            levels: list[str] = []
            loose = False
            for row in rows:
                text, merged = self._text(row, column)
                if row != last and not text and leaf:
                    text = running.get(row, "")
                    loose = loose or bool(text)
                elif row != last:
                    running[row] = text if leaf and not merged else ""
                if text and (not levels or levels[-1] != text):
                    levels.append(text)
            if levels and not self._covered(last, column):
                yield Heading(column, tuple(levels), loose)

    def _text(self, row: int, column: int) -> tuple[str, bool]:
        """The text of a heading cell, with whether it is merged; of a covered cell, the covering one's."""
        span = self._span(row, column)
        if span is not None:
            return _words(self._cell(span.top, span.left)), span.right > span.left
        return _words(self._cell(row, column)), False

    def _covered(self, row: int, column: int) -> bool:
        span = self._span(row, column)
        return span is not None and column > span.left

    def _span(self, row: int, column: int) -> Span | None:
        return next((one for one in self._spans.get(row, ()) if one.left <= column <= one.right), None)

    def _cell(self, row: int, column: int) -> Cell:
        cells = self.sheet.rows.get(row, ())
        return cells[column - 1] if column <= len(cells) else None


def _words(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) and len(cell) <= LONGEST and key(cell) else ""
