"""The areas of a unit on a day, read once for a whole sheet."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Region
from desktop.records.region import short
from desktop.services import areas

TOWN_ITSELF = "本级"


@dataclass(frozen=True, slots=True)
class Places:
    """The areas of a unit on a day, by code, each read once."""

    names: Mapping[str, str]
    parents: Mapping[str, str]
    towns: Sequence[str]
    villages: Sequence[str]

    def name(self, code: str | None) -> str:
        return self.names.get(code, code) if code else TOWN_ITSELF

    def county(self, town: str | None) -> str:
        return self.names.get(self.parents.get(town or "", ""), "")


def of_unit(session: Session, on: dt.date) -> Places:
    """The towns and villages of this unit that are in use on ``on``; the names of all areas on that day."""
    names: dict[str, str] = {}
    parents: dict[str, str] = {}
    unit = areas.unit_code(session)
    towns = []
    query = select(Region.code, Region.name, Region.level, Region.parent_code, Region.valid_from)
    for code, name, level, parent, begun in session.execute(
        query.where(Region.deleted_at.is_(None)).order_by(Region.code, Region.valid_from)
    ):
        if code is None:
            continue
        if code not in names or begun is None or begun <= on:  # the last name that was in use by then
            names[code], parents[code] = short(name or code), parent or ""
        if level == "township" and unit in (code, parent) and code not in towns:
            towns.append(code)
    return Places(names, parents, towns, [one.code for one in areas.villages(session, on) if one.code])
