"""Every layout as a workbook, read back by two programs."""

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from desktop.excel import sheet
from desktop.excel.layout import LAYOUTS, Column, Form, Layout, Place, load
from desktop.excel.totals import ratio
from desktop.services import exporting

HEAD = sheet.Head(
    *("符离镇", "2026年11月", "某县某镇人民政府", "李敏", "王建国", "0557-0000000", "2026年11月23日")
)
VALUES: dict[Form, Any] = {
    Form.NUMBER: 3,
    Form.AMOUNT: Decimal("12.34"),
    Form.SHARE: Decimal("0.9512"),
    Form.DATE: dt.date(2026, 11, 5),
    Form.MONTH: dt.date(1975, 3, 4),
    Form.TEXT: "=1+1",
    Form.WORD: "是",
    Form.CODE: "110105194912310029",
}


def rows(layout: Layout, number: int) -> list[dict[str, Any]]:
    return [{one.key: VALUES[one.form] for one in layout.leaves} | {"no": at + 1} for at in range(number)]


def made(folder: Path, layout: Layout, found: list[dict[str, Any]]) -> Path:
    target = folder / f"{layout.code}.xlsx"
    profile, workbook = sheet.blank(layout, HEAD, ["共计若干。"], empty=not found)
    cells = [tuple(row[key] for key in profile.keys) for row in found]
    exporting.write(target, profile, workbook, cells, {}, empty=not found)
    return target


def opened(path: Path, *, values: bool = True) -> Worksheet:
    return load_workbook(path, data_only=values).worksheets[0]


@pytest.mark.parametrize("code", LAYOUTS)
def test_two_readers_see_the_same_cells(tmp_path: Path, code: str) -> None:
    path = made(tmp_path, load(code), rows(load(code), 3))
    mine = [
        ["" if cell is None else cell for cell in row] for row in opened(path).iter_rows(values_only=True)
    ]
    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    days = [[cell.date() if isinstance(cell, dt.datetime) else cell for cell in row] for row in mine]
    assert days == theirs


@pytest.mark.parametrize("code", LAYOUTS)
def test_the_page_is_ready_to_print(tmp_path: Path, code: str) -> None:
    layout = load(code)
    page = opened(made(tmp_path, layout, rows(layout, 3)))
    below = 4 + layout.depth
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.page_setup.fitToWidth in (None, 1)  # 1 where it is not said (ECMA-376)
    assert page.page_setup.fitToHeight == 0
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_options.horizontalCentered
    assert page.print_title_rows == f"$4:${below - 1}"
    assert "第 &P 页 共 &N 页" in str(page.HeaderFooter.oddFooter)
    assert page.freeze_panes == f"A{below}"


@pytest.mark.parametrize("code", LAYOUTS)
def test_title_unit_line_signature_and_notes_stand_around_the_table(tmp_path: Path, code: str) -> None:
    layout = load(code)
    page = opened(made(tmp_path, layout, rows(layout, 2)))
    words = [str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None]
    assert page["A1"].value == layout.mark
    assert page["A2"].value == f"符离镇{layout.title}（2026年11月）"
    assert page["A2"].font.name == "方正小标宋简体"
    assert page["A4"].font.name == "黑体"
    line = "".join(str(cell.value or "") for cell in page[3])
    for part in (
        "填报单位（盖章）：某县某镇人民政府",
        "填报人：李敏",
        "审核人：王建国",
        "填报时间：2026年11月23日",
    ):
        assert part in line
    assert words[-len(layout.notes) - 2] == "单位主要负责人签字："
    assert words[-len(layout.notes) - 1] == "注：1.共计若干。"


@pytest.mark.parametrize("code", LAYOUTS)
def test_cells_keep_their_type_and_format(tmp_path: Path, code: str) -> None:
    layout = load(code)
    page = opened(made(tmp_path, layout, rows(layout, 1)), values=False)
    formats = {
        Form.NUMBER: "0",
        Form.AMOUNT: "0.00",
        Form.DATE: "yyyy-mm-dd",
        Form.MONTH: "yyyy-mm",
        Form.TEXT: "@",
        Form.WORD: "@",
        Form.CODE: "@",
    }
    for column, one in enumerate(layout.leaves, 1):
        cell = page.cell(4 + layout.depth, column)
        assert cell.number_format == formats[one.form]
        assert cell.border.left.style == cell.border.bottom.style == "thin"
        assert cell.data_type in ("n", "d") if one.form not in (Form.TEXT, Form.WORD, Form.CODE) else "s"


