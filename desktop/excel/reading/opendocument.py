"""An OpenDocument spreadsheet (.ods), row by row, repeats and all."""

from desktop.excel.reading import limits
from desktop.excel.reading.cells import DECIMAL
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.package import Package
from desktop.excel.reading.strings import plain, too_long
from desktop.excel.reading.wire import FAULT, FORMULA, NUMBER, Outlet, Packed
from desktop.excel.reading.xml import Attributes, Reader

TABLE = ["document-content", "body", "spreadsheet", "table"]
CELLS = ("table-cell", "covered-table-cell")
SPACES = {"tab": "\t", "line-break": "\n"}


def read(package: Package, outlet: Outlet) -> None:
    """Hand all sheets on. Dates come as ISO text, which is how the file has them.

    :raises Unfit: it has a password, is damaged, hostile, or holds too much.
    """
    manifest = "meta-inf/manifest.xml"
    if manifest in package and b"encryption-data" in b"".join(package.chunks(manifest, limits.MEGA)):
        raise limits.locked()
    content = Content(outlet)
    for chunk in outlet.told(package.chunks("content.xml"), 0, package.size("content.xml")):
        content.feed(chunk)
    content.feed(b"", last=True)
    if not content.sheets:
        raise Unfit("工作簿里没有工作表", "请核对文件，或另存为 .xlsx 后再选择")


class Content(Reader):
    """The part with all sheets."""

    def __init__(self, outlet: Outlet) -> None:
        super().__init__()
        self.sheets = 0
        self._outlet = outlet
        self._undisplayed: set[str] = set()  # styles of sheets that are hidden
        self._style = ""
        self._merges: list[tuple[int, int, int, int]] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: set[int] = set()
        self._column = self._row = 0  # the last that was read
        self._row_about: Attributes = {}
        self._cells: list[Packed] = []
        self._cell: Attributes | None = None
        self._cell_depth = 0
        self._words: list[str] = []
        self._paragraphs = self._length = 0  # of the open cell

    def begin(self, name: str, attributes: Attributes) -> None:
        about = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        depth = len(self.path)
        if self._cell is not None:
            self._begin_words(name, about, depth)
        elif depth > len(TABLE) and self.path[: len(TABLE)] == TABLE:
            self._begin_inside(name, about)
        elif self.path == TABLE:
            self._begin_sheet(about)
        elif name == "style":
            self._style = about.get("name", "")
        elif name == "table-properties" and about.get("display") == "false":
            self._undisplayed.add(self._style)

    def _begin_sheet(self, about: Attributes) -> None:
        self.sheets += 1
        self._outlet.sheet(about.get("name", ""), hidden=about.get("style-name", "") in self._undisplayed)
        self._merges, self._hidden_rows, self._hidden_columns = [], [], set()
        self._column = self._row = 0

    def _begin_inside(self, name: str, about: Attributes) -> None:
        if name == "table-column":
            times = _count(about, "number-columns-repeated")
            if about.get("visibility", "visible") != "visible":
                last = min(self._column + times, limits.MOST_COLUMNS)
                self._hidden_columns.update(range(self._column + 1, last + 1))
            self._column += times
        elif name == "table-row":
            self._row_about, self._cells = about, []
            self._column = 0
        elif name in CELLS and self.path[-2] == "table-row":
            self._cell, self._cell_depth = about, len(self.path)
            self._words, self._paragraphs, self._length = [], 0, 0

    def _begin_words(self, name: str, about: Attributes, depth: int) -> None:
        if depth == self._cell_depth + 1 and name == "p":
            if self._paragraphs:
                self._add("\n")
            self._paragraphs += 1
        elif self._in_words and name in SPACES:
            self._add(SPACES[name])
        elif self._in_words and name == "s":
            self._add(" " * min(_count(about, "c"), limits.LONGEST_CELL))

    @property
    def _in_words(self) -> bool:
        """Inside a paragraph of the cell itself, not of a note or a drawing in it."""
        at = self._cell_depth
        return len(self.path) > at and self.path[at] == "p" and "annotation" not in self.path[at:]

    def text(self, words: str) -> None:
        if self._cell is not None and self._in_words:
            self._add(words)

    def _add(self, words: str) -> None:
        self._words.append(words)
        self._length += len(words)
        if self._length > limits.LONGEST_CELL:
            raise too_long()

    def finish(self, name: str) -> None:
        if self._cell is not None:
            if len(self.path) == self._cell_depth:
                self._finish_cell(self._cell)
                self._cell = None
        elif name == "table-row" and self.path[: len(TABLE)] == TABLE:
            self._finish_row()
        elif self.path == TABLE:
            self._outlet.end_of_sheet(self._merges, self._hidden_rows, sorted(self._hidden_columns))

    def _finish_cell(self, about: Attributes) -> None:
        times = _count(about, "number-columns-repeated")
        row, column = self._row + 1, self._column + 1
        covered = self.path[-1] == "covered-table-cell"
        cell = None if covered else _content(about, "".join(self._words))
        if cell is not None:
            if self._column + times > limits.MOST_COLUMNS:
                self._outlet.too_wide(row, self._column + times)
            self._cells.extend([None] * (self._column - len(self._cells)))
            self._cells.extend([cell] * times)
        down, right = _count(about, "number-rows-spanned"), _count(about, "number-columns-spanned")
        if (down, right) != (1, 1) and not covered:
            self._merges.append((row, column, row + down - 1, column + right - 1))
            if len(self._merges) > limits.MOST_MERGES:
                raise Unfit(f"{self._outlet.where}的合并单元格超过 {limits.MOST_MERGES} 处", limits.SAVE_AS)
        self._column += times

    def _finish_row(self) -> None:
        times = _count(self._row_about, "number-rows-repeated")
        if self._cells:
            weight = sum(len(cell) for cell in self._cells if isinstance(cell, str))
            hidden = self._row_about.get("visibility", "visible") != "visible"
            for number in range(self._row + 1, self._row + times + 1):
                self._outlet.row(number, list(self._cells), weight)
                if hidden:
                    self._hidden_rows.append(number)
        self._row += times


def _content(about: Attributes, words: str) -> Packed:
    kind = about.get("value-type", "")
    formula = about.get("formula", "")
    if formula and (not kind or about.get("value") == ""):
        return FORMULA + "=" + formula.partition("=")[2]
    if kind == "error":  # said beside the plain type of the cell, in a namespace of LibreOffice
        return FAULT + words
    if kind in ("float", "percentage", "currency") and DECIMAL.fullmatch(about.get("value", "")):
        return NUMBER + about["value"]
    if kind == "boolean" and about.get("boolean-value") in ("true", "false"):
        return about["boolean-value"] == "true"
    if kind == "date" and about.get("date-value"):
        return plain(about["date-value"].removesuffix("T00:00:00"))
    return plain(about.get("string-value") or words)


def _count(about: Attributes, name: str) -> int:
    """A repeat or a span; no sheet has more than a row number can say."""
    word = about.get(name, "1")
    return min(max(int(word), 1), limits.LAST_ROW) if word.isdecimal() and len(word) < 10 else 1
