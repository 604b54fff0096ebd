"""Reads the cells of a workbook as they stand; what they mean is for others to say."""

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from desktop.errors import Refusal
from desktop.excel import guard

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 100, 60_000, 300
MOST_BLANKS = 1_048_576  # rows that a sheet can have at all; a file may name a row far beyond
ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff])_")
UNCOUNTED = re.compile(rb"<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")

Raw = str | int | float | bool | dt.date | dt.time | dt.timedelta | None


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A formula whose value the file does not hold: nobody has counted it out yet."""

    formula: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet.

    :param rows: of raw cell values, the first one the sheet's row 1; trailing blanks are left out.
    :param epoch: day 0 of its date serials (1900 or 1904 system).
    """

    title: str
    rows: Sequence[Sequence[Any]]
    epoch: dt.datetime


def read(file: Path) -> list[Sheet]:
    """Every visible sheet of a workbook.

    :raises Refusal: it is no workbook, has a password, is damaged, or holds too much.
    """
    guard.check(file)
    what = f"未能读取“{file.name}”"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not keep; we only read
            found = _sheets(file, formulas=False)
            if _has_uncounted(file):
                found = [_marked(*pair) for pair in zip(found, _sheets(file, formulas=True), strict=True)]
    except OverflowError as trouble:
        raise Refusal(what, str(trouble), "请拆成几个文件后再选择") from trouble
    except (
        *(zipfile.BadZipFile, InvalidFileException, ParseError),
        *(KeyError, ValueError, TypeError, IndexError, AttributeError, OSError),
    ) as trouble:  # whatever openpyxl stumbles over in a damaged part
        raise Refusal(what, *guard.DAMAGED) from trouble
    if not found:
        raise Refusal(what, "工作簿里没有可以看到的工作表", "请核对文件，或取消隐藏后再选择")
    return found


def _sheets(file: Path, *, formulas: bool) -> list[Sheet]:
    with file.open("rb") as stream:  # openpyxl leaves a file open that it cannot load
        book = load_workbook(stream, read_only=True, data_only=not formulas)
        if len(book.worksheets) > MOST_SHEETS:
            raise OverflowError(f"工作表有 {len(book.worksheets)} 张，最多 {MOST_SHEETS} 张")
        return [
            Sheet(sheet.title, list(_rows(sheet)), book.epoch)
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet, whatever its declared dimension says; blank rows at the end are left out."""
    sheet.reset_dimensions()
    blanks = 0
    taken = 0
    for row in sheet.iter_rows(values_only=True):
        cells = list(row[:MOST_COLUMNS])
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if not cells:
            blanks += 1
            if blanks > MOST_BLANKS:
                break
            continue
        if taken + blanks >= MOST_ROWS:
            raise OverflowError(f"工作表“{sheet.title}”超过 {MOST_ROWS} 行")
        for _ in range(blanks):
            yield ()
        taken, blanks = taken + blanks + 1, 0
        yield tuple(_unescaped(cell) if isinstance(cell, str) else cell for cell in cells)


def _unescaped(text: str) -> str:
    """``_x000D_`` and its like stand for one character (ECMA-376, ST_Xstring); openpyxl leaves them.

    Only control characters: openpyxl has taken the mark of a literal ``_x0041_`` away already.
    """
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _has_uncounted(file: Path) -> bool:
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(UNCOUNTED.search(archive.read(name)) for name in names if name.endswith(".xml"))


def _marked(values: Sheet, formulas: Sheet) -> Sheet:
    """The values, with every formula that has none in its place."""
    rows = []
    for at, written in enumerate(formulas.rows):
        row = list(values.rows[at]) if at < len(values.rows) else []
        row += [None] * (len(written) - len(row))
        for place, cell in enumerate(written):
            if row[place] is None and cell is not None:
                row[place] = Uncounted(str(cell))
        rows.append(tuple(row))
    return Sheet(values.title, rows, values.epoch)
