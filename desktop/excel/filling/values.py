"""How a value is written into a cell: which kind of cell it becomes, and its text there."""

import datetime as dt
import re
from decimal import Decimal
from enum import IntEnum

from desktop.excel.filling.filling import Value
from desktop.excel.text import looks_like_formula, safe

EXACT = 10**15  # a number cell keeps 15 digits; what is longer is a number of something and goes in as text
FIRST_DAY = dt.datetime(1900, 3, 1)  # before it Excel counts a day that never was
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A
DAY = dt.timedelta(days=1)


class Kind(IntEnum):
    """What a cell's ``t`` and its content are; numbers, as the kinds of its cells are what a row goes by."""

    BLANK = 0
    TEXT = 1
    SPACED = 2  # blanks at an end, or line breaks: to be kept as they are
    QUOTED = 3  # begins like a formula
    NUMBER = 4
    DAY = 5
    MOMENT = 6
    TRUTH = 7


def written(value: Value, epoch: dt.datetime) -> tuple[Kind, str]:
    """Kind and escaped text of a value."""
    if value is None:
        return Kind.BLANK, ""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return Kind.TRUTH, str(int(value))
    if isinstance(value, int):
        return (Kind.NUMBER if abs(value) < EXACT else Kind.TEXT), str(value)
    if isinstance(value, Decimal):
        long = not value.is_finite() or len(value.normalize().as_tuple().digits) > 15
        return (Kind.TEXT if long else Kind.NUMBER), str(value)
    return _day(value, epoch)


def serial(day: dt.date, epoch: dt.datetime) -> str | None:
    """The number of a day; ``None`` for days that Excel's calendar does not have or has wrong."""
    if isinstance(day, dt.datetime):
        return str((day - epoch) / DAY) if day >= max(epoch, FIRST_DAY) else None
    if day < max(epoch, FIRST_DAY).date():
        return None
    return str(day.toordinal() - epoch.toordinal())


def text_of(value: str) -> str:
    """A text as it stands between tags."""
    clean = ESCAPE.sub("_x005F_", safe(value))
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(value: str) -> tuple[Kind, str]:
    clean = safe(value)
    if not clean:
        return Kind.BLANK, ""
    if looks_like_formula(clean):
        return Kind.QUOTED, text_of(clean)
    edges = clean != clean.strip() or "\n" in clean
    return (Kind.SPACED if edges else Kind.TEXT), text_of(clean)


def _day(value: dt.date, epoch: dt.datetime) -> tuple[Kind, str]:
    number = serial(value, epoch)
    if number is None:
        return Kind.TEXT, value.isoformat().replace("T", " ")
    return (Kind.MOMENT if isinstance(value, dt.datetime) else Kind.DAY), number
