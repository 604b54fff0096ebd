"""The kinds of answer: how each is read from text, stored and shown.

A kind has three forms of a value: typed text, the value in Python, the shown
text. Widgets, cells and masks belong to their outlets, which look kinds up by
``functools.singledispatch`` and raise on one they do not know.
"""

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from desktop.errors import Unreadable
from desktop.records import reading
from desktop.records.codes import CodeList, code_list

ID_LENGTH = 18
MOBILE = re.compile(r"1[3-9]\d{9}")
ABROAD = re.compile(r"\(?(?:\+|00)?86\)?(?=1[3-9]\d{9}$)")  # our country's own prefix
ROOM = 36  # characters of options that a sentence under a field has room for
SEPARATORS = re.compile(r"[、，,;；\n]+")


class Hundredths(TypeDecorator[Decimal]):
    """A decimal kept as a whole number of hundredths: SQLite has no exact decimals."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


@dataclass(frozen=True)
class Kind:
    """What every kind of answer can do. A blank is ``None`` and never reaches ``read``."""

    def read(self, text: str) -> Any:
        """The value that ``text`` stands for.

        :raises Unreadable: with the end of a sentence that begins with the field's label.
        """
        raise TypeError(f"{type(self).__name__} does not say how it is read")

    def show(self, value: Any) -> str:
        """The text of a value, as read back by :meth:`read`; a blank is empty."""
        return "" if value is None else str(value)

    def column(self) -> TypeEngine[Any]:
        """The SQL type that stores the value."""
        raise TypeError(f"{type(self).__name__} does not say how it is stored")


@dataclass(frozen=True)
class Words(Kind):
    """Free text.

    :param longest: in characters.
    :param lines: several lines are allowed.
    """

    longest: int = 50
    lines: bool = False

    def read(self, text: str) -> str:
        words = reading.clean(text, lines=self.lines)
        if len(words) > self.longest:
            raise Unreadable(f"有 {len(words)} 个字，最多 {self.longest} 个字")
        return words

    def column(self) -> TypeEngine[Any]:
        return Text() if self.lines else String(self.longest)


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number with a unit."""

    unit: str = ""
    least: int = 0
    most: int = 99_999_999

    def read(self, text: str) -> int:
        number = reading.whole(reading.clean(text).removesuffix(self.unit))
        if not self.least <= number <= self.most:
            raise Unreadable(f"填写为 {number}，应在 {self.least} 至 {self.most} 之间")
        return number

    def column(self) -> TypeEngine[Any]:
        return Integer()


@dataclass(frozen=True)
class Money(Kind):
    """An amount with two decimals, exact."""

    unit: str = "万元"

    def read(self, text: str) -> Decimal:
        number = reading.decimal(reading.clean(text).removesuffix(self.unit), 2)
        if number < 0:
            raise Unreadable(f"填写为 {number}，不能小于 0")
        return number

    def show(self, value: Decimal | None) -> str:
        return "" if value is None else f"{value:.2f}"

    def column(self) -> TypeEngine[Any]:
        return Hundredths()


@dataclass(frozen=True)
class Share(Kind):
    """A percentage with one decimal; for display, never for judging (rules count whole people)."""

    def read(self, text: str) -> Decimal:
        return reading.decimal(reading.clean(text).rstrip("%％"), 1)

    def show(self, value: Decimal | None) -> str:
        return "" if value is None else f"{value:.1f}%"

    def column(self) -> TypeEngine[Any]:
        return Hundredths()


@dataclass(frozen=True)
class Day(Kind):
    """A calendar date."""

    def read(self, text: str) -> dt.date:
        return reading.day(reading.clean(text))

    def show(self, value: dt.date | None) -> str:
        return "" if value is None else value.isoformat()

    def column(self) -> TypeEngine[Any]:
        return Date()


@dataclass(frozen=True)
class Moment(Kind):
    """A date with a time of day; midnight means that no time was given."""

    def read(self, text: str) -> dt.datetime:
        return reading.moment(reading.clean(text))

    def show(self, value: dt.datetime | None) -> str:
        if value is None:
            return ""
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"

    def column(self) -> TypeEngine[Any]:
        return DateTime()


@dataclass(frozen=True)
class Truth(Kind):
    """Yes or no, or not yet answered."""

    def read(self, text: str) -> bool:
        code = code_list("yes_no").code_of(reading.half_width(reading.clean(text)))
        if code is None:
            raise Unreadable(f"填写为“{text}”，应为 是 或 否")
        return code == "1"

    def show(self, value: bool | None) -> str:
        return "" if value is None else "是" if value else "否"

    def column(self) -> TypeEngine[Any]:
        return Boolean(create_constraint=False)


@dataclass(frozen=True)
class Choice(Kind):
    """One of a list fixed by the law or by the program; stored as its Chinese word.

    What else a list's words are written as is told by the ``_missing_`` of its class.
    """

    options: type[StrEnum]

    def read(self, text: str) -> str:
        try:
            return self.options(reading.clean(text))
        except ValueError:
            raise Unreadable(f"填写为“{text}”，应为 {'、'.join(self.options)} 之一") from None

    def column(self) -> TypeEngine[Any]:
        return String(20)


