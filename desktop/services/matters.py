"""A step while it is being filled in: the village figures it is counted by, and advice on what is typed."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Unreadable
from desktop.records import Step, Village
from desktop.records.fields import field
from desktop.records.step import MEETINGS, PASSED, VOTED, Form, StepNo
from desktop.rules import deliberation, standards
from desktop.rules.deliberation import Proposal, Verdict

NOT_PASSED = "2"  # list vote_result


@dataclass(frozen=True, slots=True)
class Advice:
    """What the program has to say about a step while it is being filled in.

    :param due: 应到 from the village's figures; ``None`` with ``why`` where they do not tell.
    :param result: code of ``vote_result`` that the figures amount to; ``None`` while they do not tell.
    """

    verdict: Verdict
    due: Proposal | None = None
    why: str = ""
    result: str | None = None


def figures(session: Session, village_code: str | None, on: dt.date) -> Village | None:
    """The figures of a village in force on ``on``; ``None`` when none had been entered by then."""
    wanted = select(Village).where(
        Village.village_code == village_code, Village.as_of <= on, Village.deleted_at.is_(None)
    )
    return session.scalars(wanted.order_by(Village.as_of.desc(), Village.id.desc()).limit(1)).first()


def advise(
    session: Session, village_code: str | None, no: StepNo, answers: Mapping[str, str], today: dt.date
) -> Advice:
    """Judge typed answers as they stand; one that cannot be read yet counts as blank.

    The edition of the rules and the village's figures are those of the day of the step, or of today
    while it has no day.
    """
    step = Step(**{**_readable(answers), "step_no": no})
    on = step.date or today
    edition = standards.at(on)
    judged = deliberation.verdict(step, edition)
    if no not in MEETINGS:
        return Advice(judged)
    village = figures(session, village_code, on)
    due = deliberation.proposed_due(no, step.form, village, edition)
    why = "" if due else _why_no_proposal(no, step, village, on)
    return Advice(judged, due, why, _proposed_result(judged))


def _readable(answers: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, typed in answers.items():
        with suppress(Unreadable):
            values[name] = field(Step, name).kind.read(typed) if typed.strip() else None
    return values


def _why_no_proposal(no: StepNo, step: Step, village: Village | None, on: dt.date) -> str:
    if no in VOTED and not step.form:
        return ""  # the verdict asks for the form already
    if village is None:
        return f"本村没有 {on} 前的村情，应到请按实际填写；在“村情”里补录后会自动算出"
    if step.form == Form.PARTY_COUNCIL:
        return "党员议事会的成员数不在村情里，应到请按实际填写"
    return "村情里的有关数字没有填全，应到请按实际填写"


def _proposed_result(judged: Verdict) -> str | None:
    if judged.quorum_met is False or judged.passed is False:
        return NOT_PASSED
    return PASSED if judged.quorum_met and judged.passed else None
