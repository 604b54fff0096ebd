"""Filling a template: what is written can be read, what stands below moves, the rest stays."""

import datetime as dt
import io
import warnings
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from desktop.errors import Refusal
from desktop.excel.filling.fill import fill
from desktop.excel.filling.filling import Filling, Total, Value
from tests.desktop.excel.templates.producers import (
    FIRST,
    LAST,
    PRODUCERS,
    TITLE,
    TOTAL,
    altered,
    by_openpyxl,
    by_xlsxwriter,
    parts,
    with_part,
)

COLUMNS = (2, 3, 4, 5, 6)
ROSTER = Filling(TITLE, FIRST, LAST, COLUMNS, total=TOTAL)
SHEET = "xl/worksheets/sheet1.xml"


def entries(count: int) -> list[tuple[Value, ...]]:
    return [
        (
            f"李{number}<&",
            f"3413991990010{number:05d}",
            number,
            dt.date(2026, 1, 1) + dt.timedelta(number),
            None,
        )
        for number in range(1, count + 1)
    ]


def opened(path: Path, *, values: bool = True) -> Worksheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(path, data_only=values)[TITLE]


def block(sheet: Worksheet, count: int) -> list[tuple[Any, ...]]:
    rows = sheet.iter_rows(FIRST, FIRST + count - 1, 2, 6, values_only=True) if count else ()
    return [tuple(one.date() if isinstance(one, dt.datetime) else one for one in row) for row in rows]


@pytest.mark.parametrize("count", [0, 1, 3, 4, 105])
@pytest.mark.parametrize("template", PRODUCERS)
def test_entries_read_back_whoever_made_the_template(
    template: Callable[[], bytes], count: int, tmp_path: Path
) -> None:
    target, rows = tmp_path / "out.xlsx", entries(count)
    assert fill(template(), target, ROSTER, iter(rows)) == count
    sheet = opened(target)
    assert block(sheet, count) == rows
    extra = max(0, count - 3)
    assert [cell.value for cell in sheet[TOTAL + extra]][:4] == ["合计", None, None, sum(range(count + 1))]
    assert sheet.cell(11 + extra, 1).value == "负责人签字："
    listed = CalamineWorkbook.from_path(target).get_sheet_by_name(TITLE).to_python(skip_empty_area=False)
    got = [tuple(row[1:6]) for row in listed[FIRST - 1 : FIRST - 1 + count]]
    assert got == [(a, b, float(str(c)), d, "") for a, b, c, d, _ in rows]


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("template", PRODUCERS)
def test_an_example_never_survives(template: Callable[[], bytes], count: int, tmp_path: Path) -> None:
    fill(template(), tmp_path / "out.xlsx", ROSTER, entries(count))
    sheet = opened(tmp_path / "out.xlsx")
    left = [cell for row in sheet.iter_rows(FIRST + count, LAST, 2, 6, values_only=True) for cell in row]
    assert set(left) <= {None}


