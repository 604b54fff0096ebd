"""Cells on the clipboard: read as Excel and WPS put them there, written so that they come back whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.excel import block

cells = st.text(st.sampled_from("北元 1x\"\t\n=+-@'"), max_size=6).map(lambda text: text.strip() or "空")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ('甲\t"第一行\n第""二""行"\r\n', [["甲", '第一行\n第"二"行']]),
        ('甲\t"有\t制表符"\n', [["甲", "有\t制表符"]]),
        ('5" 管\t"没有收尾\t3\n乙\t\t\n', [['5" 管', '"没有收尾', "3"], ["乙", "", ""]]),
        ("甲\t\t\r\n\t乙\t\r\n\t\t\r\n", [["甲", ""], ["", "乙"]]),
        ("甲", [["甲"]]),
        ("\r\n \t\r\n", []),
        ("", []),
    ],
)
def test_what_a_spreadsheet_copies_is_read(text: str, rows: list[list[str]]) -> None:
    assert block.read(text) == rows


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width))))
def test_what_is_written_reads_back(rows: list[list[str]]) -> None:
    assert block.read(block.written(rows)) == rows


def test_a_quotation_mark_that_is_never_closed_does_not_slow_a_large_block() -> None:
    rows = [['"甲', '"乙"丙'] for _ in range(20_000)]
    text = "\r\n".join("\t".join(row) for row in rows)
    assert block.read(text) == rows


def test_a_column_of_codes_is_text_to_a_spreadsheet_and_a_number_is_not() -> None:
    cells = [["341399199001011234", "12"], ["=1+1", "<b>\n3"]]
    text = r"""<td style='mso-number-format:"\@"'>"""
    assert block.html(cells, [True, False]) == (
        '<meta charset="utf-8"/><table>'
        f"<tr>{text}341399199001011234</td><td>12</td></tr>"
        f'<tr>{text}=1+1</td><td>&lt;b&gt;<br style="mso-data-placement:same-cell"/>3</td></tr></table>'
    )