@pytest.mark.parametrize("words", ["=1+1", "+8613", "-5", "@x", "＝1+1", "\t=1", "＠a"])
def test_typed_text_never_becomes_a_formula(tmp_path: Path, words: str) -> None:
    layout = load("annex2")
    path = made(tmp_path, layout, [dict.fromkeys((one.key for one in layout.leaves), words)])
    cell = opened(path, values=False)["E5"]
    assert (cell.data_type, cell.quotePrefix, cell.value) == ("s", True, words)


def test_control_characters_are_left_out_and_escapes_stay_as_typed(tmp_path: Path) -> None:
    layout = load("annex2")
    words = "甲\x00\x0b乙_x0041_\r\n丙"
    path = made(tmp_path, layout, [dict.fromkeys((one.key for one in layout.leaves), words)])
    seen = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert seen[4][4] == "甲乙_x0041_\n丙"


def test_totals_carry_their_formula_and_their_value(tmp_path: Path) -> None:
    layout = load("annex1")
    found = [row | {"people": 905, "population": Decimal("5.00")} for row in rows(layout, 2)]
    path = made(tmp_path, layout, found)
    formulas, values = opened(path, values=False), opened(path)
    row = 4 + layout.depth + 2
    at = {one.key: number for number, one in enumerate(layout.leaves, 1)}
    assert formulas.cell(row, 1).value == "合计"
    assert formulas.cell(row, at["teams"]).value == "=SUM(D6:D7)"
    assert values.cell(row, at["teams"]).value == 6
    assert values.cell(row, at["people"]).value == 1810
    assert formulas.cell(row, at["density"]).value == '=IF(M8=0,"—",ROUND(I8/M8,0))'
    assert values.cell(row, at["density"]).value == 181
    assert formulas.cell(row, 1).font.bold


def test_a_count_of_a_word_is_a_total(tmp_path: Path) -> None:
    layout = load("annex4")
    found = rows(layout, 2) + [row | {"carried_out": "否"} for row in rows(layout, 1)]
    path = made(tmp_path, layout, found)
    column = next(at for at, one in enumerate(layout.leaves, 1) if one.key == "carried_out")
    assert opened(path).cell(4 + layout.depth + 3, column).value == 2


def test_totals_may_stand_above_the_entries(tmp_path: Path) -> None:
    columns = (
        Column("名称", "name", Form.TEXT, 20),
        Column("备注", "note", Form.TEXT, 40),
        Column("数", "n", Form.NUMBER, 30, "sum"),
    )
    layout = Layout("x", "附件", "表", "", True, 20, Place.HEAD, columns, (), "签字：")
    path = made(tmp_path, layout, [{"name": "甲", "note": None, "n": 4}, {"name": "乙", "note": "", "n": 5}])
    seen = list(opened(path).iter_rows(min_row=4, values_only=True))
    assert seen[1] == ("合计", None, 9)
    assert [row[2] for row in seen[2:4]] == [4, 5]


def test_a_share_is_a_number_shown_in_percent(tmp_path: Path) -> None:
    columns = tuple(Column(name, name, Form.SHARE, 30) for name in "甲乙丙")
    layout = Layout("x", "附件", "表", "", True, 20, Place.NONE, columns, (), "签字：")
    cell = opened(made(tmp_path, layout, [dict.fromkeys("甲乙丙", Decimal("0.9512"))]))["A5"]
    assert (cell.value, cell.number_format) == (0.9512, "0.00%")


def test_a_sheet_without_entries_says_so(tmp_path: Path) -> None:
    for code in LAYOUTS:
        page = opened(made(tmp_path, load(code), []))
        assert page.cell(4 + load(code).depth, 1).value == sheet.EMPTY


def test_nothing_over_nothing_is_a_dash() -> None:
    assert ratio(5, 0) == "—"
    assert ratio(Decimal(5), 2) == 3
    assert ratio(905, Decimal("5.00")) == 181


def test_long_text_makes_its_row_higher(tmp_path: Path) -> None:
    layout = load("annex6")
    short, long = rows(layout, 2)
    page = opened(made(tmp_path, layout, [short, long | {"contents": "平安共创" * 20}]))
    assert (page.row_dimensions[6].height or 0) > 2 * (page.row_dimensions[5].height or 0)


def test_a_value_that_no_cell_shows_is_a_bug(tmp_path: Path) -> None:
    layout = load("annex2")
    with pytest.raises(TypeError):
        made(tmp_path, layout, [row | {"name": ["张三"]} for row in rows(layout, 1)])


def test_the_workbook_has_no_macro_and_no_outside_link(tmp_path: Path) -> None:
    path = made(tmp_path, load("annex1"), [])
    with zipfile.ZipFile(path) as archive:
        assert not [
            name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()
        ]
