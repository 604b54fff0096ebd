"""A marked copy of a table that is no .xlsx: a new workbook with the same cells."""

from collections.abc import Mapping
from functools import singledispatchmethod
from pathlib import Path
from typing import Any

import xlsxwriter

from desktop.excel import text
from desktop.excel.filling.comments import AUTHOR, MOST
from desktop.excel.filling.marks import RED, TITLE, WIDTH, SheetMarks
from desktop.excel.reading import process
from desktop.excel.reading.grid import EPOCH_1904, Fault, Number, Sheet, Uncounted
from desktop.excel.safely import Shape
from desktop.excel.text import safe

EXACT = 15  # digits that a number cell keeps
NARROW, BROAD = 6, 40  # characters a guessed column has


def write(source: Path, target: Path, sheets: Mapping[str, SheetMarks]) -> Shape:
    """Read ``source`` and write all its sheets into ``target``, those of ``sheets`` marked.

    :raises Refusal: the source cannot be read.
    """
    book = process.read(source)
    options = {"date_1904": any(one.epoch == EPOCH_1904 for one in book.sheets), "strings_to_formulas": False}
    with xlsxwriter.Workbook(target, {**options, "strings_to_urls": False}) as out:
        formats = _Formats(out)
        for one in book.sheets:
            _Copy(out.add_worksheet(one.title), formats, one).write(sheets.get(one.title))
    return Shape(rows=0)


class _Formats:
    """Cell formats by number format, red or not."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._made: dict[tuple[str, bool], Any] = {}
        self.message = out.add_format({"num_format": "@", "text_wrap": True, "valign": "vcenter"})

    def of(self, code: str, *, red: bool) -> Any:
        if (code, red) not in self._made:
            fill = {"bg_color": f"#{RED[2:]}"} if red else {}
            self._made[code, red] = self._out.add_format({"num_format": code, **fill})
        return self._made[code, red]


class _Copy:
    """One sheet on its way; a kind of cell that is not known raises ``TypeError``."""

    def __init__(self, out: Any, formats: _Formats, sheet: Sheet) -> None:
        self.out, self.formats, self.sheet = out, formats, sheet

    def write(self, marks: SheetMarks | None) -> None:
        faults = marks.cells() if marks else {}
        widths: dict[int, int] = {}
        for span in self.sheet.merges:
            if (span.top, span.left) != (span.bottom, span.right):
                area = (span.top - 1, span.left - 1, span.bottom - 1, span.right - 1)
                self.out.merge_range(*area, "", self.formats.of("@", red=False))
        for number, row in self.sheet.rows.items():
            for column, value in enumerate(row, 1):
                self.put(value, number, column, (number, column) in faults)
                if isinstance(value, str) and not self._is_title(number, column):
                    widths[column] = max(widths.get(column, 0), text.width(value))
        for column, width in widths.items():
            self.out.set_column(column - 1, column - 1, min(max(width + 2, NARROW), BROAD))
        if marks:
            self._mark(marks, faults)
        if self.sheet.hidden:
            self.out.hide()

    def _mark(self, marks: SheetMarks, faults: Mapping[tuple[int, int], str]) -> None:
        header = self.sheet.rows.get(marks.header, ())
        ours = [at for at, value in enumerate(header, 1) if value == TITLE]
        lengths = [*map(len, self.sheet.rows.values()), *(one.right for one in self.sheet.merges)]
        column = ours[0] if ours else max(lengths, default=1) + 1
        last = max([marks.header, *self.sheet.rows, *marks.wrong, *marks.done])
        self.out.write_string(marks.header - 1, column - 1, TITLE, self.formats.message)
        for number in range(marks.header + 1, last + 1):
            if message := marks.message(number):
                self.out.write_string(number - 1, column - 1, safe(message), self.formats.message)
            elif ours:
                self.out.write_blank(number - 1, column - 1, None, self.formats.message)
        for row, wrong in faults:
            line = self.sheet.rows.get(row, ())
            if wrong > len(line) or line[wrong - 1] is None:
                self.out.write_blank(row - 1, wrong - 1, None, self.formats.of("@", red=True))
        for (row, wrong), message in list(faults.items())[:MOST]:
            self.out.write_comment(row - 1, wrong - 1, safe(message), {"author": AUTHOR})
        self.out.set_column(column - 1, column - 1, WIDTH)
        self.out.autofilter(marks.header - 1, 0, last - 1, column - 1)

    def _is_title(self, number: int, column: int) -> bool:
        return any(
            span.top == number and span.left == column and span.right > column for span in self.sheet.merges
        )

    @singledispatchmethod
    def put(self, value: object, row: int, column: int, red: bool) -> None:
        raise TypeError(type(value))

    @put.register
    def _(self, value: None, row: int, column: int, red: bool) -> None:
        return

    @put.register
    def _(self, value: str, row: int, column: int, red: bool) -> None:
        self.out.write_string(row - 1, column - 1, safe(value), self.formats.of("@", red=red))

    @put.register
    def _(self, value: bool, row: int, column: int, red: bool) -> None:
        self.out.write_boolean(row - 1, column - 1, value, self.formats.of("General", red=red))

    @put.register
    def _(self, value: Number, row: int, column: int, red: bool) -> None:
        if sum(mark.isdigit() for mark in value.text) > EXACT:
            self.put(value.text, row, column, red)
            return
        code = "General"
        if value.dated:
            code = "yyyy-mm-dd hh:mm" if "." in value.text else "yyyy-mm-dd"
        self.out.write_number(row - 1, column - 1, float(value.text), self.formats.of(code, red=red))

    @put.register
    def _(self, value: Uncounted, row: int, column: int, red: bool) -> None:
        self.put(value.formula, row, column, red)

    @put.register
    def _(self, value: Fault, row: int, column: int, red: bool) -> None:
        self.put(value.text, row, column, red)
