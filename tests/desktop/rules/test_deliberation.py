"""The six steps: the table of REFERENCE §4.8 row by row, proposals of 应到, the next step."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.matter import Matter
from desktop.records.step import Form, Step, StepNo
from desktop.rules.deliberation import next_step, proposed_due, verdict
from desktop.rules.meetings import book
from desktop.rules.standards import at
from tests.desktop.rules.examples import held, on, step, village

DAY = dt.date(2026, 11, 10)


@pytest.mark.parametrize(
    ("form", "variant", "figures", "quorum", "passes"),
    [
        ("31", (), (33, 22, 17), True, True),  # boundary both
        ("31", (), (33, 22, 16), True, False),  # 72.7 % of those present, but not of those due
        ("31", (), (33, 21, 21), False, True),
        ("31", ("national_minimum",), (34, 17, 18), True, True),  # a written vote: more yes than present
        ("31", ("party_half",), (34, 30, 17), True, True),
        ("31", (), (34, 30, 17), True, False),
        ("41", (), (45, 30, 16), True, True),
        ("41", (), (45, 30, 15), True, False),  # exactly half fails
        ("41", ("all_representatives",), (45, 30, 22), True, False),
        ("42", (), (1000, 500, 400), False, True),  # 过半数 excludes half
        ("43", (), (301, 201, 101), True, True),
    ],
)
def test_the_table_of_the_reference_holds(
    form: str, variant: tuple[str, ...], figures: tuple[int, int, int], quorum: bool, passes: bool
) -> None:
    due, present, yes = figures
    one = Step(step_no=form[0], form=form, n_due=due, n_present=present, n_yes=yes)
    judged = verdict(one, at(DAY, *variant))
    assert (judged.quorum_met, judged.passed) == (quorum, passes)


def test_a_written_vote_is_asked_about() -> None:
    one = step("3", n_due=34, n_present=17, n_yes=18, n_no=0, n_abstain=0)
    assert "会议-05" in {finding.code for finding in book.check(held(one, "national_minimum"))}


def test_seven_days_of_publicity_count_both_ends() -> None:
    judged = verdict(on("5", 1), at(DAY))
    assert judged.passed is True
    assert "共 7 天" in judged.sentence
    assert "第 8 日（2026-11-08）起可实施" in judged.sentence


def test_six_days_of_publicity_are_too_few() -> None:
    judged = verdict(step("5", open_to=dt.date(2026, 11, 6)), at(DAY))
    assert judged.passed is False
    assert "还差 1 天" in judged.sentence


def test_the_live_sentence_says_by_how_many_and_by_which_clause() -> None:
    judged = verdict(Step(step_no="3", form="31", n_due=33, n_present=22, n_yes=16), at(DAY))
    assert judged.sentence.startswith(
        "应到 33 人，到会 22 人，达到三分之二以上（需 22 人）；"
        "同意 16 票，未过应到的半数（需 17 票，还差 1 票）。依据：《中国共产党支部工作条例"
    )


def test_missing_figures_leave_the_verdict_open() -> None:
    assert verdict(Step(step_no="4"), at(DAY)).sentence == "先选定会议形式，才能判断到会和表决"
    judged = verdict(Step(step_no="4", form="41", n_due=45), at(DAY))
    assert (judged.quorum_met, judged.passed) == (None, None)
    assert "到会须三分之二以上（30 人）" in judged.sentence
    assert verdict(Step(step_no="1"), at(DAY)).quorum_met is None


@given(st.integers(1, 2000), st.integers(0, 2000), st.sampled_from(["1", "2", *Form]))
def test_one_more_attendant_never_loses_the_quorum(due: int, present: int, form: str) -> None:
    def quorate(people: int) -> bool | None:
        one = Step(step_no=form[0], form=form if len(form) == 2 else None, n_due=due, n_present=people)
        return verdict(one, at(DAY)).quorum_met

    assert quorate(present + 1) or not quorate(present)


def test_an_old_meeting_is_quoted_by_the_law_of_its_day() -> None:
    one = step("4", held_at=dt.datetime(2025, 11, 10, 9), n_present=29)
    (finding,) = [found for found in book.check(held(one)) if found.code == "会议-01"]
    assert "2026" not in finding.basis


@pytest.mark.parametrize("result", ["2", "3"])
def test_a_meeting_that_passed_nothing_needs_no_quorum(result: str) -> None:
    one = step("4", n_present=20, n_yes=5, n_no=0, n_abstain=0, result=result)
    assert not list(book.check(held(one)))


@pytest.mark.parametrize(
    ("step_no", "form", "number", "sum_text"),
    [
        ("1", None, 5, "村党组织委员 5"),
        ("2", None, 7, "村委会成员 5 + 村党组织委员 5 − 交叉任职 3（只算一次）= 7"),
        ("3", "31", 42, "有表决权 45 − 不计入 3（患病 1、出国 2）= 42"),
        ("4", "41", 45, "村委会成员 5 + 村民代表 40 = 45"),
        ("4", "42", 1000, "18 周岁以上村民 1000"),
        ("4", "43", 400, "户数 400"),
    ],
)
def test_the_village_proposes_who_is_due(step_no: str, form: str | None, number: int, sum_text: str) -> None:
    proposal = proposed_due(step_no, form, village())
    assert proposal is not None
    assert (proposal.number, proposal.sum_text) == (number, sum_text)
    assert proposal.basis


def test_without_a_committee_the_members_propose() -> None:
    proposal = proposed_due("1", None, village(branch_committee=0))
    assert proposal is not None
    assert proposal.number == 42


@pytest.mark.parametrize(
    ("step_no", "form", "blank"),
    [
        ("2", None, "cross_holders"),
        ("3", "31", "party_voting"),
        ("4", "41", "reps"),
        ("4", "43", "households"),
    ],
)
def test_figures_that_are_missing_propose_nothing(step_no: str, form: str | None, blank: str) -> None:
    assert proposed_due(step_no, form, village(**{blank: None})) is None


def test_nothing_is_proposed_without_a_village_a_form_or_a_meeting() -> None:
    assert proposed_due("3", "31", None) is None
    assert proposed_due("3", None, village()) is None
    assert proposed_due("3", Form.PARTY_COUNCIL, village()) is None
    assert proposed_due("5", None, village()) is None


def test_the_next_step_is_the_first_that_is_not_passed() -> None:
    matter, done = Matter(), [on(str(number), number) for number in range(1, 7)]
    assert next_step(matter, []) == StepNo.PROPOSE
    assert next_step(matter, done[:3]) == StepNo.RESOLVE
    assert next_step(matter, done) is None


def test_a_corrected_headcount_moves_a_matter_back() -> None:
    steps = [on("1", 1), on("2", 1), on("3", 5, result=None, n_yes=23), on("4", 9)]
    assert next_step(Matter(), steps) == StepNo.PUBLISH
    steps[2].n_yes = 22
    assert next_step(Matter(), steps) == StepNo.REVIEW


def test_secretary_and_director_in_one_may_merge_the_first_two_steps() -> None:
    assert next_step(Matter(merge_1_2=True), [on("1", 1)]) == StepNo.REVIEW
    assert next_step(Matter(merge_1_2=False), [on("1", 1)]) == StepNo.CONSULT
    assert next_step(Matter(merge_1_2=True), []) == StepNo.PROPOSE
