"""六步: the six steps of a matter, as the registration book of 四议两公开 has them.

Steps 1 to 4 are meetings, 5 and 6 are publicity; which answers a step asks for
is told by :func:`asked` and :func:`shown`.
"""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from desktop.records.common import Reported
from desktop.records.fields import day, link, listed, moment, scans, several, text, whole, worked_out
from desktop.records.kinds import Share


class StepNo(StrEnum):
    """The codes of the list ``syl_step``."""

    PROPOSE = "1"
    CONSULT = "2"
    REVIEW = "3"
    RESOLVE = "4"
    PUBLISH = "5"
    REPORT = "6"


class Form(StrEnum):
    """The codes of the list ``syl_form``: which body met in the third or fourth step."""

    PARTY_MEETING = "31"
    PARTY_COUNCIL = "32"
    REPRESENTATIVES = "41"
    VILLAGERS = "42"
    HOUSEHOLDS = "43"


TITLES = (
    *("事项名称", "议题", "议事事项", "决策事项", "决策内容", "议事内容", "会议议题", "议题名称"),
    *("项目名称", "决议事项", "重大事项名称"),
)
CONTENTS = ("会议内容", "公示内容", "提议内容", "决议内容", "商议内容", "审议内容", "公开内容")
OPENED = (
    *("公开开始日期", "公示起", "公示开始日期", "公示开始", "公开起", "公示起止", "公开起止", "公示期"),
    *("公示时间", "公开时间", "公示日期", "公开日期", "公示期限", "公示开始时间", "公开开始时间"),
    *("公示起止时间", "公开起止时间", "公示起止日期", "公开起止日期"),
)
CLOSED = (
    *("公开结束日期", "公示止", "公示结束日期", "公示结束", "公开止", "公示结束时间", "公开结束时间"),
    *("公示截止日期", "公示截止时间"),
)
PASSED = "1"  # list vote_result
MEETINGS = (StepNo.PROPOSE, StepNo.CONSULT, StepNo.REVIEW, StepNo.RESOLVE)
VOTED = (StepNo.REVIEW, StepNo.RESOLVE)
MEETING_ANSWERS = (
    "held_at",
    "place",
    "host",
    "recorder",
    "n_due",
    "n_present",
    "content",
    "vote_method",
    "result",
)
VOTE_ANSWERS = ("form", "n_yes", "n_no", "n_abstain")
PUBLICITY_ANSWERS = ("open_from", "open_to", "channels", "supervision_opinion")
EXTRAS = {
    StepNo.PROPOSE: ("n_yes", "n_no", "n_abstain", "notified_on", "sign_in"),
    StepNo.CONSULT: ("n_yes", "n_no", "n_abstain", "notified_on", "sign_in"),
    StepNo.REVIEW: ("town_attendees", "notified_on", "sign_in"),
    StepNo.RESOLVE: ("women_due", "women_present", "town_attendees", "notified_on", "sign_in"),
    StepNo.PUBLISH: ("place", "content", "objections", "reply", "sign_in"),
    StepNo.REPORT: ("place", "content", "objections", "reply", "sign_in"),
}


class Step(Reported):
    __tablename__ = "step"
    caption, chapter, index, mark = "四议两公开六步", "四议两公开", "3.5", "SB"
    naming = "step_no"
    key = ("matter_id", "step_no")
    dated = ("held_at", "open_from", "open_to")
    part_of = "matter_id"

    matter_id = link("事项", "matter", required=True, group="步骤", aliases=TITLES, width=24)
    step_no = listed(
        "步骤", "syl_step", required=True, group="步骤", aliases=("环节", "阶段", "步骤名称"), width=16
    )
    held_at = moment("会议时间", group="会议", aliases=("时间", "召开时间", "会议日期"), width=16)
    place = text("地点", group="会议", aliases=("会议地点", "公开地点"), width=16)
    form = listed("会议形式", "syl_form", group="会议", aliases=("形式",), width=14)
    host = text("主持人", longest=20, group="会议", aliases=("主持", "会议主持人"), width=8)
    recorder = text("记录人", longest=20, group="会议", aliases=("记录", "会议记录人"), width=8)
    n_due = whole("应到", unit="人", group="到会", aliases=("应到人数", "应参会人数"), width=6)
    n_present = whole("实到", unit="人", group="到会", aliases=("实到人数", "到会人数", "参会人数"), width=6)
    women_due = whole("女代表应到", unit="人", group="到会", width=6)
    women_present = whole("女代表实到", unit="人", group="到会", width=6)
    content = text("内容", longest=2000, lines=True, group="内容", aliases=CONTENTS, width=24)
    vote_method = listed("表决方式", "vote_method", group="表决", aliases=("表决形式",), width=10)
    n_yes = whole("同意", unit="票", group="表决", aliases=("同意人数", "赞成", "同意票", "赞成票"), width=6)
    n_no = whole("反对", unit="票", group="表决", aliases=("反对人数", "不同意", "反对票"), width=6)
    n_abstain = whole("弃权", unit="票", group="表决", aliases=("弃权人数", "弃权票"), width=6)
    result = listed(
        "结果", "vote_result", group="表决", aliases=("表决结果", "会议结果", "通过情况"), width=8
    )
    town_attendees = text(
        "乡镇参会人员（含职务）", longest=100, group="到会", aliases=("乡镇参会人员",), width=16
    )
    notified_on = day("通知日期", group="会议", aliases=("会议通知日期",), width=11)
    open_from = day("公开日期起", group="公开", aliases=OPENED, width=11)
    open_to = day("公开日期止", group="公开", aliases=CLOSED, width=11)
    channels = several("公开方式", "disclosure_channel", group="公开", aliases=("公示方式",), width=16)
    objections = text("异议情况", longest=300, lines=True, group="公开", help="没有异议的填 无", width=14)
    reply = text("答复情况", longest=300, lines=True, group="公开", width=14)
    supervision_opinion = text(
        "监督意见", longest=300, lines=True, group="公开", help="村务监督委员会意见", width=14
    )
    outcome = text("实施结果", longest=2000, lines=True, group="公开", width=20)
    sign_in = scans("签到表、照片", group="附件", width=8)

    @worked_out("比例", Share())
    def ratio(self, on: dt.date) -> Decimal | None:
        """Present against due, in percent with one decimal; only to show."""
        if not self.n_due or self.n_present is None:
            return None
        return round(Decimal(self.n_present * 100) / self.n_due, 1)

    @property
    def date(self) -> dt.date | None:
        """The day that counts for order and period: of the meeting, or the first day of publicity."""
        return self.held_at.date() if self.held_at else self.open_from


def asked(step_no: str) -> tuple[str, ...]:
    """The answers that a step must have before a submission."""
    if step_no in VOTED:
        return MEETING_ANSWERS + VOTE_ANSWERS
    if step_no in MEETINGS:
        return MEETING_ANSWERS
    return PUBLICITY_ANSWERS if step_no == StepNo.PUBLISH else (*PUBLICITY_ANSWERS, "outcome")


def shown(step_no: str) -> tuple[str, ...]:
    """The answers that a step's form has, in the order of the declaration's table."""
    return (*asked(step_no), *EXTRAS[StepNo(step_no)], "remark")
