"""What a cell says, whatever Excel made of it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from desktop.errors import Unreadable
from desktop.excel import cells
from desktop.excel.reader import Uncounted
from desktop.records import kinds
from desktop.records.kinds import Kind

DAY = dt.date(2026, 11, 5)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (kinds.Whole(), 3.0, 3),
        (kinds.Whole(), "３", 3),
        (kinds.Words(), 3.0, "3"),
        (kinds.Words(), 2.5, "2.5"),
        (kinds.Words(), True, "是"),
        (kinds.Words(), dt.datetime(2026, 11, 5), "2026-11-05"),
        (kinds.Truth(), True, True),
        (kinds.Truth(), False, False),
        (kinds.Truth(), "否", False),
        (kinds.Truth(), 1, True),
        (kinds.Day(), dt.datetime(2026, 11, 5), DAY),
        (kinds.Day(), dt.datetime(2026, 11, 5, 9, 30), DAY),
        (kinds.Day(), 46331, DAY),
        (kinds.Day(), "46331", DAY),
        (kinds.Day(), 20261105, DAY),
        (kinds.Day(), "2026.11.5", DAY),
        (kinds.Moment(), 46331.375, dt.datetime(2026, 11, 5, 9)),
        (kinds.Moment(), dt.datetime(2026, 11, 5, 9), dt.datetime(2026, 11, 5, 9)),
        (kinds.Phone(11), 19900000001, "19900000001"),
        (kinds.Phone(11), 19900000001.0, "19900000001"),
        (kinds.ResidentId(), "11010519491231002x", "11010519491231002X"),
        (kinds.ResidentId(), "'11010519491231002X", "11010519491231002X"),
        (kinds.Share(), 0.667, Decimal("66.7")),
        (kinds.Listed("gender"), 1, "1"),
    ],
)
def test_a_cell_is_read_as_what_it_means(kind: Kind, raw: Any, value: Any) -> None:
    assert cells.value(kind, raw, WINDOWS_EPOCH) == value


def test_serials_of_the_1904_system_are_dates_too() -> None:
    assert cells.value(kinds.Day(), 46331 - 1462, MAC_EPOCH) == DAY


@pytest.mark.parametrize(
    "raw", [110105194912310029, 1.10105194912310e17, "1.10105E+17", "1.1E17", "１.1E+17"]
)
def test_a_number_that_excel_mangled_is_named(raw: Any) -> None:
    for kind in (kinds.ResidentId(), kinds.CreditCode(), kinds.Phone()):
        with pytest.raises(Unreadable, match="Excel 已把后三位变成 0"):
            cells.value(kind, raw, WINDOWS_EPOCH)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (Uncounted("=A1"), "没有它的结果"),
        ("#N/A", "公式出错"),
        (dt.time(9), "应为整数"),
        ("四人", "应为整数"),
    ],
)
def test_what_cannot_be_read_is_said(raw: Any, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        cells.value(kinds.Whole(), raw, WINDOWS_EPOCH)


@pytest.mark.parametrize("raw", [dt.datetime(1800, 1, 1), "2026-02-30", -5, 0, 1e30, "20261332"])
def test_an_impossible_day_is_said(raw: Any) -> None:
    with pytest.raises(Unreadable):
        cells.value(kinds.Day(), raw, WINDOWS_EPOCH)


@pytest.mark.parametrize("kind", sorted(Kind.__subclasses__(), key=str))
def test_every_kind_is_known_here(kind: type[Kind]) -> None:
    assert cells.typed.dispatch(kind) is not cells.typed.dispatch(object)


def test_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(TypeError):
        cells.typed(Kind(), "x", WINDOWS_EPOCH)


@pytest.mark.parametrize("raw", [1985, 1985.06, 1985.1, 60, 2026.115, "1985"])
def test_a_year_that_excel_made_a_number_is_no_day_of_1905(raw: Any) -> None:
    with pytest.raises(Unreadable, match="填写为"):
        cells.value(kinds.Day(), raw, WINDOWS_EPOCH)
    with pytest.raises(Unreadable, match="填写为"):
        cells.value(kinds.Moment(), raw, WINDOWS_EPOCH)
