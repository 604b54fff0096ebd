"""会议记录: the minutes of one of the four meetings of a matter, ready to be printed and signed.

What they hold is the meeting record of [S18] in REFERENCE §3.5: name, time, place, who was there, what
was said, and how it ended with the vote. What is not on file is left blank to be written by hand.
"""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from desktop.paper import Form, Heads, Line, Passage, Row, Signatures
from desktop.records import Matter, Step
from desktop.records.step import VOTED, StepNo
from desktop.services import areas, entries, sheets

CALLED = {
    StepNo.PROPOSE: "党支部会议",
    StepNo.CONSULT: "村“两委”会议",
    StepNo.REVIEW: "党员大会",
    StepNo.RESOLVE: "村民代表会议",
}


def of_step(session: Session, entry: int, no: StepNo, *, signed: bool = True) -> Form:
    """The minutes of the meeting in the step ``no`` of the matter with the id ``entry``.

    :raises Refusal: the matter is not there any more.
    """
    matter = entries.get(session, Matter, entry)
    assert isinstance(matter, Matter)
    step = next((one for one in matter.steps if one.step_no == no), None) or Step()
    village = areas.named(session, matter.village_code)
    called = sheets.shown(step, "form") or CALLED[no]
    blocks = tuple(_rows(matter, no, step, signed))
    return replace(sheets.heading(session, matter), title=f"{village}{called}记录", blocks=blocks)


def _rows(matter: Matter, no: StepNo, step: Step, signed: bool) -> Iterator[Row]:
    yield Line("议题", matter.title or "")
    yield Line("会议时间", sheets.written_moment(step.held_at))
    yield Line("会议地点", step.place or "")
    yield Heads("主持与记录", (("主持人", step.host or ""), ("记录人", step.recorder or "")))
    yield sheets.attended(step)
    if no in VOTED:
        yield Line("列席人员\n（含职务）", step.town_attendees or "")
    yield Passage("会议内容", step.content or "")
    yield Line("表决情况", sheets.votes(step))
    yield Line("会议结果", sheets.shown(step, "result"))
    if signed:
        yield Signatures("参会人员签字")
        yield Line("主持人签字", "　" * 13 + "记录人签字：")
