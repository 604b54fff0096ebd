"""Dated editions: a meeting is judged by the one in force on its day."""

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.paths import resources
from desktop.records.step import Form, StepNo
from desktop.rules.quorum import HALF, Share
from desktop.rules.standards import Of, at

OLD, NEW = dt.date(2025, 12, 31), dt.date(2026, 1, 1)
DATA = json.loads((resources() / "rules" / "standards.json").read_text("utf-8"))


@given(st.dates())
def test_one_edition_is_in_force_on_every_day(date: dt.date) -> None:
    assert at(date).code == ("2018" if date < NEW else "2026")


def test_the_villagers_law_is_quoted_with_a_warning_only_since_it_changed() -> None:
    for form in (Form.REPRESENTATIVES, Form.VILLAGERS, Form.HOUSEHOLDS):
        old, new = at(OLD).terms("4", form), at(NEW).terms("4", form)
        assert old is not None
        assert new is not None
        assert "请核对2026年版" not in old.basis
        assert "2018年条号，请核对2026年版" in new.basis


def test_the_first_step_is_statutory_since_2026() -> None:
    old, new = at(OLD).terms("1", None), at(NEW).terms("1", None)
    assert old is not None
    assert new is not None
    assert "先经村党组织研究讨论" in new.basis
    assert "先经" not in old.basis


def test_a_new_edition_says_only_what_it_changes() -> None:
    old, new = at(OLD), at(NEW)
    assert old.age_most == new.age_most == 70
    assert {key: terms.attend for key, terms in old.steps.items()} == {
        key: terms.attend for key, terms in new.steps.items()
    }


def test_party_members_are_counted_against_those_due_and_representatives_against_those_present() -> None:
    party, village = at(NEW).terms("3", Form.PARTY_MEETING), at(NEW).terms("4", Form.REPRESENTATIVES)
    assert party is not None
    assert village is not None
    assert (party.agree_of, village.agree_of) == (Of.DUE, Of.PRESENT)


def test_a_meeting_of_an_unknown_form_has_no_terms() -> None:
    assert at(NEW).terms("4", None) is None
    assert at(NEW).terms("4", Form.PARTY_MEETING) is None
    assert at(NEW).terms(None, None) is None


def test_an_edition_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        at(NEW).age_least = 16  # type: ignore[misc]
    with pytest.raises(TypeError):
        at(NEW).steps["1"] = at(NEW).steps["2"]  # type: ignore[index]


@pytest.mark.parametrize("name", DATA["variants"])
@pytest.mark.parametrize("day", [OLD, NEW])
def test_a_local_reading_changes_the_edition_it_is_laid_over(name: str, day: dt.date) -> None:
    assert at(day, name) != at(day)
    assert at(day, name).code == at(day).code


def test_readings_are_combined() -> None:
    both = at(NEW, "national_minimum", "party_half").terms("3", Form.PARTY_MEETING)
    assert both is not None
    assert (both.attend, both.agree) == (HALF, HALF)


def test_every_edition_covers_every_step_and_body() -> None:
    for edition in DATA["editions"]:
        day = dt.date.fromisoformat(edition["effective_from"] or "2000-01-01")
        keys = {no.value for no in StepNo} - {"3", "4"} | {form.value for form in Form}
        assert at(day).steps.keys() == keys
        assert all(
            terms.basis and (terms.posted or isinstance(terms.attend, Share))
            for terms in at(day).steps.values()
        )
