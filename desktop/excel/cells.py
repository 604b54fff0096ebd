"""What a cell holds, as the text that its field's kind reads, and as the value."""

import datetime as dt
import re
from decimal import Context, Decimal, InvalidOperation
from functools import singledispatch
from typing import Any

from desktop.errors import Unreadable
from desktop.excel import dates
from desktop.excel.reading.grid import Cell, Fault, Number, Uncounted
from desktop.records import kinds
from desktop.records.kinds import Kind
from desktop.records.reading import half_width

EXACT = 15  # digits that Excel keeps of a number
PLAIN_DIGITS = re.compile(r"\d+(?:\.0+)?")
SCIENTIFIC = re.compile(r"(\d(?:\.\d+)?)E\+?(\d{1,3})", re.IGNORECASE)
LARGEST = 24  # power of ten up to which a number is written out
LOST = "000"  # in place of the last three digits of a number of 18
PERSON = 20  # longest name of a person; a field of that length holds one
ALIGNED = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
BREAK = re.compile(r"\s*[\r\n\t]+\s*")
QUOTES = "'‘’`′＇"  # in front of a number, to keep it text
APOSTROPHES = ("'", "＇")
INVISIBLE = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))
NOTHING = {"/", "\\", "-", "--", "---", "—", "——", "－", "―", "/ /", "//"}  # what hands put for a blank
ABSENT = NOTHING | {
    "无",
    "没有",
    "暂无",
    "不详",
    "未填",
    "未填写",
    "暂缺",
    "待补",
}  # the same where no such word is an answer
COUNTED = "人名位口户票个件支份次岁分项条年度家场"
TENS = {"元": Decimal(1), "百元": Decimal(100), "千元": Decimal(1000), "万元": Decimal(10**4)} | {
    "万": Decimal(10**4),
    "亿元": Decimal(10**8),
}
AMOUNT = re.compile(r"(?:人民币|[￥¥])?([+-]?[\d,.]+)(元|百元|千元|万元|万|亿元)整?")
MANY = re.compile(r"([\d,.]+)([百千万])[人户票]?")
MULTIPLE = {"百": 100, "千": 1000, "万": 10_000}
CODE_AND_NAME = re.compile(r"[(\[]?([0-9A-Za-z]{1,4})[)\]]?[.、:\-—_\s]\s*(\S.*)")
NUMBER_IN_FRONT = re.compile(r"^\d{1,2}[.、:\s]*(?=[\u4e00-\u9fff])")  # 1在册
NUMBER_AND_NAME = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,2}步|[(]?[一二三四五六七八九十]{1,2}[)、.])[、.:\-\s]*(\S.*)"
)
LOOSE_SEPARATORS = re.compile(r"\s*[/|&＋+]\s*|\s+")
NUMBERING = re.compile(r"(?:^|(?<=[\s;；、，,。]))[(（]?(?:\d{1,2}|[①-⑳])[)）.．、]\s*|[①-⑳]")
MOBILE_DIGITS = 11
MOBILES = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
LANDLINE = re.compile(r"\(?0\d{2,3}\)?\d{7,8}(?:转?\d{1,6})?")
GAPS = re.compile(r"[ \-]")
ERRORS = (
    *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"),
    *("#SPILL!", "#CALC!"),
)
MANGLED = (
    "是数字格式，Excel 已把后三位变成 0，原来的号码找不回来了，"
    "请把这一列设为文本格式，照证件重新填写完整的号码"
)  # the clerk cannot see it: the cell looks right


class Mangled(Unreadable):
    """A long number that passed through a numeric cell and lost its end.

    :param kept: its first digits, 15 of them or as many as the cell shows.
    """

    def __init__(self, words: str, kept: str) -> None:
        super().__init__(words)
        self.kept = kept


def value(kind: Kind, cell: Cell, epoch: dt.datetime) -> Any:
    """The clean value of a cell; ``None`` where a dash or 无 stands for a blank.

    :param cell: not ``None``.
    :param epoch: day 0 of the sheet's date serials.
    :raises Unreadable: with the end of a sentence that begins with the field's label.
    """
    text = typed(kind, cell, epoch)
    return kind.read(text) if text else None


def show(cell: Cell) -> str:
    """Any cell as text: numbers in plain digits as Excel shows them, a dated one still a serial.

    :raises Unreadable: an error of a formula, or a formula that was never worked out.
    """
    if isinstance(cell, str):
        if cell[:1] == "#" and cell.strip() in ERRORS:
            raise Unreadable(f"的公式出错（{cell.strip()}），请改成数值")
        return cell
    if isinstance(cell, Number):
        return _digits(cell.text)
    if isinstance(cell, Uncounted):
        raise Unreadable("是公式，文件里没有它的结果，请在 Excel 或 WPS 中打开并保存一次后再导入")
    if isinstance(cell, Fault):
        raise Unreadable(f"的公式出错（{cell.text}），请改成数值")
    return "" if cell is None else "是" if cell else "否"


