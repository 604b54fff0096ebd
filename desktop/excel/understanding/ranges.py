"""A cell that holds two dates, such as 2026-11-01至11-07, as its two halves."""

import calendar
import re

from desktop.excel.understanding.wording import key, plain

UNTIL = {"open_from": "open_to", "valid_from": "valid_to"}  # what the second half of a range answers
ENDLESS = ("长期", "长期有效", "无固定期限", "至今", "今", "无期限", "永久")
DEADLINE = re.compile(r".*(?:期限|有效期|有效期至|期至)$")

FULL = r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?|\d{8}|\d{4}\s*[-./年]\s*\d{1,2}\s*月?"
SHORT = r"\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?|\d{1,2}\s*月|\d{1,2}\s*日?"
START = rf"(?:自|从)?\s*({FULL}|{SHORT})\s*(?:起)?"
RANGE = re.compile(
    rf"{START}\s*(?:至|到|~|—+|–|--?|―|…+|\.\.\.?)\s*({FULL}|{SHORT}|{'|'.join(ENDLESS)})\s*(?:止|为止)?"
)
ONE = re.compile(rf"(?:{FULL})(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?")
BRACKETED = re.compile(r"[^()\d]{0,4}\d{0,2}[^()\d]{0,4}\((.+)\)")  # 2年（2026.1.1—2027.12.31）
OPEN = re.compile(rf"(?:自|从)\s*({FULL})\s*起?|({FULL})\s*起")
YEAR_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?")
MONTH = re.compile(r"(\d{1,2})\s*月")
MONTH_DAY = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
DAY = re.compile(r"(\d{1,2})\s*日?")
BEGIN = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月].*|(\d{4})(\d{2})\d{2}")


def split(text: str) -> tuple[str, str] | None:
    """Both halves of a range as dates to read; a second half without an end is blank.

    What the second half leaves out is taken from the first, if that states it: a year, a month. A month
    at the end is meant to its last day. ``None`` for a text that is no range.
    """
    words = plain(text).strip()
    if alone := OPEN.fullmatch(words):
        return alone[1] or alone[2], ""
    if ONE.fullmatch(words):
        return None
    found = RANGE.fullmatch(words) or ((inside := BRACKETED.fullmatch(words)) and RANGE.fullmatch(inside[1]))
    if not found:
        return None
    first, second = (half.strip() for half in found.groups())
    if second in ENDLESS:
        return first, ""
    return first, _completed(first, second)


def endless(text: str) -> bool:
    return key(text) in ENDLESS


def _completed(first: str, second: str) -> str:
    """The second half with the year and month that only the first one states."""
    begin = BEGIN.fullmatch(first)
    year, month = (begin[1] or begin[3], begin[2] or begin[4]) if begin else (None, None)
    if (found := YEAR_MONTH.fullmatch(second)) is not None:
        return _last_day(found[1], found[2])
    if re.match(r"\d{4}", second) or year is None:
        return f"{month}月{second}" if year is None and month and DAY.fullmatch(second) else second
    if found := MONTH.fullmatch(second):
        return _last_day(year, found[1])
    if found := MONTH_DAY.fullmatch(second):
        return f"{year}-{found[1]}-{found[2]}"
    if (found := DAY.fullmatch(second)) and month:
        return f"{year}-{month}-{found[1]}"
    return second


def _last_day(year: str, month: str) -> str:
    known = 1 <= int(month) <= 12
    return f"{year}-{month}-{calendar.monthrange(int(year), int(month))[1]}" if known else f"{year}-{month}"
