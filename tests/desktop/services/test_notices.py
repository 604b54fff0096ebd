"""A notice says what a public board must say, and nobody's number."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.paper import Form, Grid, Paragraph, Tone
from desktop.records import Matter, Office, Step
from desktop.records.step import StepNo
from desktop.services import areas, entries, notices
from tests.conftest import TODAY
from tests.desktop.services.test_sheets import MEETING, PUBLICITY, file_matter

NUMBERS = re.compile(r"1[3-9]\d{9}|\d{15,}")
STEPS: dict[str, dict[str, str]] = {
    StepNo.PROPOSE: MEETING,
    StepNo.CONSULT: MEETING,
    StepNo.REVIEW: {**MEETING, "form": "31"},
    StepNo.RESOLVE: {**MEETING, "form": "41"},
    StepNo.PUBLISH: {**PUBLICITY, "content": "同意硬化中心路。\n资金由村集体承担。"},
    StepNo.REPORT: {**PUBLICITY, "open_from": "2026-12-01", "open_to": "2026-12-07", "outcome": "已完工"},
}


def said(form: Form) -> str:
    texts = [form.title]
    for block in form.blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        elif isinstance(block, Grid):
            texts += [cell for row in block.rows for cell in row]
    return "\n".join(texts)


def test_a_decision_is_told_with_its_meetings_votes_and_days(session: Session) -> None:
    form = notices.of_matter(session, file_matter(session, STEPS), StepNo.PUBLISH)
    village = areas.named(session, areas.villages(session, TODAY)[0].code)
    text = said(form)
    assert form.title == f"{village}关于“中心路硬化”的决议公告"
    assert "资金由村集体承担。" in text
    assert "2026年11月12日至2026年11月18日（共 7 日）" in text
    assert "如有异议" in text
    assert "练习县练习镇人民政府" in text
    (grid,) = [block for block in form.blocks if isinstance(block, Grid)]
    assert [row[0] for row in grid.rows] == ["提议", "商议", "审议", "决议"]
    assert list(grid.rows[3]) == [
        *("决议", "2026年11月5日", "村民代表会议"),
        *("33", "22", "17", "3", "2", "通过"),
    ]
    assert isinstance(form.blocks[-1], Paragraph)
    assert form.blocks[-1].text.splitlines()[-1] == "2026年11月12日"
    assert "委员会（盖章）" in form.blocks[-1].text


def test_a_result_is_told_with_the_decision_it_follows_from(session: Session) -> None:
    text = said(notices.of_matter(session, file_matter(session, STEPS), StepNo.REPORT))
    for words in ("实施结果公告", "2026年11月5日 村民代表会议决议", "已完工", "程序合规", "2026年12月7日"):
        assert words in text


def test_what_is_not_on_file_is_left_to_be_written_by_hand(session: Session) -> None:
    for no in (StepNo.PUBLISH, StepNo.REPORT):
        form = notices.of_matter(session, entries.save(session, Matter, {}), no)
        assert notices.BLANK in said(form)
        assert "自　　　　年" in said(form)
        assert not [
            block for block in form.blocks if isinstance(block, Paragraph) and not block.text.strip("。\n")
        ]


def test_a_community_speaks_to_its_residents(session: Session) -> None:
    code = areas.add(session, "东湖社区", TODAY).code or ""
    matter = entries.save(session, Matter, {"village_code": code, "title": "修路"})
    form = notices.of_matter(session, matter, StepNo.PUBLISH)
    assert form.blocks[0] == Paragraph("东湖社区全体居民：", Tone.ADDRESS)
    assert "东湖社区居民委员会（盖章）" in said(form)


def test_the_seal_can_be_left_out(session: Session) -> None:
    form = notices.of_matter(session, file_matter(session, STEPS), StepNo.PUBLISH, signed=False)
    assert "盖章" not in said(form)


@pytest.mark.parametrize(("number", "shown"), [("0557-3012345", True), ("13812345678", False)])
def test_the_unit_is_reached_by_its_own_number_and_nobodys_mobile(
    session: Session, number: str, shown: bool
) -> None:
    office = areas.own_office(session)
    assert isinstance(office, Office)
    office.contact_phone = number
    matter = file_matter(session, STEPS)
    assert (number in said(notices.of_matter(session, matter, StepNo.PUBLISH))) == shown
    assert number in said(notices.of_matter(session, matter, StepNo.PUBLISH, full=True))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    number=st.one_of(
        st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
        st.from_regex(r"[1-6][0-9]{16}[0-9X]", fullmatch=True),
    ),
    before=st.sampled_from(["", "联系人张三", "证件号：", "电话 ", "。"]),
)
def test_no_answer_carries_a_full_number_to_the_board(session: Session, number: str, before: str) -> None:
    with session.begin_nested() as undone:
        words = f"{before}{number}，"
        steps = {no: {**answers, "content": words} for no, answers in STEPS.items()}
        steps[StepNo.REPORT] |= {"outcome": words, "supervision_opinion": words}
        matter = file_matter(session, steps)
        entries.save(session, Matter, {"title": words}, entry=matter)
        for no in (StepNo.PUBLISH, StepNo.REPORT):
            assert not NUMBERS.search(said(notices.of_matter(session, matter, no)))
            assert number in said(notices.of_matter(session, matter, no, full=True))
        undone.rollback()


def test_a_deleted_matter_has_no_notice(session: Session) -> None:
    matter = file_matter(session, {})
    entries.delete(session, Matter, matter)
    with pytest.raises(Refusal, match="已被删除"):
        notices.of_matter(session, matter, StepNo.PUBLISH)


def test_a_deleted_step_is_not_told(session: Session) -> None:
    matter = file_matter(session, STEPS)
    found = entries.get(session, Matter, matter)
    assert isinstance(found, Matter)
    entries.delete(session, Step, found.steps[4].id)
    session.expire(found)
    assert "资金由村集体承担" not in said(notices.of_matter(session, matter, StepNo.PUBLISH))