@singledispatch
def typed(kind: Kind, cell: Cell, epoch: dt.datetime) -> str:
    """The text of a cell that an answer of this kind is read from; empty for what stands for a blank.

    :raises TypeError: a kind that nobody taught this outlet.
    """
    raise TypeError(f"no cell for the kind {type(kind).__name__}")


@typed.register
def _(kind: kinds.Scans, cell: Cell, epoch: dt.datetime) -> str:
    return show(cell)


@typed.register
def _(kind: kinds.Words, cell: Cell, epoch: dt.datetime) -> str:
    """One line where one is asked: a break in a cell is how it was wrapped. Names close their gaps."""
    if isinstance(cell, Number):
        return _unmangled(cell) if not cell.dated else dates.of_serial(cell, epoch, clock=True)
    text = show(cell).strip()
    if text in NOTHING or (text in ABSENT and not kind.lines):  # a narrative may well say 无
        return ""
    if text[:1] in APOSTROPHES:
        text = text[1:]
    if not kind.lines:
        text = BREAK.sub(_joint, text) if "\n" in text or "\r" in text or "\t" in text else text
        if kind.longest <= PERSON and (" " in text or "\u3000" in text):
            text = _closed_up(text)
    return text


@typed.register(kinds.Choice)
@typed.register(kinds.Truth)
def _(kind: Kind, cell: Cell, epoch: dt.datetime) -> str:
    text = BREAK.sub("", show(cell)).strip()
    return "" if text in NOTHING else NUMBER_IN_FRONT.sub("", text)


@typed.register
def _(kind: kinds.Listed, cell: Cell, epoch: dt.datetime) -> str:
    return _listed(kind, BREAK.sub("", show(cell)).strip().lstrip("'"))


@typed.register
def _(kind: kinds.Several, cell: Cell, epoch: dt.datetime) -> str:
    """Words between any marks: the usual ones first, then slashes, blanks and numbers in front."""
    text = show(cell).strip()
    one = kinds.Listed(kind.name)
    if text in NOTHING:
        return ""
    tries = (text, _listed(one, text), NUMBERING.sub("、", text).strip("、 "))
    for words in (*tries, LOOSE_SEPARATORS.sub("、", tries[-1])):
        try:
            kind.read(words)
        except Unreadable:
            continue
        return words
    loose = [_listed(one, word) for word in _split(LOOSE_SEPARATORS.sub("、", text))]
    strict = [_listed(one, word) for word in _split(text)]
    known = any(kind.codes.code_of(word) is not None for word in loose)
    return "" if text in ABSENT else "、".join(loose if known else strict)


@typed.register
def _(kind: kinds.Whole, cell: Cell, epoch: dt.datetime) -> str:
    text = half_width(show(cell)).strip()
    if text in NOTHING:
        return ""
    if found := MANY.fullmatch(text.replace(" ", "")):
        number = _number(found[1]) * MULTIPLE[found[2]]
        return f"{number:f}" if number != int(number) else str(int(number))
    bare = text.rstrip(COUNTED).rstrip()
    return bare if bare[-1:].isdigit() else text


@typed.register
def _(kind: kinds.Money, cell: Cell, epoch: dt.datetime) -> str:
    """An amount in the field's unit; another one is converted only where that is exact."""
    text = half_width(show(cell)).strip().replace(" ", "")
    found = AMOUNT.fullmatch(text)
    if found is None:
        return "" if text in NOTHING else text.lstrip("￥¥")
    exact = _number(found[1]) * TENS[found[2]] / TENS[kind.unit]
    if exact != round(exact, 2):
        raise Unreadable(f"填写为“{text}”，折合 {exact.normalize():f} {kind.unit}，最多 2 位小数")
    return f"{exact:f}"


@typed.register
def _(kind: kinds.Share, cell: Cell, epoch: dt.datetime) -> str:
    """A percentage is a fraction in a numeric cell."""
    text = show(cell).strip()
    if isinstance(cell, Number):
        return f"{round(_number(text) * 100, 1):f}"
    return "" if text in NOTHING else text


