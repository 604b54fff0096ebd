"""Text on its way into a cell: what a workbook cannot hold is left out, and nothing becomes a formula."""

import math
import re
import unicodedata
from functools import cache, lru_cache

LONGEST = 32_767  # characters a cell holds
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
FORMULA_MARKS = tuple("=+-@\t\r\n＝＋－＠")


def safe(text: str) -> str:
    """``text`` without control characters, with plain line breaks, at most as long as a cell holds."""
    return UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might take typed ``text`` for a formula; such a cell gets a quote prefix."""
    return text.startswith(FORMULA_MARKS)


def width(text: str) -> int:
    """The width of the longest line in characters; Chinese ones take two."""
    return max(
        (len(line) if line.isascii() else sum(map(_columns, line)) for line in text.split("\n")), default=0
    )


@lru_cache(8192)  # a roster says the same few words 100,000 times
def lines(text: str, column: float) -> int:
    """How many lines ``text`` takes, wrapped in a column of this width."""
    room = max(column - 1, 2)  # Excel keeps a little air at both sides
    return sum(max(1, math.ceil(width(line) / room)) for line in text.split("\n"))


@cache
def _columns(mark: str) -> int:
    return 2 if unicodedata.east_asian_width(mark) in "WFA" else 1
