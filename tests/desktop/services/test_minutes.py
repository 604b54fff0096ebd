"""Minutes hold who met, where and when, what was said and how the vote went."""

import pytest
from sqlalchemy.orm import Session

from desktop.paper import Heads, Line, Passage, Signatures
from desktop.records.step import MEETINGS, StepNo
from desktop.services import minutes
from tests.desktop.services.test_sheets import MEETING, file_matter


def test_the_minutes_of_a_meeting(session: Session) -> None:
    matter = file_matter(session, {StepNo.REVIEW: {**MEETING, "form": "32"}})
    form = minutes.of_step(session, matter, StepNo.REVIEW)
    assert form.title.endswith("党员议事会记录")
    assert form.repeats
    assert form.blocks[:5] == (
        Line("议题", "中心路硬化"),
        Line("会议时间", "2026年11月5日 9时00分"),
        Line("会议地点", "村部会议室"),
        Heads("主持与记录", (("主持人", "周建国"), ("记录人", "李秀兰"))),
        Heads("参会人员", (("应到", "33 人"), ("实到", "22 人"), ("比例", "66.7%"))),
    )
    rest = dict(zip([getattr(row, "label", "") for row in form.blocks], form.blocks, strict=True))
    assert rest["列席人员\n（含职务）"] == Line("列席人员\n（含职务）", "王卫东（副镇长）")
    assert rest["会议内容"] == Passage("会议内容", "同意修路方案")
    assert rest["表决情况"] == Line("表决情况", "无记名投票；同意 17 票，反对 3 票，弃权 2 票")
    assert rest["会议结果"] == Line("会议结果", "通过")
    assert rest["参会人员签字"] == Signatures("参会人员签字")


@pytest.mark.parametrize("no", MEETINGS)
def test_a_meeting_that_is_not_on_file_gives_blank_minutes(session: Session, no: StepNo) -> None:
    form = minutes.of_step(session, file_matter(session, {}), no)
    assert form.title.endswith(f"{minutes.CALLED[no]}记录")
    assert Passage("会议内容", "") in form.blocks


def test_room_to_sign_can_be_left_out(session: Session) -> None:
    form = minutes.of_step(session, file_matter(session, {}), StepNo.PROPOSE, signed=False)
    assert not [row for row in form.blocks if "签字" in getattr(row, "label", "")]
