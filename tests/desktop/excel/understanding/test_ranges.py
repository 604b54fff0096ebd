"""A range of dates in one cell has a begin and an end."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.excel.understanding.ranges import split

days = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("2026-11-01至2026-11-07", ("2026-11-01", "2026-11-07")),
        ("2026-11-01至11-07", ("2026-11-01", "2026-11-07")),
        ("2026.11.1-11.7", ("2026.11.1", "2026-11-7")),
        ("2026.11.1-7", ("2026.11.1", "2026-11-7")),
        ("2026年11月1日—7日", ("2026年11月1日", "2026-11-7")),
        ("11月1日-11月7日", ("11月1日", "11月7日")),
        ("11月1日-7日", ("11月1日", "11月7日")),
        ("２０２６／１／１～２０２６／１２／３１", ("2026/1/1", "2026/12/31")),
        ("20260101-20261231", ("20260101", "20261231")),
        ("2024年1月至2026年2月", ("2024年1月", "2026-2-28")),
        ("2026年1月-12月", ("2026年1月", "2026-12-31")),
        ("自2026年1月1日起至2026年12月31日止", ("2026年1月1日", "2026年12月31日")),
        ("2026-01-01起", ("2026-01-01", "")),
        ("2026-01-01至长期", ("2026-01-01", "")),
        ("2026-01-01", None),
        ("2026.11.1", None),
        ("2026年11月", None),
        ("三年", None),
        ("见附件", None),
    ],
)
def test_a_range_is_split_where_its_begin_ends(text: str, halves: tuple[str, str] | None) -> None:
    assert split(text) == halves


@given(
    begin=days,
    end=days,
    between=st.sampled_from(["至", "到", "-", "—", "——", "~", "～", " - ", " 至 "]),
    form=st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_any_two_dates_come_back(begin: dt.date, end: dt.date, between: str, form: str) -> None:
    first, second = begin.strftime(form), end.strftime(form)
    assert split(first + between + second) == (first, second)


@given(day=days, form=st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"]))
def test_one_date_is_no_range(day: dt.date, form: str) -> None:
    assert split(day.strftime(form)) is None