def _offered(word: str, codes: CodeList) -> str:
    """What may stand there instead: all of a short list, else what is like ``word``, else the first few."""
    names = [codes.items[one] for one in dict.fromkeys((*codes.offered, *codes.items))]
    if len("、".join(names)) <= ROOM:
        return f"应为 {'、'.join(names)} 之一"
    shared = {name: len({*word} & {*name}) for name in names}  # letters that they have in common
    alike = sorted(names, key=shared.__getitem__, reverse=True)
    near = [name for name in alike[:2] if shared[name] * 2 >= len({*word})]
    shown = near or [one for at, one in enumerate(names) if len("、".join(names[: at + 1])) <= ROOM / 2]
    return f"不在“{codes.title}”的 {len(names)} 项里，{'相近的有' if near else '如'} {'、'.join(shown)}"


@dataclass(frozen=True)
class Listed(Kind):
    """One code of a list in ``resources/codes``; stored as the code, shown as its name."""

    name: str

    @property
    def codes(self) -> CodeList:
        return code_list(self.name)

    def read(self, text: str) -> str:
        word = reading.clean(text)
        code = self.codes.code_of(word) or self.codes.code_of(reading.half_width(word))
        if code is None:
            raise Unreadable(f"填写为“{text}”，{_offered(word, self.codes)}")
        return code

    def show(self, value: str | None) -> str:
        return "" if value is None else self.codes.items.get(value, value)

    def column(self) -> TypeEngine[Any]:
        return String(20)


@dataclass(frozen=True)
class Several(Kind):
    """Several codes of one list, kept in the list's order."""

    name: str

    @property
    def codes(self) -> CodeList:
        return code_list(self.name)

    def read(self, text: str) -> list[str]:
        one = Listed(self.name)
        whole = reading.clean(text, lines=True)
        if self.codes.code_of(whole) is not None:
            return [one.read(whole)]
        chosen = {one.read(word) for word in SEPARATORS.split(whole) if word.strip()}
        return [code for code in self.codes.items if code in chosen]

    def show(self, value: Sequence[str] | None) -> str:
        return "、".join(self.codes.items.get(code, code) for code in value or ())

    def column(self) -> TypeEngine[Any]:
        return JSON(none_as_null=True)


@dataclass(frozen=True)
class ResidentId(Kind):
    """A resident identity number: 18 characters of text. A wrong one is kept and reported by a rule."""

    def read(self, text: str) -> str:
        return _code(text, ID_LENGTH)

    def column(self) -> TypeEngine[Any]:
        return String(ID_LENGTH)


@dataclass(frozen=True)
class CreditCode(Kind):
    """A unified social credit code: 18 characters of text, judged by a rule."""

    def read(self, text: str) -> str:
        return _code(text, ID_LENGTH)

    def column(self) -> TypeEngine[Any]:
        return String(ID_LENGTH)


@dataclass(frozen=True)
class Phone(Kind):
    """A telephone number as text; blanks and dashes inside a mobile number are left out."""

    longest: int = 20

    def read(self, text: str) -> str:
        plain = reading.half_width(reading.clean(text)).lstrip("'")
        digits = ABROAD.sub("", re.sub(r"[\s-]", "", plain))
        number = digits if MOBILE.fullmatch(digits) else plain
        if not re.fullmatch(r"[\d\-+()转 /、,]+", number):
            raise Unreadable(f"填写为“{text}”，应为电话号码，只写号码")
        if len(number) > self.longest:
            raise Unreadable(f"填写为“{text}”，有 {len(number)} 位，最多 {self.longest} 位")
        return number

    def column(self) -> TypeEngine[Any]:
        return String(self.longest)


@dataclass(frozen=True)
class Area(Kind):
    """An area by its 12-digit code; names are looked up before (:mod:`desktop.services.areas`).

    :param level: ``village`` or ``township``, the level that is offered.
    """

    level: str = "village"

    def read(self, text: str) -> str:
        code = reading.half_width(reading.clean(text))
        if not re.fullmatch(r"\d{12}", code):
            raise Unreadable(f"填写为“{text}”，请从列表中选择")
        return code

    def column(self) -> TypeEngine[Any]:
        return String(12)


@dataclass(frozen=True)
class Link(Kind):
    """Another entry by its id; names are looked up before (:mod:`desktop.services.links`)."""

    ledger: str

    def read(self, text: str) -> int:
        if not re.fullmatch(r"\d{1,15}", text.strip()):
            raise Unreadable(f"填写为“{text}”，请从列表中选择")
        return int(text.strip())

    def column(self) -> TypeEngine[Any]:
        return Integer()


@dataclass(frozen=True)
class Scans(Kind):
    """Attached files, as a list of attachment ids."""

    def read(self, text: str) -> list[int]:
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if not isinstance(found, list) or not all(type(item) is int for item in found):
            raise Unreadable("不是附件清单，请用“添加附件”")
        return found

    def show(self, value: Sequence[int] | None) -> str:
        return json.dumps(list(value)) if value else ""

    def column(self) -> TypeEngine[Any]:
        return JSON(none_as_null=True)


def plain(value: Any) -> Any:
    """A value as JSON knows it: dates in ISO form, decimals as text, codes as they are."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def masked(kind: Kind, text: str) -> str:
    """A personal number with its middle hidden: 3411**********0012, 138****8000."""
    if isinstance(kind, (ResidentId, Phone)) and len(text) > 7:
        head = 4 if isinstance(kind, ResidentId) else 3
        return text[:head] + "*" * (len(text) - head - 4) + text[-4:]
    return text


def _code(text: str, longest: int) -> str:
    code = re.sub(r"[\s-]", "", reading.half_width(reading.clean(text)).lstrip("'")).upper()
    if not re.fullmatch(r"[0-9A-Z]+", code):
        raise Unreadable(f"填写为“{text}”，只能有数字和字母")
    if len(code) > longest:
        raise Unreadable(f"有 {len(code)} 位，最多 {longest} 位")
    return code
