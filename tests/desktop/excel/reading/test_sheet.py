"""Rows, merged and hidden ones, and sheets that say one thing and hold another."""

import datetime as dt
import time

import pytest

from desktop.excel.reading import limits
from desktop.excel.reading.grid import Number, Span
from desktop.excel.reading.limits import Unfit
from tests.desktop.excel.reading.workbooks import (
    HEAD,
    MAIN,
    links,
    parts,
    read,
    read_sheet,
    sheet,
    workbook,
    zipped,
)

PART = "xl/worksheets/sheet1.xml"


def text(reference: str, words: str = "甲") -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{words}</t></is></c>'


def test_rows_have_the_numbers_they_are_written_with() -> None:
    rows = f'<row r="2">{text("B2")}</row><row r="5"/><row r="9">{text("A9")}<c r="B9" s="1"/></row>'
    assert read_sheet(parts(rows)).rows == {2: (None, "甲"), 9: ("甲",)}


def test_rows_and_cells_without_a_reference_are_counted() -> None:
    rows = (
        "<row><c/><c><v>1</v></c></row><row r='4'><c r='C4'><v>2</v></c><c><v>3</v></c></row>"
        "<row><c><v>4</v></c></row>"
    )
    assert read_sheet(parts(rows)).rows == {
        1: (None, Number("1")),
        4: (None, None, Number("2"), Number("3")),
        5: (Number("4"),),
    }