@pytest.mark.parametrize("template", PRODUCERS)
def test_whatever_covers_the_entries_grows_and_what_is_below_moves(
    template: Callable[[], bytes], tmp_path: Path
) -> None:
    fill(template(), tmp_path / "out.xlsx", ROSTER, entries(105))
    sheet = opened(tmp_path / "out.xlsx", values=False)
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A2:G2", "A111:C111", "A113:C114"}
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["F6:F110"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["D6:D110"]
    assert str(sheet.print_area).endswith("$A$1:$G$114")
    assert str(sheet.print_title_rows) == "$1:$5"
    assert sheet.auto_filter.ref == "A5:G110"
    assert [one.id for one in sheet.row_breaks.brk] == [111]
    assert sheet["D111"].value == "=SUM(D6:D110)"
    assert sheet["A110"].value == "=ROW()-5"
    assert sheet["G110"].value == "=D110*2"
    assert sheet.dimensions == "A1:G114"
    book = load_workbook(tmp_path / "out.xlsx")
    assert book["名单"]["B1"].value in (f"={TITLE}!D111", f"=${TITLE}.D111")
    assert book["名单"].sheet_state == "hidden"


@pytest.mark.parametrize("template", PRODUCERS)
def test_rows_keep_the_looks_of_the_prepared_ones(template: Callable[[], bytes], tmp_path: Path) -> None:
    fill(template(), tmp_path / "out.xlsx", ROSTER, entries(9))
    sheet = opened(tmp_path / "out.xlsx")
    for row in range(FIRST, FIRST + 9):
        assert sheet.cell(row, 3).number_format == "@"
        assert isinstance(sheet.cell(row, 5).value, dt.datetime)
        assert sheet.row_dimensions[row].height == sheet.row_dimensions[FIRST].height
    assert sheet["A14"].value == 9  # =ROW()-5 carries its value


@pytest.mark.parametrize("template", PRODUCERS)
def test_other_parts_stay_byte_for_byte(template: Callable[[], bytes], tmp_path: Path) -> None:
    source = with_part(with_part(template(), "xl/media/章.png", b"\x89PNG"), "customXml/item1.xml", b"<a/>")
    fill(source, tmp_path / "out.xlsx", ROSTER, entries(2))
    before, after = parts(source), parts(tmp_path / "out.xlsx")
    changed = {name for name in before if before[name] != after[name]}
    assert list(before) == list(after)
    assert changed <= {SHEET, "xl/workbook.xml"}


def test_formulas_that_nobody_counted_are_counted_when_opened(tmp_path: Path) -> None:
    fill(by_xlsxwriter(), tmp_path / "out.xlsx", ROSTER, entries(4))
    assert opened(tmp_path / "out.xlsx")["G10"].value is None
    assert b'fullCalcOnLoad="1"' in parts(tmp_path / "out.xlsx")["xl/workbook.xml"]


def test_a_total_written_anew_carries_its_value(tmp_path: Path) -> None:
    totals = {
        4: Total("SUM(D{first}:D{last})"),
        5: Total("COUNTA(B{first}:B{last})", 2),
        6: Total("D{own}&{first}", "很多"),
    }
    filling = Filling(TITLE, FIRST, LAST, COLUMNS, total=TOTAL, totals=totals)
    rows: list[Sequence[Value]] = [("甲", None, Decimal("1.10"), None, None), ("乙", None, 2, None, None)]
    fill(by_openpyxl(), tmp_path / "out.xlsx", filling, rows)
    assert [opened(tmp_path / "out.xlsx").cell(TOTAL, at).value for at in (4, 5, 6)] == [3.1, 2, "很多"]
    formulas = opened(tmp_path / "out.xlsx", values=False)
    assert [formulas.cell(TOTAL, at).value for at in (4, 5, 6)] == ["=SUM(D6:D7)", "=COUNTA(B6:B7)", "=D9&6"]


def test_a_total_above_the_entries_knows_them_all(tmp_path: Path) -> None:
    template = altered(
        by_xlsxwriter(),
        {
            SHEET: lambda xml: xml.replace(
                b'<row r="5"', b'<row r="4"><c r="D4"><f>SUM(D6:D8)</f><v>7</v></c></row><row r="5"'
            )
        },
    )
    filling = Filling(TITLE, FIRST, LAST, COLUMNS, total=4, totals={2: Total("COUNTA(B{first}:B{last})", 50)})
    fill(template, tmp_path / "out.xlsx", filling, iter(entries(50)))
    sheet, formulas = opened(tmp_path / "out.xlsx"), opened(tmp_path / "out.xlsx", values=False)
    assert (formulas["D4"].value, sheet["D4"].value) == ("=SUM(D6:D55)", 1275)
    assert (formulas["B4"].value, sheet["B4"].value) == ("=COUNTA(B6:B55)", 50)


def test_one_sample_row_is_enough(tmp_path: Path) -> None:
    def short(xml: bytes) -> bytes:
        for row in (7, 8):
            begin = xml.index(b'<row r="%d"' % row)
            xml = xml[:begin] + xml[xml.index(b"</row>", begin) + 6 :]
        return xml.replace(b"SUM(D6:D8)", b"SUM(D6)").replace(b'sqref="F6:F8"', b'sqref="F6"')

    fill(
        altered(by_xlsxwriter(), {SHEET: short}),
        tmp_path / "out.xlsx",
        Filling(TITLE, 6, 6, COLUMNS),
        entries(3),
    )
    sheet = opened(tmp_path / "out.xlsx", values=False)
    assert sheet["D11"].value == "=SUM(D6:D8)"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["F6:F8"]
    assert opened(tmp_path / "out.xlsx")["D11"].value == 6


def test_formulas_shared_between_cells_are_spelt_out(tmp_path: Path) -> None:
    def share(xml: bytes) -> bytes:
        xml = xml.replace(b"<f>D6*2</f>", b'<f t="shared" ref="G6:G8" si="0">D6*2</f>')
        return xml.replace(b"<f>D7*2</f>", b'<f t="shared" si="0"/>').replace(
            b"<f>D8*2</f>", b'<f t="shared" si="0"/>'
        )

    fill(altered(by_xlsxwriter(), {SHEET: share}), tmp_path / "out.xlsx", ROSTER, entries(5))
    sheet = opened(tmp_path / "out.xlsx", values=False)
    assert [sheet.cell(row, 7).value for row in range(6, 11)] == [f"=D{row}*2" for row in range(6, 11)]


def test_a_share_of_the_total_follows_it_down(tmp_path: Path) -> None:
    def share(xml: bytes) -> bytes:
        for row in (6, 7, 8):
            xml = xml.replace(b"<f>D%d*2</f>" % row, b"<f>D%d/D$9+RANK(D%d,D$6:D$8)</f>" % (row, row))
        return xml

    fill(altered(by_xlsxwriter(), {SHEET: share}), tmp_path / "out.xlsx", ROSTER, iter(entries(5)))
    sheet = opened(tmp_path / "out.xlsx", values=False)
    assert [sheet.cell(row, 7).value for row in (6, 10)] == [
        "=D6/D$11+RANK(D6,D$6:D$10)",
        "=D10/D$11+RANK(D10,D$6:D$10)",
    ]


def test_other_cells_are_written_where_they_come_to_lie(tmp_path: Path) -> None:
    cells: dict[str, Value] = {"B3": "=平安镇", "D4": 3, "F11": dt.date(2026, 11, 23), "K20": None}
    fill(
        by_xlsxwriter(), tmp_path / "out.xlsx", Filling(TITLE, FIRST, LAST, COLUMNS, cells=cells), entries(5)
    )
    sheet = opened(tmp_path / "out.xlsx")
    assert (sheet["A3"].value, sheet["B3"].value, sheet["D4"].value) == ("填报单位", "=平安镇", 3)
    assert sheet["B3"].data_type == "s"
    assert sheet["B3"].quotePrefix
    assert sheet["F13"].value == dt.datetime(2026, 11, 23)
    assert sheet["F13"].number_format == r"yyyy\-mm\-dd"


@pytest.mark.parametrize("place", ["B7", "张三", "B3:C3"])
def test_a_cell_that_cannot_be_written_is_refused(place: str, tmp_path: Path) -> None:
    filling = Filling(TITLE, FIRST, LAST, COLUMNS, cells={place: "x"})
    with pytest.raises(Refusal, match="模板的设置"):
        fill(by_xlsxwriter(), tmp_path / "out.xlsx", filling, entries(1))


def test_cells_merged_over_several_prepared_rows_come_apart(tmp_path: Path) -> None:
    def merge(xml: bytes) -> bytes:
        both = b'<mergeCell ref="B6:B8"/><mergeCell ref="H6:I6"/></mergeCells>'
        return xml.replace(b"</mergeCells>", both)

    fill(altered(by_xlsxwriter(), {SHEET: merge}), tmp_path / "out.xlsx", ROSTER, entries(5))
    merged = {str(one) for one in opened(tmp_path / "out.xlsx").merged_cells.ranges}
    assert merged == {"A2:G2", "A11:C11", "A13:C14", "H6:I6", "H9:I9", "H10:I10"}


def test_a_row_is_as_high_as_its_text_and_never_lower_than_prepared(tmp_path: Path) -> None:
    filling = Filling(TITLE, FIRST, LAST, COLUMNS, fit=True)
    rows = [("甲", None, None, None, "字" * 100), ("乙", None, None, None, "短")]
    fill(by_xlsxwriter(), tmp_path / "out.xlsx", filling, rows)
    sheet = opened(tmp_path / "out.xlsx")
    assert sheet.row_dimensions[6].height > 100
    assert sheet.row_dimensions[7].height == sheet.row_dimensions[8].height


def test_a_thousand_prepared_rows_are_used_and_the_rest_left_blank(tmp_path: Path) -> None:
    rows = b"".join(
        b'<row r="%d" ht="18"><c r="B%d" s="1"/><c r="C%d" s="2"/></row>' % (at, at, at)
        for at in range(6, 1006)
    )

    def prepare(xml: bytes) -> bytes:
        begin = xml.index(b'<row r="6"')
        xml = xml[:begin] + rows + b"</sheetData>" + xml[xml.index(b"</sheetData>") + 12 :]
        return xml.replace(b'<mergeCell ref="A9:C9"/>', b"")

    filling = Filling(TITLE, 6, 1005, COLUMNS)
    fill(altered(by_xlsxwriter(), {SHEET: prepare}), tmp_path / "out.xlsx", filling, entries(600))
    sheet = opened(tmp_path / "out.xlsx")
    assert block(sheet, 600) == entries(600)
    assert sheet.max_row == 1005
    assert sheet["C1005"].number_format == "@"


@pytest.mark.parametrize("data", [b"<sheetData/>", b"<sheetData></sheetData>"])
def test_a_sheet_without_rows_gets_them(data: bytes, tmp_path: Path) -> None:
    def empty(xml: bytes) -> bytes:
        return xml[: xml.index(b"<sheetData>")] + data + xml[xml.index(b"</sheetData>") + 12 :]

    fill(altered(by_xlsxwriter(), {SHEET: empty}), tmp_path / "out.xlsx", ROSTER, entries(5))
    assert block(opened(tmp_path / "out.xlsx"), 5) == entries(5)


def test_dates_are_counted_as_the_workbook_counts(tmp_path: Path) -> None:
    since_1904 = altered(
        by_xlsxwriter(),
        {"xl/workbook.xml": lambda xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')},
    )
    fill(since_1904, tmp_path / "out.xlsx", ROSTER, entries(5))
    assert block(opened(tmp_path / "out.xlsx"), 5) == entries(5)


def test_the_order_of_calculation_is_left_out_wherever_it_is_named(tmp_path: Path) -> None:
    chained = with_part(
        altered(
            by_xlsxwriter(),
            {
                "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                    b'relationships/calcChain" Target="calcChain.xml"/></Relationships>',
                ),
                "[Content_Types].xml": lambda xml: xml.replace(
                    b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="x/y"/></Types>'
                ),
            },
        ),
        "xl/calcChain.xml",
        b'<calcChain><c r="D9" i="1"/></calcChain>',
    )
    fill(chained, tmp_path / "out.xlsx", ROSTER, entries(5))
    after = parts(tmp_path / "out.xlsx")
    assert "xl/calcChain.xml" not in after
    assert not any(b"calcChain" in content for content in after.values())


def test_a_table_grows_with_its_entries(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet(TITLE)
        sheet.add_table("A5:B6", {"columns": [{"header": "姓名"}, {"header": "电话"}]})
    fill(out.getvalue(), tmp_path / "out.xlsx", Filling(TITLE, 6, 6, (1, 2)), [("甲", "1"), ("乙", "2")])
    tables = opened(tmp_path / "out.xlsx").tables
    assert [(one.ref, one.autoFilter.ref) for one in tables.values()] == [("A5:B7", "A5:B7")]


@pytest.mark.parametrize(
    ("template", "why"),
    [
        (b"", "已损坏"),
        (b"PK\x03\x04 broken", "已损坏"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "密码"),
        (by_xlsxwriter()[:3000], "已损坏"),
        (altered(by_xlsxwriter(), {SHEET: lambda xml: xml[:-20]}), "已损坏"),
        (
            altered(by_xlsxwriter(), {SHEET: lambda xml: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + xml[55:]}),
            "已损坏",
        ),
        (altered(by_xlsxwriter(), {SHEET: lambda _: b"<a>" * 99 + b"</a>" * 99}), "已损坏"),
        (
            altered(by_xlsxwriter(), {"xl/workbook.xml": lambda xml: xml.replace("花名册".encode(), b"A")}),
            "没有工作表",
        ),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused(template: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=why):
        fill(template, tmp_path / "out.xlsx", ROSTER, entries(1))


def test_more_rows_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    filling = Filling(TITLE, 1_048_570, 1_048_570, (1,))
    with pytest.raises(Refusal, match="最多"):
        fill(by_xlsxwriter(), tmp_path / "out.xlsx", filling, [("甲",)] * 300)
