"""Shares in whole people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.quorum import HALF, MORE_THAN_HALF, TWO_THIRDS, Share

shares = st.builds(
    lambda den, num, strict: Share(min(num, den), den, strict),
    st.integers(2, 10),
    st.integers(1, 10),
    st.booleans(),
)
bodies = st.integers(1, 5000)


@given(shares, bodies)
def test_needed_is_the_least_number_that_meets(share: Share, whole: int) -> None:
    least = share.needed(whole)
    assert share.met(least, whole)
    assert not share.met(least - 1, whole)


@given(shares, st.integers(0, 5000), bodies)
def test_one_more_attendant_never_breaks_a_quorum(share: Share, part: int, whole: int) -> None:
    assert share.met(part + 1, whole) or not share.met(part, whole)


@given(bodies)
def test_two_thirds_of_three_times_as_many_are_met_exactly(third: int) -> None:
    assert TWO_THIRDS.needed(3 * third) == 2 * third


@given(bodies)
def test_exactly_half_is_half_but_not_more_than_half(half: int) -> None:
    assert HALF.met(half, 2 * half)
    assert not MORE_THAN_HALF.met(half, 2 * half)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (TWO_THIRDS, "三分之二以上"),
        (MORE_THAN_HALF, "过半数"),
        (HALF, "半数以上"),
        (Share(2, 3, strict=True), "超过三分之二"),
        (Share(4, 5), "五分之四以上"),
    ],
)
def test_a_share_is_said_as_a_clerk_says_it(share: Share, words: str) -> None:
    assert share.words == words


@pytest.mark.parametrize(("num", "den"), [(0, 2), (3, 2), (1, 11), (-1, 2)])
def test_what_is_no_share_is_refused(num: int, den: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        Share(num, den)
