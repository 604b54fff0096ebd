"""Text with a row on each line (.csv): its encoding and its separator are found, its cells are all text."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from desktop.excel.reading import limits
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.strings import plain
from desktop.excel.reading.wire import Outlet

MARKS = {  # byte order marks
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SEPARATORS = ",\t;"
SAMPLE = 64 * 1024  # bytes looked at to tell what it is
SAMPLE_ROWS = 30
STEP = 1_000  # rows between two words on how far the reading is
LITERAL = re.compile(r'="([^"]*)"')  # how exports keep Excel from taking a number for one
SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)

WEB, XML = "网页格式的表格（HTML）", "XML 格式的文件"
NAMES = (  # what text may be instead, by how it begins in lower case
    ("<!doctype html", WEB),
    ("<html", WEB),
    ("<table", WEB),
    ("<meta", WEB),
    ("<head", WEB),
    ("<style", WEB),
    ("<div", WEB),
    ("mime-version", "单个文件的网页（.mht）"),
    ("<", XML),
    ("{\\rtf", "RTF 文档"),
    ("%pdf", "PDF 文件"),
)
SPREADSHEET_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
OTHERS = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
}


def read(data: bytes, outlet: Outlet) -> None:
    """Hand its rows on as one sheet; a row is numbered as Excel would, line breaks in quotes not counted.

    :raises Unfit: it is no such text, or holds too much.
    """
    for begin, kind in OTHERS.items():
        if data.startswith(begin):
            raise limits.foreign(kind)
    encoding = _encoding(data)
    sample = codecs.getincrementaldecoder(encoding)().decode(data[:SAMPLE])
    _refuse_others(sample)
    stated = SEP_LINE.match(sample)
    separator = stated[1] if stated else _separator(sample)
    outlet.sheet("", merges=False)  # the window has the name of the file
    with io.TextIOWrapper(io.BytesIO(data), encoding, newline="") as lines:
        if stated:
            lines.readline()
        _rows(lines, separator, outlet)
    outlet.end_of_sheet()


def _encoding(data: bytes) -> str:
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            if _reads(data, encoding):
                return encoding
            raise limits.damaged()
    for encoding in ("utf-8", "gb18030"):
        if _reads(data, encoding):
            return encoding
    raise Unfit("它不是表格文件，或文字编码无法识别", limits.SAVE_AS)


def _reads(data: bytes, encoding: str) -> bool:
    """Whether all of it is text in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return not any(BINARY.search(text) for text in _decoded(data, decoder))
    except UnicodeDecodeError:
        return False


def _decoded(data: bytes, decoder: codecs.IncrementalDecoder) -> Iterator[str]:
    for at in range(0, len(data), SAMPLE):
        yield decoder.decode(data[at : at + SAMPLE])
    yield decoder.decode(b"", final=True)


def _refuse_others(sample: str) -> None:
    begin = sample.lstrip().lower()
    if SPREADSHEET_2003 in begin:
        raise limits.foreign("XML 表格（2003 版 .xml）")
    if begin.startswith("<") and ("<table" in begin or "<html" in begin):
        raise limits.foreign(WEB)
    for start, kind in NAMES:
        if begin.startswith(start):
            raise limits.foreign(kind)


def _separator(sample: str) -> str:
    """The one that gives the most rows of one and the same width above 1."""

    def fit(separator: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
                widths[len(row)] += len(row) > 1
                if widths.total() >= SAMPLE_ROWS:
                    break
        except csv.Error:
            return (0, 0)
        width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return rows, width

    return max(SEPARATORS, key=fit)


def _rows(lines: io.TextIOWrapper, separator: str, outlet: Outlet) -> None:
    csv.field_size_limit(limits.LONGEST_CELL)
    rows = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            cells = [plain(LITERAL.sub(r"\1", cell) if cell.startswith('="') else cell) for cell in row]
            outlet.row(number, cells, sum(map(len, row)))
    except csv.Error as trouble:
        raise Unfit(
            f"第 {number + 1} 行的引号不成对，或文字超过 {limits.LONGEST_CELL} 个字", limits.SAVE_AS
        ) from trouble
