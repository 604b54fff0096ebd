"""Every threshold as dated data: the editions of ``resources/rules/standards.json``, each with its days."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from desktop.paths import resources
from desktop.records.step import StepNo
from desktop.rules.quorum import Share


class Of(StrEnum):
    """Which number a majority is taken of. Mixing the two up is the trap of the six steps."""

    DUE = "due"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Terms:
    """What one step asks for; a blank is not asked.

    :param attend: of those due.
    :param agree: of those due or of those present, as ``agree_of`` says.
    :param notice: whole days between the notice and the meeting.
    :param posted: days of publicity, both ends counted.
    :param women: share of the women representatives who must attend.
    """

    body: str
    basis: str
    note: str = ""
    unit: str = "人"
    attend: Share | None = None
    agree: Share | None = None
    agree_of: Of = Of.PRESENT
    notice: int | None = None
    notice_basis: str = ""
    posted: int | None = None
    women: Share | None = None


@dataclass(frozen=True, slots=True)
class Standards:
    """One edition of every threshold; ages in years, terms in days."""

    code: str
    name: str
    note: str
    editable: bool
    steps: Mapping[str, Terms] = field(hash=False)
    procedure_days: int
    procedure_basis: str
    order_basis: str
    households_least: int
    households_most: int
    reps_share: Share
    women_share: Share
    village_basis: str
    age_least: int
    age_most: int
    phone_most: int
    swing_percent: int

    def terms(self, step_no: str | None, form: str | None) -> Terms | None:
        """The terms of a step; of the third and fourth by the body that met, ``None`` if not yet known."""
        if step_no in (StepNo.REVIEW, StepNo.RESOLVE):
            return self.steps.get(form or "") if (form or "").startswith(str(step_no)) else None
        return self.steps.get(step_no or "")


def at(date: dt.date, *variants: str) -> Standards:
    """The edition in force on ``date``.

    :param variants: local readings laid over it, by their name in the data.
    """
    for edition in _data()["editions"]:
        start, end = edition["effective_from"], edition["effective_to"]
        if (start is None or start <= date.isoformat()) and (end is None or date.isoformat() < end):
            return _edition(edition["code"], variants)
    raise LookupError(f"no edition is in force on {date}")


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources() / "rules" / "standards.json").read_text("utf-8"))
    return found


@cache
def _edition(code: str, variants: tuple[str, ...]) -> Standards:
    values, edition = _values(code)
    for name in variants:
        values = _laid(values, _data()["variants"][name]["values"])
    steps = {name: _terms(terms) for name, terms in values.pop("steps").items()}
    values |= {name: Share(**values[name]) for name in ("reps_share", "women_share")}
    values |= {name: edition[name] for name in ("code", "name", "note", "editable")}
    return Standards(steps=MappingProxyType(steps), **values)


def _values(code: str) -> tuple[dict[str, Any], dict[str, Any]]:
    edition = next(edition for edition in _data()["editions"] if edition["code"] == code)
    below = _values(edition["over"])[0] if "over" in edition else {}
    return _laid(below, edition["values"]), edition


def _laid(below: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``over`` laid on ``below``: tables are joined, anything else is replaced."""
    both = {name: _laid(below[name], over[name]) for name in over if isinstance(below.get(name), dict)}
    return {**below, **over, **both}


def _terms(data: Mapping[str, Any]) -> Terms:
    values = dict(data)
    if "agree" in values:
        agree = dict(values["agree"])
        values["agree_of"] = Of(agree.pop("of"))
        values["agree"] = Share(**agree)
    for name in ("attend", "women"):
        if name in values:
            values[name] = Share(**values[name])
    return Terms(**values)
