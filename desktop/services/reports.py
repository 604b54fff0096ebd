"""The rows of the sheets that a township hands in, as they stand on the last day of a period."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.excel.layout import load
from desktop.records import Agreement
from desktop.records.fields import field
from desktop.rules.agreements import units
from desktop.services import decisions, periods, places, rosters, standing

Row = dict[str, Any]


def rows(session: Session, layout_code: str, period: str) -> Iterator[Row]:
    """The rows of one layout by column key, streamed; figures are ints and decimals, never floats.

    :param layout_code: one of :data:`desktop.excel.layout.LAYOUTS`; ``KeyError`` otherwise.
    :param period: YYYY-MM; what counts is how things stood on its last day, whatever day it is now.
    """
    keys = [one.key for one in load(layout_code).leaves]
    return (dict(zip(keys, row, strict=True)) for row in cells(session, layout_code, period, keys))


def cells(session: Session, layout_code: str, period: str, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """As :func:`rows`, only the values of ``keys``, in their order."""
    if layout_code == "annex2":
        yield from rosters.roster(session, period, keys)
        return
    for number, row in enumerate(REPORTS[layout_code](session, period), 1):
        row["no"] = number
        yield tuple(row[key] for key in keys)


def count(session: Session, layout_code: str, period: str) -> int:
    """How many rows a layout has."""
    if layout_code == "annex2":
        return rosters.heads(session, period)[0]
    return len(REPORTS[layout_code](session, period))


def _agreements(session: Session, period: str) -> list[Row]:
    """附件6: the agreements in force."""
    on = periods.last_day(period)
    where = places.of_unit(session, on)
    query = select(Agreement).where(standing.agreements(on))
    show = {one: field(Agreement, one).kind.show for one in ("partner_type", "fields")}
    return [
        {
            "town": where.name(one.town_code),
            "village": where.name(one.party_a_code),
            "partner": one.party_b_name,
            "uscc": one.party_b_uscc,
            "partner_type": show["partner_type"](one.partner_type),
            "signed_on": one.signed_on,
            "term": f"{one.valid_from or one.signed_on}至{one.valid_to or '长期'}",
            "contents": show["fields"](one.fields),
            "liaison": one.liaison,
            "phone": one.liaison_phone,
            "status": one.status(on).value,
        }
        for one in session.scalars(query.order_by(Agreement.party_a_code, Agreement.signed_on, Agreement.id))
    ]


def note(session: Session, layout_code: str, period: str) -> str:
    """What the figures of the sheet are, where counting its rows would mislead (REFERENCE §0.6)."""
    if layout_code == "annex2":
        rows, people = rosters.heads(session, period)
        return f"本表 {rows} 人次，按人去重后 {people} 人。"
    if layout_code == "annex6":
        query = select(Agreement).where(standing.agreements(periods.last_day(period)))
        found = session.scalars(query).all()
        return f"本期有效协议 {len(found)} 份，共建单位 {units(found)} 家（同一单位只计一次）。"
    return ""


REPORTS: Mapping[str, Callable[[Session, str], list[Row]]] = {  # and annex2, which is streamed
    "annex1": rosters.summary,
    "annex4": decisions.summary,
    "annex5": decisions.register,
    "annex6": _agreements,
}
