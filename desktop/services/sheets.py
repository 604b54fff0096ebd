"""What stands on the six registration sheets of a matter, ready to be drawn on paper.

The form is 《村级重大事务“四议两公开”决策实施登记表》, tables (一) to (六) with its 填表说明
(REFERENCE §3.5). A step that is not on file gives its sheet with blanks to fill in by hand.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.records import Matter
from desktop.records.codes import code_list
from desktop.records.fields import field
from desktop.records.step import VOTED, Form, Step, StepNo
from desktop.services import areas, entries

MARKS = ("一", "二", "三", "四", "五", "六")
BODIES = ("党支部提议", "村“两委”会商议", "党员大会或党员议事会审议", "村民代表会议或村民会议决议")
HEADS = (*BODIES, "决议过程公开", "实施结果公开")
DEEDS = ("提议", "商议", "审议", "决议")
NOTES = (
    "“动议事由”根据重大事务的来源在相应栏内打“√”，对同一件事，六张表的事由应一致。",
    "“参会人员”栏按规定的参会对象计算“应到”人数，“实到”人数必须达到规定的比例。",
    "“内容”栏写明主要意见和表决情况，写不下的可续页；签字由本人手写。",
)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes to tick, each with what stands beside it."""

    label: str
    options: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Line:
    """One short answer."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Heads:
    """Small named cells side by side: 应到, 实到, 比例."""

    label: str
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A long answer; it takes the room that is left and goes on overleaf where that is too little.

    :param signed: what stands before the room to sign at its foot; none if empty.
    """

    label: str
    text: str
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """An empty box to sign in by hand.

    :param printed: names that are known already, above the room to sign.
    """

    label: str
    printed: str = ""


Row = Ticks | Line | Heads | Passage | Signatures


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the six tables."""

    title: str
    part: str  # （一）党支部提议
    place: str
    number: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()


def of_matter(session: Session, entry: int) -> tuple[Sheet, ...]:
    """The six sheets of the matter with the id ``entry``, in order.

    :raises Refusal: the matter is not there any more.
    """
    matter = entries.get(session, Matter, entry)
    assert isinstance(matter, Matter)
    held = {step.step_no: step for step in matter.steps}
    village = areas.named(session, matter.village_code)
    place = areas.named(session, matter.village_code, town=True) or areas.named(session, matter.town_code)
    number = matter.file_no or matter.record_no or ""
    title = f"{village or '村级'}重大事务“四议两公开”决策实施登记表"
    sheets = []
    for mark, head, no in zip(MARKS, HEADS, StepNo, strict=True):
        rows = tuple(_rows(matter, no, held.get(no) or Step()))
        notes = NOTES if no == StepNo.REPORT else ()
        sheets.append(Sheet(title, f"（{mark}）{head}", place, number, rows, notes))
    return tuple(sheets)


def written_day(date: dt.date | None) -> str:
    """A day as printed: 2026年11月5日."""
    return f"{date.year}年{date.month}月{date.day}日" if date else ""


def written_moment(moment: dt.datetime | None) -> str:
    """A moment as printed; midnight means that no time was given."""
    if moment is None:
        return ""
    clock = f" {moment.hour}时{moment.minute:02}分" if moment.time() != dt.time() else ""
    return written_day(moment.date()) + clock


def _rows(matter: Matter, no: StepNo, step: Step) -> Iterator[Row]:
    options = code_list("syl_source").items
    yield Ticks("动议事由", tuple((name, code == matter.source) for code, name in options.items()))
    if no == StepNo.PUBLISH:
        yield Line("决议事项", matter.title or "")
        yield from _publicity(step)
    elif no == StepNo.REPORT:
        yield Line("决议事项", matter.title or "")
        yield Passage("实施结果", step.outcome or "")
        yield from _publicity(step)
    else:
        yield from _meeting(matter, no, step)


def _meeting(matter: Matter, no: StepNo, step: Step) -> Iterator[Row]:
    deed = DEEDS[int(no) - 1]
    yield Line(f"{deed}事项", matter.title or "")
    yield Line(f"{deed}时间", written_moment(step.held_at))
    if no in VOTED:
        yield Line("会议形式", _shown(step, "form"))
    share = step.ratio(dt.date.min)
    unit = "户" if step.form == Form.HOUSEHOLDS else "人"
    yield Heads(
        "参会人员",
        (
            ("应到", _counted(step.n_due, unit)),
            ("实到", _counted(step.n_present, unit)),
            ("比例", f"{share}%" if share is not None else ""),
        ),
    )
    yield Passage(f"{deed}内容", "\n".join(_proceedings(step)))
    yield Signatures("参会人员签字")
    if no in VOTED:
        yield Signatures("乡镇参会人员\n签字（含职务）", step.town_attendees or "")


def _proceedings(step: Step) -> Iterator[str]:
    """What was said and decided, and the answers for which the form has no box of their own."""
    if step.content:
        yield step.content
    where = [("地点", step.place), ("主持人", step.host), ("记录人", step.recorder)]
    if any(text for _, text in where):
        yield "；".join(f"{label}：{text}" for label, text in where if text) + "。"
    votes = (("同意", step.n_yes), ("反对", step.n_no), ("弃权", step.n_abstain))
    counted = "，".join(f"{name} {_counted(number, '票')}" for name, number in votes if number is not None)
    said = [_shown(step, "vote_method"), counted, f"结果：{_shown(step, 'result')}" if step.result else ""]
    if any(said):
        yield f"表决情况：{'；'.join(part for part in said if part)}。"


def _publicity(step: Step) -> Iterator[Row]:
    yield Passage("公开情况", "\n".join(_opened(step)))
    yield Passage("监督意见", step.supervision_opinion or "", signed="村务监督委员会成员签字：")


def _opened(step: Step) -> Iterator[str]:
    if step.open_from and step.open_to:
        days = (step.open_to - step.open_from).days + 1
        yield f"公开时间：{written_day(step.open_from)}至{written_day(step.open_to)}（共 {days} 日）。"
    elif step.open_from:
        yield f"公开时间：{written_day(step.open_from)}起。"
    for name in ("channels", "place", "content", "objections", "reply"):
        shown = _shown(step, name)
        if shown:
            label = {"place": "公开地点", "content": "公开内容"}.get(name, field(Step, name).label)
            yield f"{label}：{shown.rstrip('。')}。"


def _shown(step: Step, name: str) -> str:
    return field(Step, name).kind.show(getattr(step, name))


def _counted(number: int | None, unit: str) -> str:
    return "" if number is None else f"{number} {unit}"
