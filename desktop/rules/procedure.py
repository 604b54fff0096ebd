"""Rules over a matter and all its steps: their order, their days, what is missing."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from desktop.records.matter import Course, Matter
from desktop.records.step import Step, StepNo
from desktop.rules.rulebook import Breach, Grade, Rulebook
from desktop.rules.standards import at

FORM = "《村级重大事务“四议两公开”决策实施登记表》六步次序"
NAMES = dict(zip(StepNo, ("提议", "商议", "审议", "决议", "决议公开", "实施结果公开"), strict=True))
MOVED_BY = (StepNo.REVIEW, StepNo.RESOLVE)  # steps that an earlier meeting must have prepared on another day


@dataclass(frozen=True, slots=True)
class Procedure:
    """One matter with its steps on file, in the order of their numbers.

    :param twins: other matters of the same village under the same title.
    """

    matter: Matter
    steps: Sequence[Step]
    today: dt.date
    twins: Sequence[Matter] = ()
    held: Sequence[Step] = field(init=False)  # one step a number: the first on file

    def __post_init__(self) -> None:
        first: dict[str, Step] = {}
        for step in sorted((step for step in self.steps if step.step_no), key=lambda step: str(step.step_no)):
            first.setdefault(str(step.step_no), step)
        object.__setattr__(self, "held", tuple(first.values()))


book = Rulebook[Procedure]("step", "四议两公开次序")


def name(step: Step) -> str:
    return NAMES[StepNo(step.step_no or "")]


@book.rule(
    "程序-01",
    "六步的日期依次不倒",
    source=FORM,
    grade=Grade.B,
    remedy="核对两步的日期；确实颠倒的由审核人说明",
)
def out_of_order(case: Procedure) -> Iterator[Breach]:
    for earlier, later in pairwise([step for step in case.held if step.date is not None]):
        if earlier.date is not None and later.date is not None and later.date < earlier.date:
            said = f"“{name(later)}”（{later.date}）早于“{name(earlier)}”（{earlier.date}）"
            where = "held_at" if later.held_at else "open_from"
            yield Breach(said, later.id, where, basis=at(later.date).order_basis)


@book.rule(
    "程序-02", "前面的步骤都有记录", source=FORM, grade=Grade.C, remedy="补录缺少的步骤；没有开的请说明"
)
def step_left_out(case: Procedure) -> Iterator[Breach]:
    numbers = {str(step.step_no) for step in case.held}
    merged = {StepNo.CONSULT} if case.matter.merge_1_2 else set()
    for step in case.held[-1:]:
        before = [number for number in StepNo if number < str(step.step_no)]
        missing = [number for number in before if number not in numbers and number not in merged]
        if missing:
            words = "、".join(NAMES[number] for number in missing)
            basis = at(step.date or case.today).order_basis
            yield Breach(f"已有“{name(step)}”，但没有“{words}”的记录", step.id, "step_no", basis=basis)


@book.rule(
    "程序-03",
    "审议、决议与前一步不在同一天",
    source=FORM,
    grade=Grade.D,
    remedy="核对会议时间；提议和商议可以同一天",
)
def same_day(case: Procedure) -> Iterator[Breach]:
    for earlier, later in pairwise(case.held):
        if later.step_no in MOVED_BY and later.date is not None and later.date == earlier.date:
            yield Breach(f"“{name(later)}”与“{name(earlier)}”都在 {later.date}", later.id, "held_at")


@book.rule(
    "程序-04",
    "一个事项的每一步只有一条记录",
    source=FORM,
    grade=Grade.A,
    remedy="删去重复的一条，或改正步骤、事项",
)
def step_twice(case: Procedure) -> Iterator[Breach]:
    kept = {id(step) for step in case.held}
    for step in case.steps:
        if step.step_no and id(step) not in kept:
            yield Breach(f"“{name(step)}”已有一条记录", step.id, "step_no")


@book.rule(
    "程序-05",
    "从提议到决议公开一般不超过规定天数",
    source="部分地方文本，仅作提示",
    grade=Grade.D,
    remedy="核对日期，注意进度",
)
def slow(case: Procedure) -> Iterator[Breach]:
    dates = {step.step_no: step.date for step in case.held}
    begun, published = dates.get(StepNo.PROPOSE), dates.get(StepNo.PUBLISH)
    if begun is None or published is None:
        return
    standards, days = at(begun), (published - begun).days + 1
    if days > standards.procedure_days:
        step = next(step for step in case.held if step.step_no == StepNo.PUBLISH)
        said = f"从提议到决议公开共 {days} 天，超过 {standards.procedure_days} 天"
        yield Breach(said, step.id, "open_from", basis=standards.procedure_basis)


@book.rule(
    "程序-06",
    "到实施期限的，公开实施结果",
    source=FORM,
    grade=Grade.D,
    remedy="实施完成的，请录入实施结果公开",
)
def result_not_published(case: Procedure) -> Iterator[Breach]:
    matter, due = case.matter, case.matter.due_on
    if due is None or due >= case.today or matter.course == Course.STOPPED:
        return
    if not any(step.step_no == StepNo.REPORT for step in case.held):
        yield Breach(f"实施期限 {due} 已过，还没有实施结果公开", matter.id, "due_on", ledger="matter")


@book.rule(
    "事项-01",
    "同一个村没有重名的事项",
    source="一事一档",
    grade=Grade.C,
    remedy="重复录入的请删去一条；确是两件事的请在名称中区分",
)
def same_title(case: Procedure) -> Iterator[Breach]:
    if case.twins:
        said = f"本村还有 {len(case.twins)} 条事项也叫“{case.matter.title}”"
        yield Breach(said, case.matter.id, "title", ledger="matter")


@book.rule("事项-02", "中止的事项写明原因", source="一事一档", grade=Grade.C, remedy="填写中止原因")
def stopped_without_reason(case: Procedure) -> Iterator[Breach]:
    if case.matter.course == Course.STOPPED and not case.matter.stopped_reason:
        yield Breach("办理情形为中止，没有写明原因", case.matter.id, "stopped_reason", ledger="matter")