def test_rows_and_cells_may_come_in_any_order() -> None:
    rows = f'<row r="3">{text("B3", "丁")}{text("A3", "丙")}</row><row r="1">{text("A1")}</row>'
    found = read_sheet(parts(rows)).rows
    assert list(found.items()) == [(1, ("甲",)), (3, ("丙", "丁"))]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (f'<row r="2">{text("A2")}</row><row r="2">{text("B2")}</row>', "第 2 行出现了两次"),
        (f'<row r="2">{text("A2")}{text("A2")}</row>', "第 2 行有单元格出现了两次"),
        (f'<row r="5">{text("A7")}</row>', "第 5 行里有单元格“A7”"),
        (f'<row r="x">{text("A1")}</row>', "行号是“x”"),
        (f'<row r="0">{text("A1")}</row>', "行号是“0”"),
        (f'<row r="1048577">{text("A1048577")}</row>', "第 1048577 行"),
        (f'<row r="1048576">{text("XFD1048576")}</row>', "单元格 XFD1048576 有内容"),
        ("<row>" + "<a>" * 64, "嵌套超过 64 层"),
        ("<row>", "已损坏"),
        ("<row r='1' r='1'/>", "已损坏"),
        ("<row>&nothing;</row>", "已损坏"),
        ("<row>\0</row>", "已损坏"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_place(rows: str, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        read_sheet(parts(rows))


def test_empty_cells_far_away_cost_nothing() -> None:
    rows = f'<row r="1">{text("A1")}<c r="XFD1" s="3"/></row><row r="1048576"><c r="XFD1048576"/></row>'
    assert read_sheet(parts(rows, before='<dimension ref="A1:XFD1048576"/>')).rows == {1: ("甲",)}


def test_a_dimension_that_lies_hides_nothing() -> None:
    rows = f'<row r="1">{text("A1")}</row><row r="2">{text("C2")}</row>'
    assert len(read_sheet(parts(rows, before='<dimension ref="A1"/>')).rows) == 2


def test_many_styled_empty_rows_are_read_in_seconds() -> None:
    row = '<row r="{0}" s="1" customFormat="1"><c r="A{0}" s="1"/><c r="B{0}" s="1"/></row>'
    rows = text("A1").join(("<row>", "</row>")) + "".join(row.format(at) for at in range(2, 200_002))
    began = time.monotonic()
    assert read_sheet(parts(rows)).rows == {1: ("甲",)}
    assert time.monotonic() - began < 20


def test_merged_cells_show_their_first() -> None:
    rows = f'<row r="1">{text("A1")}{text("B1", "藏")}{text("C1", "乙")}</row>'
    rows += f'<row r="2">{text("A2", "藏")}</row>'
    after = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="何"/><mergeCell ref="D9"/></mergeCells>'
    found = read_sheet(parts(rows, after=after))
    assert found.rows == {1: ("甲", None, "乙")}
    assert found.merges == (Span(1, 1, 2, 2), Span(9, 4, 9, 4))


def test_too_many_merged_cells_over_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f'<row r="{at}">{text(f"A{at}")}</row>' for at in range(1, 2_001))
    after = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 5_000 + "</mergeCells>"
    with pytest.raises(Unfit, match="合并的单元格太多"):
        read_sheet(parts(rows, after=after))
    monkeypatch.setattr(limits, "MOST_MERGES", 4_999)
    with pytest.raises(Unfit, match="超过 4999 处"):
        read_sheet(parts("", after=after))


def test_hidden_rows_and_columns_are_told() -> None:
    rows = f'<row r="1" hidden="1">{text("A1")}</row><row hidden="true"><c/></row>'
    rows += f'<row hidden="0">{text("A3")}</row>'
    columns = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="0"/></cols>'
    found = read_sheet(parts(rows, before=columns))
    assert (set(found.hidden_rows), set(found.hidden_columns)) == ({1}, {2, 3})


def test_prefixes_and_strict_namespaces_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    rows = '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row>'
    part = f'<x:worksheet xmlns:x="{strict}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    assert read_sheet(parts() | {PART: part}).rows == {1: ("甲",)}


@pytest.mark.parametrize("coding", ["utf-16", "utf-8-sig", "gb18030", "utf-7"])
def test_another_encoding_is_read_or_refused(coding: str) -> None:
    part = sheet(f'<row r="1">{text("A1")}</row>').replace("UTF-8", coding.removesuffix("-sig"))
    content = parts() | {PART: part.encode(coding)}
    if coding.startswith("utf") and coding != "utf-7":
        assert read_sheet(content).rows == {1: ("甲",)}
        return
    with pytest.raises(Unfit):
        read_sheet(content)


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(coding: str) -> None:
    head = f'<?xml version="1.0" encoding="{coding}"?>'
    part = head + '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hosts">]><worksheet/>'
    for name in (PART, "xl/workbook.xml", "xl/styles.xml", "xl/strings.xml", "_rels/.rels"):
        with pytest.raises(Unfit, match="DOCTYPE"):
            read_sheet(parts() | {name: part.encode(coding)})


def test_comments_between_rows_hide_nothing_and_add_nothing() -> None:
    a, b, c = (f'<row r="{at}">{text(f"A{at}", str(at))}</row>' for at in (1, 2, 3))
    for rows in (
        f"{a}<!-- {b} -->{c}",
        f"{a}<?pi {b}?>{c}",
        f"<!--{b}-->{a}{c}",
        f"{a}<x><![CDATA[{b}]]></x>{c}",
    ):
        assert read_sheet(parts(rows)).rows == {1: ("1",), 3: ("3",)}
    assert len(read_sheet(parts(f"{a}<row r='8'></row ><!-- {b} -->{c}")).rows) == 2


def test_sheets_come_in_the_order_of_the_workbook_with_their_state() -> None:
    book = workbook("乙", "甲", "图", properties='<workbookPr date1904="1"/>')
    content = parts() | {
        "xl/workbook.xml": book.replace('sheetId="2"', 'sheetId="2" state="veryHidden"'),
        "xl/_rels/workbook.xml.rels": links(
            *(
                ("worksheet", "/xl/Other/P.XML"),
                ("worksheet", "worksheets\\sheet1.xml"),
                ("chartsheet", "x.xml"),
            )
        ),
        "xl/other/p.xml": sheet(f"<row>{text('A1')}</row>"),
    }
    found = read(zipped(content)).sheets
    assert [(one.title, one.hidden, len(one.rows)) for one in found] == [("乙", False, 1), ("甲", True, 0)]
    assert found[0].epoch == dt.datetime(1904, 1, 1)


def test_a_sheet_that_is_listed_and_not_there_is_damage() -> None:
    with pytest.raises(Unfit, match="已损坏"):
        read(zipped({name: part for name, part in parts().items() if name != PART}))
    with pytest.raises(Unfit, match="已损坏"):
        read(zipped(parts() | {"xl/workbook.xml": workbook("甲", "乙", "丙", "丁")}))


@pytest.mark.parametrize(
    ("limit", "most", "why"),
    [
        ("MOST_ROWS", 3, "有内容的行超过 3 行"),
        ("MOST_CELLS", 3, "单元格超过"),
        ("MOST_TEXT", 50, "文字超过"),
        ("MOST_COLUMNS", 1, "单元格 B1 有内容"),
    ],
)
def test_a_book_that_holds_too_much_is_refused(
    limit: str, most: int, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, most)
    rows = "".join(f'<row r="{at}">{text(f"A{at}")}{text(f"B{at}")}</row>' for at in range(1, 5))
    with pytest.raises(Unfit, match=why):
        read_sheet(parts(rows))


def test_too_many_sheets_are_refused() -> None:
    with pytest.raises(Unfit, match="超过 100 张"):
        read(zipped(parts() | {"xl/workbook.xml": workbook(*map(str, range(101)))}))


def test_one_long_text_in_a_million_cells_is_refused_before_it_is_sent() -> None:
    strings = f'{HEAD}<sst xmlns="{MAIN}"><si><t>{"甲" * 30_000}</t></si></sst>'
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 3_001))
    with pytest.raises(Unfit, match="文字超过 8000 万个"):
        read_sheet(parts(rows) | {"xl/strings.xml": strings})


def test_a_token_without_end_is_refused() -> None:
    with pytest.raises(Unfit, match="标记过长"):
        read_sheet(parts() | {PART: f'<worksheet a="{"甲" * 2 * limits.MEGA}"/>'})


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("<c/>" * (limits.LAST_COLUMN + 1), "的单元格超过 16384 个"),
        ('<c t="str"><v>' + "<!---->甲" * 300_000 + "</v></c>", "超过 32767 个字"),
    ],
)
def test_what_no_row_can_hold_is_refused_while_it_comes(row: str, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        read_sheet(parts(f"<row>{row}</row>"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<", "/sheetData><sheetData>"),
        ('<x a=">', '"/>'),
        ("&#49", ";"),
        ("<x", "/>"),
        ("</x", ">"),
    ],
)
def test_rows_inside_an_open_mark_are_damage(before: str, after: str) -> None:
    rows = parts(f'{before}<row r="1">{text("A1")}</row>{after}')
    strings = parts() | {"xl/strings.xml": f"<sst>{before}<si><t>甲</t></si>{after}</sst>"}
    for content in (rows, strings):
        with pytest.raises(Unfit, match="已损坏"):
            read_sheet(content)
