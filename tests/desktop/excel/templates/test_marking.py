"""The clerk's own file comes back with what is wrong in it, and otherwise as it was."""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from desktop.errors import Refusal
from desktop.excel.filling.marking import mark
from desktop.excel.filling.marks import DONE, RED, TITLE, SheetMarks
from tests.desktop.excel.templates.producers import (
    PRODUCERS,
    altered,
    by_xlsxwriter,
    parts,
    prefixed,
    with_part,
)

SHEET = "xl/worksheets/sheet1.xml"
NUMBER = b"341399199001011234"
FAULTS: dict[int, list[tuple[int | None, str]]] = {
    4: [(1, "姓名没有填"), (2, "身份证号的校验码不对")],
    5: [(None, "与第 4 行重复")],
}
MARKS = {"花名册": SheetMarks(2, FAULTS, {3})}


def roster() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "花名册"
    sheet["A1"] = "队伍花名册"
    sheet.append(["姓名", "身份证号", "日期"])
    for row in range(3, 6):
        sheet.append([None if row == 4 else f"张{row}", int(NUMBER), dt.date(2026, 1, row)])
        sheet.cell(row, 2).border = Border(left=Side(style="thick"))
        sheet.cell(row, 2).number_format = "0"
    sheet["B4"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["C4"].comment = Comment("请核对", "李四")
    book.create_sheet("说明")["A1"] = "不要改动"
    out = io.BytesIO()
    book.save(out)
    exact = {SHEET: lambda xml: re.sub(rb"<v>3\.41[^<]*</v>", b"<v>" + NUMBER + b"</v>", xml)}
    return altered(out.getvalue(), exact)


def marked(source: bytes, folder: Path, marks: SheetMarks, name: str = "退回.xlsx") -> Path:
    origin, target = folder / "交来.xlsx", folder / name
    origin.write_bytes(source)
    mark(origin, target, {"花名册": marks})
    return target


def sheet_of(path: Path) -> Worksheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(path)["花名册"]


def is_red(cell: Cell | MergedCell) -> bool:
    return bool(cell.fill.fgColor.rgb == RED)


def test_wrong_cells_are_red_and_keep_the_rest_of_their_looks(tmp_path: Path) -> None:
    sheet = sheet_of(marked(roster(), tmp_path, MARKS["花名册"]))
    assert [cell.coordinate for row in sheet for cell in row if is_red(cell)] == ["A4", "B4"]
    assert sheet["B4"].border.left.style == "thick"
    assert sheet["B4"].number_format == "0"


def test_the_column_beside_says_what_is_wrong(tmp_path: Path) -> None:
    sheet = sheet_of(marked(roster(), tmp_path, MARKS["花名册"]))
    said = [sheet.cell(row, 4).value for row in range(1, 6)]
    assert said == [None, TITLE, DONE, "姓名没有填；身份证号的校验码不对", "与第 4 行重复"]
    assert sheet.column_dimensions["D"].width == 50
    assert sheet["D4"].alignment.wrap_text
    assert sheet.auto_filter.ref == "A2:D5"
    assert sheet.dimensions == "A1:D5"


def test_wrong_cells_have_notes_and_those_of_others_stay(tmp_path: Path) -> None:
    path = marked(roster(), tmp_path, MARKS["花名册"])
    notes = {cell.coordinate: cell.comment.text for row in sheet_of(path) for cell in row if cell.comment}
    assert notes == {"A4": "姓名没有填", "B4": "身份证号的校验码不对", "C4": "请核对"}
    drawing = next(content for name, content in parts(path).items() if name.endswith(".vml"))
    assert drawing.count(b'ObjectType="Note"') == 3


def test_every_digit_stays_where_it_was(tmp_path: Path) -> None:
    before = roster()
    after = parts(marked(before, tmp_path, MARKS["花名册"]))
    assert after[SHEET].count(b"<v>" + NUMBER + b"</v>") == 3
    changed = {name for name, content in parts(before).items() if after[name] != content}
    assert changed == {
        *("xl/workbook.xml", "xl/styles.xml", SHEET),
        *("xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"),
    }


def test_a_second_round_takes_off_what_was_repaired(tmp_path: Path) -> None:
    once = marked(roster(), tmp_path, MARKS["花名册"])
    twice = marked(once.read_bytes(), tmp_path, SheetMarks(2, {4: [(1, "姓名太长")]}, {3, 5}), "再退.xlsx")
    sheet = sheet_of(twice)
    assert [sheet.cell(row, 4).value for row in range(2, 6)] == [TITLE, DONE, "姓名太长", DONE]
    assert [cell.coordinate for row in sheet for cell in row if is_red(cell)] == ["A4"]
    assert sheet["B4"].fill.fgColor.rgb == "FFFFFF00"
    notes = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert notes == {"A4": "姓名太长", "C4": "请核对"}
    assert sheet.max_column == 4
    names = parts(twice)["xl/workbook.xml"].count(b"_FilterDatabase")
    assert names == 1


@pytest.mark.parametrize("template", PRODUCERS)
def test_a_file_of_any_program_can_be_marked(template: Callable[[], bytes], tmp_path: Path) -> None:
    marks = SheetMarks(5, {6: [(2, "姓名有误"), (9, "没有填")], 30: [(1, "多余")]}, {7, 8})
    sheet = sheet_of(marked(template(), tmp_path, marks))
    assert [sheet.cell(row, 10).value for row in (5, 6, 7, 30)] == [TITLE, "姓名有误；没有填", DONE, "多余"]
    assert [cell.coordinate for row in sheet for cell in row if is_red(cell)] == ["B6", "I6", "A30"]
    assert sheet.auto_filter.ref == "A5:J30"
    assert sheet["B6"].comment is not None


def test_a_sheet_without_notes_gets_a_drawing_that_is_named(tmp_path: Path) -> None:
    path = marked(by_xlsxwriter(), tmp_path, SheetMarks(5, {6: [(2, "姓名有误")]}, ()))
    after = parts(path)
    assert b'Extension="vml"' in after["[Content_Types].xml"]
    assert b"/xl/comments1.xml" in after["xl/worksheets/_rels/sheet1.xml.rels"]
    assert after[SHEET].index(b"legacyDrawing") > after[SHEET].index(b"pageMargins")


def with_macros() -> bytes:
    kinds = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    link = (
        b'<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>'
    )
    changed = {
        "[Content_Types].xml": lambda xml: xml.replace(kinds, macro).replace(
            b"</Types>", b'<Override PartName="/xl/vbaProject.bin" ContentType="application/x-vba"/></Types>'
        ),
        "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", link),
    }
    return with_part(altered(by_xlsxwriter(), changed), "xl/vbaProject.bin", b"macro")


