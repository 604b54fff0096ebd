"""Dates as hands and spreadsheets write them."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Unreadable
from desktop.excel import cells
from desktop.excel.reading.grid import EPOCH_1900, EPOCH_1904, Number
from desktop.records import kinds
from desktop.records.kinds import Kind

DAY = dt.date(2026, 11, 5)
SERIAL = 46331
MORNING = dt.datetime(2026, 11, 5, 9)


def read(kind: Kind, cell: Any, epoch: dt.datetime = EPOCH_1900) -> Any:
    return cells.value(kind, Number(str(cell)) if type(cell) in (int, float) else cell, epoch)


@pytest.mark.parametrize(
    "cell",
    [
        *("2026.11.5", "2026/11/5", "2026-11-05", "20261105", "2026年11月5日", "２０２６年１１月５日"),
        *("2026、11、5", "2026年11月5日（星期四）", "2026.11.5.", "2026-11-05 09:30", "2026-11-05T09:30:00"),
        *("2026年11月5日上午9时", "'2026-11-05", " 2026-11-05 ", "46331", 46331, 20261105),
        *(Number("46331", dated=True), Number("46331.395833333336", dated=True), Number("46331.0")),
    ],
)
def test_a_day_is_read(cell: Any) -> None:
    assert read(kinds.Day(), cell) == DAY


@pytest.mark.parametrize(
    "cell",
    [
        "1990年1月",
        "1990.01",
        "1990-1",
        "1990/01",
        "199001",
        199001,
        Number("1990.01"),
        "1990.1",
        "1990年1月生",
    ],
)
def test_a_month_is_its_first_day(cell: Any) -> None:
    assert read(kinds.Day(), cell) == dt.date(1990, 1, 1)


@pytest.mark.parametrize(("cell", "month"), [("1990.12", 12), (1990.12, 12), (1990.2, 2), (1985.06, 6)])
def test_a_month_that_a_numeric_cell_kept_is_read(cell: Any, month: int) -> None:
    assert read(kinds.Day(), cell).month == month


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "二〇二四年三月五日",
            "2024年03月05号",
            "2024\\3\\5",
            "2024—3—5",
            "2024年3月5日入队",
            "截至2024年3月5日",
        ),
        *("自2024.3.5", "２０２４。３。５"),
    ],
)
def test_a_day_as_hands_write_it_is_read(cell: Any) -> None:
    assert read(kinds.Day(), cell) == dt.date(2024, 3, 5)


@pytest.mark.parametrize(
    ("words", "day"), [("二〇二〇年十月", 1), ("二〇二〇年十月二十三日", 23), ("二〇二〇年十月十日", 10)]
)
def test_chinese_numerals_are_counted(words: str, day: int) -> None:
    assert read(kinds.Day(), words) == dt.date(2020, 10, day)


def test_a_month_that_lost_its_nought_is_asked() -> None:
    with pytest.raises(Unreadable, match="分不清是 1 月还是 10 月，请写成 1990-01 或 1990-10"):
        read(kinds.Day(), 1990.1)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("24.1.5", "年份只有两位"),
        ("90年1月", "年份只有两位"),
        ("11月5日", "没有写年份"),
        ("11月5日上午9:00", "没有写年份"),
        ("2026-02-30", "没有 2026 年 2 月 30 日这一天"),
        ("20261332", "没有 2026 年 13 月"),
        ("1/5/2024", "应为日期"),
        ("去年", "应为日期"),
        ("2024", "填写为“2024”，只有年份"),
        ("2024年", "只有年份"),
        ("85.10", "年份只有两位"),
        (Number("60", dated=True), "请写全年月日"),
        (1985, "请写全年月日"),
        (60, "请写全年月日"),
        (2026.115, "请写全年月日"),
        (-5, "请写全年月日"),
        (0, "请写全年月日"),
        (1e30, "请写全年月日"),
        (Number("1985", dated=True), "“1985”，只有年份"),
        (Number("999999", dated=True), "请写全年月日"),
        (Number("0.375", dated=True), "请写全年月日"),
    ],
)
def test_an_unclear_or_impossible_day_is_said(cell: Any, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(kinds.Day(), cell)


@pytest.mark.parametrize("cell", ["2026年11月", 2026.11, "1985", 1985])
def test_a_moment_needs_its_day(cell: Any) -> None:
    with pytest.raises(Unreadable, match="填写为"):
        read(kinds.Moment(), cell)


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-11-05 上午9:00", "2026年11月5日上午9点", "2026.11.5 9：00", "2026-11-05T09:00:00"),
        *(
            "2026-11-05（周四）9:00",
            "46331.375",
            Number("46331.375"),
            Number("46331.374999999993", dated=True),
        ),
    ],
)
def test_a_moment_is_read(cell: Any) -> None:
    assert read(kinds.Moment(), cell) == MORNING


def test_a_moment_without_a_time_is_midnight() -> None:
    assert read(kinds.Moment(), Number("46331", dated=True)) == dt.datetime(2026, 11, 5)
    assert read(kinds.Moment(), "2026-11-05") == dt.datetime(2026, 11, 5)


@given(st.dates(dt.date(1910, 1, 1), dt.date(2100, 12, 31)))
def test_serials_of_both_systems_mean_their_day(day: dt.date) -> None:
    for epoch in (EPOCH_1900, EPOCH_1904):
        serial = (day - epoch.date()).days
        assert read(kinds.Day(), Number(str(serial), dated=True), epoch) == day


@given(
    st.dates(dt.date(1880, 1, 1), dt.date(2100, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d 00:00:00"]),
)
def test_a_written_day_reads_back(day: dt.date, form: str) -> None:
    assert read(kinds.Day(), f"{day.year:04}" + day.strftime(form.removeprefix("%Y"))) == day
