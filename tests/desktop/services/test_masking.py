"""Nobody's number can be read in a text that was masked, and nothing else is touched."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.masking import hidden

digits = st.text("0123456789", min_size=1)
gaps = st.sampled_from(["", " ", "-", "　", "  ", "\u00a0"])
wide = st.booleans()


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """An identity or mobile number, written in any of the ways that people write them."""
    mobile = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
    identity = st.from_regex(r"[1-9][0-9]{16}[0-9Xx]", fullmatch=True)
    old = st.from_regex(r"[3-6][0-9]{14}", fullmatch=True)
    number = draw(st.one_of(mobile, identity, old))
    gap, cut = draw(gaps), draw(st.integers(1, len(number) - 1))
    text = number[:cut] + gap + number[cut:]
    return (
        "".join(chr(ord(mark) + 0xFEE0) if mark.isdigit() else mark for mark in text) if draw(wide) else text
    )


@given(st.text("村民张三电话：，。\n", max_size=6), numbers(), st.text("村民李四证号；\n", max_size=6))
def test_no_number_survives(before: str, number: str, after: str) -> None:
    shown = unicodedata.normalize("NFKC", hidden(before + number + after))
    plain = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", number))
    left = re.sub(r"[\s()-]", "", shown)
    assert plain not in left
    assert not re.search(r"\d{11}", left)
    assert "*" * 4 in left
    assert hidden(before + number + after).startswith(before)


@given(st.text("村民共计，。0123456789", max_size=9))
def test_short_texts_stay(text: str) -> None:
    assert hidden(text) == text or "电话" in text


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月12日至2026年11月18日（共 7 日）",
        "2026-11-12至2026-11-18",
        "2026-11-12-2026-11-18",
        "2026-11-12 09:00，应到 33 人，实到 22 人",
        "涉及金额 1234567.89 元",
        "第 12 号文件，共 3000 米",
    ],
)
def test_dates_amounts_and_counts_stay(text: str) -> None:
    assert hidden(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812348000。", "电话138****8000。"),
        ("证号341302198001010012", "证号3413**********0012"),
        ("证号34130219800101001x", "证号3413**********001x"),
        ("（0557）3012345", "（055****2345"),
        ("0557-3012345", "055****2345"),
        ("联系电话：3012345", "联系电话：301****"),
        ("账号6228480402564890018", "账号6228***********0018"),
    ],
)
def test_a_number_keeps_its_ends(text: str, shown: str) -> None:
    assert hidden(text) == shown
