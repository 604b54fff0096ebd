"""Columns of many values on their way into cells: looked at together, and one by one where one is special."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import repeat
from types import NoneType
from typing import Any

from desktop.excel.filling.filling import Value
from desktop.excel.filling.values import EXACT, FIRST_DAY, Kind, written
from desktop.excel.text import LONGEST

SIMPLE: dict[type, Kind] = {str: Kind.TEXT, int: Kind.NUMBER, NoneType: Kind.BLANK, dt.date: Kind.DAY}
# Of texts, one a line: a mark that may be special, quickly found; and what is not simply written as it is.
SUSPECT = re.compile(r"[&<>_\-=+@＝＋－＠\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|[^\S\n]")
SPECIAL = re.compile(
    r"[&<>\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x|(?:\A|\n)[-=+@＝＋－＠\s]|\s(?:\n|\Z)"
)


def ready(values: Sequence[Value], epoch: dt.datetime) -> tuple[Iterable[Kind], Sequence[Any]]:
    """The kind of each value's cell, and what is put between its tags.

    :param epoch: day 0 of the workbook's dates.
    """
    types = set(map(type, values))
    if types <= SIMPLE.keys() and (texts := _simple(values, types, epoch)) is not None:
        if len(types) == 1:
            return repeat(SIMPLE[types.pop()], len(values)), texts
        return [SIMPLE[one.__class__] for one in values], texts
    kinds, ready_texts = zip(*(written(one, epoch) for one in values), strict=True)
    return kinds, ready_texts


def _simple(values: Sequence[Any], types: set[type], epoch: dt.datetime) -> Sequence[Any] | None:
    """The values as they are written, if nothing about any of them is special."""
    if str in types and not _plain(_of(str, values, types)):
        return None
    if int in types:
        numbers = _of(int, values, types)
        if min(numbers) <= -EXACT or max(numbers) >= EXACT:
            return None
    if dt.date not in types:
        return values
    if min(_of(dt.date, values, types)) < max(epoch, FIRST_DAY).date():
        return None
    begin = epoch.toordinal()
    return [one.toordinal() - begin if one.__class__ is dt.date else one for one in values]


def _of(kind: type, values: Sequence[Any], types: set[type]) -> Sequence[Any]:
    return values if len(types) == 1 else [one for one in values if one.__class__ is kind]


def _plain(texts: Sequence[str]) -> bool:
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts) or "" in texts:
        return False
    if SUSPECT.search(joined) and SPECIAL.search(joined):
        return False
    return len(joined) <= LONGEST or max(map(len, texts)) <= LONGEST
