"""References move with the rows they name; everything else in a formula stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.excel.filling.formulas import Shift, repeated, rows_of

SHIFT = Shift("汇总 表", first=6, last=25, extra=80)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(C6:C25)", "SUM(C6:C105)"),
        ("SUM(C5:C25)", "SUM(C5:C105)"),
        ("SUM(C7:C25)", "SUM(C7:C25)"),
        ("SUM(C6:C26)", "SUM(C6:C106)"),
        ('$D$26+D3&"D26"', '$D$106+D3&"D26"'),
        ("SUM(6:25)+SUM(C:C)", "SUM(6:105)+SUM(C:C)"),
        ("'汇总 表'!C26+别的!C26", "'汇总 表'!C106+别的!C26"),
        ("C6:C1048576", "C6:C1048576"),
        ("[1]汇总!C26+表1[人数]", "[1]汇总!C26+表1[人数]"),
        ("LOG10(26)", "LOG10(26)"),
        ("没有写完(", "没有写完("),
    ],
)
def test_a_formula_follows_its_rows(before: str, after: str) -> None:
    assert SHIFT.formula(before, own=True) == after


def test_on_another_sheet_only_what_names_this_one_moves() -> None:
    assert SHIFT.formula("C26+'汇总 表'!C26", own=False) == "C26+'汇总 表'!C106"
    assert (
        SHIFT.formula("'汇总 表'!$A$1:$P$30,'汇总 表'!$1:$5", own=False)
        == "'汇总 表'!$A$1:$P$110,'汇总 表'!$1:$5"
    )


@given(st.integers(1, 2000), st.integers(1, 500))
def test_a_reference_never_moves_up(row: int, extra: int) -> None:
    shift = Shift("表", 6, 25, extra)
    assert shift.formula(f"A{row}", own=True) == f"A{row + extra if row > 25 else row}"


def test_a_formula_of_one_row_fits_every_other() -> None:
    marks = repeated("D6*2+D5-$D$4+SUM(D$6:D6)+ROW()-5", 6, lambda away: f"<{away}>")
    assert marks == "D<0>*2+D<-1>-$D$4+SUM(D$6:D<0>)+ROW()-5"


@pytest.mark.parametrize(
    ("formula", "rows"),
    [
        ("A3+B5:B9", [(3, 3), (5, 9)]),
        ("SUM(C:C)", [(1, 1_048_576)]),
        ("合计数", [(1, 1_048_576)]),
        ("1+2", []),
    ],
)
def test_the_rows_that_a_formula_reaches(formula: str, rows: list[tuple[int, int]]) -> None:
    assert rows_of(formula) == rows
