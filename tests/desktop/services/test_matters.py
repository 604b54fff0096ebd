"""Where a matter stands follows from its steps, and advice follows every keystroke."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from desktop.records import Matter, Step, Village
from desktop.records.step import StepNo
from desktop.services import areas, courses, entries, matters
from desktop.services.courses import State
from tests.conftest import TODAY
from tests.desktop.services.test_sheets import MEETING, PUBLICITY

FIGURES = {
    "as_of": "2026-01-01",
    "village_committee": "5",
    "branch_committee": "5",
    "cross_holders": "3",
    "reps": "40",
    "adults": "1000",
    "households": "301",
    "party_voting": "36",
    "excluded_sick": "2",
    "excluded_abroad": "1",
}


@pytest.fixture
def village(session: Session) -> str:
    code = areas.villages(session, TODAY)[0].code or ""
    entries.save(session, Village, {"village_code": code, **FIGURES})
    return code


def states(session: Session, matter: int) -> list[State]:
    return [step.state for step in courses.course(session, matter, TODAY).steps]


def hold(session: Session, matter: int, no: StepNo, **answers: str) -> None:
    usual = {**MEETING, "form": {"3": "31", "4": "41"}.get(no, "")} if no in "1234" else PUBLICITY
    usual = {**usual, "outcome": "已完工"} if no == StepNo.REPORT else usual
    entries.save(session, Step, {"matter_id": str(matter), "step_no": no, **usual, **answers})


def test_the_first_step_of_a_new_matter_is_next(session: Session, village: str) -> None:
    matter = entries.save(session, Matter, {"village_code": village, "title": "修路"})
    assert states(session, matter) == [State.NEXT, *[State.LATER] * 5]
    assert courses.course(session, matter, TODAY).next == StepNo.PROPOSE


def test_six_good_steps_are_six_of_six(session: Session, village: str) -> None:
    matter = entries.save(session, Matter, {"village_code": village, "title": "修路"})
    for no in StepNo:
        hold(session, matter, no)
    found = courses.course(session, matter, TODAY)
    assert [step.state for step in found.steps] == [State.DONE] * 6
    assert (found.progress, found.state) == ("6/6", "已完成")


def test_a_vote_that_fails_by_its_figures_is_trouble(session: Session, village: str) -> None:
    matter = entries.save(session, Matter, {"village_code": village, "title": "修路"})
    hold(session, matter, StepNo.REVIEW, n_yes="16")
    step = courses.course(session, matter, TODAY).steps[2]
    assert step.state == State.TROUBLE
    assert "还差 1 票" in step.reason


def test_a_step_that_lacks_an_answer_is_trouble_and_says_which(session: Session, village: str) -> None:
    matter = entries.save(session, Matter, {"village_code": village, "title": "修路"})
    hold(session, matter, StepNo.PROPOSE, recorder="")
    step = courses.course(session, matter, TODAY).steps[0]
    assert (step.state, step.reason) == (State.TROUBLE, "“记录人”没有填")


def test_the_list_counts_the_same_steps_in_trouble_as_the_row_of_six(session: Session, village: str) -> None:
    sound, wrong, stopped = (
        entries.save(session, Matter, {"village_code": village, "title": title, **more})
        for title, more in (("修路", {}), ("修渠", {}), ("修桥", {"course": "中止"}))
    )
    for no in StepNo:
        hold(session, sound, no)
        hold(session, wrong, no, **({"recorder": ""} if no == StepNo.PROPOSE else {}))
    hold(session, stopped, StepNo.PROPOSE, recorder="")
    found = courses.troubled(session, TODAY)
    shown = {matter: courses.course(session, matter, TODAY).troubles for matter in (sound, wrong, stopped)}
    assert {matter: found[matter] for matter in shown} == shown
    assert (shown[sound], shown[stopped]) == (0, 0)
    assert shown[wrong] > 0
    assert courses.course(session, wrong, TODAY).standing == f"6/6，{shown[wrong]} 步有问题"


def test_a_merged_second_step_is_not_waited_for(session: Session, village: str) -> None:
    matter = entries.save(session, Matter, {"village_code": village, "title": "修路", "merge_1_2": "是"})
    hold(session, matter, StepNo.PROPOSE)
    assert states(session, matter)[:3] == [State.DONE, State.MERGED, State.NEXT]


@pytest.mark.parametrize(
    ("yes", "passed", "said", "result"),
    [("17", True, "需 17 票", "1"), ("16", False, "还差 1 票", "2")],
)
def test_the_boundary_of_a_party_meeting(
    session: Session, village: str, yes: str, *, passed: bool, said: str, result: str
) -> None:
    answers = {"form": "31", "held_at": "2026-11-05", "n_due": "33", "n_present": "22", "n_yes": yes}
    advice = matters.advise(session, village, StepNo.REVIEW, answers, TODAY)
    assert (advice.verdict.quorum_met, advice.verdict.passed, advice.result) == (True, passed, result)
    assert said in advice.verdict.sentence
    assert "依据" in advice.verdict.sentence


def test_heads_due_are_proposed_from_the_figures_of_the_meeting_day(session: Session, village: str) -> None:
    entries.save(session, Village, {"village_code": village, **FIGURES, "as_of": "2026-11-10", "reps": "50"})
    due = {}
    for day in ("2026-11-09", "2026-11-10"):
        due[day] = matters.advise(session, village, StepNo.RESOLVE, {"form": "41", "held_at": day}, TODAY).due
    assert [one.number for one in due.values() if one] == [45, 55]


def test_without_figures_the_clerk_is_told_where_to_enter_them(session: Session, village: str) -> None:
    before = {"held_at": "2025-12-31"}
    advice = matters.advise(session, village, StepNo.PROPOSE, before, TODAY)
    assert advice.due is None
    assert "村情" in advice.why


def test_an_answer_that_cannot_be_read_counts_as_blank(session: Session, village: str) -> None:
    answers = {"form": "31", "n_due": "三十三", "n_present": "22"}
    advice = matters.advise(session, village, StepNo.REVIEW, answers, TODAY)
    assert advice.verdict.quorum_met is None
    assert advice.due is not None
    assert (advice.due.number, advice.due.sum_text[:7]) == (33, "有表决权 36")


def test_deleted_figures_count_no_more(session: Session, village: str) -> None:
    figures = matters.figures(session, village, TODAY)
    assert figures is not None
    entries.delete(session, Village, figures.id)
    assert matters.figures(session, village, TODAY) is None
    assert matters.figures(session, None, dt.date(2026, 1, 1)) is None
