"""The pen that writes our own workbooks: fonts, borders, number formats, cells that cannot go wrong."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import singledispatchmethod
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.excel import text
from desktop.excel.layout import Form

# The names that the city asks for (GB/T 9704 practice). Where one is missing the office program
# falls back by itself; the 方正 fonts must not be shipped.
TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
BODY_SIZE = 10.5  # points, 五号
A4 = 9  # paperSize

Style = Mapping[str, Any]
PLAIN: Style = {"font_name": BODY_FONT, "font_size": BODY_SIZE, "valign": "vcenter"}
BOXED: Style = {**PLAIN, "border": 1}
MIDDLE: Style = {"align": "center"}
FORMS: Mapping[Form, Style] = {
    Form.NUMBER: {**MIDDLE, "num_format": "0"},
    Form.AMOUNT: {**MIDDLE, "num_format": "0.00"},
    Form.SHARE: {**MIDDLE, "num_format": "0.00%"},
    Form.DATE: {**MIDDLE, "num_format": "yyyy-mm-dd"},
    Form.MONTH: {**MIDDLE, "num_format": "yyyy-mm"},
    Form.TEXT: {"align": "left", "text_wrap": True, "num_format": "@"},
    Form.WORD: {**MIDDLE, "text_wrap": True, "num_format": "@"},
    Form.CODE: {**MIDDLE, "num_format": "@"},
}


class Pen:
    """Writes on one sheet; each style becomes one format of the workbook."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.book, self.sheet = book, sheet
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, style: Style) -> Format:
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(style))
        return self._formats[key]

    @singledispatchmethod
    def put(self, value: Any, row: int, column: int, style: Style) -> None:
        """Write a value as what it is: text stays text, whatever it begins with.

        :raises TypeError: a type that no cell shows.
        """
        raise TypeError(f"no cell shows a {type(value).__name__}")

    @put.register
    def _(self, value: None, row: int, column: int, style: Style) -> None:
        self.sheet.write_blank(row, column, None, self.format(style))

    @put.register
    def _(self, value: str, row: int, column: int, style: Style) -> None:
        clean = text.safe(value)
        if not clean:
            self.sheet.write_blank(row, column, None, self.format(style))
            return
        quoted = {"quote_prefix": True} if text.looks_like_formula(value) else {}
        self.sheet.write_string(row, column, clean, self.format({**style, **quoted}))

    @put.register(int)
    @put.register(Decimal)
    def _(self, value: int | Decimal, row: int, column: int, style: Style) -> None:
        self.sheet.write_number(row, column, float(value), self.format(style))

    @put.register
    def _(self, value: dt.date, row: int, column: int, style: Style) -> None:
        midnight = dt.datetime.combine(value, dt.time())
        self.sheet.write_datetime(row, column, midnight, self.format(style))

    def span(self, words: str, cells: tuple[int, int, int, int], style: Style) -> None:
        """Write text over several cells, merged: (top, left, bottom, right)."""
        top, left, bottom, right = cells
        if (top, left) == (bottom, right):
            self.put(words, top, left, style)
        else:
            self.sheet.merge_range(top, left, bottom, right, "", self.format(style))
            self.put(words, top, left, style)
