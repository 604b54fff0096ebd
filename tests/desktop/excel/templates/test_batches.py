"""A column that is looked at together is written as its values would be one by one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.excel.filling import batches
from desktop.excel.filling.filling import Value
from desktop.excel.filling.values import written
from desktop.excel.reading.grid import EPOCH_1900, EPOCH_1904
from desktop.excel.text import LONGEST
from tests.desktop.excel.templates.test_values import values

usual = st.none() | st.text("张三ab12", max_size=4) | st.integers(0, 99) | st.dates(dt.date(1950, 1, 1))


@given(
    st.lists(usual | values, min_size=1, max_size=9) | st.lists(usual, min_size=1, max_size=9),
    st.sampled_from([EPOCH_1900, EPOCH_1904]),
)
def test_a_column_is_written_as_its_values_are(column: list[Value], epoch: dt.datetime) -> None:
    kinds, texts = batches.ready(column, epoch)
    found = [(kind, "" if one is None else str(one)) for kind, one in zip(kinds, texts, strict=True)]
    assert found == [written(one, epoch) for one in column]


TEXTS = (
    "甲\n乙",
    " 甲",
    "甲 ",
    "",
    "=1",
    "-1",
    "＋1",
    "a&b",
    "<",
    "_x0041_",
    "\t",
    "\ufffe",
    "长" * (LONGEST + 1),
)


@pytest.mark.parametrize("value", [*TEXTS, 10**15, dt.date(1899, 1, 1), dt.date(1900, 2, 1)])
def test_one_special_value_among_usual_ones_is_written_as_alone(value: Value) -> None:
    for column in ([value], ["甲", value, "乙"], [None, value, 1], [dt.date(2000, 1, 1), value]):
        kinds, texts = batches.ready(column, EPOCH_1900)
        found = [(kind, "" if one is None else str(one)) for kind, one in zip(kinds, texts, strict=True)]
        assert found == [written(one, EPOCH_1900) for one in column]
