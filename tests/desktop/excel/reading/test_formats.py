"""A file is what its content says."""

import io
import tarfile
from pathlib import Path

import pytest

from desktop.excel.reading.grid import EPOCH_1900, Number
from desktop.excel.reading.limits import Unfit
from tests.desktop.excel.reading.mutants import ODS
from tests.desktop.excel.reading.workbooks import HEAD, links, parts, read, tried, zipped

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600
OLD = Path(__file__).parents[3] / "corpus" / "files" / "roster.xls"
KIND = "application/vnd.oasis.opendocument."


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def of_office(root: str) -> bytes:
    return zipped({"_rels/.rels": links(("officeDocument", "word/document.xml")), "word/document.xml": root})


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\0" * 100, "没有内容"),
        (b" \r\n", "没有内容"),
        (OLE, "旧格式"),
        (OLE + utf16("Workbook\0"), "旧格式"),
        (OLE + utf16("Workbook\0") + b"\x09\x08\x10\0\0\x06" + b"\0" * 14 + b"\x2f\0\x06\0", "有密码"),
        (OLE + utf16("WordDocument"), "它是 Word 文档"),
        (OLE + utf16("EncryptedPackage"), "有密码"),
        (b"PK\x03\x04" + b"\0" * 50, "已损坏"),
        (b"PK\x05\x06" + b"\0" * 18, "它是压缩包"),
        (zipped({"花名册.txt": "甲"}), "它是压缩包"),
        (of_office("<w:document xmlns:w='w'/>"), "它是 Word 文档"),
        (of_office("<p:presentation xmlns:p='p'/>"), "它是演示文稿"),
        (zipped(parts() | {"_rels/.rels": links(("officeDocument", "xl/workbook.bin"))}), "xlsb"),
        (zipped({"mimetype": KIND + "text", "content.xml": "<a/>"}), "OpenDocument 文档"),
        (zipped({"mimetype": KIND + "spreadsheet", "content.xml": "<a/>"}), "没有工作表"),
        (zipped({"mimetype": KIND + "spreadsheet", "META-INF/manifest.xml": "<encryption-data/>"}), "有密码"),
        (b"%PDF-1.7\n%\xe2\xe3", "它是 PDF 文件"),
        (b"\x89PNG\r\n\x1a\n\0", "它是图片"),
        (b"\n<HTML><table><tr><td>1</table>", "网页格式的表格"),
        (b"<style>td{}</style><table><tr>", "网页格式的表格"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "2003"),
        (b'<?xml version="1.0"?><a/>', "它是 XML 格式的文件"),
        (b"{\\rtf1 }", "它是 RTF 文档"),
        (b"MZ\x90\0\x03\0", "不是表格文件"),
        (b"\x80\x81\xff\xfe\xff", "不是表格文件"),
    ],
)
def test_what_is_no_workbook_is_named(data: bytes, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        read(data)


def test_a_wrong_extension_does_not_matter() -> None:
    assert read(zipped(parts()), "名册.xls").kind == "xlsx"
    assert read(b"a,b\n", "名册.xlsx").kind == "csv"


def test_a_tape_archive_is_no_table() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))
    with pytest.raises(Unfit, match="不是表格文件"):
        read(file.getvalue())


def test_an_old_workbook_is_read() -> None:
    book = read(OLD.read_bytes())
    (sheet,) = book.sheets
    assert book.kind == "xls"
    assert sheet.rows[2][:2] == ("序号", "村")
    assert sheet.rows[3][:2] == (Number("1"), "沈圩村")
    assert sheet.rows[3][6] == Number("45296", dated=True)  # 2024-01-05
    assert (sheet.epoch, sheet.merges_known) == (EPOCH_1900, True)
    assert (sheet.merges[0].left, sheet.merges[0].right) == (1, 7)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_truncated_old_workbook_is_refused_or_read(kept: float) -> None:
    whole = OLD.read_bytes()
    found = tried(whole[: int(len(whole) * kept)])
    assert "另存为 .xlsx" in found.remedy if isinstance(found, Unfit) else found.kind == "xls"


def ods(rows: str, before: str = "") -> bytes:
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">'
        '<office:automatic-styles><style:style style:name="off">'
        '<style:table-properties table:display="false"/></style:style>'
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="一" table:style-name="off">{before}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": KIND + "spreadsheet", "content.xml": HEAD + content})


def test_an_open_document_is_read_with_its_repeats() -> None:
    (sheet,) = read(zipped({"mimetype": KIND + "spreadsheet", "content.xml": ODS})).sheets
    assert sheet.rows == {1: ("甲 乙", Number("5"), Number("5")), 2: ("甲 乙", Number("5"), Number("5"))}


def test_an_open_document_tells_all_kinds_of_cells() -> None:
    cells = {
        'office:value-type="date" office:date-value="2026-01-05T00:00:00"': "<text:p>1月</text:p>",
        'office:value-type="boolean" office:boolean-value="true"': "<text:p>真</text:p>",
        'table:formula="of:=A1" office:value-type="float" office:value="7"': "<text:p>7</text:p>",
        'table:formula="of:=A1"': "",
        'office:value-type="string"': "<text:p>甲</text:p><text:p>乙<text:tab/></text:p>"
        "<office:annotation><text:p>批注</text:p></office:annotation>",
        'xmlns:calcext="c" office:value-type="string" calcext:value-type="error"': "<text:p>#REF!</text:p>",
    }
    rows = "".join(f"<table:table-cell {about}>{words}</table:table-cell>" for about, words in cells.items())
    (sheet,) = read(ods(f"<table:table-row>{rows}</table:table-row>")).sheets
    assert [str(one) for one in sheet.rows[1]] == [
        *("2026-01-05", "True", "Number(text='7', dated=False)", "Uncounted(formula='=A1')"),
        *("甲\n乙\t", "Fault(text='#REF!')"),
    ]
    assert sheet.hidden


def test_an_open_document_tells_what_is_merged_and_hidden() -> None:
    cell = '<table:table-cell office:value-type="string" {0}><text:p>甲</text:p></table:table-cell>'
    columns = '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    rows = (
        '<table:table-row table:visibility="filter">'
        + cell.format('table:number-columns-spanned="2" table:number-rows-spanned="2"')
        + "<table:covered-table-cell><text:p>藏</text:p></table:covered-table-cell></table:table-row>"
    )
    (sheet,) = read(ods(rows, columns)).sheets
    assert sheet.rows == {1: ("甲",)}
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({1}, {1, 2})
    assert [(one.bottom, one.right) for one in sheet.merges] == [(2, 2)]


@pytest.mark.parametrize(
    ("row", "cell", "why"), [(1_048_576, 1, "有内容的行超过"), (1, 1_048_576, "最多读到第 300 列")]
)
def test_a_repeat_without_end_is_refused(row: int, cell: int, why: str) -> None:
    rows = (
        f'<table:table-row table:number-rows-repeated="{row}"><table:table-cell office:value-type="string"'
        f' table:number-columns-repeated="{cell}"><text:p>甲</text:p></table:table-cell></table:table-row>'
    )
    with pytest.raises(Unfit, match=why):
        read(ods(rows))


@pytest.mark.parametrize("words", ['<text:s text:c="20000"/>甲<text:s text:c="20000"/>', "甲" * 40_000])
def test_a_cell_without_end_in_an_open_document_is_refused(words: str) -> None:
    cell = f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'
    with pytest.raises(Unfit, match="超过 32767 个字"):
        read(ods(f"<table:table-row>{cell}</table:table-row>"))
