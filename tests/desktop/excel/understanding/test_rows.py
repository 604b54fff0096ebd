"""Which rows are entries, and which cells they take from elsewhere."""

from collections.abc import Sequence
from typing import Any

import pytest

from desktop.excel.reading.grid import Number
from desktop.records import Agreement, Matter, Member, Team, Village
from tests.desktop.excel.understanding.books import lines, one, sheet, understood

HEAD = ["序号", "村", "队伍名称", "姓名", "身份证号", "备注"]


def member(number: int, name: str, village: str | None = "北元村", team: str | None = "一队") -> list[Any]:
    return [number, village, team, name, f"34139919900101001{number}", None]


def numbers(*rows: Sequence[Any], **more: Any) -> list[int]:
    found = one(Member, sheet(HEAD, *rows, **more))
    return [line.row for line in found.lines]


@pytest.mark.parametrize(
    "row",
    [
        ["合计", None, None, 2],
        ["合 计", None, None, "2人"],
        [None, "合　计", None, None, 2],
        [None, None, "本页小计", "2人"],
        ["北元村小计：2人"],
        ["总计", 2],
        ["累计", None, None, None, 12],
        ["注：1.本表一式两份。"],
        ["备注：身份证号必须填写"],
        ["说明：如实填写"],
        ["单位主要负责人签字：", None, None, "联系电话：0557-0000000"],
        ["填报人：张三", None, "审核人：李四"],
        ["填报人：", "张三", "联系电话：", "13812345678"],
        [None, None, None, None, "2026年11月23日"],
        [None, None, None, None, "年  月  日"],
        [3, None, None, None, None],
        [3, "北元村", "一队", None, None],
        [None, None, None, "　", " "],
        ["第 1 页 共 2 页"],
        ["本期无数据（零报告）"],
        ["（以下空白）"],
    ],
)
def test_a_total_a_note_a_signature_or_a_prepared_row_is_no_entry(row: list[Any]) -> None:
    assert numbers(member(1, "张三"), row) == [2]


def test_notes_go_on_below_their_first_line() -> None:
    foot = [["注：1.如实填写。"], ["2.联系电话填手机号。"], ["3.一式两份。"]]
    assert numbers(member(1, "张三"), *foot) == [2]


@pytest.mark.parametrize("first", ["合计", "备注：新来的", "注：补报", "小计"])
def test_a_row_with_a_name_is_an_entry_whatever_its_first_cell_says(first: str) -> None:
    assert numbers([first, *member(1, "张三")[1:]]) == [2]


def test_a_village_in_its_own_row_is_an_entry_and_a_total_is_not() -> None:
    found = one(
        Village,
        sheet(
            ["备注", "村", "常住人口", "户数"],
            ["说明：含外出", "北元村", 3000, 900],
            [None, "合计", 3000, 900],
        ),
    )
    assert lines(found, "village_code") == [(2, "北元村")]


def test_repeated_headers_for_page_breaks_are_no_entries() -> None:
    repeated = [["花名册（续）"], HEAD]
    assert numbers(member(1, "张三"), ["本页合计", 1], *repeated, member(2, "李四")) == [2, 6]


def test_rows_with_an_entry_that_lacks_its_name_stay_entries() -> None:
    assert numbers([1, "北元村", "一队", None, "341399199001010011", "待核"]) == [2]


def test_hidden_rows_are_read_and_counted() -> None:
    found = one(
        Member, sheet(HEAD, member(1, "张三"), member(2, "李四"), ["合计"], hidden_rows=frozenset({3, 4}))
    )
    assert [line.row for line in found.lines] == [2, 3]
    assert found.hidden == 1


def test_rows_that_are_already_imported_are_left_out_and_counted() -> None:
    head = [*HEAD, "错误说明"]
    found = one(Member, sheet(head, [*member(1, "张三"), "已导入"], [*member(2, "李四"), "“姓名”没有填写"]))
    assert [line.row for line in found.lines] == [3]
    assert (len(found.done), found.unknown) == (1, [])


def test_merged_places_and_teams_count_for_every_row_they_cover() -> None:
    rows = [member(1, "张三"), member(2, "李四", None, None), member(3, "王五", None, "二队")]
    found = one(Member, sheet(HEAD, *rows, merges=["B2:B4", "C2:C3", "F2:F4"]))
    assert lines(found, "village_code", "team_name", "remark") == [
        (2, "北元村", "一队", None),
        (3, "北元村", "一队", None),
        (4, "北元村", "二队", None),
    ]
    assert found.lines[0].borrowed == {}
    assert found.lines[1].borrowed == {
        "village_code": "第 2 行的合并单元格",
        "team_name": "第 2 行的合并单元格",
    }


