"""What a cell says, whatever Excel made of it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Unreadable
from desktop.excel import cells
from desktop.excel.reading.grid import EPOCH_1900, Fault, Number, Uncounted
from desktop.records import kinds
from desktop.records.kinds import Kind

NUMBER = "11010519491231002X"
OLD = "110105491231002"


def read(kind: Kind, cell: Any) -> Any:
    return cells.value(kind, Number(str(cell)) if type(cell) in (int, float) else cell, EPOCH_1900)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (kinds.Whole(), "３", 3),
        (kinds.Whole(), Number("12.0"), 12),
        (kinds.Whole("人"), "12人", 12),
        (kinds.Whole("人"), "12名", 12),
        (kinds.Whole(), "1,200", 1200),
        (kinds.Whole(), "1.2万人", 12000),
        (kinds.Whole(), "2026年", 2026),
        (kinds.Words(), 3, "3"),
        (kinds.Words(), 2.5, "2.5"),
        (kinds.Words(), Number("0.10000000000000001"), "0.1"),
        (kinds.Words(), Number("46331", dated=True), "2026-11-05"),
        (kinds.Words(), True, "是"),
        (kinds.Words(), "'张三", "张三"),
        (kinds.Words(20), "张　三", "张三"),
        (kinds.Words(20), "张三 李四", "张三 李四"),
        (kinds.Words(), "关于修建\n东大路", "关于修建东大路"),
        (kinds.Words(), "Road\nwork", "Road work"),
        (kinds.Words(300, lines=True), "一\n二", "一\n二"),
        (kinds.Truth(), True, True),
        (kinds.Truth(), False, False),
        (kinds.Truth(), "√", True),
        (kinds.Truth(), "×", False),
        (kinds.Truth(), "有", True),
        (kinds.Truth(), "无", False),
        (kinds.Truth(), 1, True),
        (kinds.Truth(), 0, False),
        (kinds.Share(), 0.667, Decimal("66.7")),
        (kinds.Share(), "66.7%", Decimal("66.7")),
        (kinds.Money(), "3.5万元", Decimal("3.50")),
        (kinds.Money(), "35000元", Decimal("3.50")),
        (kinds.Money(), "￥3.5 万", Decimal("3.50")),
        (kinds.Money(), "１２．５", Decimal("12.50")),
        (kinds.Money(), Number("12.300000000000001"), Decimal("12.30")),
        (kinds.Money("元"), "3.5万元", Decimal("35000.00")),
        (kinds.Phone(11), 13812345678, "13812345678"),
        (kinds.Phone(11), Number("1.3812345678E+10"), "13812345678"),
        (kinds.Phone(11), Number("13812345678.0"), "13812345678"),
        (kinds.Phone(11), "138 1234\n5678", "13812345678"),
        (kinds.ResidentId(), NUMBER.lower(), NUMBER),
        (kinds.ResidentId(), f"'{NUMBER}", NUMBER),
        (kinds.ResidentId(), f"‘{NUMBER}", NUMBER),
        (kinds.ResidentId(), f"\u200b{NUMBER[:6]}\u200b{NUMBER[6:]}\u202c", NUMBER),
        (kinds.ResidentId(), "110105 19491231 002X", NUMBER),
        (kinds.ResidentId(), Number("110105194912310021"), "110105194912310021"),
        (kinds.ResidentId(), Number(OLD), OLD),
        (kinds.ResidentId(), OLD, OLD),
        (kinds.Area(), Number("341302101201"), "341302101201"),
        (kinds.Listed("gender"), 1, "1"),
        (kinds.Listed("gender"), "1-男", "1"),
        (kinds.Listed("education_simple"), "大专", "30"),
        (kinds.Listed("education_simple"), "大学\n专科", "30"),
        (kinds.Listed("political"), "1", "01"),
        (kinds.Listed("political"), Number("1"), "01"),
        (kinds.Listed("political"), "01 中共党员", "01"),
        (kinds.Listed("member_category"), "辅警", "05"),
        (kinds.Several("disclosure_channel"), "公示栏、微信群", ["01", "05"]),
        (kinds.Several("disclosure_channel"), "公示栏/微信群", ["01", "05"]),
        (kinds.Several("disclosure_channel"), "公示栏 微信群", ["01", "05"]),
        (kinds.Several("disclosure_channel"), "1.公示栏 2.微信群", ["01", "05"]),
        (kinds.Several("disclosure_channel"), "公示栏；微信群\n广播", ["01", "03", "05"]),
        (kinds.Several("agreement_field"), "平安共创（治安联防）、组织共建", ["01", "04"]),
    ],
)
def test_a_cell_is_read_as_what_it_means(kind: Kind, cell: Any, value: Any) -> None:
    assert read(kind, cell) == value


@pytest.mark.parametrize(
    "kind", [kinds.Whole(), kinds.Day(), kinds.Phone(), kinds.Listed("duty"), kinds.Words(), kinds.Money()]
)
@pytest.mark.parametrize("dash", ["/", "—", "-", "——"])
def test_a_dash_stands_for_a_blank(kind: Kind, dash: str) -> None:
    kind = kinds.Listed("member_duty") if isinstance(kind, kinds.Listed) else kind
    assert read(kind, dash) is None


def test_nothing_is_a_blank_but_in_a_narrative() -> None:
    assert read(kinds.Words(50), "无") is None
    assert read(kinds.Phone(), "无") is None
    assert read(kinds.Day(), "无") is None
    assert read(kinds.Words(300, lines=True), "无") == "无"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (Number("110105194912310000"), "110105194912310"),
        (Number("1.10105194912310E+17"), "110105194912310"),
        (Number("1.1010519491231E+017"), "110105194912310"),
        (Number("1.1010519491231498E+17"), "110105194912315"),
        ("1.10105E+17", "110105"),
        ("1.1e17", "11"),
        ("１.1E+17", "11"),
        ("'3.41302E+17", "341302"),
    ],
)
@pytest.mark.parametrize("kind", [kinds.ResidentId(), kinds.CreditCode(), kinds.Phone()])
def test_a_number_that_excel_mangled_is_named_with_what_is_left_of_it(
    kind: Kind, cell: Any, kept: str
) -> None:
    with pytest.raises(cells.Mangled, match="Excel 已把后三位变成 0") as trouble:
        read(kind, cell)
    assert trouble.value.kept == kept


def test_the_text_of_a_number_is_never_mangled() -> None:
    assert read(kinds.ResidentId(), "110105194912310000") == "110105194912310000"


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        (kinds.Whole(), Uncounted("=A1"), "没有它的结果"),
        (kinds.Whole(), Fault("#REF!"), "公式出错（#REF!）"),
        (kinds.Whole(), "#N/A", "公式出错"),
        (kinds.Words(), "#DIV/0!", "公式出错"),
        (kinds.Whole(), "四人", "应为整数"),
        (kinds.Whole(), 2.5, "应为整数"),
        (kinds.Whole(), "约12人", "应为整数"),
        (kinds.Money(), "35001元", "折合 3.5001 万元，最多 2 位小数"),
        (kinds.Money(), "1.2.3万元", "应为数字"),
        (kinds.Money(), "若干", "应为数字"),
        (kinds.Truth(), "也许", "应为 是 或 否"),
        (kinds.Listed("gender"), "某", "应为 男、女"),
        (kinds.Several("disclosure_channel"), "公示栏、飞鸽", "飞鸽"),
        (kinds.ResidentId(), "见附件", "只能有数字和字母"),
    ],
)
def test_what_cannot_be_read_is_said(kind: Kind, cell: Any, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(kind, cell)


@pytest.mark.parametrize("kind", sorted(Kind.__subclasses__(), key=str))
def test_every_kind_is_known_here(kind: type[Kind]) -> None:
    assert cells.typed.dispatch(kind) is not cells.typed.dispatch(object)


def test_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(TypeError):
        cells.typed(Kind(), "x", EPOCH_1900)


EXAMPLES = (
    *(kinds.Words(), kinds.Words(20), kinds.Words(300, lines=True), kinds.Whole("人"), kinds.Money()),
    *(kinds.Share(), kinds.Day(), kinds.Moment(), kinds.Truth(), kinds.Listed("gender"), kinds.ResidentId()),
    *(kinds.CreditCode(), kinds.Phone(11), kinds.Area(), kinds.Link("team"), kinds.Several("skill")),
)
CELLS = st.one_of(
    st.text(max_size=40),
    st.text("0123456789.-/年月日Ee+万元人、 ", max_size=24),
    st.from_regex(r"-?\d{1,20}(\.\d{1,17})?(E[+-]?\d{1,3})?", fullmatch=True).map(Number),
    st.from_regex(r"\d{1,6}(\.\d{1,9})?", fullmatch=True).map(lambda text: Number(text, dated=True)),
    st.booleans(),
)


@given(kind=st.sampled_from(EXAMPLES), cell=CELLS)
def test_any_cell_is_read_or_refused_in_words(kind: Kind, cell: Any) -> None:
    try:
        read(kind, cell)
    except Unreadable as trouble:
        assert str(trouble)  # noqa: PT017 - either outcome is right, but it has words


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True))
def test_an_identity_number_in_text_keeps_every_digit(number: str) -> None:
    assert read(kinds.ResidentId(), number) == number


@given(st.integers(0, 99_999_999))
def test_a_whole_number_survives_its_cell(number: int) -> None:
    assert read(kinds.Whole("人"), Number(str(number))) == read(kinds.Whole("人"), f"{number}人") == number
