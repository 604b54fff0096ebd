"""Rows of an .xlsx in the shape that nearly all producers give them, taken apart by regular expressions."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from xml.parsers import expat

from desktop.excel.reading import limits
from desktop.excel.reading.cells import READERS, Known, text
from desktop.excel.reading.strings import checked
from desktop.excel.reading.swift import TEXT
from desktop.excel.reading.wire import Packed, letters
from desktop.excel.reading.xml import truth

ROW = re.compile(r'[ \t\n]*<row(?: r="([1-9][0-9]{0,6})")?([^<>]*)>')
# What a cell may hold: a formula before its value (not one without a value) or a text; the last group takes
# all that is left and not of this shape. Empty cells come in runs where they are named, one by one where not.
ABOUT = r'(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
INSIDE = (
    rf"(?:(?:<f>{TEXT}</f>)?<v>({TEXT[:-1]}+)</v>"
    rf'|<is><t(?: xml:space="preserve")?>({TEXT})</t></is>)</c>|(.+)'
)
CELL = re.compile(
    r'(?:<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?(?: t="[a-zA-Z]+")? ?/>)+'
    rf'|<c r="([A-Z]{{1,3}})([0-9]{{1,7}})"{ABOUT}>{INSIDE}',
    re.DOTALL,
)
BARE = re.compile(rf'<c(?: s="[0-9]+")?(?: t="[a-zA-Z]+")? ?/>|<c{ABOUT}>{INSIDE}', re.DOTALL)
COLUMNS = {letters(column): column for column in range(1, limits.MOST_COLUMNS + 1)}
MOST_TEXTS = 20_000
MOST_KEPT = 1_000  # attributes of rows remembered; a sheet has few
BLANKS: Sequence[Packed] = (None,) * limits.MOST_COLUMNS


class Row(NamedTuple):
    """:param weight: at least the characters of its cells."""

    number: int
    hidden: bool
    cells: list[Packed]
    weight: int


class Texts(dict[str, Packed]):
    """Texts ready to travel, by how they are written; most stand in many rows."""

    def __missing__(self, written: str) -> Packed:
        if len(self) >= MOST_TEXTS:
            self.clear()
        made = self[written] = checked(written)
        return made


class Usual:
    """Takes rows apart."""

    def __init__(self, known: Known) -> None:
        self._known, self._texts = known, Texts()
        self._hidden: dict[str, bool | None] = {}  # by the attributes of a row
        # one shared text that is long may stand in each cell; where none is, a row weighs what its XML does
        self._long = any(isinstance(one, str) and len(one) > 100 for one in known.strings)

    def row(self, piece: str, previous: int) -> Row | None:
        """A row without its end tag, after the row ``previous``; ``None`` when anything in it is unusual."""
        begin = ROW.match(piece)
        if begin is None:
            return None
        number, at = int(begin[1] or previous + 1), begin.end()
        hidden = self._hides(begin[2])
        if hidden is None:
            return None
        bare = piece.startswith(("<c>", "<c s", "<c t"), at)
        cells = self._bare(piece, at) if bare else self._cells(piece, at, str(number))
        if cells is None:
            return None
        long = sum(len(cell) for cell in cells if isinstance(cell, str)) if self._long else 0
        return Row(number, hidden, cells, max(len(piece), long))

    def _cells(self, piece: str, at: int, number: str) -> list[Packed] | None:
        cells: list[Packed] = []
        last, strings, texts = 0, self._known.strings, self._texts
        known = len(strings)
        for column_letters, row, style, kind, value, inline, rest in CELL.findall(piece, at):
            if row != number:
                if row or rest:
                    return None
                continue  # a run of empty ones
            column = COLUMNS.get(column_letters, 0)
            if column <= last:
                return None
            if column > last + 1:
                cells.extend(BLANKS[last : column - 1])
            last = column
            if kind == "s" and value.isdecimal() and len(value) < 9:
                at = int(value)
                if at >= known:
                    return None
                cells.append(strings[at])
            elif kind == "inlineStr":
                cells.append(texts[inline or value])
            elif value:
                cells.append(READERS.get(kind or "n", text)(value, style, self._known))
            else:
                return None
        return cells

    def _bare(self, piece: str, at: int) -> list[Packed] | None:
        """Cells without references, each right of the one before."""
        cells: list[Packed] = []
        for style, kind, value, inline, rest in BARE.findall(piece, at):
            if rest or len(cells) >= limits.LAST_COLUMN:
                return None
            if kind == "inlineStr":
                cells.append(self._texts[inline or value])
            elif value:
                cells.append(READERS.get(kind or "n", text)(value, style, self._known))
            elif inline or kind:
                return None
            else:
                cells.append(None)
        return cells

    def _hides(self, attributes: str) -> bool | None:
        """Whether the attributes of a row hide it; ``None`` when expat would not have them."""
        if attributes not in self._hidden:
            if len(self._hidden) >= MOST_KEPT:
                self._hidden.clear()
            self._hidden[attributes] = _hides(attributes)
        return self._hidden[attributes]


def _hides(attributes: str) -> bool | None:
    found: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _, named: found.append(truth(named.get("hidden")))
    try:
        parser.Parse(f'<row r="1"{attributes}></row>', True)
    except expat.ExpatError:
        return None
    return found[0]
