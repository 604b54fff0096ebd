"""附件4 and 附件5: the matters of a period and their six steps."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Matter, Step
from desktop.records.fields import field
from desktop.records.step import StepNo
from desktop.services import periods, places

Held = Mapping[str, Step]  # the steps of one matter by number


def between(session: Session, since: dt.date, on: dt.date) -> list[tuple[Matter, Held]]:
    """Matters with a step between two days, with all their steps up to the second, in their order."""
    query = select(Step).join(Matter, Matter.id == Step.matter_id)
    steps: dict[int, dict[str, Step]] = defaultdict(dict)
    for step in session.scalars(query.where(Step.deleted_at.is_(None), Matter.deleted_at.is_(None))):
        if step.matter_id and step.step_no and step.date is not None and step.date <= on:
            steps[step.matter_id][step.step_no] = step
    held = {
        matter: found for matter, found in steps.items() if any(_day(one) >= since for one in found.values())
    }
    matters = session.scalars(select(Matter).where(Matter.deleted_at.is_(None)))
    chosen = [(matter, held[matter.id]) for matter in matters if matter.id in held]
    return sorted(
        chosen,
        key=lambda one: (one[0].village_code or "", min(map(_day, one[1].values())), one[0].id),
    )


def _day(step: Step) -> dt.date:
    return step.date or dt.date.max


def summary(session: Session, period: str) -> list[dict[str, Any]]:
    """附件4: one row for each village, with or without matters."""
    on = periods.last_day(period)
    where = places.of_unit(session, on)
    year = between(session, on.replace(month=1, day=1), on)
    since = periods.first_day(period)
    month = [one for one in year if any(_day(step) >= since for step in one[1].values())]
    others = {matter.village_code for matter, _ in year} - set(where.villages)
    found = []
    for village in (*where.villages, *sorted(others, key=str)):
        own = [one for one in month if one[0].village_code == village]
        done = [matter.done(held.values(), on) for matter, held in own]
        carried_out = any(
            matter.carried_out(held.values(), on) for matter, held in year if matter.village_code == village
        )
        found.append(
            {
                "village": where.name(village),
                "matters": len(own),
                "complete": sum(len(one) == len(StepNo) for one in done),
                **{f"step_{number}": sum(number in one for one in done) for number in StepNo},
                "amount_wan": sum((one.amount_wan or Decimal(0) for one, _ in own), Decimal(0)),
                "carried_out": "是" if carried_out else "否",
                "remark": "",
            }
        )
    return found


def register(session: Session, period: str) -> list[dict[str, Any]]:
    """附件5: one row for each matter with a step in the period, as far as it had come at its end."""
    on = periods.last_day(period)
    where = places.of_unit(session, on)
    blank = Step()
    found = []
    for matter, held in between(session, periods.first_day(period), on):
        first, second, third, fourth, fifth, sixth = (held.get(number, blank) for number in StepNo)
        opinions = dict.fromkeys(filter(None, (fifth.supervision_opinion, sixth.supervision_opinion)))
        found.append(
            {
                "village": where.name(matter.village_code),
                "title": matter.title,
                "source": field(Matter, "source").kind.show(matter.source),
                "proposed": first.date,
                "consulted": second.date,
                "reviewed": third.date,
                "review_due": third.n_due,
                "review_present": third.n_present,
                "review_yes": third.n_yes,
                "resolved": fourth.date,
                "resolve_form": field(Step, "form").kind.show(fourth.form),
                "resolve_due": fourth.n_due,
                "resolve_present": fourth.n_present,
                "resolve_yes": fourth.n_yes,
                "published_from": fifth.open_from,
                "published_to": fifth.open_to,
                "reported_from": sixth.open_from,
                "reported_to": sixth.open_to,
                "opinion": "；".join(opinions),
                "state": matter.standing(held.values(), on).value,
            }
        )
    return found
