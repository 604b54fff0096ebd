"""The rows of the sheets that a township hands in, as they stand on the last day of a period."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Agreement
from desktop.records.fields import field
from desktop.rules.agreements import units
from desktop.services import decisions, periods, places, rosters, standing

Row = dict[str, Any]


def rows(session: Session, layout_code: str, period: str, today: dt.date) -> list[Row]:
    """The rows of one layout by column key; figures are ints and decimals, never floats.

    :param layout_code: one of :data:`desktop.excel.layout.LAYOUTS`; ``KeyError`` otherwise.
    :param period: YYYY-MM; what counts is how things stood on its last day, whatever day ``today`` is.
    """
    found = REPORTS[layout_code](session, period)
    return [{"no": number, **row} for number, row in enumerate(found, 1)]


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


def notes(layout_code: str, found: Iterable[Row]) -> list[str]:
    """What the figures of the sheet's rows are, where counting rows would mislead (REFERENCE §0.6)."""
    if layout_code == "annex2":
        people = [one["id_number"] or (one["name"], one["phone"] or one["village"]) for one in found]
        return [f"本表 {len(people)} 人次，按人去重后 {len(set(people))} 人。"]
    if layout_code == "annex6":
        parties = [Agreement(party_b_uscc=one["uscc"], party_b_name=one["partner"]) for one in found]
        return [f"本期有效协议 {len(parties)} 份，共建单位 {units(parties)} 家（同一单位只计一次）。"]
    return []


REPORTS: Mapping[str, Callable[[Session, str], list[Row]]] = {
    "annex1": rosters.summary,
    "annex2": rosters.roster,
    "annex4": decisions.summary,
    "annex5": decisions.register,
    "annex6": _agreements,
}
