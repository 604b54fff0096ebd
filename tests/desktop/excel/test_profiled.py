"""What a profile makes of values."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.excel.profile import ColumnRule, Identity, Profile
from desktop.excel.profiled import (
    cells_of,
    counts_rows,
    dated,
    filling,
    identified,
    put_in,
    unknown_placeholders,
    values,
)

ID = "341399199001011234"
DAY = dt.date(2026, 1, 5)


def profile(columns: dict[int, ColumnRule], **more: Any) -> Profile:
    return Profile("x", "member", "表", 1, 1, 2, 2, columns, **more)


@pytest.mark.parametrize(
    ("number", "identity", "shown"),
    [
        (ID, Identity.PLAIN, ID),
        (ID, Identity.SPACED, "341399 19900101 1234"),
        (ID, Identity.MASKED, "341***********1234"),
        ("13800008888", Identity.MASKED, "138****8888"),
        ("13800008888", Identity.SPACED, "1380 0008 888"),
        ("1234567", Identity.MASKED, "*******"),
        ("123", Identity.MASKED, "***"),
    ],
)
def test_a_number_is_written_as_it_is_asked_for(number: str, identity: Identity, shown: str) -> None:
    assert identified(number, identity) == shown


@given(st.text("0123456789X", min_size=8, max_size=20))
def test_a_masked_number_keeps_its_length_and_hides_its_middle(number: str) -> None:
    shown = identified(number, Identity.MASKED)
    assert len(shown) == len(number)
    assert set(shown[3:-4]) == {"*"}


@given(st.text("0123456789X", max_size=20))
def test_spaces_are_all_that_is_put_into_a_number(number: str) -> None:
    assert identified(number, Identity.SPACED).replace(" ", "") == number


def test_a_split_number_has_a_digit_a_column() -> None:
    cells = cells_of(ColumnRule("id_number", Identity.SPLIT, 18), {})
    assert cells(ID) == tuple(ID)
    assert cells("12") == ("1", "2", *[None] * 16)
    assert cells(None) == (None,) * 18
    assert len(cells("1" * 30)) == 18


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("yyyy-mm-dd", "2026-01-05"),
        ("yyyy.m.d", "2026.1.5"),
        ("yyyy年m月d日", "2026年1月5日"),
        ("yyyy年m月", "2026年1月"),
        ("yyyymmdd", "20260105"),
        ("yyyy/mm", "2026/01"),
    ],
)
def test_a_date_is_text_by_its_pattern(pattern: str, shown: str) -> None:
    assert dated(DAY, pattern) == shown
    assert cells_of(ColumnRule("d", date_format=pattern), {})(DAY) == (shown,)


def test_a_date_without_pattern_stays_a_date() -> None:
    assert cells_of(ColumnRule("d", values={"x": "y"}), {})(DAY) == (DAY,)


def test_values_are_said_in_the_words_of_the_template() -> None:
    cells = cells_of(ColumnRule("gender", values={"男": "1", "3": "三"}), {})
    assert [cells("男"), cells("女"), cells(3)] == [("1",), ("女",), ("三",)]


def test_blanks_are_said_as_the_profile_says() -> None:
    rows = [("甲", None), (None, "")]
    found = list(values(profile({1: ColumnRule("a"), 2: ColumnRule("b")}, blank_text="无"), rows, {}))
    assert found == [["甲", "无"], ["无", "无"]]


def test_constants_stand_in_every_row_and_a_key_may_stand_twice() -> None:
    columns = {1: ColumnRule("a"), 2: ColumnRule(constant="{县区}"), 5: ColumnRule("a", Identity.MASKED)}
    found = list(values(profile(columns), [(ID,)], {"county": "练习县"}))
    assert found == [[ID, "练习县", "341***********1234"]]


def test_plain_rows_are_handed_on_as_they_are() -> None:
    rows = [("甲", 1)]
    assert values(profile({1: ColumnRule("a"), 2: ColumnRule("b")}), rows, {}) is rows


def test_placeholders_have_two_names_and_unknown_ones_stay() -> None:
    assert put_in("{unit}{填报单位}{甲}", {"unit": "某镇"}) == "某镇某镇{甲}"
    assert unknown_placeholders("{unit}{填报单位}{甲}") == ["甲"]


def test_a_word_with_braces_is_not_replaced_again() -> None:
    assert put_in("{unit}", {"unit": "{filler}", "filler": "李敏"}) == "{filler}"


def test_totals_are_formulas_with_values() -> None:
    columns = {1: ColumnRule("a"), 2: ColumnRule("b"), 3: ColumnRule("done")}
    asked = profile(columns, total_row=9, totals={1: "sum", 2: "a / b", 3: 'count 是"'})
    assert counts_rows(asked)
    found = filling(asked, [(900, Decimal("2.5"), '是"'), (5, Decimal("2.5"), "否")], {}).totals
    assert {at: (one.formula, one.value) for at, one in found.items()} == {
        1: ("SUM(A{first}:A{last})", None),
        2: ('IF(B{own}=0,"—",ROUND(A{own}/B{own},0))', 181),
        3: ('COUNTIF(C{first}:C{last},"是""")', 1),
    }
    assert not counts_rows(profile(columns, total_row=9, totals={1: "sum"}))
