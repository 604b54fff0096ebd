"""The six registration sheets hold what the form asks for, and nothing is lost on the way to them."""

import pytest
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.paper import Form, Heads, Line, Passage, Signatures, Ticks
from desktop.records import Matter, Step
from desktop.records.step import StepNo
from desktop.services import areas, entries, sheets
from tests.conftest import TODAY

MEETING = {
    "held_at": "2026-11-05 09:00",
    "place": "村部会议室",
    "host": "周建国",
    "recorder": "李秀兰",
    "n_due": "33",
    "n_present": "22",
    "n_yes": "17",
    "n_no": "3",
    "n_abstain": "2",
    "vote_method": "3",
    "result": "1",
    "content": "同意修路方案",
    "town_attendees": "王卫东（副镇长）",
}
PUBLICITY = {
    "open_from": "2026-11-12",
    "open_to": "2026-11-18",
    "channels": "01、05",
    "place": "村部公开栏",
    "objections": "无",
    "supervision_opinion": "程序合规",
}


def file_matter(session: Session, steps: dict[str, dict[str, str]]) -> int:
    village = areas.villages(session, TODAY)[0].code or ""
    matter = entries.save(session, Matter, {"village_code": village, "title": "中心路硬化", "source": "02"})
    for number, answers in steps.items():
        entries.save(session, Step, {"matter_id": str(matter), "step_no": number, **answers})
    return matter


def labels(sheet: Form) -> list[str]:
    return [getattr(row, "label", "").replace("\n", "") for row in sheet.blocks]


SIGNED = "参会人员签字 乡镇参会人员签字（含职务）"
FORM = {
    "（一）党支部提议": "动议事由 提议事项 提议时间 参会人员 提议内容 参会人员签字",
    "（二）村“两委”会商议": "动议事由 商议事项 商议时间 参会人员 商议内容 参会人员签字",
    "（三）党员大会或党员议事会审议": "动议事由 审议事项 审议时间 会议形式 参会人员 审议内容 " + SIGNED,
    "（四）村民代表会议或村民会议决议": "动议事由 决议事项 决议时间 会议形式 参会人员 决议内容 " + SIGNED,
    "（五）决议过程公开": "动议事由 决议事项 公开情况 监督意见",
    "（六）实施结果公开": "动议事由 决议事项 实施结果 公开情况 监督意见",
}


def test_the_six_tables_have_the_rows_of_the_form_in_its_order(session: Session) -> None:
    made = sheets.of_matter(session, file_matter(session, {}))
    assert {sheet.part: " ".join(labels(sheet)) for sheet in made} == FORM


def test_the_same_reason_is_ticked_on_all_six(session: Session) -> None:
    for sheet in sheets.of_matter(session, file_matter(session, {})):
        ticks = sheet.blocks[0]
        assert isinstance(ticks, Ticks)
        assert [name for name, ticked in ticks.options if ticked] == ["村干部提议"]
        assert len(ticks.options) == 3


def test_a_meeting_shows_its_time_form_heads_and_votes(session: Session) -> None:
    matter = file_matter(session, {StepNo.REVIEW: {**MEETING, "form": "31"}})
    _, _, time, form, heads, content, _, town = sheets.of_matter(session, matter)[2].blocks
    assert time == Line("审议时间", "2026年11月5日 9时00分")
    assert form == Line("会议形式", "党员大会")
    assert heads == Heads("参会人员", (("应到", "33 人"), ("实到", "22 人"), ("比例", "66.7%")))
    assert isinstance(content, Passage)
    assert content.text.splitlines() == [
        "同意修路方案",
        "地点：村部会议室；主持人：周建国；记录人：李秀兰。",
        "表决情况：无记名投票；同意 17 票，反对 3 票，弃权 2 票；结果：通过。",
    ]
    assert town == Signatures("乡镇参会人员\n签字（含职务）", "王卫东（副镇长）")


def test_households_are_counted_as_households(session: Session) -> None:
    matter = file_matter(session, {StepNo.RESOLVE: {**MEETING, "form": "43"}})
    heads = next(row for row in sheets.of_matter(session, matter)[3].blocks if isinstance(row, Heads))
    assert heads.cells[0] == ("应到", "33 户")


def test_publicity_counts_both_ends_and_leaves_room_for_the_supervisors(session: Session) -> None:
    matter = file_matter(session, {StepNo.PUBLISH: PUBLICITY})
    *_, opened, opinion = sheets.of_matter(session, matter)[4].blocks
    assert isinstance(opened, Passage)
    assert "2026年11月12日至2026年11月18日（共 7 日）" in opened.text
    assert "村务公开栏、微信群（公众号）" in opened.text
    assert isinstance(opinion, Passage)
    assert (opinion.text, opinion.signed) == ("程序合规", "村务监督委员会成员签字：")


def test_a_step_that_is_not_on_file_is_a_blank_form(session: Session) -> None:
    sheet = sheets.of_matter(session, file_matter(session, {}))[0]
    assert sheet.blocks[2] == Line("提议时间", "")
    assert sheet.blocks[3] == Heads("参会人员", (("应到", ""), ("实到", ""), ("比例", "")))
    assert sheet.blocks[4] == Passage("提议内容", "")


def test_every_sheet_names_the_village_and_the_number(session: Session) -> None:
    made = sheets.of_matter(session, file_matter(session, {}))
    assert len({(sheet.title, sheet.left, sheet.right) for sheet in made}) == 1
    village = areas.named(session, areas.villages(session, TODAY)[0].code)
    assert made[0].title == f"{village}重大事务“四议两公开”决策实施登记表"
    assert made[0].left.endswith(village)
    assert made[0].right.startswith("编号：SX-")
    assert [bool(sheet.notes) for sheet in made] == [False] * 5 + [True]


def test_without_room_to_sign_what_is_known_stays(session: Session) -> None:
    matter = file_matter(session, {StepNo.REVIEW: {**MEETING, "form": "31"}, StepNo.PUBLISH: PUBLICITY})
    made = sheets.of_matter(session, matter, signed=False)
    rows = [row for sheet in made for row in sheet.blocks]
    assert not [
        row for row in rows if isinstance(row, Signatures) or (isinstance(row, Passage) and row.signed)
    ]
    assert Line("乡镇参会人员（含职务）", "王卫东（副镇长）") in rows


def test_a_deleted_matter_has_no_sheets(session: Session) -> None:
    matter = file_matter(session, {})
    entries.delete(session, Matter, matter)
    with pytest.raises(Refusal, match="已被删除"):
        sheets.of_matter(session, matter)
