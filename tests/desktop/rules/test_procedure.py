"""Order, days and gaps of a matter's steps; answers that must be there."""

import pytest

from desktop.records import Agreement, Matter, Step
from desktop.records.fields import fields
from desktop.records.step import StepNo, asked
from desktop.rules import agreements, answers
from desktop.rules.answers import Entry
from desktop.rules.procedure import book
from tests.desktop.rules.examples import SCHOOL_CODE, on, pact, procedure


def test_a_matter_in_order_says_nothing() -> None:
    steps = [on("1", 1), on("2", 1), on("3", 5), on("4", 9), on("5", 10), on("6", 20)]
    assert not list(book.check(procedure(*steps)))


def test_the_order_holds_across_a_step_without_a_day() -> None:
    steps = [on("1", 5), on("2", 6, held_at=None), on("3", 4)]
    assert [finding.code for finding in book.check(procedure(*steps))] == ["程序-01"]


def test_the_later_record_of_a_step_is_the_one_too_many() -> None:
    (finding,) = book.check(procedure(on("1", 1, id=7), on("1", 2, id=9)))
    assert (finding.code, finding.entry) == ("程序-04", 9)


def test_missing_steps_are_named() -> None:
    (finding,) = book.check(procedure(on("4", 9)))
    assert "提议、商议、审议" in finding.message


@pytest.mark.parametrize("number", list(StepNo))
def test_a_step_is_asked_for_what_its_sheet_has(number: StepNo) -> None:
    found = {finding.field for finding in answers.book.check(Entry(Step(matter_id=1, step_no=number)))}
    assert found == set(asked(number))


def test_the_last_step_needs_the_opinion_of_the_supervisors() -> None:
    found = answers.book.check(Entry(on("6", 20, matter_id=1, supervision_opinion=None)))
    assert "supervision_opinion" in {finding.field for finding in found}


def test_no_and_zero_are_answers() -> None:
    assert not answers.blank(False)
    assert not answers.blank(0)
    assert answers.blank([])


def test_every_required_answer_of_an_empty_entry_is_named_once() -> None:
    found = [finding.field for finding in answers.book.check(Entry(Agreement()))]
    assert found == [one.name for one in fields(Agreement) if one.required]
    assert {finding.ledger for finding in answers.book.check(Entry(Matter()))} == {"matter"}


@pytest.mark.parametrize(("partner_type", "told"), [("02", 0), ("06", 0), ("07", 0), ("01", 1)])
def test_a_school_or_hospital_may_have_the_code_of_an_institution(partner_type: str, told: int) -> None:
    case = pact(party_b_uscc=SCHOOL_CODE, partner_type=partner_type)
    assert [finding.code for finding in agreements.book.check(case)] == ["协议-07"] * told


def test_a_unit_without_a_code_is_told_by_its_plain_name() -> None:
    one, other = Agreement(party_b_name="练习（宿州） 学校"), Agreement(party_b_name="练习(宿州)学校")
    coded = Agreement(party_b_name="练习（宿州）学校", party_b_uscc="91350100M000100Y43")
    assert agreements.units([one, other]) == agreements.units([one, other, coded]) == 1
    assert agreements.same_unit(one, other)
    assert not agreements.same_unit(Agreement(), Agreement())
