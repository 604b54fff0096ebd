"""A profile is proposed from headings, and told what is wrong with it."""

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from desktop.errors import Refusal
from desktop.excel.handed import Handed
from desktop.excel.layout import LAYOUTS, load
from desktop.excel.profile import ColumnRule, Identity, Profile
from desktop.services import profiles, proposing, vetting
from tests.desktop.upload import SHEET, upload

UPLOAD = upload(prepared=20)


def saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def changed(**cells: Any) -> bytes:
    book = load_workbook(io.BytesIO(UPLOAD))
    for place, value in cells.items():
        book[SHEET][place] = value
    return saved(book)


@pytest.fixture
def profile() -> Profile:
    return proposing.propose(UPLOAD, "", (5, 5), "member")


def test_the_upload_template_is_understood(profile: Profile) -> None:
    keys = ["name", "gender", "birth_date", "grid_name", "duty", "team_type", "team_name", "mobile"]
    keys += ["id_number", "remark"]
    assert [rule.key for rule in profile.columns.values()] == keys
    assert (profile.sheet, profile.first, profile.last, profile.row_limit) == (SHEET, 6, 25, 1000)
    assert profile.columns[2].values == {"男": "1-男", "女": "2-女"}
    assert profile.columns[3].date_format == "yyyy-mm-dd"
    assert profile.headings[1] == "姓名*"
    assert profile.total_row is None


def test_its_words_that_the_template_does_not_offer_are_told(profile: Profile) -> None:
    (sentence,) = vetting.check(profile, UPLOAD)
    assert sentence.startswith("F 列“队伍类型”的下拉选项里没有“")


@pytest.mark.parametrize("code", LAYOUTS)
def test_every_shipped_layout_proposes_its_own_columns(code: str) -> None:
    shipped, workbook = profiles.shipped(code)
    rows = proposing.header(workbook, "", code)
    assert rows == (shipped.header_top, shipped.header_bottom)
    proposed = proposing.propose(workbook, "", rows, code)
    assert proposed.columns == shipped.columns
    assert (proposed.first, proposed.last, proposed.total_row) == (
        shipped.first,
        shipped.last,
        shipped.total_row,
    )
    assert proposed.headings == shipped.headings
    assert load(code).title in proposed.sheet


def test_the_header_is_found() -> None:
    assert proposing.header(UPLOAD, SHEET, "member") == (5, 5)
    with pytest.raises(Refusal, match="表头"):
        proposing.header(UPLOAD, "bean", "member")
    with pytest.raises(Refusal, match="工作表"):
        proposing.header(UPLOAD, "没有", "member")


def test_a_total_row_below_the_entries_is_summed_where_it_is_blank() -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (
        ["汇总"],
        ["序号", "队伍名称", "人员数量"],
        [1, None, None],
        [2, None, None],
        ["合计"],
        ["注：x"],
    ):
        page.append(row)
    proposed = proposing.propose(saved(book), "", (2, 2), "team")
    assert (proposed.first, proposed.last, proposed.total_row) == (3, 4, 5)
    assert proposed.totals == {3: "sum"}
    assert [rule.key for rule in proposed.columns.values()] == ["no", "team_name", "member_count"]


def test_a_total_row_above_the_entries_keeps_its_own_formula() -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (["队伍名称", "人员数量"], ["合计", "=SUM(B3:B9)"]):
        page.append(row)
    proposed = proposing.propose(saved(book), "", (1, 1), "team")
    assert (proposed.first, proposed.total_row, proposed.totals) == (3, 2, {})


def test_entries_that_a_workbook_was_filled_with_before_make_room_for_new_ones() -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (
        ["序号", "姓名", "性别", "手机号码"],
        [1, "张三", "男", "19900000001"],
        [2, "李四", "女", None],
        [3, None, None, None],
        ["合计", "2 人", "男 1 人", "女 1 人"],
        ["注：x"],
    ):
        page.append(row)
    proposed = proposing.propose(saved(book), "", (1, 1), "member")
    assert (proposed.first, proposed.last) == (2, 4)
    assert any("第 2 行已经有内容" in said for said in vetting.check(proposed, saved(book)))


def test_a_sheet_without_words_in_the_header_rows_is_refused() -> None:
    with pytest.raises(Refusal, match="标题"):
        proposing.propose(UPLOAD, SHEET, (4, 4), "member")


