"""Any value that goes into a cell comes back, by two readers; no text becomes anything but text."""

import datetime as dt
import io
import re
import zlib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from desktop.excel.filling.deflated import joined
from desktop.excel.filling.fill import fill
from desktop.excel.filling.filling import Filling, Value
from desktop.excel.filling.values import Kind, written
from desktop.excel.reading.grid import EPOCH_1900, EPOCH_1904
from desktop.excel.text import safe

WIDE = 4
ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
MARKS = ("=1+1", "_x0041_", "_x005F_x", " 前后 ", "\t", "a\r\nb", "&<>\"'", "%s%%", "\0\1\2", "＝甲", "1e5")
words = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(MARKS)
days = st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31))
moments = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1)).map(
    lambda one: one.replace(microsecond=0)
)
numbers = st.integers(-(10**18), 10**18) | st.decimals(-(10**9), 10**9, places=3)
values = st.none() | words | days | moments | numbers


def template() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, ["甲", "乙", "丙", "丁"])
        sheet.write_blank(1, 0, None, book.add_format({"num_format": "@"}))
    return out.getvalue()


def expected(value: Value) -> object:
    if isinstance(value, str):
        return safe(value) or None
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)
    return value


def plain(value: object) -> object:
    return float(value) if isinstance(value, int) else value


def told(value: object) -> object:
    """What openpyxl read; it leaves an escape as it is, that Excel reads as one character."""
    return ESCAPED.sub("_", value) if isinstance(value, str) else plain(value)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(*[values] * WIDE), max_size=6))
def test_any_values_come_back(rows: Sequence[tuple[Value, ...]]) -> None:
    with TemporaryDirectory() as folder:
        target = Path(folder, "out.xlsx")
        assert fill(template(), target, Filling("表", 2, 2, (1, 2, 3, 4)), rows) == len(rows)
        sheet = load_workbook(target).worksheets[0]
        got = list(sheet.iter_rows(2, max(len(rows), 1) + 1, 1, WIDE, values_only=True))[: len(rows)]
        assert [[told(one) for one in row] for row in got] == [
            [plain(expected(one)) for one in row] for row in rows
        ]
        seen = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]
        for row, line in zip(rows, seen, strict=False):
            for value, cell in zip(row, line, strict=False):
                if isinstance(value, str):
                    assert cell == safe(value)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("341399199001011234", Kind.TEXT, "341399199001011234"),
        (341399199001011234, Kind.TEXT, "341399199001011234"),
        (Decimal("0.10"), Kind.NUMBER, "0.10"),
        (Decimal("1234567890.1234567"), Kind.TEXT, "1234567890.1234567"),
        (Decimal("NaN"), Kind.TEXT, "NaN"),
        (" 甲", Kind.SPACED, " 甲"),
        ("+86", Kind.QUOTED, "+86"),
        ("_x000D_", Kind.TEXT, "_x005F_x000D_"),
        (dt.date(2026, 11, 23), Kind.DAY, "46349"),
        (dt.datetime(2026, 11, 23, 12), Kind.MOMENT, "46349.5"),
        (dt.date(1899, 1, 1), Kind.TEXT, "1899-01-01"),
        (True, Kind.TRUTH, "1"),
        ("\x00", Kind.BLANK, ""),
    ],
)
def test_a_value_is_written_as_what_it_is(value: Value, kind: Kind, text: str) -> None:
    assert written(value, EPOCH_1900) == (kind, text)


def test_a_workbook_from_1904_counts_from_there() -> None:
    assert written(dt.date(2026, 11, 23), EPOCH_1904) == (Kind.DAY, "44887")
    assert written(dt.date(1903, 12, 31), EPOCH_1904) == (Kind.TEXT, "1903-12-31")


@given(st.binary(max_size=50), st.binary(max_size=5000))
def test_two_sums_joined_are_the_sum_of_both(one: bytes, other: bytes) -> None:
    assert joined(zlib.crc32(one), zlib.crc32(other), len(other)) == zlib.crc32(one + other)
