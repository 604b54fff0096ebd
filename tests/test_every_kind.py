"""Laws that hold for every kind of answer, found by introspection."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example as tried
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.types import TypeEngine

from desktop.errors import Unreadable
from desktop.records import LEDGERS, Office, kinds
from desktop.records.agreement import Standing
from desktop.records.codes import code_list
from desktop.records.fields import fields
from desktop.records.kinds import Kind, plain
from desktop.records.team import TeamStatus

dates = st.dates(dt.date(1880, 1, 1), dt.date(2100, 12, 31))
VALUES: dict[type[Kind], tuple[Kind, st.SearchStrategy[Any]]] = {
    kinds.Words: (
        kinds.Words(50),
        st.text("北元村abc 12=+-@（）·", min_size=1, max_size=50).map(str.strip).filter(bool),
    ),
    kinds.Whole: (kinds.Whole("人"), st.integers(0, 99_999_999)),
    kinds.Money: (kinds.Money(), st.decimals(0, 99_999_999, places=2)),
    kinds.Share: (kinds.Share(), st.decimals(0, 100, places=1)),
    kinds.Day: (kinds.Day(), dates),
    kinds.Moment: (
        kinds.Moment(),
        st.builds(
            dt.datetime.combine, dates, st.times().map(lambda time: time.replace(second=0, microsecond=0))
        ),
    ),
    kinds.Truth: (kinds.Truth(), st.booleans()),
    kinds.Choice: (kinds.Choice(Standing), st.sampled_from(Standing)),
    kinds.Listed: (kinds.Listed("political"), st.sampled_from(list(code_list("political").items))),
    kinds.Several: (
        kinds.Several("agreement_field"),
        st.sets(st.sampled_from(list(code_list("agreement_field").items)), min_size=1).map(
            lambda chosen: [code for code in code_list("agreement_field").items if code in chosen]
        ),
    ),
    kinds.ResidentId: (kinds.ResidentId(), st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True)),
    kinds.CreditCode: (kinds.CreditCode(), st.from_regex(r"[0-9A-HJ-NPQRTUWXY]{18}", fullmatch=True)),
    kinds.Phone: (kinds.Phone(), st.from_regex(r"1[3-9][0-9]{9}|0557-[0-9]{7}", fullmatch=True)),
    kinds.Area: (kinds.Area(), st.from_regex(r"3413[0-9]{8}", fullmatch=True)),
    kinds.Link: (kinds.Link("team"), st.integers(1, 10**9)),
    kinds.Scans: (kinds.Scans(), st.lists(st.integers(1, 999), min_size=1)),
}
ALL = sorted(Kind.__subclasses__(), key=lambda kind: kind.__name__)


def test_every_kind_has_values_here() -> None:
    assert set(VALUES) == set(Kind.__subclasses__())


@pytest.mark.parametrize("kind", ALL)
@given(data=st.data())
def test_what_is_shown_reads_back(kind: type[Kind], data: st.DataObject) -> None:
    example, values = VALUES[kind]
    value = data.draw(values)
    assert example.read(example.show(value)) == value


@pytest.mark.parametrize("kind", ALL)
@given(text=st.text(min_size=1, max_size=60))
@tried(text="0\x1f")
def test_any_text_is_read_or_refused_in_words(kind: type[Kind], text: str) -> None:
    example, _ = VALUES[kind]
    try:
        value = example.read(text)
    except Unreadable as trouble:
        assert str(trouble)  # noqa: PT017 - either outcome is right, but it has words
    else:
        assert example.read(example.show(value)) == value or not example.show(value)


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_has_a_column_and_shows_a_blank_as_nothing(kind: type[Kind]) -> None:
    example, _ = VALUES[kind]
    assert isinstance(example.column(), TypeEngine)
    assert not example.show(None)


def test_only_known_kinds_are_declared() -> None:
    used = {type(one.kind) for ledger in [*LEDGERS.values(), Office] for one in fields(ledger)}
    assert used <= set(VALUES)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024.1.5", dt.date(2024, 1, 5)),
        ("20240105", dt.date(2024, 1, 5)),
        ("2024年1月5日", dt.date(2024, 1, 5)),
        ("２０２４／１／５", dt.date(2024, 1, 5)),
        (" 2024-01-05 ", dt.date(2024, 1, 5)),
    ],
)
def test_dates_are_read_as_clerks_write_them(text: str, date: dt.date) -> None:
    assert kinds.Day().read(text) == date


@pytest.mark.parametrize("text", ["2026-02-30", "2024年13月1日", "2024", "去年", "1700-01-01", "2024-1"])
def test_an_impossible_date_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="填写为"):
        kinds.Day().read(text)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("2026-11-05 9:30", 9, 30), ("2026年11月5日下午3点", 15, 0), ("2026-11-05", 0, 0)],
)
def test_moments_are_read_as_clerks_write_them(text: str, hour: int, minute: int) -> None:
    assert kinds.Moment().read(text) == dt.datetime(2026, 11, 5, hour, minute)


def test_control_characters_are_named_and_not_dropped() -> None:
    with pytest.raises(Unreadable, match="第 2 个字"):
        kinds.Words().read("张\x07三")


def test_a_text_that_is_too_long_tells_both_lengths() -> None:
    with pytest.raises(Unreadable, match="有 51 个字，最多 50 个字"):
        kinds.Words(50).read("长" * 51)


def test_numbers_keep_their_exact_decimals() -> None:
    assert kinds.Money().read("1,234.50万元") == Decimal("1234.50")
    with pytest.raises(Unreadable, match="最多 2 位小数"):
        kinds.Money().read("1.234")


def test_identity_numbers_lose_only_blanks_dashes_and_case() -> None:
    assert kinds.ResidentId().read(" 110105 19491231 002x ") == "11010519491231002X"


def test_lists_understand_aliases_of_any_width() -> None:
    assert kinds.Listed("political").read("中共党员") == "01"
    assert kinds.Several("disclosure_channel").read("村务公开栏,微信群（公众号）") == ["01", "05"]
    assert kinds.Several("disclosure_channel").read("广播(村村响)") == ["03"]


def test_personal_numbers_are_masked() -> None:
    assert kinds.masked(kinds.ResidentId(), "341102199001010012") == "3411**********0012"
    assert kinds.masked(kinds.Phone(), "13812348000") == "138****8000"
    assert kinds.masked(kinds.Words(), "张三") == "张三"


def test_json_knows_every_value() -> None:
    assert plain(dt.date(2026, 1, 2)) == "2026-01-02"
    assert plain(TeamStatus.ACTIVE) == "在册"
    assert plain(Decimal("1.50")) == "1.50"