def test_a_file_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(Refusal):
        proposing.propose(b"x", "", (1, 1), "member")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"B5": "民族"}, "B 列的标题应为“性别*”，现为“民族”"),
        ({"B5": "姓名*", "A5": "性别*"}, "A 列的标题应为“姓名*”，现为“性别*”，它现在在 B 列"),
        ({"B5": None}, "现为“空白”"),
        ({"A7": "张三"}, "第 7 行已经有内容（张三）"),
    ],
)
def test_a_template_that_has_changed_is_told(profile: Profile, cells: dict[str, Any], said: str) -> None:
    assert any(said in sentence for sentence in vetting.check(profile, changed(**cells)))


@pytest.mark.parametrize("heading", ["姓 名", "姓名", "＊姓名"])
def test_marks_and_blanks_do_not_move_a_heading(profile: Profile, heading: str) -> None:
    assert not [one for one in vetting.check(profile, changed(A5=heading)) if "标题" in one]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sheet": "没有"}, "没有名为“没有”的工作表"),
        ({"source": "dragon"}, "没有“dragon”这种数据"),
        ({"columns": {}}, "任何一列"),
        ({"columns": {1: ColumnRule("dragon")}}, "没有“dragon”这一项"),
        (
            {"columns": {1: ColumnRule("id_number", Identity.SPLIT, 18), 9: ColumnRule("name")}},
            "I 列被填写了两次",
        ),
        ({"columns": {1: ColumnRule("name", Identity.MASKED)}}, "不是号码"),
        ({"columns": {1: ColumnRule("id_number", Identity.MASKED, 3)}}, "占 3 列"),
        ({"columns": {1: ColumnRule("birth_date", date_format="好")}}, "日期写法"),
        ({"columns": {1: ColumnRule(constant="{龙}")}}, "{龙}"),
        ({"first": 5}, "先后"),
        ({"total_row": 7}, "第 7 行"),
        ({"totals": {1: "sum"}}, "没有指明合计行"),
        ({"totals": {1: "a / b"}, "total_row": 90}, "合计方法"),
        ({"cells": {"B7": "{unit}"}}, "单元格 B7"),
        ({"cells": {"B3": "{龙}"}}, "{龙}"),
        ({"file_name": "{龙}"}, "{龙}"),
    ],
)
def test_a_faulty_profile_is_told(profile: Profile, change: dict[str, Any], said: str) -> None:
    found = vetting.check(replace(profile, **change), UPLOAD)
    assert any(said in sentence for sentence in found), found


def test_merged_cells_in_the_way_are_told(profile: Profile) -> None:
    book = load_workbook(io.BytesIO(UPLOAD))
    book[SHEET].merge_cells("A6:B6")
    book[SHEET].merge_cells("B3:C3")
    found = vetting.check(replace(profile, cells={"C3": "{unit}"}), saved(book))
    assert any("合并的单元格" in one for one in found)
    assert any("单元格 C3 被合并" in one for one in found)


@pytest.mark.parametrize("formula", ['"男,女"', "words", "'of lists'!$A$1:$A$2", "$Z$1:$Z$2"])
def test_drop_downs_are_found_wherever_their_words_stand(formula: str) -> None:
    book = Workbook()
    page, lists = book.worksheets[0], book.create_sheet("of lists")
    page.append(["姓名", "性别"])
    for row, word in enumerate(("男", "女"), 1):
        lists.cell(row, 1, word)
        page.cell(row, 26, word)
    book.defined_names["words"] = DefinedName("words", attr_text="'of lists'!$A$1:$A$2")
    rule = DataValidation(type="list", formula1=formula)
    rule.add("B2:B9")
    page.add_data_validation(rule)
    profile = Profile("x", "member", "Sheet", 1, 1, 2, 2, {2: ColumnRule("gender", values={"男": "M"})})
    assert vetting.check(profile, saved(book)) == ["B 列“性别”的下拉选项里没有“M”，请写明它们在模板里的写法"]


def test_the_likeliest_data_are_those_that_most_headings_mean() -> None:
    assert proposing.likeliest(Handed(UPLOAD)) == (SHEET, "member")
    book = Workbook()
    book.worksheets[0].append(["甲", "乙"])
    with pytest.raises(Refusal, match="找不到看得懂的表头"):
        proposing.likeliest(Handed(saved(book)))


def test_headings_that_are_merged_downwards_begin_at_their_first_row() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["花名册"])
    sheet.append(["姓名", "性别", "联系方式"])
    sheet.append([None, None, "手机号码", "家庭住址"])
    for place in ("A2:A3", "B2:B3", "C2:D2"):
        sheet.merge_cells(place)
    assert proposing.header(saved(book), "", "member") == (2, 3)
