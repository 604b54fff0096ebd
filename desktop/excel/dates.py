"""Dates as cells hold them: serial numbers of two epochs, numbers that look like dates, and text."""

import datetime as dt
import re

from openpyxl.utils.datetime import from_excel

from desktop.errors import Unreadable
from desktop.excel.reading.grid import Number
from desktop.records import reading
from desktop.records.reading import half_width

FIRST_SERIAL = 367  # 1901-01-01: Excel counts a day too many in 1900, and nobody means that year
LAST_SERIAL = 10**5  # in the year 2173
YEARS = range(1900, 2101)  # a serial that is a year was typed as one: as a date it lies in 1905
HALF_MINUTE = dt.timedelta(seconds=30)  # serials are binary fractions: 09:00 may be 08:59:59.9999

SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?")
PACKED_MONTH = re.compile(r"(\d{4})(\d{2})")
SHORT_YEAR = re.compile(
    r"['’]?\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?|\d{2}年\d{1,2}月|\d{2}[./-]\d{1,2}"
)
YEAR = re.compile(r"(?:19|20)\d{2}\s*年?")
NO_YEAR = re.compile(r"(\d{1,2})\s*[月]\s*(\d{1,2})\s*[日号]?.*")
WEEKDAY = re.compile(r"\s*[(]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[)]?\s*")
BEFORE = re.compile(r"^(?:截至|截止到?|至|到|自|从|于)\s*")
AFTER = re.compile(r"(?:出生|生|起|止|入队|加入|成立|签订)$")
DAY_WORD = re.compile(r"(?<=\d)号")
DASHES = re.compile(r"(\d{4})\s*[—–\\_]\s*(\d{1,2})\s*[—–\\_]\s*(\d{1,2})")
SPELLED = re.compile(
    r"([〇○Ｏ零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号]?)?"
)
NUMERALS = {mark: str(number) for number, mark in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "零○Ｏ", "0"
)
COMMAS = re.compile(r"(?<=\d)\s*[、,，。·．]\s*(?=\d)")
WRITE = "请写全年月日，如 2026-11-05"


def of_number(cell: Number, digits: str, epoch: dt.datetime, *, clock: bool) -> str:
    """The date that a number cell means, as text to read.

    :param digits: the number as Excel shows it.
    :param clock: a time of day is asked for as well.
    """
    if cell.dated or SERIAL.fullmatch(digits):
        return of_serial(cell, epoch, clock=clock)
    if YEAR.fullmatch(digits):
        raise Unreadable(f"填写为“{digits}”，只有年份，{WRITE}")
    if digits.isdigit() and len(digits) == 8:
        return digits
    if not clock and (found := PACKED_MONTH.fullmatch(digits)):
        return f"{found[1]}-{found[2]}-01"
    year, _, month = digits.partition(".")
    if not clock and len(year) == 4 and year.isdigit() and month:
        if month == "1":  # 1990.10 loses its nought in a numeric cell
            raise Unreadable(f"填写为“{digits}”，分不清是 1 月还是 10 月，请写成 {year}-01 或 {year}-10")
        if len(month) <= 2:
            return f"{year}-{month}-01"
    raise Unreadable(f"填写为“{digits}”，{WRITE}")


def of_serial(cell: Number, epoch: dt.datetime, *, clock: bool) -> str:
    """The date of a serial number, counted from ``epoch``; with its time if one is asked for and there.

    :raises Unreadable: the number is no date, or one too far ahead for anyone to mean it.
    """
    days = float(cell.text)
    if days in YEARS:
        raise Unreadable(f"填写为“{cell.text}”，只有年份，{WRITE}")
    if not FIRST_SERIAL <= days < LAST_SERIAL:
        raise Unreadable(f"填写为“{cell.text}”，{WRITE}")
    found = from_excel(days, epoch)
    if not isinstance(found, dt.datetime):
        raise Unreadable(f"填写为“{cell.text}”，{WRITE}")
    if not clock or days.is_integer():
        return f"{found:%Y-%m-%d}"
    return f"{found + HALF_MINUTE:%Y-%m-%d %H:%M}"


def of_text(text: str, epoch: dt.datetime, *, clock: bool) -> str:
    """The date that a text means, as text to read.

    :raises Unreadable: it names a day without its year, or with half of it.
    """
    plain = half_width(text).lstrip("'").strip()
    plain = COMMAS.sub(".", WEEKDAY.sub(" ", plain)).strip(" .。")
    if SERIAL.fullmatch(plain):
        return of_serial(Number(plain), epoch, clock=clock)
    plain = DAY_WORD.sub("日", AFTER.sub("", BEFORE.sub("", plain)).strip())
    if found := DASHES.fullmatch(plain):
        plain = "-".join(found.groups())
    if found := SPELLED.fullmatch(plain):
        year = "".join(NUMERALS[mark] for mark in found[1])
        plain = f"{year}-{_counted(found[2])}-{_counted(found[3] or '一')}"
    if SHORT_YEAR.fullmatch(plain):
        raise Unreadable(f"填写为“{text}”，年份只有两位，{WRITE}")
    if YEAR.fullmatch(plain):
        raise Unreadable(f"填写为“{text}”，只有年份，{WRITE}")
    if NO_YEAR.fullmatch(plain):
        raise Unreadable(f"填写为“{text}”，没有写年份，{WRITE}")
    if clock:
        return plain
    if found := MONTH.fullmatch(plain) or PACKED_MONTH.fullmatch(plain):
        return f"{found[1]}-{found[2]}-01"
    return _without_time(plain)


def _counted(words: str) -> int:
    """A Chinese number below a hundred: 十一, 二十三."""
    tens, ten, ones = words.rpartition("十")
    return (int(NUMERALS[tens]) if tens else 1) * 10 * bool(ten) + (int(NUMERALS[ones]) if ones else 0)


def _without_time(plain: str) -> str:
    """A date with a time of day behind it, where only a date is asked."""
    for pattern in (reading.DAY, reading.PACKED_DAY):
        found = pattern.match(plain)
        if found and reading.CLOCK.fullmatch(plain[found.end() :].strip(" T\n")):
            return f"{reading.moment(plain.replace(chr(10), ' ')):%Y-%m-%d}"
    return plain
