"""Writes entries as rows: one format string for each look of a row and kinds of its values."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from types import NoneType
from typing import Any

from desktop.excel.filling.area import letters
from desktop.excel.filling.filling import Value
from desktop.excel.filling.looks import FAR, ROW, Kept, Look
from desktop.excel.filling.spans import escaped, real
from desktop.excel.filling.styles import Styles
from desktop.excel.filling.values import EXACT, Kind, serial, written
from desktop.excel.text import LONGEST

HIGH = "\2"  # stands in a format for the row's height
AWAY = re.compile(f"{FAR}(-?\\d+){FAR}")
SPECIAL = re.compile(  # what of some texts, one a line, is not simply written as it is
    r"[&<>\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x|(?:\A|\n)(?:[-=+@＝＋－＠\s]|\Z)|\s(?:\n|\Z)"
)
SIMPLE: dict[type, Kind] = {str: Kind.TEXT, int: Kind.NUMBER, NoneType: Kind.BLANK, dt.date: Kind.DAY}


@dataclass(slots=True)
class _Plan:
    form: str
    away: tuple[tuple[str, int], ...]
    pick: Callable[[Sequence[Any]], tuple[Any, ...]]
    texts: Callable[[Sequence[Any]], tuple[Any, ...]] | None = None
    whole: tuple[int, ...] = ()
    days: tuple[int, ...] = ()


class RowWriter:
    """Rows as XML, in the order of ``columns``.

    :param epoch: day 0 of the workbook's dates.
    :param height: the height that a row's values need, in points, or ``None`` to leave it.
    """

    def __init__(
        self,
        prefix: str,
        columns: Sequence[int],
        styles: Styles,
        epoch: dt.datetime,
        height: Callable[[Sequence[Value]], float | None] | None = None,
    ) -> None:
        self.prefix, self.columns, self.styles, self.epoch = prefix, columns, styles, epoch
        self.height = height
        self._plans: dict[tuple[int, tuple[object, ...]], _Plan] = {}
        self._looks: dict[int, Look] = {}  # kept alive, so that an id stays theirs

    def row(self, number: int, look: Look, values: Sequence[Value]) -> str:
        types = tuple(map(type, values))
        plan = self._plans.get((id(look), types))
        if plan is None:
            plan = self._plans[id(look), types] = self._simple(look, types)
        ready: Sequence[Any] | None = self._ready(plan, values)
        if ready is None:
            pairs = [written(value, self.epoch) for value in values]
            kinds = tuple(kind for kind, _ in pairs)
            plan = self._plans.get((id(look), kinds))
            if plan is None:
                plan = self._plans[id(look), kinds] = self._plan(look, kinds)
            ready = [text for _, text in pairs]
        form = plan.form.replace(ROW, str(number))
        for mark, distance in plan.away:
            form = form.replace(mark, str(max(number + distance, 1)))
        if self.height:
            form = form.replace(HIGH, self._high(look, self.height(values)))
        return form % plan.pick(ready)

    def _ready(self, plan: _Plan, values: Sequence[Value]) -> Sequence[Any] | None:
        """The values as they are written, if nothing about them is special."""
        if not plan.form:
            return None
        if plan.texts:
            joined = "\n".join(plan.texts(values))
            if len(joined) > LONGEST or SPECIAL.search(joined):
                return None
        for at in plan.whole:
            if not -EXACT < values[at] < EXACT:  # type: ignore[operator]
                return None
        if not plan.days:
            return values
        found: list[Any] = list(values)
        for at in plan.days:
            found[at] = serial(found[at], self.epoch)
            if found[at] is None:
                return None
        return found

    def _simple(self, look: Look, types: tuple[type, ...]) -> _Plan:
        if not set(types) <= set(SIMPLE):
            return _Plan("", (), tuple)
        plan = self._plan(look, tuple(SIMPLE[one] for one in types))
        texts = [at for at, one in enumerate(types) if one is str]
        plan.texts = _picker(texts, len(types)) if texts else None
        plan.whole = tuple(at for at, one in enumerate(types) if one is int)
        plan.days = tuple(at for at, one in enumerate(types) if one is dt.date)
        return plan

    def _plan(self, look: Look, kinds: tuple[Kind, ...]) -> _Plan:
        self._looks[id(look)] = look
        kept = {one.column: one for one in look.cells}
        order = sorted(range(len(kinds)), key=lambda at: self.columns[at])
        pieces = {
            self.columns[at]: self._cell(kept.get(self.columns[at], Kept(self.columns[at], 0)), kinds[at])
            for at in order
        }
        for column, one in kept.items():
            if column not in pieces:
                pieces[column] = self._kept(one)
        tag = f"{self.prefix}row"
        high = HIGH if self.height else ""
        lasting = [
            (key, text) for key, text in look.attributes if not (high and key in ("ht", "customHeight"))
        ]
        attributes = "".join(f' {key}="{escaped(text)}"' for key, text in lasting).replace("%", "%%")
        cells = "".join(pieces[column] for column in sorted(pieces))
        form = f'<{tag} r="{ROW}"{attributes}{high}>{cells}</{tag}>'
        away = tuple({mark[0]: int(mark[1]) for mark in AWAY.finditer(form)}.items())
        return _Plan(
            form, away, _picker([at for at in order if kinds[at] is not Kind.BLANK], len(kinds)), None, (), ()
        )

    def _cell(self, kept: Kept, kind: Kind) -> str:
        style = kept.style
        if kind in (Kind.DAY, Kind.MOMENT):
            style = self.styles.dated(style, moment=kind is Kind.MOMENT)
        elif kind is Kind.QUOTED:
            style = self.styles.quoted(style)
        return cell(self.prefix, letters(kept.column) + ROW, style, kind, "%s")

    def _kept(self, one: Kept) -> str:
        begin = f'<{self.prefix}c r="{letters(one.column)}{ROW}"'
        begin += (f' s="{one.style}"' if one.style else "") + (f' t="{one.kind}"' if one.kind else "")
        return f"{begin}>{one.content}</{self.prefix}c>" if one.content else f"{begin}/>"

    def _high(self, look: Look, needed: float | None) -> str:
        own = dict(look.attributes)
        if needed is not None and needed > real(own.get("ht", "")):
            return f' ht="{needed:g}" customHeight="1"'
        return "".join(f' {key}="{own[key]}"' for key in ("ht", "customHeight") if key in own)


def cell(prefix: str, place: str, style: int, kind: Kind, text: str) -> str:
    """One cell; ``text`` is escaped already."""
    begin = f'<{prefix}c r="{place}"' + (f' s="{style}"' if style else "")
    if kind is Kind.BLANK:
        return f"{begin}/>"
    if kind in (Kind.TEXT, Kind.SPACED, Kind.QUOTED):
        space = "" if kind is Kind.TEXT else ' xml:space="preserve"'
        return (
            f'{begin} t="inlineStr"><{prefix}is><{prefix}t{space}>{text}</{prefix}t></{prefix}is></{prefix}c>'
        )
    truth = ' t="b"' if kind is Kind.TRUTH else ""
    return f"{begin}{truth}><{prefix}v>{text}</{prefix}v></{prefix}c>"


def _picker(places: Sequence[int], all_told: int) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    if list(places) == list(range(all_told)):
        return tuple
    if len(places) < 2:
        return lambda values: tuple(values[at] for at in places)
    picked: Callable[[Sequence[Any]], tuple[Any, ...]] = itemgetter(*places)
    return picked


def is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)
