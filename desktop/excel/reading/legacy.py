"""Excel 97 workbooks (.xls, and .et where WPS wrote one in the same way), read by calamine."""

import datetime as dt
import io
import re
import struct
from functools import singledispatch
from typing import Any

from desktop.excel.reading import limits
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.strings import plain
from desktop.excel.reading.wire import DATED, NUMBER, Outlet, Packed

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds a newer workbook with a password
OTHERS = {"WordDocument": "Word 文档", "PowerPoint Document": "演示文稿", "__substg1.0_": "邮件"}
BOOKS = [name.encode("utf-16-le") + b"\0\0" for name in ("Workbook", "Book", "WORKBOOK", "BOOK")]
BEGIN = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]")  # the first record, BOF, of BIFF 5 and 8
FILE_PASS = 0x2F  # the record that tells how the rest is enciphered
EPOCH = dt.datetime(1899, 12, 30)  # calamine has taken the 1904 system into account
OLD = "它是旧格式（.xls 或 .et）的工作簿，无法直接读取，也可能已损坏"


def read(data: bytes, outlet: Outlet) -> None:
    """Hand all sheets on.

    calamine tells nothing of formulas, error values and hidden rows; long numbers are as exact as a float.

    :raises Unfit: it has a password, is damaged, or is another kind of file in the same container.
    """
    if ENCRYPTED in data or _has_password(data):
        raise limits.locked()
    if not any(name in data for name in BOOKS):
        for name, kind in OTHERS.items():
            if name.encode("utf-16-le") in data:
                raise limits.foreign(kind)
        raise Unfit(OLD, limits.SAVE_AS)
    try:
        _sheets(data, outlet)
    except (Unfit, MemoryError):
        raise
    except BaseException as trouble:  # a panic of calamine is none of the kinds that are expected
        raise Unfit(OLD, limits.SAVE_AS) from trouble


def _has_password(data: bytes) -> bool:
    """Whether the first records of the book name a cipher; calamine says only that it cannot read on."""
    if (begin := BEGIN.search(data)) is None:
        return False
    at = begin.start()
    while at + 4 <= min(len(data), begin.start() + 512):
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == FILE_PASS:
            return True
        at += 4 + size
    return False


def _sheets(data: bytes, outlet: Outlet) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    cells = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    for done, about in enumerate(cells, 1):
        outlet.sheet(about.name, hidden=about.visible != SheetVisibleEnum.Visible)
        sheet = book.get_sheet_by_name(about.name)
        left = sheet.start[1] if sheet.start else 0  # columns before the first with content are not told
        for number, values in enumerate(sheet.iter_rows(), 1):  # rows are, from the first
            row: list[Packed] = [None] * left + [written(value) for value in values]
            outlet.row(number, row, sum(len(one) for one in row if isinstance(one, str)))
        corners = sheet.merged_cell_ranges or ()
        outlet.say({"done": done, "total": len(cells)})
        outlet.end_of_sheet(
            [(top + 1, left + 1, end + 1, right + 1) for (top, left), (end, right) in corners]
        )


@singledispatch
def written(value: Any) -> Packed:
    """A cell of calamine as it travels."""
    raise TypeError(type(value))


@written.register
def _(value: str) -> Packed:
    return plain(value)


@written.register
def _(value: bool) -> Packed:
    return value


@written.register(int)
@written.register(float)
def _(value: float) -> Packed:
    return NUMBER + _digits(value)


@written.register
def _(value: dt.datetime) -> Packed:
    return DATED + _digits((value - EPOCH) / dt.timedelta(days=1))


@written.register
def _(value: dt.date) -> Packed:
    return DATED + str((value - EPOCH.date()).days)


@written.register
def _(value: dt.time) -> Packed:
    return written(dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))


@written.register
def _(value: dt.timedelta) -> Packed:
    return DATED + _digits(value / dt.timedelta(days=1))


def _digits(value: float) -> str:
    """As short as it can be written without another value."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
