"""Writes entries as rows: one format string for each look of a row and kinds of its values."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from operator import itemgetter
from typing import Any

from desktop.excel.filling import batches
from desktop.excel.filling.area import letters
from desktop.excel.filling.filling import Value
from desktop.excel.filling.looks import FAR, ROW, Kept, Look
from desktop.excel.filling.spans import escaped, real
from desktop.excel.filling.styles import Styles
from desktop.excel.filling.values import Kind

AWAY = re.compile(f"{FAR}(-?\\d+){FAR}")

Heights = Callable[[Sequence[Sequence[Value]]], Sequence[float | None]]


@dataclass(slots=True)
class _Plan:
    """:param pieces: of a format, between which the row's number stands."""

    pieces: list[str]
    away: tuple[tuple[str, int], ...]
    pick: Callable[[Sequence[Any]], tuple[Any, ...]]


class RowWriter:
    """Rows as XML, in the order of ``columns``.

    :param epoch: day 0 of the workbook's dates.
    :param heights: the height that each row needs for its values, which come column by column; in points,
        ``None`` to leave it.
    """

    def __init__(
        self,
        prefix: str,
        columns: Sequence[int],
        styles: Styles,
        epoch: dt.datetime,
        heights: Heights | None = None,
    ) -> None:
        self.prefix, self.columns, self.styles, self.epoch = prefix, columns, styles, epoch
        self.heights = heights
        self._plans: dict[tuple[int, tuple[Kind, ...], float | None], _Plan] = {}
        self._looks: dict[int, Look] = {}  # kept alive, so that an id stays theirs

    def rows(self, number: int, look: Look, batch: Sequence[Sequence[Value]]) -> str:
        """Rows that look alike, the first of them with this number; a thousand at most."""
        if not self.columns:
            return "".join(self._row(at, look, (), (), None) for at in range(number, number + len(batch)))
        columns = list(zip(*batch, strict=True))
        kinds, texts = zip(*(batches.ready(column, self.epoch) for column in columns), strict=True)
        heights = self.heights(columns) if self.heights else [None] * len(batch)
        each = zip(count(number), zip(*kinds, strict=True), zip(*texts, strict=True), heights, strict=False)
        return "".join([self._row(at, look, of, values, height) for at, of, values, height in each])

    def _row(
        self, number: int, look: Look, kinds: tuple[Kind, ...], texts: Sequence[Any], height: float | None
    ) -> str:
        plan = self._plans.get((id(look), kinds, height))
        if plan is None:
            plan = self._plans[id(look), kinds, height] = self._plan(look, kinds, height)
        form = str(number).join(plan.pieces)
        for mark, distance in plan.away:
            form = form.replace(mark, str(max(number + distance, 1)))
        return form % plan.pick(texts)

    def _plan(self, look: Look, kinds: tuple[Kind, ...], height: float | None) -> _Plan:
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
        high = self._high(look, height) if self.heights else ""
        lasting = [
            (key, text)
            for key, text in look.attributes
            if not (self.heights and key in ("ht", "customHeight"))
        ]
        attributes = "".join(f' {key}="{escaped(text)}"' for key, text in lasting).replace("%", "%%")
        cells = "".join(pieces[column] for column in sorted(pieces))
        form = f'<{tag} r="{ROW}"{attributes}{high}>{cells}</{tag}>'
        away = tuple({mark[0]: int(mark[1]) for mark in AWAY.finditer(form)}.items())
        filled = [at for at in order if kinds[at] is not Kind.BLANK]
        return _Plan(form.split(ROW), away, _picker(filled, len(kinds)))

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
