"""What a cell holds, as the text that its field's kind reads."""

import datetime as dt
import re
from decimal import Decimal
from functools import singledispatch
from typing import Any

from openpyxl.utils.datetime import from_excel

from desktop.errors import Unreadable
from desktop.excel.reader import Uncounted
from desktop.records import kinds
from desktop.records.kinds import Kind
from desktop.records.reading import half_width

EXACT = 10**15  # Excel keeps 15 digits
SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d{2}")
SERIAL = re.compile(r"\d{5}(\.\d+)?")
FIRST_SERIAL = 7306  # 1920-01-01: a smaller number is a year, or a year and a month, that Excel made a number
ERRORS = (
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
)
MANGLED = (
    "是数字格式，Excel 已把后三位变成 0，原来的号码找不回来了，"
    "请把这一列设为文本格式，照证件重新填写完整的号码"
)  # the clerk cannot see it: the cell looks right


def value(kind: Kind, raw: Any, epoch: dt.datetime) -> Any:
    """The clean value of a cell; never called for a blank one.

    :param epoch: day 0 of the sheet's date serials.
    :raises Unreadable: with the end of a sentence that begins with the field's label.
    """
    return kind.read(typed(kind, raw, epoch))


def show(raw: Any) -> str:
    """Any cell as text: whole numbers without a point, dates in ISO form.

    :raises Unreadable: an error of a formula, or a formula that was never worked out.
    """
    if isinstance(raw, Uncounted):
        raise Unreadable("是公式，文件里没有它的结果，请在 Excel 或 WPS 中打开并保存一次后再导入")
    if isinstance(raw, str):
        if raw.strip() in ERRORS:
            raise Unreadable(f"的公式出错（{raw.strip()}），请改成数值")
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, dt.datetime):
        return f"{raw:%Y-%m-%d}" if raw.time() == dt.time() else f"{raw:%Y-%m-%d %H:%M}"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < EXACT else f"{Decimal(repr(raw)):f}"
    return str(raw)


@singledispatch
def typed(kind: Kind, raw: Any, epoch: dt.datetime) -> str:
    """The text of a cell that an answer of this kind is read from.

    :raises TypeError: a kind that nobody taught this outlet.
    """
    raise TypeError(f"no cell for the kind {type(kind).__name__}")


def _plain(kind: Kind, raw: Any, epoch: dt.datetime) -> str:
    return show(raw)


for one in (
    kinds.Words,
    kinds.Whole,
    kinds.Money,
    kinds.Truth,
    kinds.Choice,
    kinds.Listed,
    kinds.Several,
    kinds.Scans,
):
    typed.register(one, _plain)


@typed.register(kinds.ResidentId)
@typed.register(kinds.CreditCode)
@typed.register(kinds.Phone)
@typed.register(kinds.Area)
@typed.register(kinds.Link)
def _(kind: Kind, raw: Any, epoch: dt.datetime) -> str:
    """Numbers that are text: one that passed through a numeric cell has lost its end for good."""
    long = isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) >= EXACT
    if long or (isinstance(raw, str) and SCIENTIFIC.fullmatch(half_width(raw.strip()))):
        raise Unreadable(f"填写为“{show(raw)}”，{MANGLED}")
    return show(raw)


@typed.register
def _(kind: kinds.Share, raw: Any, epoch: dt.datetime) -> str:
    """A percentage is a fraction in a numeric cell."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return f"{Decimal(repr(raw)) * 100:f}"
    return show(raw)


@typed.register(kinds.Day)
@typed.register(kinds.Moment)
def _(kind: Kind, raw: Any, epoch: dt.datetime) -> str:
    """A date is a date, a text, or the serial number of one."""
    serial = raw
    if isinstance(raw, str) and SERIAL.fullmatch(half_width(raw.strip())):
        serial = float(half_width(raw.strip()))
    if isinstance(serial, (int, float)) and not isinstance(serial, bool) and serial < 10**5:
        if serial < FIRST_SERIAL or (isinstance(kind, kinds.Day) and serial != int(serial)):
            raise Unreadable(f"填写为“{show(raw)}”，请写全年月日，如 2026-11-05")
        found = from_excel(serial, epoch)
        text = show(found + dt.timedelta(seconds=30) if isinstance(found, dt.datetime) else found)
        return text.split(" ")[0] if isinstance(kind, kinds.Day) else text
    if isinstance(raw, dt.datetime) and isinstance(kind, kinds.Day):
        return f"{raw:%Y-%m-%d}"
    return show(raw)
