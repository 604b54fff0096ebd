"""The rows of headings are found wherever hands put them."""

import pytest

from desktop.records import Matter, Member, Team, Village
from tests.desktop.excel.understanding.books import answered, lines, one, sheet, understood

ZHANG = ("张三", "男", "341399199001010012", "13812345678")
PLAIN = ("姓名", "性别", "身份证号", "联系电话")
FIELDS = ["name", "gender", "id_number", "mobile"]


def test_headings_are_found_under_title_unit_and_notes() -> None:
    table = one(
        Member,
        sheet(
            ["附件2"],
            ["符离镇群防群治队伍花名册（2026年11月）"],
            ["填报单位（盖章）：符离镇", None, "填报时间：2026年11月23日", "单位：人"],
            ["说明：1.身份证号必须填写18位；2.联系电话填手机号。"],
            PLAIN,
            ZHANG,
        ),
    )
    assert (table.top, table.bottom) == (5, 5)
    assert list(answered(table).values()) == FIELDS
    assert lines(table, "name") == [(6, "张三")]


def test_a_version_in_a1_and_blank_rows_do_no_harm() -> None:
    table = one(Member, sheet(["1.0"], [None], ["花名册"], [None], PLAIN, ZHANG))
    assert table.bottom == 5


def test_the_children_of_merged_headings_belong_to_their_parents() -> None:
    table = one(
        Matter,
        sheet(
            ["序号", "村", "事项名称", "审议", None, None, "决议", None],
            [None, None, None, "时间", "应到", "实到（人）", "形式", "同意"],
            [1, "北元村", "修路", "2026-10-01", 30, 25, "村民代表会议", 40],
            merges=["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:H1"],
        ),
    )
    assert (table.top, table.bottom, table.unknown) == (1, 2, [])
    assert answered(table) == {
        "村": "village_code",
        "事项名称": "title",
        "审议／时间": "step3.held_at",
        "审议／应到": "step3.n_due",
        "审议／实到（人）": "step3.n_present",
        "决议／形式": "step4.form",
        "决议／同意": "step4.n_yes",
    }
    assert lines(table, "step3.n_due", "step4.n_yes") == [(3, "30", "40")]


def test_a_parent_goes_on_over_blanks_where_cells_are_not_merged() -> None:
    table = one(
        Matter,
        sheet(
            ["事项名称", "审议", None, "决议公开起止", None, None],
            [None, "应到", "实到", "起", "止", "备注"],
            ["修路", 30, 25, "2026-11-01", "2026-11-07", "无"],
            merges_known=False,
        ),
    )
    assert list(answered(table).values()) == [
        "title",
        "step3.n_due",
        "step3.n_present",
        "step5.open_from",
        "step5.open_to",
        "remark",
    ]


def test_three_rows_of_headings_are_one_header() -> None:
    table = one(
        Matter,
        sheet(
            ["事项名称", "四议", None, None, None],
            [None, "审议", None, "决议", None],
            [None, "应到", "实到", "应到", "实到"],
            ["修路", 30, 25, 50, 40],
            merges=["A1:A3", "B1:E1", "B2:C2", "D2:E2"],
        ),
    )
    assert (table.top, table.bottom) == (1, 3)
    assert list(answered(table).values())[1:] == [
        *("step3.n_due", "step3.n_present"),
        *("step4.n_due", "step4.n_present"),
    ]


def test_parents_make_whole_words_with_their_children() -> None:
    table = one(
        Team,
        sheet(
            ["队伍", None, "负责人", None],
            ["名称", "类型", "姓名", "电话"],
            ["北元村巡逻队", "义务巡逻队", "张三", "13812345678"],
            merges=["A1:B1", "C1:D1"],
        ),
    )
    assert list(answered(table).values()) == ["team_name", "team_type", "leader_name", "leader_phone"]


@pytest.mark.parametrize("above", [True, False])
def test_a_row_of_field_names_is_neither_headings_nor_an_entry(above: bool) -> None:
    names = ("name", "gender", "idcard", "mobile")
    rows = [names, PLAIN] if above else [PLAIN, names]
    table = one(Member, sheet(*rows, ZHANG))
    assert table.bottom == (2 if above else 1)
    assert lines(table, "name") == [(3, "张三")]


def test_field_names_alone_are_headings() -> None:
    table = one(Member, sheet(("name", "gender", "id_number", "mobile"), ZHANG))
    assert list(answered(table).values()) == FIELDS


@pytest.mark.parametrize(
    "row",
    [
        (1, 2, 3, 4),
        ("甲", "乙", 1, 2),
        ("必填", "必填，下拉选择", "必填，18位", "选填"),
        ("例：张三", "男", "341399199001010012", "13812345678"),
        ("示例", None, None, None),
        (None, "请选择", "文本格式", "格式：13800000000"),
    ],
)
def test_rows_that_explain_the_columns_are_no_entries(row: tuple[object, ...]) -> None:
    assert lines(one(Member, sheet(PLAIN, row, ZHANG)), "name") == [(3, "张三")]


def test_a_sheet_without_headings_has_no_tables() -> None:
    assert understood(Member, sheet(["商品", "价格"], ["苹果", 3])) == []
    assert understood(Member) == []


def test_units_in_headings_go_behind_their_numbers() -> None:
    table = one(Matter, sheet(["事项名称", "涉及金额（元）"], ["修路", 35000], ["修桥", "3.5万元"]))
    assert lines(table, "amount_wan") == [(2, "35000元"), (3, "3.5万元")]


def test_the_unit_line_says_the_unit_of_amounts() -> None:
    table = one(Matter, sheet(["台账"], ["单位：元"], ["事项名称", "涉及金额"], ["修路", 35000]))
    assert lines(table, "amount_wan") == [(4, "35000元")]


def test_a_village_register_is_understood_with_its_groups() -> None:
    table = one(
        Village,
        sheet(
            ["村名", "统计日期", "常住人口（人）", "村民代表", None, "党员", None],
            [None, None, None, "总数", "其中女代表", "总数", "正式党员"],
            ["北元村", "2026-01-01", 3000, 50, 20, 60, 58],
            merges=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"],
        ),
    )
    assert table.unknown == []
    assert list(answered(table).values())[3:] == ["reps", "women_reps", "party_total", "party_formal"]