def test_a_merged_agreement_is_repeated_for_each_of_its_items() -> None:
    found = one(
        Agreement,
        sheet(
            ["社区", "单位名称", "签订日期", "项目名称"],
            ["东湖社区", "练习小学", "2026-01-05", "送课"],
            [None, None, None, "植树"],
            merges=["A2:A3", "B2:B3", "C2:C3"],
        ),
    )
    assert lines(found, "party_b_name", "signed_on", "item.title") == [
        (2, "练习小学", "2026-01-05", "送课"),
        (3, "练习小学", "2026-01-05", "植树"),
    ]


def test_a_blank_means_as_above_only_in_a_file_that_knows_no_merges() -> None:
    rows = [member(1, "张三"), member(2, "李四", None, None), [None] * 6, [3, None, None, None, None]]
    plain = one(Member, sheet(HEAD, *rows))
    assert lines(plain, "village_code", "team_name")[1] == (3, None, None)
    carried = one(Member, sheet(HEAD, *rows, merges_known=False))
    assert lines(carried, "village_code", "team_name") == [(2, "北元村", "一队"), (3, "北元村", "一队")]
    assert carried.lines[1].borrowed == {
        "village_code": "第 2 行“北元村”",
        "team_name": "第 2 行“一队”",
    }


def test_another_team_takes_nothing_of_the_team_above() -> None:
    head = ["队伍名称", "队伍类型", "姓名", "性别"]
    found = one(
        Member,
        sheet(head, ["一队", "义务巡逻队", "张三", "男"], ["二队", None, "李四", "男"], merges_known=False),
    )
    assert lines(found, "team_type") == [(2, "义务巡逻队"), (3, None)]


def test_ditto_marks_repeat_the_entry_before() -> None:
    found = one(Member, sheet(HEAD, member(1, "张三"), member(2, "李四", "同上", "〃")))
    assert lines(found, "village_code", "team_name") == [(2, "北元村", "一队"), (3, "北元村", "一队")]


def test_a_range_answers_its_begin_and_its_end() -> None:
    found = one(
        Agreement,
        sheet(
            ["社区", "单位名称", "期限"],
            ["东湖社区", "甲公司", "2026-01-01至2026-12-31"],
            ["东湖社区", "乙公司", "2027-12-31"],
            ["东湖社区", "丙公司", "2026年1月5日起至长期"],
            ["东湖社区", "丁公司", Number("46000", dated=True)],
        ),
    )
    assert [(line.cells.get("valid_from"), line.cells.get("valid_to")) for line in found.lines] == [
        ("2026-01-01", "2026-12-31"),
        (None, "2027-12-31"),
        ("2026年1月5日", None),
        (None, Number("46000", dated=True)),
    ]
    assert found.column_of("valid_from") == found.column_of("valid_to") == 3


def test_a_range_does_not_overrule_an_end_that_has_its_own_column() -> None:
    found = one(
        Matter, sheet(["事项名称", "公示时间", "决议公开止"], ["修路", "11月1日-11月7日", "2026-11-08"])
    )
    assert lines(found, "step5.open_from", "step5.open_to") == [(2, "11月1日-11月7日", "2026-11-08")]


def test_a_second_table_on_the_sheet_is_read_with_its_own_columns() -> None:
    found = understood(
        Member,
        sheet(
            ["北元村花名册"],
            ["序号", "姓名", "性别", "身份证号"],
            [1, "张三", "男", "341399199001010012"],
            ["合计", "1人"],
            [None],
            ["东湖村花名册"],
            ["序号", "身份证号", "姓名", "手机"],
            [1, "341399199001010020", "李四", "13812345678"],
        ),
    )
    assert [(table.top, table.bottom) for table in found] == [(2, 2), (7, 7)]
    assert lines(found[0], "name", "village_code") == [(3, "张三", "北元村")]
    assert lines(found[1], "name", "mobile", "village_code") == [(8, "李四", "13812345678", "东湖村")]


def test_a_second_table_without_a_place_belongs_to_no_village_of_the_first() -> None:
    found = understood(
        Team,
        sheet(
            ["队伍名称", "队伍类型", "负责人"],
            ["北元村"],
            ["一队", "义务巡逻队", "张三"],
            ["队伍名称", "负责人", "电话"],
            ["二队", "李四", "13812345678"],
        ),
    )
    assert lines(found[0], "village_code") == [(3, "北元村")]
    assert lines(found[1], "village_code") == [(5, None)]


def test_rows_under_an_error_column_are_read_in_full_otherwise() -> None:
    found = one(Member, sheet([*HEAD, "错误说明"], [*member(1, "张三"), None], ["合计", 1]))
    assert [line.row for line in found.lines] == [2]
