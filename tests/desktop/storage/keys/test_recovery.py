"""The recovery code on its sheet of paper."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.storage.keys import recovery

CODE = recovery.make()


def test_a_code_is_five_groups_of_five_without_letters_that_look_alike() -> None:
    groups = CODE.split("-")
    assert [len(group) for group in groups] == [5] * 5
    assert not set("ILOU") & set(CODE)


def test_no_code_is_made_twice() -> None:
    assert len({recovery.make() for _ in range(200)}) == 200


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), CODE.replace("-", ""), f" {CODE.replace('-', ' ')} "])
def test_a_code_is_read_however_it_is_spaced(typed: str) -> None:
    assert recovery.shown(recovery.read(typed)) == CODE


def test_letters_that_look_like_numbers_are_taken_for_them() -> None:
    code = next(one for one in iter(recovery.make, "") if "0" in one and "1" in one)
    assert recovery.shown(recovery.read(code.replace("0", "o").replace("1", "l"))) == code


@given(at=st.integers(0, 24), letter=st.sampled_from(recovery.LETTERS))
def test_one_mistyped_letter_is_noticed(at: int, letter: str) -> None:
    plain = CODE.replace("-", "")
    if plain[at] != letter:
        with pytest.raises(Refusal, match="恢复码抄错了"):
            recovery.read(plain[:at] + letter + plain[at + 1 :])


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_refused(typed: str) -> None:
    with contextlib.suppress(Refusal):
        assert len(recovery.read(typed)) == 25