def test_macros_stay_in_an_xlsm_and_nowhere_else(tmp_path: Path) -> None:
    marks = SheetMarks(5, {6: [(2, "姓名有误")]}, ())
    kept, dropped = (parts(marked(with_macros(), tmp_path, marks, name)) for name in ("a.xlsm", "a.xlsx"))
    assert kept["xl/vbaProject.bin"] == b"macro"
    assert b"macroEnabled" in kept["[Content_Types].xml"]
    assert not any(b"vbaProject" in content or b"macroEnabled" in content for content in dropped.values())
    assert "xl/vbaProject.bin" not in dropped


def test_a_sheet_with_a_table_keeps_the_filter_of_the_table(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("花名册")
        sheet.add_table("A1:B3", {"columns": [{"header": "姓名"}, {"header": "电话"}]})
    after = sheet_of(marked(out.getvalue(), tmp_path, SheetMarks(1, {2: [(1, "姓名没有填")]}, {3})))
    assert after.auto_filter.ref is None
    assert [after.cell(row, 3).value for row in (1, 2, 3)] == [TITLE, "姓名没有填", DONE]


def test_a_last_column_that_is_blank_stays_a_column(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_column("A2", ["姓名", "张三"])
        sheet.merge_range("B1:B2", "备注")
    after = sheet_of(marked(out.getvalue(), tmp_path, SheetMarks(2, {3: [(1, "重名")]}, ())))
    assert [after["B1"].value, after["C2"].value, after["C3"].value] == ["备注", TITLE, "重名"]


def test_a_wrong_cell_under_a_merged_one_reddens_what_can_be_seen(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_row("A1", ["村", "姓名"])
        sheet.merge_range("A2:A4", "北元村")
    marks = SheetMarks(1, {3: [(1, "没有这个村")], 4: [(1, "没有这个村")]}, ())
    after = sheet_of(marked(out.getvalue(), tmp_path, marks))
    assert [cell.coordinate for row in after for cell in row if is_red(cell)] == ["A2"]
    assert [after.cell(row, 3).value for row in (2, 3, 4)] == [None, "没有这个村", "没有这个村"]


def test_a_strict_workbook_gets_notes_in_its_own_names(tmp_path: Path) -> None:
    def strict(xml: bytes) -> bytes:
        xml = xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006",
            b"http://purl.oclc.org/ooxml/spreadsheetml",
        )
        old = b"http://schemas.openxmlformats.org/officeDocument/2006"
        return xml.replace(old, b"http://purl.oclc.org/ooxml/officeDocument")

    source = altered(by_xlsxwriter(), dict.fromkeys(parts(by_xlsxwriter()), strict))
    after = parts(marked(source, tmp_path, SheetMarks(5, {6: [(2, "姓名有误")]}, ())))
    assert b"purl.oclc.org/ooxml/spreadsheetml/main" in after["xl/comments1.xml"]
    assert b"schemas.openxmlformats.org/officeDocument" not in after[SHEET]


def test_a_csv_becomes_a_marked_workbook(tmp_path: Path) -> None:
    source, target = tmp_path / "交来.csv", tmp_path / "退回.xlsx"
    source.write_text("姓名,身份证号\n张三,341399199001011234\n=李四,3.4E+17\n", encoding="gb18030")
    mark(source, target, {"交来": SheetMarks(1, {3: [(2, "身份证号不全")]}, {2})})
    sheet = load_workbook(target).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["姓名", "身份证号", TITLE],
        ["张三", "341399199001011234", DONE],
        ["=李四", "3.4E+17", "身份证号不全"],
    ]
    assert sheet["A3"].data_type == "s"
    assert is_red(sheet["B3"])
    assert sheet["B3"].comment is not None
    assert sheet.auto_filter.ref == "A1:C3"


def test_a_source_without_the_sheet_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(roster())
    with pytest.raises(Refusal, match="没有工作表"):
        mark(source, target, {"别的": SheetMarks(1, {}, ())})
    with pytest.raises(Refusal):
        mark(tmp_path / "没有.xlsx", target, {})
    assert not target.exists()


faults = st.dictionaries(
    st.integers(3, 12),
    st.lists(st.tuples(st.none() | st.integers(1, 9), st.text(max_size=30)), max_size=3),
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(wrong=faults, plain=st.booleans())
def test_whatever_is_marked_the_file_is_whole_and_its_cells_are_the_same(
    wrong: dict[int, list[tuple[int | None, str]]], plain: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("marked")
    source = roster() if plain else prefixed()
    marks = SheetMarks(2 if plain else 5, wrong, ())
    path = marked(source, folder, marks)
    assert zipfile.ZipFile(path).testzip() is None
    (folder / "again.xlsx").write_bytes(source)
    before, after = sheet_of(folder / "again.xlsx"), sheet_of(path)
    for row in before.iter_rows(max_col=3):
        for cell in row:
            assert after[cell.coordinate].value == cell.value
            assert after[cell.coordinate].number_format == cell.number_format
    red = {(cell.row, cell.column) for row in after for cell in row if is_red(cell)}
    shown = {
        (9, 1) if row == 9 and column <= 3 and not plain else (row, column) for row, column in marks.cells()
    }
    shown = {
        (11, 1) if row in (11, 12) and column <= 3 and not plain else (row, column) for row, column in shown
    }
    assert red == shown  # of merged cells, the one that can be seen
