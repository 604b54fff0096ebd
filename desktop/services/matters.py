"""How far a matter is: the state of each of its six steps, and advice on one being filled in."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Unreadable
from desktop.records import Matter, Village
from desktop.records.fields import field
from desktop.records.step import MEETINGS, PASSED, VOTED, Form, Step, StepNo, asked
from desktop.rules import deliberation, standards
from desktop.rules.deliberation import Proposal, Verdict
from desktop.services import areas, entries

NOT_PASSED = "2"  # list vote_result
SHORT = dict(zip(StepNo, ("提议", "商议", "审议", "决议", "决议公开", "实施结果公开"), strict=True))


class State(StrEnum):
    """Where a step of a matter stands."""

    DONE = "已办"
    NEXT = "下一步"
    LATER = "未到"
    MERGED = "合并"
    TROUBLE = "有问题"


@dataclass(frozen=True, slots=True)
class StepState:
    """One step as the row of six shows it.

    :param reason: what is the matter, for a step in trouble.
    """

    no: StepNo
    name: str
    state: State
    date: dt.date | None = None
    entry: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A matter with its six steps.

    :param next: the step to work on; the last one when all six are done.
    """

    entry: int
    title: str
    village_code: str | None
    village: str
    state: str
    progress: str
    steps: tuple[StepState, ...]
    next: StepNo


def course(session: Session, entry: int, today: dt.date) -> Course:
    """How far the matter with the id ``entry`` is.

    :raises Refusal: it is not there any more.
    """
    matter = entries.get(session, Matter, entry)
    assert isinstance(matter, Matter)
    held = {StepNo(step.step_no): step for step in matter.steps if step.step_no}
    following = deliberation.next_step(matter, matter.steps)
    return Course(
        matter.id,
        matter.title or "（未命名）",
        matter.village_code,
        areas.named(session, matter.village_code),
        matter.state(today),
        matter.progress(today),
        tuple(_states(matter, held, following)),
        following or StepNo.REPORT,
    )


def figures(session: Session, village_code: str | None, on: dt.date) -> Village | None:
    """The figures of a village in force on ``on``; ``None`` when none had been entered by then."""
    wanted = select(Village).where(
        Village.village_code == village_code, Village.as_of <= on, Village.deleted_at.is_(None)
    )
    return session.scalars(wanted.order_by(Village.as_of.desc(), Village.id.desc()).limit(1)).first()


def _states(matter: Matter, held: Mapping[StepNo, Step], following: StepNo | None) -> Iterator[StepState]:
    for no in StepNo:
        step = held.get(no)
        if step is not None:
            reason = _trouble(step)
            state = State.TROUBLE if reason else State.NEXT if no == following else State.DONE
            if state == State.DONE and (missing := _missing(step)):
                state, reason = State.TROUBLE, f"还缺：{missing}"
            yield StepState(no, SHORT[no], state, step.date, step.id, reason)
        elif no == following:
            yield StepState(no, SHORT[no], State.NEXT)
        elif no == StepNo.CONSULT and matter.merge_1_2 and StepNo.PROPOSE in held:
            yield StepState(no, SHORT[no], State.MERGED)
        else:
            yield StepState(no, SHORT[no], State.LATER)


def _trouble(step: Step) -> str:
    """Why a step on file does not hold, by its figures or by what was recorded."""
    judged = deliberation.verdict(step, standards.at(step.date or dt.date.max))
    if judged.quorum_met is False or judged.passed is False:
        return judged.sentence
    if step.result and step.result != PASSED:
        return f"结果：{field(Step, 'result').kind.show(step.result)}"
    return ""


def _missing(step: Step) -> str:
    blank = [
        field(Step, name).label for name in asked(step.step_no or "") if getattr(step, name) in (None, [])
    ]
    return "、".join(blank)


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


def advise(
    session: Session, village_code: str | None, no: StepNo, answers: Mapping[str, str], today: dt.date
) -> Advice:
    """Judge typed answers as they stand; one that cannot be read yet counts as blank.

    The edition of the rules and the village's figures are those of the day of the step, or of today
    while it has no day.
    """
    step = Step(step_no=no, **_readable(answers))
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
        return "选定会议形式后，按村情给出应到人数"
    if village is None:
        return f"本村没有 {on} 前的村情，应到请按实际填写；在“村情”里补录后会自动算出"
    if step.form == Form.PARTY_COUNCIL:
        return "党员议事会的成员数不在村情里，应到请按实际填写"
    return "村情里的有关数字没有填全，应到请按实际填写"


def _proposed_result(judged: Verdict) -> str | None:
    if judged.quorum_met is False or judged.passed is False:
        return NOT_PASSED
    return PASSED if judged.quorum_met and judged.passed else None
