"""How typed or imported text becomes plain text, numbers, dates and moments."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from desktop.errors import Unreadable

LAST_YEAR = 2100
FIRST_YEAR = 1880
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
CLOCK = re.compile(r"(上午|下午|晚上|中午)?\s*(\d{1,2})\s*[::时点]\s*(?:(\d{1,2})\s*分?)?(?:[::]\d{1,2})?")
AFTERNOON = {"下午", "晚上"}


def half_width(text: str) -> str:
    """Full-width digits, letters and marks as their plain forms; Chinese text stays."""
    return text if text.isascii() else text.translate(FULL_WIDTH)


def clean(text: str, *, lines: bool = False) -> str:
    """``text`` without blanks at its ends.

    :param lines: line breaks are allowed inside.
    :raises Unreadable: a control character, or a line break where one line is asked.
    """
    text = (
        text.replace("\r\n", "\n").replace("\r", "\n").strip().strip("\ufeff\u200b\u200e\u200f\u202c\u202d")
    )
    if text.isprintable():  # nothing that is looked for below, and nearly every cell
        return text
    for place, mark in enumerate(text, 1):
        if mark == "\n" and not lines:
            raise Unreadable("只能填一行，请去掉换行")
        if mark in "\n\t" and lines:
            continue
        if unicodedata.category(mark) in ("Cc", "Cs") or mark in "\ufffe\uffff":
            raise Unreadable(f"第 {place} 个字是看不见的控制字符，请删去后重填")
    return text


def whole(text: str) -> int:
    """A whole number, with or without thousands separators."""
    plain = half_width(text).replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.0+)?", plain):
        raise Unreadable(f"填写为“{text}”，应为整数")
    return int(plain.split(".")[0])


def decimal(text: str, places: int) -> Decimal:
    """A number of at most ``places`` decimals, exact."""
    plain = half_width(text).replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?\d{1,12}(\.\d+)?", plain):
        raise Unreadable(f"填写为“{text}”，应为数字")
    number = Decimal(plain)
    rounded = round(number, places)
    if rounded != number:
        raise Unreadable(f"填写为“{text}”，最多 {places} 位小数")
    return rounded


def day(text: str) -> dt.date:
    """A date written 2024-1-5, 2024.1.5, 2024/1/5, 20240105 or 2024年1月5日."""
    plain = half_width(text).strip()
    found = DAY.fullmatch(plain) or PACKED_DAY.fullmatch(plain)
    if not found:
        raise Unreadable(f"填写为“{text}”，应为日期，如 2026-11-05")
    return _day(text, *found.groups())


def moment(text: str) -> dt.datetime:
    """A date with a time of day after it; without one, midnight stands for "no time given"."""
    plain = half_width(text).strip().replace("T", " ")
    found = DAY.match(plain) or PACKED_DAY.match(plain)
    if not found:
        raise Unreadable(f"填写为“{text}”，应为日期和时间，如 2026-11-05 09:00")
    date, rest = _day(text, *found.groups()), plain[found.end() :].strip()
    if not rest:
        return dt.datetime.combine(date, dt.time())
    clock = CLOCK.fullmatch(rest)
    if not clock:
        raise Unreadable(f"填写为“{text}”，时间应如 09:00")
    hour, minute = int(clock[2]), int(clock[3] or 0)
    if clock[1] in AFTERNOON and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise Unreadable(f"填写为“{text}”，没有 {clock[2]}:{minute:02} 这个时间")
    return dt.datetime.combine(date, dt.time(hour, minute))


def _day(text: str, year: str, month: str, number: str) -> dt.date:
    try:
        date = dt.date(int(year), int(month), int(number))
    except ValueError:
        raise Unreadable(
            f"填写为“{text}”，没有 {int(year)} 年 {int(month)} 月 {int(number)} 日这一天"
        ) from None
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise Unreadable(f"填写为“{text}”，年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间")
    return date
