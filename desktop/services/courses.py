"""How far a matter is: where each of its six steps stands, worked out from the records each time."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from desktop.records import Matter, Step
from desktop.records.fields import field
from desktop.records.step import PASSED, StepNo
from desktop.rules import deliberation, standards
from desktop.rules.rulebook import Grade
from desktop.services import areas, checks, entries

GRAVE = (Grade.A, Grade.B)
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
        tuple(_states(session, matter, held, today)),
        following or StepNo.REPORT,
    )


def _states(
    session: Session, matter: Matter, held: Mapping[StepNo, Step], today: dt.date
) -> Iterator[StepState]:
    following = deliberation.next_step(matter, matter.steps)
    for no in StepNo:
        step = held.get(no)
        if step is not None:
            reason = _trouble(session, step, today)
            state = State.TROUBLE if reason else State.NEXT if no == following else State.DONE
            yield StepState(no, SHORT[no], state, step.date, step.id, reason)
        elif no == following:
            yield StepState(no, SHORT[no], State.NEXT)
        elif no == StepNo.CONSULT and matter.merge_1_2 and StepNo.PROPOSE in held:
            yield StepState(no, SHORT[no], State.MERGED)
        else:
            yield StepState(no, SHORT[no], State.LATER)


def _trouble(session: Session, step: Step, today: dt.date) -> str:
    """Why a step on file does not hold: by its figures, by what was recorded, or by a grave check."""
    judged = deliberation.verdict(step, standards.at(step.date or dt.date.max))
    if judged.quorum_met is False or judged.passed is False:
        return judged.sentence
    if step.result and step.result != PASSED:
        return f"结果：{field(Step, 'result').kind.show(step.result)}"
    found = checks.of_entry(session, Step, {}, step.id, today)
    grave = (one for one in found if one.grade in GRAVE and (one.ledger, one.entry) == ("step", step.id))
    return next((one.message for one in grave), "")