@typed.register(kinds.ResidentId)
@typed.register(kinds.CreditCode)
@typed.register(kinds.Area)
@typed.register(kinds.Link)
def _number_text(kind: Kind, cell: Cell, epoch: dt.datetime) -> str:
    """Numbers that are text: one that passed through a numeric cell has lost its end for good."""
    if isinstance(cell, Number):
        return _unmangled(cell)
    text = show(cell)
    if "E" in text or "e" in text or "Ｅ" in text:
        narrow = half_width(text.strip().lstrip(QUOTES))
        if found := SCIENTIFIC.fullmatch(narrow):
            return _unmangled(Number(found[0]), shown=True)
    text = text.strip() if text.isprintable() else text.translate(INVISIBLE).strip()
    text = text.strip(QUOTES)
    if text in ABSENT:
        return ""
    return BREAK.sub(" ", text) if "\n" in text or "\r" in text or "\t" in text else text


@typed.register
def _(kind: kinds.Phone, cell: Cell, epoch: dt.datetime) -> str:
    """One telephone number; two in a cell, or a landline where a mobile belongs, are said."""
    if isinstance(cell, str) and len(cell) == MOBILE_DIGITS and cell.isdigit():
        return cell
    text = _number_text(kind, cell, epoch).rstrip(";；,，、。. ")
    wide = half_width(text)
    plain = GAPS.sub("", wide)
    if len(found := MOBILES.findall(wide)) > 1 or len(found := MOBILES.findall(plain)) > 1:
        raise Unreadable(f"填写为“{text}”，里面有 {len(found)} 个号码，请只留一个")
    if kind.longest == MOBILE_DIGITS and LANDLINE.fullmatch(plain):
        raise Unreadable(f"填写为“{text}”，是固定电话，请改填 11 位手机号，固定电话另填一栏")
    return text


@typed.register(kinds.Day)
@typed.register(kinds.Moment)
def _(kind: Kind, cell: Cell, epoch: dt.datetime) -> str:
    """A date is a text, or the serial number of one."""
    clock = isinstance(kind, kinds.Moment)
    if isinstance(cell, Number):
        return dates.of_number(cell, _digits(cell.text), epoch, clock=clock)
    text = show(cell).strip()
    return "" if text in ABSENT else dates.of_text(text, epoch, clock=clock)


def _digits(text: str) -> str:
    """A number cell in plain digits, to the 15 that Excel shows; longer whole numbers as they stand."""
    if text.isdigit():
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > LARGEST:
        return text
    if "E" not in text.upper() and number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    plain = f"{number.normalize(Context(prec=EXACT)):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _unmangled(cell: Number, *, shown: bool = False) -> str:
    """The digits of a number that is text.

    :param shown: it is the text that a narrow column showed, which may have fewer digits than the cell had.

    :raises Mangled: it has more digits than Excel keeps, and its end is lost.
    """
    text = cell.text
    if PLAIN_DIGITS.fullmatch(text):
        whole = text.split(".")[0]
        if len(whole) > EXACT and whole.endswith(LOST):
            raise Mangled(f"填写为“{whole}”，{MANGLED}", whole[:EXACT])
        return whole
    scientific = SCIENTIFIC.fullmatch(text)
    if scientific and int(scientific[2]) >= EXACT:  # 17 digits may be stored, of which 15 are true
        rounded = Decimal(scientific[1]).normalize(Context(prec=EXACT))
        kept = f"{rounded:f}".replace(".", "")
        raise Mangled(f"填写为“{text}”，{MANGLED}", kept if shown else kept.ljust(EXACT, "0"))
    return _digits(text)


def _closed_up(text: str) -> str:
    """张　三 is a name of two characters spread to the width of three; two whole names stay apart."""
    parts = ALIGNED.split(text)
    return "".join(parts) if any(len(part) == 1 for part in parts) and len(text) <= PERSON else text


def _joint(found: re.Match[str]) -> str:
    """Between Chinese characters a line break is nothing, between other words a blank."""
    text, (begin, end) = found.string, found.span()
    return " " if text[begin - 1 : begin].isascii() and text[end : end + 1].isascii() else ""


def _listed(kind: kinds.Listed, text: str) -> str:
    """A word of a list: a code that lost its zero in a numeric cell, or a code with its name behind."""
    codes = kind.codes
    if text in NOTHING:
        return ""
    if codes.code_of(text) is not None:
        return text
    if text in ABSENT:
        return ""
    padded = half_width(text).zfill(max(len(code) for code in codes.items))
    if padded.isdecimal() and padded in codes.items:
        return padded
    for front in (CODE_AND_NAME, NUMBER_AND_NAME):
        found = front.fullmatch(half_width(text))
        if found and (code := codes.code_of(found[found.lastindex or 0])) is not None:
            return code
    return text


def _split(text: str) -> list[str]:
    return [word.strip() for word in kinds.SEPARATORS.split(NUMBERING.sub("、", text)) if word.strip()]


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > LARGEST:
        raise Unreadable(f"填写为“{text}”，应为数字")
    return number
