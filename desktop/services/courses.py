"""How far a matter is: where each of its six steps stands, worked out from the records each time."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Matter, Step, Village
from desktop.records import matter as matters
from desktop.records.fields import field
from desktop.records.step import PASSED, StepNo
from desktop.rules import answers, deliberation, meetings, procedure, publicity, standards
from desktop.rules.answers import Entry
from desktop.rules.procedure import Procedure
from desktop.rules.rulebook import Finding, Grade
from desktop.services import areas, cases, entries

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
    :param lacking: labels of the answers it still needs.
    """

    no: StepNo
    name: str
    state: State
    date: dt.date | None = None
    entry: int | None = None
    reason: str = ""
    lacking: tuple[str, ...] = ()

    @property
    def saved(self) -> str:
        """What to say when it was saved and something is left: 第 3 步 审议 已保存，还缺：主持人."""
        left = f"还缺：{'、'.join(self.lacking)}" if self.lacking else f"还有问题：{self.reason}"
        return f"第 {self.no} 步 {self.name} 已保存，{left}"


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

    @property
    def troubles(self) -> int:
        """How many of its steps are in trouble; of a matter that was stopped nothing is asked any more."""
        stopped = self.state == matters.State.STOPPED
        return 0 if stopped else sum(step.state == State.TROUBLE for step in self.steps)

    @property
    def standing(self) -> str:
        """How it stands in a few words: 已完成 6/6, or 6/6，3 步有问题."""
        if self.troubles:
            return f"{self.progress}，{troubled_words(self.troubles)}"
        return f"{self.state} {self.progress}"


def troubled_words(count: int) -> str:
    return f"{count} 步有问题"


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


def troubled(
    session: Session, today: dt.date, progress: Callable[[int, int], None] | None = None
) -> Counter[int]:
    """How many steps of each matter are in trouble, by its id, for every matter that was not stopped.

    :param progress: told how many matters are done, of how many.
    """
    steps: defaultdict[int | None, list[Step]] = defaultdict(list)
    for step in cases.current(session, Step):
        steps[step.matter_id].append(step)
    profiles, all_matters = cases.profiles(session), cases.current(session, Matter)
    found: Counter[int] = Counter()
    for done, matter in enumerate(all_matters, 1):
        if matter.course != matters.Course.STOPPED:
            own = steps[matter.id]
            grave = _grave(Procedure(matter, own, today), profiles)
            found[matter.id] = sum(bool(_trouble(step, grave[step.id])) for step in own)
        if progress is not None:
            progress(done, len(all_matters))
    return found


def _states(
    session: Session, matter: Matter, held: Mapping[StepNo, Step], today: dt.date
) -> Iterator[StepState]:
    following = deliberation.next_step(matter, matter.steps)
    figures = select(Village).where(Village.village_code == matter.village_code, Village.deleted_at.is_(None))
    profiles = {matter.village_code: session.scalars(figures).all()}
    grave = _grave(Procedure(matter, matter.steps, today), profiles)
    for no in StepNo:
        step = held.get(no)
        if step is not None:
            reason = _trouble(step, grave[step.id])
            state = State.TROUBLE if reason else State.NEXT if no == following else State.DONE
            lacking = tuple(one.label for one in answers.required(step) if _blank(step, one.name))
            yield StepState(no, SHORT[no], state, step.date, step.id, reason, lacking)
        elif no == following:
            yield StepState(no, SHORT[no], State.NEXT)
        elif no == StepNo.CONSULT and matter.merge_1_2 and StepNo.PROPOSE in held:
            yield StepState(no, SHORT[no], State.MERGED)
        else:
            yield StepState(no, SHORT[no], State.LATER)


def _blank(step: Step, name: str) -> bool:
    return answers.blank(getattr(step, name))


def _grave(
    case: Procedure, profiles: Mapping[str | None, Sequence[Village]]
) -> defaultdict[int, list[Finding]]:
    """The findings of grade A and B about each step of a matter, by its id, the gravest first."""
    found = list(procedure.book.check(case))
    for held in cases.held(case, profiles):
        found += answers.book.check(Entry(held.step))
        found += meetings.book.check(held)
        found += publicity.book.check(held)
    by_step: defaultdict[int, list[Finding]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.grade, one.code, one.field)):
        if one.grade in GRAVE and one.ledger == "step" and one.entry is not None:
            by_step[one.entry].append(one)
    return by_step


def _trouble(step: Step, grave: Sequence[Finding]) -> str:
    """Why a step on file does not hold: by its figures, by what was recorded, or by a grave check."""
    judged = deliberation.verdict(step, standards.at(step.date or dt.date.max))
    if judged.quorum_met is False or judged.passed is False:
        return judged.sentence
    if step.result and step.result != PASSED:
        return f"结果：{field(Step, 'result').kind.show(step.result)}"
    return grave[0].message if grave else ""
