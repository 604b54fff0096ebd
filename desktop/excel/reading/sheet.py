"""One sheet of an .xlsx, row by row."""

import re
from collections.abc import Iterable

from desktop.excel.reading import limits
from desktop.excel.reading.cells import Known, Written, content
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.rows import Usual
from desktop.excel.reading.strings import Runs
from desktop.excel.reading.swift import swiftly
from desktop.excel.reading.wire import Outlet, Packed
from desktop.excel.reading.xml import Attributes, truth

RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read(chunks: Iterable[bytes], known: Known, outlet: Outlet) -> None:
    """Hand the rows of a sheet's part on, and what it says of merged and hidden ones.

    :raises Unfit: the part is damaged, hostile, or holds too much.
    """
    part = SheetPart(known, outlet)
    swiftly(chunks, part, "row")
    outlet.end_of_sheet(part.merges, part.hidden_rows, sorted(part.hidden_columns))


def column_number(letters: str) -> int:
    """``A`` is 1, ``XFD`` is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class SheetPart(Runs):
    """Reads what is not of the usual shape itself, and rows that are with regular expressions.

    The dimension it declares is not looked at. A row or a cell without a reference comes after the one before
    it. Rows and cells may come in any order. A row or a cell with content that comes twice is refused: which
    one is meant is not for us to say.
    """

    def __init__(self, known: Known, outlet: Outlet) -> None:
        super().__init__()
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: set[int] = set()
        self.closed_at = -1
        self._known, self._outlet = known, outlet
        self._usual = Usual(known)
        self._row = 0  # number of the row that is open or was last
        self._cells: dict[int, Packed] = {}  # of the open row, by column
        self._column = 0  # of the cell that is open or was last
        self._cell: Attributes | None = None  # the attributes of the open cell
        self._texts: dict[str, list[str]] = {}  # of the open cell: v, f and is, as far as they are there
        self._weight = self._in_row = 0  # characters and cells of the open row

    # ---- rows in their usual shape

    @property
    def among_pieces(self) -> bool:
        return self.path == ["worksheet", "sheetData"]

    def take(self, piece: str) -> bool:
        if (row := self._usual.row(piece, self._row)) is None:
            return False
        self._row = row.number
        self._hand_on(row.hidden, row.cells, row.weight)
        return True

    def _hand_on(self, hidden: bool, cells: list[Packed], weight: int) -> None:
        self._outlet.row(self._row, cells, weight)
        if hidden and cells:
            self.hidden_rows.append(self._row)

    # ---- all else

    def begin(self, name: str, attributes: Attributes) -> None:
        path = self.path
        match len(path):
            case 1 if name != "worksheet":
                raise limits.damaged()
            case 3 if path[1] == "sheetData" and name == "row":
                self._begin_row(attributes)
            case 3 if path[1] == "mergeCells" and name == "mergeCell":
                self._merge(attributes.get("ref", ""))
            case 3 if path[1] == "cols" and name == "col":
                self.hidden_columns.update(hidden_columns(attributes))
            case 4 if path[1:3] == ["sheetData", "row"] and name == "c":
                self._begin_cell(attributes)
            case 5 if self._cell is not None and name in ("v", "f", "is"):
                self.begin_item(self._texts.setdefault(name, []))
                self._open = name != "is"
            case depth if depth > 5 and self._cell is not None and path[4] == "is":
                self.begin_run(5)

    def finish(self, name: str) -> None:
        super().finish(name)
        match len(self.path):
            case 3 if name == "row" and self.path[1] == "sheetData":
                self._finish_row()
            case 4 if self._cell is not None:
                self._finish_cell(self._cell)
                self._cell = None
            case 5:
                self.runs = None

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = self._row_number(attributes["r"]) if "r" in attributes else self._row + 1
        self._hidden = truth(attributes.get("hidden"))
        self._cells, self._column, self._weight, self._in_row = {}, 0, 0, 0

    def _row_number(self, written: str) -> int:
        if not (written.isascii() and written.isdigit() and 0 < len(written) <= 7 and int(written)):
            raise limits.strange(f"{self._outlet.where}有一行的行号是“{written[:20]}”")
        return int(written)

    def _begin_cell(self, attributes: Attributes) -> None:
        found = REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_number(found[1]) if found else self._column + 1
        self._cell, self._texts = attributes, {}
        self._in_row += 1
        if self._in_row > limits.LAST_COLUMN:
            raise limits.strange(f"{self._outlet.where}第 {self._row} 行的单元格超过 {limits.LAST_COLUMN} 个")

    def _finish_cell(self, attributes: Attributes) -> None:
        value, inline, formula = (
            "".join(self._texts[name]) if name in self._texts else None for name in ("v", "is", "f")
        )
        kind, style = attributes.get("t", "n"), attributes.get("s", "")
        cell = content(Written(kind, style, value, inline, formula), self._known)
        if cell is None:
            return
        reference = attributes.get("r", "")
        found = REFERENCE.fullmatch(reference)
        if reference and (found is None or int(found[2]) != self._row):
            raise limits.strange(f"{self._outlet.where}第 {self._row} 行里有单元格“{reference[:20]}”")
        if self._column > limits.MOST_COLUMNS:
            self._outlet.too_wide(self._row, self._column)
        if self._column in self._cells:
            raise limits.strange(f"{self._outlet.where}第 {self._row} 行有单元格出现了两次")
        self._cells[self._column] = cell
        self._weight += len(cell) if isinstance(cell, str) else 1

    def _finish_row(self) -> None:
        self.closed_at = self.parser.CurrentByteIndex
        cells = [self._cells.get(at) for at in range(1, max(self._cells, default=0) + 1)]
        self._hand_on(self._hidden, cells, self._weight)

    def _merge(self, written: str) -> None:
        if len(self.merges) >= limits.MOST_MERGES:
            raise Unfit(f"{self._outlet.where}的合并单元格超过 {limits.MOST_MERGES} 处", limits.SAVE_AS)
        if span := merged(written):
            self.merges.append(span)


def merged(written: str) -> tuple[int, int, int, int] | None:
    """Top, left, bottom and right of a range such as ``A1:B2``; ``None`` when it names no cells."""
    found = RANGE.fullmatch(written)
    if found is None:
        return None
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    top, bottom, left, right = min(top, bottom), max(top, bottom), min(left, right), max(left, right)
    inside = top > 0 and bottom <= limits.LAST_ROW and right <= limits.LAST_COLUMN
    return (top, left, bottom, right) if inside else None


def hidden_columns(attributes: Attributes) -> range:
    """The columns that a ``col`` hides, as far as columns are read at all."""
    first, last = attributes.get("min", ""), attributes.get("max", "")
    known = first.isdecimal() and last.isdecimal() and len(first + last) < 20
    if not known or not truth(attributes.get("hidden")):
        return range(0)
    return range(max(int(first), 1), min(int(last), limits.MOST_COLUMNS) + 1)
