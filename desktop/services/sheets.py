"""What stands on the six registration sheets of a matter, ready to be drawn on paper.

The form is 《村级重大事务“四议两公开”决策实施登记表》, tables (一) to (六) with its 填表说明
(REFERENCE §3.5). A step that is not on file gives its sheet with blanks to fill in by hand.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from desktop.paper import Form, Heads, Line, Passage, Row, Signatures, Ticks
from desktop.records import Matter
from desktop.records.codes import code_list
from desktop.records.fields import field
from desktop.records.step import VOTED, Step, StepNo
from desktop.records.step import Form as Meeting
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


def of_matter(session: Session, entry: int, *, signed: bool = True) -> tuple[Form, ...]:
    """The six sheets of the matter with the id ``entry``, in order.

    :param signed: with boxes to sign in.
    :raises Refusal: the matter is not there any more.
    """
    matter = entries.get(session, Matter, entry)
    assert isinstance(matter, Matter)
    held = {step.step_no: step for step in matter.steps}
    village = areas.named(session, matter.village_code)
    head = heading(session, matter)
    title = f"{village or '村级'}重大事务“四议两公开”决策实施登记表"
    return tuple(
        replace(
            head,
            title=title,
            part=f"（{mark}）{name}",
            blocks=tuple(_kept(_rows(matter, no, held.get(no) or Step()), signed)),
            notes=NOTES if no == StepNo.REPORT else (),
        )
        for mark, name, no in zip(MARKS, HEADS, StepNo, strict=True)
    )


def heading(session: Session, matter: Matter) -> Form:
    """A form of ``matter`` without title and blocks: its place, its number and whose it is."""
    place = areas.named(session, matter.village_code, town=True) or areas.named(session, matter.town_code)
    number = matter.file_no or matter.record_no or ""
    office = areas.own_office(session)
    unit = (office and office.report_unit) or ""
    return Form("", (), left=f"村（社区）：{place}", right=f"编号：{number}", repeats=True, unit=unit)


def written_day(date: dt.date | None) -> str:
    """A day as printed: 2026年11月5日."""
    return f"{date.year}年{date.month}月{date.day}日" if date else ""


def written_moment(moment: dt.datetime | None) -> str:
    """A moment as printed; midnight means that no time was given."""
    if moment is None:
        return ""
    clock = f" {moment.hour}时{moment.minute:02}分" if moment.time() != dt.time() else ""
    return written_day(moment.date()) + clock


def _kept(rows: Iterable[Row], signed: bool) -> Iterator[Row]:
    """The rows, without room to sign where none is wanted; names that are known stay."""
    for row in rows:
        if signed:
            yield row
        elif isinstance(row, Passage):
            yield replace(row, signed="")
        elif not isinstance(row, Signatures):
            yield row
        elif row.printed:
            yield Line(row.label.replace("\n签字", ""), row.printed)


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
        yield Line("会议形式", shown(step, "form"))
    yield attended(step)
    yield Passage(f"{deed}内容", "\n".join(_proceedings(step)))
    yield Signatures("参会人员签字")
    if no in VOTED:
        yield Signatures("乡镇参会人员\n签字（含职务）", step.town_attendees or "")


def attended(step: Step) -> Heads:
    """How many were due and came; a meeting of households counts households."""
    share = step.ratio(dt.date.min)
    unit = "户" if step.form == Meeting.HOUSEHOLDS else "人"
    return Heads(
        "参会人员",
        (
            ("应到", counted(step.n_due, unit)),
            ("实到", counted(step.n_present, unit)),
            ("比例", f"{share}%" if share is not None else ""),
        ),
    )


def votes(step: Step) -> str:
    """How the vote went: 无记名投票；同意 17 票，反对 3 票，弃权 2 票."""
    cast = (("同意", step.n_yes), ("反对", step.n_no), ("弃权", step.n_abstain))
    told = "，".join(f"{name} {counted(number, '票')}" for name, number in cast if number is not None)
    return "；".join(part for part in (shown(step, "vote_method"), told) if part)


def _proceedings(step: Step) -> Iterator[str]:
    """What was said and decided, and the answers for which the form has no box of their own."""
    if step.content:
        yield step.content
    where = [("地点", step.place), ("主持人", step.host), ("记录人", step.recorder)]
    if any(text for _, text in where):
        yield "；".join(f"{label}：{text}" for label, text in where if text) + "。"
    said = [votes(step), f"结果：{shown(step, 'result')}" if step.result else ""]
    if any(said):
        yield f"表决情况：{'；'.join(part for part in said if part)}。"


def _publicity(step: Step) -> Iterator[Row]:
    yield Passage("公开情况", "\n".join(_opened(step)))
    yield Passage("监督意见", step.supervision_opinion or "", signed="村务监督委员会成员签字：")


def _opened(step: Step) -> Iterator[str]:
    if step.open_from:
        yield f"公开时间：{open_days(step)}。"
    for name in ("channels", "place", "content", "objections", "reply"):
        told = shown(step, name)
        if told:
            label = {"place": "公开地点", "content": "公开内容"}.get(name, field(Step, name).label)
            yield f"{label}：{told.rstrip('。')}。"


def open_days(step: Step) -> str:
    """From when to when something is posted, both ends counted; empty without a first day."""
    if step.open_from and step.open_to:
        days = (step.open_to - step.open_from).days + 1
        return f"{written_day(step.open_from)}至{written_day(step.open_to)}（共 {days} 日）"
    return f"{written_day(step.open_from)}起" if step.open_from else ""


def shown(step: Step, name: str) -> str:
    return field(Step, name).kind.show(getattr(step, name))


def counted(number: int | None, unit: str) -> str:
    return "" if number is None else f"{number} {unit}".strip()
