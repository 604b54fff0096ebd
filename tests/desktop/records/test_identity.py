"""The check characters of GB 11643 and GB 32100."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records import identity
from desktop.services import invented

TODAY = dt.date(2026, 11, 23)
people = st.integers(0, 400).map(lambda seed: invented.People(seed).one())
codes = st.integers(0, 9_999_999).map(invented.credit_code)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "341300190001010012"])
def test_a_published_number_holds(number: str) -> None:
    assert identity.resident_fault(number, TODAY) is None


@pytest.mark.parametrize("number", ["110105194912310021", "341300190002300010", "1101051949123100", "A" * 18])
def test_a_wrong_number_is_named(number: str) -> None:
    assert identity.resident_fault(number, TODAY)


def test_nobody_is_born_tomorrow() -> None:
    front = "34130020261124001"
    assert "不可能" in (identity.resident_fault(front + identity.resident_check(front), TODAY) or "")


@given(people, st.integers(0, 16), st.integers(1, 9))
def test_one_changed_digit_is_always_caught(person: invented.Person, place: int, by: int) -> None:
    digits = list(person.id_number)
    digits[place] = str((int(digits[place]) + by) % 10)
    assert identity.resident_fault("".join(digits), TODAY)


@given(people)
def test_sex_and_birth_date_stand_in_the_number(person: invented.Person) -> None:
    assert identity.gender(person.id_number) == person.gender
    assert identity.birth_date(person.id_number) == person.born


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "54341302MF0000013K", "91341302MA0000015L", "123413000000000271"]
)
def test_a_published_credit_code_holds(code: str) -> None:
    assert identity.credit_fault(code) is None


@given(codes, st.integers(0, 17), st.sampled_from(identity.CREDIT_ALPHABET))
def test_one_changed_character_of_a_credit_code_is_always_caught(code: str, place: int, mark: str) -> None:
    changed = code[:place] + mark + code[place + 1 :]
    assert (identity.credit_fault(changed) is None) == (changed == code)


def test_letters_that_are_never_used_are_named() -> None:
    assert "O" in (identity.credit_fault("9135010OM000100Y43") or "")
