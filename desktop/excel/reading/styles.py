"""Which cell styles show a number as a date or a time."""

import re
from collections.abc import Iterable, Sequence

from desktop.excel.reading.xml import Attributes, scan

# ECMA-376 part 1, 18.8.30: built-in formats of dates and times, those of Chinese editions among them
BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
SILENT = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
MARKS = re.compile(r"[ymdhs年月日时分秒]", re.IGNORECASE)
PLAIN = re.compile(r"general|g/通用格式|standard", re.IGNORECASE)


def is_dated(code: str) -> bool:
    """Whether a number format shows a date or a time: ``yyyy"年"m"月"``, ``[h]:mm``, not ``0.0"m"``."""
    return MARKS.search(PLAIN.sub("", SILENT.sub("", code))) is not None


def dated_styles(chunks: Iterable[bytes]) -> Sequence[bool]:
    """For each cell style of a styles part, by its index, whether it is dated.

    :raises Unfit: the part is damaged or hostile.
    """
    codes: dict[str, str] = {}
    used: list[str] = []

    def begin(path: tuple[str, ...], attributes: Attributes) -> None:
        if path == ("styleSheet", "numFmts", "numFmt"):
            codes[attributes.get("numFmtId", "").strip()] = attributes.get("formatCode", "")
        elif path == ("styleSheet", "cellXfs", "xf"):
            used.append(attributes.get("numFmtId", "0").strip())

    scan(chunks, begin)
    known = {number: is_dated(code) for number, code in codes.items()}
    built_in = {str(number) for number in BUILT_IN}
    return [known.get(number, number in built_in) for number in used]
