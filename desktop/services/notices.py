"""公告: the decision of a matter, and later its result, as it hangs on the public board of a village.

Officials and meetings are named; identity and telephone numbers that stand in the text are masked
(个人信息保护法; REFERENCE §10). What is not on file is left blank to be written by hand.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from desktop.paper import Block, Column, Form, Grid, Paragraph, Tone, paragraphs
from desktop.records import Matter, Office, Step
from desktop.records.kinds import MOBILE
from desktop.records.step import MEETINGS, StepNo
from desktop.services import areas, entries, masking, sheets
from desktop.services.minutes import CALLED

BLANK = "　　　　　　　　"
BLANK_DAYS = "自　　　　年　　月　　日至　　　　年　　月　　日"
COLUMNS = (
    Column("程序", 12),
    Column("时间", 37),
    Column("会议形式", 37),
    Column("应到", 12),
    Column("实到", 12),
    Column("同意", 12),
    Column("反对", 12),
    Column("弃权", 12),
    Column("结果", 17),
)
DEEDS = dict(zip(MEETINGS, ("提议", "商议", "审议", "决议"), strict=True))

Show = Callable[[str], str]


def of_matter(session: Session, entry: int, no: StepNo, *, full: bool = False, signed: bool = True) -> Form:
    """The notice of the decision (step 5), or of the result (step 6), of the matter with the id ``entry``.

    :param full: numbers in the text are not masked; the clerk was warned and said so.
    :param signed: with room for the seal.
    :raises Refusal: the matter is not there any more.
    """
    matter = entries.get(session, Matter, entry)
    assert isinstance(matter, Matter)
    held = {StepNo(one.step_no): one for one in matter.steps if one.step_no}
    village = areas.named(session, matter.village_code) or BLANK
    show: Show = str if full else masking.hidden
    step = held.get(no) or Step()
    kind, tell = ("决议公告", _decision) if no == StepNo.PUBLISH else ("实施结果公告", _result)
    blocks = [
        Paragraph(f"{village}{'全体居民' if village.endswith('社区') else '全体村民'}：", Tone.ADDRESS),
        *tell(matter, held, step, show),
        *_open_to_objections(session, matter, step, full),
    ]
    if signed:
        posted = sheets.written_day(step.open_from) or "　　　　年　　月　　日"
        blocks.append(Paragraph(f"{_committee(village)}（盖章）\n{posted}", Tone.CLOSING))
    title = f"{village}关于“{show(matter.title or BLANK)}”的{kind}"
    return replace(
        sheets.heading(session, matter),
        title=title,
        blocks=tuple(blocks),
        left="",
        right="",
        repeats=False,
        letters=16.0,
        head=22.0,
        leading=1.75,
    )


def _decision(matter: Matter, held: dict[StepNo, Step], step: Step, show: Show) -> Iterator[Block]:
    yield Paragraph("按照“四议两公开”工作程序，现将本村（社区）重大事项的决议公告如下，请予监督。")
    yield from _subject(matter, show)
    decided = held.get(StepNo.RESOLVE) or Step()
    yield from _told("二、决议内容", step.content or decided.content, show)
    yield Paragraph("三、议事和表决情况", Tone.HEADING)
    yield Grid(COLUMNS, [_meeting(no, held.get(no) or Step(), show) for no in MEETINGS], least=11, letters=13)


def _result(matter: Matter, held: dict[StepNo, Step], step: Step, show: Show) -> Iterator[Block]:
    decided = held.get(StepNo.RESOLVE) or Step()
    when = sheets.written_day(decided.held_at.date() if decided.held_at else None)
    by = sheets.shown(decided, "form") or CALLED[StepNo.RESOLVE]
    yield Paragraph(f"下列事项经 {when or BLANK} {by}决议，现将实施结果公告如下，请予监督。")
    yield from _subject(matter, show)
    yield from _told("二、实施结果", step.outcome, show)
    yield from _told("三、监督意见", step.supervision_opinion, show)


def _subject(matter: Matter, show: Show) -> Iterator[Block]:
    yield Paragraph("一、决议事项", Tone.HEADING)
    amount = f"（涉及金额 {matter.amount_wan:.2f} 万元）" if matter.amount_wan else ""
    yield Paragraph(f"{show(matter.title or BLANK)}{amount}。")


def _told(heading: str, text: str | None, show: Show) -> Iterator[Block]:
    yield Paragraph(heading, Tone.HEADING)
    yield from (Paragraph(line) for line in paragraphs(show(text or "")) or (BLANK,))


def _meeting(no: StepNo, step: Step, show: Show) -> tuple[str, ...]:
    heads = [sheets.counted(number, "") for number in (step.n_due, step.n_present)]
    votes = [sheets.counted(number, "") for number in (step.n_yes, step.n_no, step.n_abstain)]
    date = step.held_at.date() if step.held_at else None
    form = sheets.shown(step, "form") or CALLED[no]
    return DEEDS[no], sheets.written_day(date), form, *heads, *votes, sheets.shown(step, "result")


def _open_to_objections(session: Session, matter: Matter, step: Step, full: bool) -> Iterator[Block]:
    yield Paragraph("四、公示期限", Tone.HEADING)
    yield Paragraph(f"{sheets.open_days(step) or BLANK_DAYS}。")
    yield Paragraph("五、意见反映", Tone.HEADING)
    office = areas.own_office(session) or Office()
    unit = office.report_unit or areas.named(session, matter.town_code) or "乡镇人民政府"
    yield Paragraph(
        f"公示期内如有异议，请以书面或口头形式向村（居）务监督委员会或{unit}反映。"
        f"联系电话：{_contact(office, full)}。"
    )


def _contact(office: Office, full: bool) -> str:
    """The unit's own number; a mobile is some person's, so there is room to write instead."""
    number = office.contact_phone or ""
    return number if number and (full or not MOBILE.search(number)) else BLANK


def _committee(village: str) -> str:
    return f"{village}{'居民' if village.endswith('社区') else '村民'}委员会"
