"""What is suggested for a cell that is filled once."""

import pytest

from ui.templates.cell import suggested


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("填报单位：", "填报单位：{填报单位}"),
        ("填报单位：________", "填报单位：{填报单位}"),
        ("单位（盖章）：", "单位（盖章）：{填报单位}"),
        ("填报时间：    年  月  日", "填报时间：{填报日期}"),
        ("联系电话", "联系电话：{联系电话}"),
        ("乡镇:", "乡镇:{乡镇}"),
        ("乡镇/街道*", "乡镇/街道*：{乡镇}"),
        ("姓名：", ""),
        ("群防群治队员登记表", ""),
        ("", ""),
    ],
)
def test_a_label_suggests_what_it_asks_for(label: str, wanted: str) -> None:
    assert suggested(label) == wanted
