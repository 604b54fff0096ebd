"""A workbook that was handed down, as a profile has to know it: headings, prepared rows, drop-downs."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from openpyxl.utils import range_boundaries

from desktop.excel.filling.package import Package
from desktop.excel.filling.sheetxml import SheetPart
from desktop.excel.filling.spans import Node
from desktop.excel.filling.styles import Styles
from desktop.excel.reading import process
from desktop.excel.reading.grid import Number, Sheet

WHAT = "未能打开模板"
AREA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)")
LIMIT = re.compile(r"(?:不超过|不得超过|不能超过|不要超过|最多|至多|上限|限)\D{0,6}?(\d{2,6})\s*[行条人]")
TEXT_FORMATS = {"49"}  # the built-in number of @
SUMMED = ("合计", "总计", "小计")
FEWEST = 2  # texts of a row; more are an entry, not a note


class Handed:
    """One workbook.

    :raises Refusal: it is no .xlsx or .xlsm, or the guarded reader refuses it.
    """

    def __init__(self, workbook: bytes, name: str = "模板.xlsx") -> None:
        with tempfile.TemporaryDirectory(prefix="template-") as folder:
            file = Path(folder) / name
            file.write_bytes(workbook)
            self.book = process.read(file)
        self._package = Package(workbook, WHAT)
        self._parts = self._package.sheets()
        self.sheets: Mapping[str, Sheet] = {
            one.title: one for one in self.book.sheets if one.title in self._parts
        }

    @cached_property
    def _styles(self) -> Styles:
        return Styles(self._package)

    def levels(self, title: str, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
        """The headings of each column from top to bottom; a merged one stands in all of its columns."""
        sheet = self.sheets[title]
        found: dict[int, list[str]] = {}
        for row in range(top, bottom + 1):
            for column, text in self.row(title, row).items():
                found.setdefault(column, []).append(text)
            for span in sheet.merges:
                if span.top <= row <= span.bottom and (text := self.text(title, span.top, span.left)):
                    for column in range(span.left, span.right + 1):
                        above = found.setdefault(column, [])
                        if not above or above[-1] != text:
                            above.append(text)
        return {column: tuple(texts) for column, texts in sorted(found.items())}

    def headings(self, title: str, top: int, bottom: int) -> dict[int, str]:
        """The own heading of each column: the lowest one."""
        return {column: texts[-1] for column, texts in self.levels(title, top, bottom).items()}

    def row(self, title: str, row: int) -> dict[int, str]:
        """The texts of a row by column."""
        cells = self.sheets[title].rows.get(row, ())
        return {at: text for at in range(1, len(cells) + 1) if (text := self.text(title, row, at))}

    def text(self, title: str, row: int, column: int) -> str:
        """What a cell says, on one line; nothing for a formula that nobody has counted out."""
        cells = self.sheets[title].rows.get(row, ())
        cell = cells[column - 1] if column <= len(cells) else None
        if isinstance(cell, Number):
            return cell.text
        return " ".join(cell.split()) if isinstance(cell, str) else ""

    def prepared(self, title: str, first: int) -> int:
        """The last row from ``first`` on that is drawn and still empty, but for numbers in it.

        A workbook that was filled before holds entries from ``first`` on: those rows are free as well.
        """
        part = SheetPart(self._package, self._parts[title])
        entered = len(self.row(title, first)) if self._speaks(title, first) else 0
        last = first
        while last + 1 in part.rows and (
            not self._speaks(title, last + 1) or self._entered(title, last + 1, entered)
        ):
            last += 1
        return last

    def _entered(self, title: str, row: int, cells: int) -> bool:
        """Whether a row holds an entry, as one of ``cells`` texts above it does; no note and no 合计 does."""
        merged = any(span.top <= row <= span.bottom for span in self.sheets[title].merges)
        return not merged and not self._sums(title, row) and FEWEST < cells < 2 * len(self.row(title, row))

    def total_row(self, title: str, first: int) -> int | None:
        """The row 合计 at the entries: right above the first or the nearest below."""
        rows = [first, *(row for row in self.sheets[title].rows if row > first), first - 1]
        return next((row for row in rows if self._sums(title, row)), None)

    def _sums(self, title: str, row: int) -> bool:
        return any("".join(text.split()) in SUMMED for text in self.row(title, row).values())

    def _speaks(self, title: str, row: int) -> bool:
        return any(not text.isdigit() for text in self.row(title, row).values()) or any(
            span.top <= row <= span.bottom for span in self.sheets[title].merges
        )

    def row_limit(self, title: str, top: int) -> int | None:
        """How many rows a file may hold, where a note above the headings says so."""
        said = " ".join(text for row in range(1, top) for text in self.row(title, row).values())
        found = LIMIT.search(said)
        return int(found[1]) if found else None

    def text_columns(self, title: str, row: int) -> set[int]:
        """The columns whose cells in a row are formatted as text."""
        part = SheetPart(self._package, self._parts[title])
        found = part.row(row)
        styles = {column: cell.attributes.get("s", "0") for column, cell in found.cells()} if found else {}
        columns = {*styles, *self.headings(title, 1, row)}
        return {one for one in columns if self._is_text(str(styles.get(one) or part.column_style(one)))}

    def _is_text(self, style: str) -> bool:
        formats = self._styles.formats
        if not style.isdigit() or int(style) >= len(formats):
            return False
        return formats[int(style)].attributes.get("numFmtId", "0") in TEXT_FORMATS

    def formula_columns(self, title: str, row: int) -> set[int]:
        """The columns that have a formula in a row."""
        found = SheetPart(self._package, self._parts[title]).row(row)
        return {column for column, cell in found.cells() if cell.first("f")} if found else set()

    def choices(self, title: str, row: int) -> dict[int, Sequence[str]]:
        """What the drop-downs of a row offer, by column; ones that are worked out are left out."""
        part = SheetPart(self._package, self._parts[title])
        found: dict[int, Sequence[str]] = {}
        for rule in _everywhere(part.root, "dataValidation"):
            if rule.attributes.get("type") != "list":
                continue
            formula = next((one.text for one in _everywhere(rule, "formula1", "f") if one.text.strip()), "")
            if words := self._offered(formula.strip(), title):
                places = rule.attributes.get("sqref") or next(
                    (one.text for one in _everywhere(rule, "sqref")), ""
                )
                for column in _columns(places, row):
                    found[column] = words
        return found

    def _offered(self, formula: str, own: str) -> Sequence[str]:
        if formula.startswith('"') and formula.endswith('"'):
            return [word.strip() for word in formula[1:-1].replace('""', '"').split(",")]
        formula = self._names.get(formula, formula)
        area = AREA.fullmatch(formula) or AREA.fullmatch(f"'{own.replace(chr(39), chr(39) * 2)}'!{formula}")
        if not area:
            return []
        title = (area[1] or area[2]).replace("''", "'")
        if title not in self.sheets:
            return []
        left, top, right, bottom = range_boundaries(area[3].replace("$", ""))
        if None in (left, top, right, bottom):
            return []
        texts = (
            self.text(title, row, column)
            for row in self.sheets[title].rows
            if int(top or 0) <= row <= int(bottom or 0)
            for column in range(int(left or 0), int(right or 0) + 1)
        )
        return [text for text in texts if text]

    @cached_property
    def _names(self) -> Mapping[str, str]:
        root = self._package.tree(self._package.workbook)[1].first("definedNames")
        return {one.attributes.get("name", ""): one.text for one in (root.children if root else ())}


def _everywhere(node: Node, *names: str) -> Iterator[Node]:
    for one in node.children:
        if one.name in names:
            yield one
        yield from _everywhere(one, *names)


def _columns(places: str, row: int) -> Iterator[int]:
    """The columns of those of these areas that reach into a row."""
    for place in places.split():
        try:
            left, top, right, bottom = range_boundaries(place)
        except ValueError:
            continue
        if left and top and right and bottom and top <= row <= bottom:
            yield from range(int(left), min(int(right), int(left) + 500) + 1)
