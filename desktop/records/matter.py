"""四议两公开事项: one matter a file; its progress is worked out from its six steps."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy.orm import Mapped, relationship

from desktop.records.common import Located, village_field
from desktop.records.fields import choice, day, listed, money, text, truth, whole, worked_out
from desktop.records.kinds import Choice, Whole, Words
from desktop.records.step import MEETINGS, PASSED, Step, StepNo


class Course(StrEnum):
    """Whether the matter goes on; everything else of its state follows from the steps."""

    OPEN = "进行中"
    STOPPED = "中止"

    @classmethod
    def _missing_(cls, value: object) -> "Course | None":
        """What registers write instead; whether all is done follows from the steps."""
        if value in ("在办", "正在办理", "办理中", "未完成", "未办结", "正在实施", "实施中", "正常"):
            return cls.OPEN
        if value in ("已完成", "完成", "办结", "已办结", "已落实", "已实施"):
            return cls.OPEN
        if value in ("已中止", "终止", "已终止", "停止", "已停止", "取消", "已取消", "暂停", "搁置"):
            return cls.STOPPED
        return None


class State(StrEnum):
    """Where a matter stands, worked out from its steps."""

    OPEN = "进行中"
    DONE = "已完成"
    STOPPED = "中止"


class Matter(Located):
    __tablename__ = "matter"
    caption, chapter, index, mark = "四议两公开事项", "四议两公开", "3.5", "SX"
    naming = "title"
    key = ("village_code", "title")

    village_code = village_field(required=True)
    title = text(
        "事项名称",
        required=True,
        group="事项",
        aliases=(
            *("决策事项", "议题", "事项", "提议事项", "议事事项", "决议事项", "动议事项", "重大事项名称"),
            *("重大事项", "项目名称", "事项内容", "决策事项名称", "议题名称", "事项主题"),
            *("决策内容", "议事内容", "议决事项", "重大决策事项", "四议两公开事项", "项目事项名称"),
        ),
        width=28,
    )
    source = listed(
        "动议事由",
        "syl_source",
        required=True,
        group="事项",
        aliases=("事由", "提议事由", "事项来源", "来源"),
        width=14,
    )
    matter_type = listed(
        "事项类别",
        "syl_matter",
        required=True,
        group="事项",
        aliases=("类别", "事项类型", "类型", "决策类别", "事项分类", "决策类型"),
        width=18,
    )
    amount_wan = money(
        "涉及金额",
        unit="万元",
        group="事项",
        aliases=(
            *("金额", "涉及资金", "资金", "项目金额", "预算金额", "投资金额", "项目资金", "投资额"),
            *("总投资", "投资估算", "预算", "资金规模"),
        ),
        width=10,
    )
    year = whole("年度", least=2000, most=2100, group="档案", aliases=("年份", "所属年度"), width=6)
    file_no = text("档案号", group="档案", aliases=("档案编号", "卷号"))
    merge_1_2 = truth(
        "一肩挑合并一二步", group="事项", help="书记、主任一肩挑的，提议与商议可以合并", width=8
    )
    due_on = day(
        "实施期限",
        group="档案",
        aliases=("完成期限", "完成时限", "实施时限"),
        help="结果公开应在实施完成后",
        width=11,
    )
    course = choice("办理情形", Course, group="档案", aliases=("办理状态", "办理情况", "办理进展"), width=8)
    stopped_reason = text("中止原因", longest=300, lines=True, group="档案", width=14)

    steps: Mapped[list[Step]] = relationship(
        primaryjoin="and_(Step.matter_id == Matter.id, Step.deleted_at.is_(None))",
        order_by=Step.step_no,
        viewonly=True,
        lazy="select",
    )

    def done(self, steps: Iterable[Step], on: dt.date) -> set[str]:
        """The numbers of the steps that are over on the day ``on``: passed, or open until then or before.

        Where one person is secretary and director, one meeting may stand for steps 1 and 2.
        """
        found = {
            step.step_no
            for step in steps
            if step.step_no
            and (step.result == PASSED if step.step_no in MEETINGS else step.open_to and step.open_to <= on)
        }
        first_two = {StepNo.PROPOSE.value, StepNo.CONSULT.value}
        return found | first_two if self.merge_1_2 and found & first_two else found

    def carried_out(self, steps: Iterable[Step], on: dt.date) -> bool:
        """落实: going on, and steps 1 to 5 are done, whether or not the result is published yet."""
        needed = {one.value for one in StepNo} - {StepNo.REPORT.value}
        return self.course != Course.STOPPED and needed <= self.done(steps, on)

    @worked_out("步骤齐全", Words())
    def progress(self, on: dt.date) -> str:
        """How many of the six steps are done, as 4/6."""
        return f"{len(self.done(self.steps, on))}/{len(StepNo)}"

    @worked_out("已办步骤", Whole())
    def step(self, on: dt.date) -> int:
        """The last step on file, 0 to 6."""
        return max((int(step.step_no) for step in self.steps if step.step_no), default=0)

    def standing(self, steps: Iterable[Step], on: dt.date) -> State:
        """Where the matter stands with these steps on the day ``on``."""
        if self.course == Course.STOPPED:
            return State.STOPPED
        return State.DONE if len(self.done(steps, on)) == len(StepNo) else State.OPEN

    @worked_out("状态", Choice(State))
    def state(self, on: dt.date) -> State:
        return self.standing(self.steps, on)

    def settle(self) -> None:
        self.course = self.course or Course.OPEN
