"""The shipped layouts hold what the city's notice asks for."""

import json

import pytest

from desktop.excel.layout import LAYOUTS, Column, Form, Group, headings, load
from desktop.paths import resources


def top(code: str) -> list[str | tuple[str, list[str]]]:
    """The headings as the reference writes them: a label, or a label with the labels below it."""
    return [
        one.label if isinstance(one, Column) else (one.label, [leaf.label for leaf in one.columns])
        for one in load(code).columns
    ]


def test_the_team_summary_has_the_columns_of_the_reference() -> None:
    assert top("annex1") == [
        "序号",
        "乡镇（街道）",
        "村（社区）数",
        ("队伍数（支）", ["合计", "专职巡逻队", "义务巡逻队", "平安志愿者", "其他"]),
        ("人员数（人）", ["合计", "其中党员", "其中民警辅警", "其中志愿者"]),
        "常住人口（万人）",
        "每万人拥有人数",
        "备注",
    ]


def test_the_roster_has_the_columns_of_the_reference() -> None:
    labels = (
        "序号 县区 乡镇 村（社区） 队伍名称 队伍类型 姓名 性别 出生年月 身份证号 "
        "政治面貌 文化程度 职务 人员类别 联系电话 备注"
    )
    assert top("annex2") == labels.split()


def test_the_count_of_decisions_has_the_columns_of_the_reference() -> None:
    steps = ("各步完成数", list("一二三四五六"))
    assert top("annex4") == [
        *("序号", "村", "本期决策事项数", "六步齐全数", steps, "涉及金额（万元）", "是否落实", "备注")
    ]


def test_the_register_of_matters_has_the_columns_of_the_reference() -> None:
    assert top("annex5") == [
        *("序号", "村", "事项名称", "事由", "提议时间", "商议时间"),
        ("审议", ["审议时间", "应到", "实到", "同意"]),
        ("决议", ["决议时间", "形式", "应到", "实到", "同意"]),
        ("决议公开起止", ["起", "止"]),
        ("结果公开起止", ["起", "止"]),
        *("监督意见", "状态"),
    ]


def test_the_register_of_agreements_has_the_columns_of_the_reference() -> None:
    labels = (
        "序号 街道（乡镇） 社区 单位名称 统一社会信用代码 单位类型 签订日期 期限 共建内容 联络员 电话 状态"
    )
    assert top("annex6") == labels.split()


@pytest.mark.parametrize("code", LAYOUTS)
def test_the_headings_cover_every_cell_of_the_header_once(code: str) -> None:
    layout = load(code)
    covered = [
        (row, column)
        for one in headings(layout.columns, layout.depth - 1)
        for row in range(one.top, one.bottom + 1)
        for column in range(one.left, one.right + 1)
    ]
    assert sorted(covered) == [
        (row, column) for row in range(layout.depth) for column in range(len(layout.leaves))
    ]


@pytest.mark.parametrize("code", LAYOUTS)
def test_no_key_stands_twice_in_a_layout_and_numbers_of_people_are_text(code: str) -> None:
    leaves = load(code).leaves
    assert len({one.key for one in leaves}) == len(leaves)
    coded = {one.key for one in leaves if one.key in ("id_number", "phone", "uscc")}
    assert all(one.form is Form.CODE for one in leaves if one.key in coded)


def test_every_shipped_layout_is_listed() -> None:
    shipped = {path.stem for path in (resources() / "layouts").glob("*.json")}
    assert shipped == set(LAYOUTS)
    assert all(json.loads((resources() / "layouts" / f"{one}.json").read_text("utf-8")) for one in shipped)


def test_an_unknown_layout_is_a_bug() -> None:
    with pytest.raises(KeyError):
        load("../codes/gender")


def test_groups_may_be_nested() -> None:
    leaf = Column("丙", "c", Form.TEXT, 5)
    found = list(headings([Group("甲", (Group("乙", (leaf,)), leaf))], 2))
    assert [(one.label, one.top, one.bottom) for one in found] == [
        *(("甲", 0, 0), ("乙", 1, 1), ("丙", 2, 2), ("丙", 1, 2))
    ]
