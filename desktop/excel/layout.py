"""The layouts of the sheets a township hands in: data in ``resources/layouts``."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from desktop.paths import resources

LAYOUTS = ("annex1", "annex2", "annex4", "annex5", "annex6")  # in the order they are handed in


class Form(StrEnum):
    """How a cell shows its value."""

    NUMBER = "number"
    AMOUNT = "amount"  # two decimals
    SHARE = "share"  # a number shown as 12.34%
    DATE = "date"
    MONTH = "month"  # a date shown without its day
    TEXT = "text"  # to the left, wrapped
    WORD = "word"  # short text in the middle, wrapped
    CODE = "code"  # a number that is text: never wrapped, never counted


class Place(StrEnum):
    """Where the row 合计 stands."""

    FOOT = "foot"
    HEAD = "head"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of data.

    :param key: of the value in a row.
    :param width: in characters; a Chinese one takes two.
    :param total: of the column in the row 合计: ``sum``, ``count WORD``, ``KEY / KEY`` (rounded
        half up to a whole number) or nothing.
    """

    label: str
    key: str
    form: Form
    width: float
    total: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Columns under a common heading."""

    label: str
    columns: tuple["Column | Group", ...]


@dataclass(frozen=True, slots=True)
class Span:
    """One heading: the rows and columns of the header that it covers, counted from 0, both ends in."""

    label: str
    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet as the city expects it.

    :param title: the name of the table; the unit goes before it, the period behind it.
    :param row_height: of a row of data with one line, in points.
    """

    code: str
    mark: str
    title: str
    unit: str
    landscape: bool
    row_height: float
    total: Place
    columns: tuple[Column | Group, ...]
    notes: tuple[str, ...]
    signature: str

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The columns of data from left to right."""
        return tuple(leaves(self.columns))

    @property
    def depth(self) -> int:
        """The number of header rows."""
        return depth(self.columns)


def leaves(columns: Sequence[Column | Group]) -> Iterator[Column]:
    for one in columns:
        if isinstance(one, Column):
            yield one
        else:
            yield from leaves(one.columns)


def depth(columns: Sequence[Column | Group]) -> int:
    return 1 + max((depth(one.columns) for one in columns if isinstance(one, Group)), default=0)


def headings(columns: Sequence[Column | Group], bottom: int, top: int = 0, left: int = 0) -> Iterator[Span]:
    """Every heading of a header that ends in row ``bottom``; one without columns below it reaches down."""
    for one in columns:
        if isinstance(one, Column):
            yield Span(one.label, top, bottom, left, left)
            left += 1
        else:
            width = len(tuple(leaves(one.columns)))
            yield Span(one.label, top, top, left, left + width - 1)
            yield from headings(one.columns, bottom, top + 1, left)
            left += width


@cache
def load(code: str) -> Layout:
    """The layout called ``code``; ``KeyError`` for one that is not shipped."""
    if code not in LAYOUTS:
        raise KeyError(code)
    data = json.loads((resources() / "layouts" / f"{code}.json").read_text("utf-8"))
    data |= {"total": Place(data["total"]), "notes": tuple(data["notes"])}
    return Layout(code=code, **(data | {"columns": tuple(_columns(data["columns"]))}))


def _columns(data: Sequence[Mapping[str, Any]]) -> Iterator[Column | Group]:
    for one in data:
        if "columns" in one:
            yield Group(one["label"], tuple(_columns(one["columns"])))
        else:
            yield Column(**(dict(one) | {"form": Form(one["form"])}))
