"""Templates as several programs write them, all with the same cells, and ways to alter their parts."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

TITLE = "花名册"
FIRST, LAST, TOTAL, SIGNATURE = 6, 8, 9, 11
HEADINGS = ("序号", "姓名", "身份证号", "人数", "日期", "备注", "年龄")
LISTED = ("男", "女")


@cache
def by_openpyxl() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = TITLE
    sheet["A1"], sheet["A2"], sheet["A3"] = "1.0", "群防群治队伍花名册", "填报单位"
    sheet.merge_cells("A2:G2")
    for column, heading in enumerate(HEADINGS, 1):
        sheet.cell(5, column, heading).font = Font(bold=True)
    for row in range(FIRST, LAST + 1):
        sheet.row_dimensions[row].height = 20
        sheet.cell(row, 1, f"=ROW()-{FIRST - 1}")
        sheet.cell(row, 3).number_format = "@"
        sheet.cell(row, 5).number_format = "yyyy-mm-dd"
        sheet.cell(row, 6).alignment = Alignment(wrap_text=True)
        sheet.cell(row, 7, f"=D{row}*2")
    sheet["B6"], sheet["C6"], sheet["D6"] = "张三（示例）", "341399199001011234", 7
    sheet["A9"], sheet["D9"], sheet["G9"] = "合计", "=SUM(D6:D8)", "=SUM(G6:G8)"
    sheet.merge_cells("A9:C9")
    sheet["A11"] = "负责人签字："
    sheet.merge_cells("A11:C12")
    wanted = DataValidation(type="list", formula1="名单!$A$1:$A$2", sqref="F6:F8")
    sheet.add_data_validation(wanted)
    negative = Rule(type="cellIs", operator="lessThan", formula=["0"], dxf=DifferentialStyle())
    sheet.conditional_formatting.add("D6:D8", negative)
    sheet.print_area, sheet.print_title_rows = "A1:G12", "1:5"
    sheet.row_breaks.append(Break(id=9))
    sheet.auto_filter.ref = "A5:G8"
    hidden = book.create_sheet("名单")
    hidden["A1"], hidden["A2"], hidden["B1"] = *LISTED, "=花名册!D9"
    hidden.sheet_state = "hidden"
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def by_xlsxwriter() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, hidden = book.add_worksheet(TITLE), book.add_worksheet("名单")
        text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write("A1", "1.0")
        sheet.merge_range("A2:G2", "群防群治队伍花名册")
        sheet.write("A3", "填报单位")
        sheet.write_row("A5", HEADINGS, book.add_format({"bold": True}))
        for row in range(FIRST, LAST + 1):
            sheet.set_row(row - 1, 20)
            sheet.write_formula(f"A{row}", f"=ROW()-{FIRST - 1}", None, row - FIRST + 1)
            sheet.write_blank(f"C{row}", None, text)
            sheet.write_blank(f"E{row}", None, day)
            sheet.write_formula(f"G{row}", f"=D{row}*2")
        sheet.write("B6", "张三（示例）")
        sheet.write("C6", "341399199001011234", text)
        sheet.write("D6", 7)
        sheet.merge_range("A9:C9", "合计")
        sheet.write_formula("D9", "=SUM(D6:D8)", None, 7)
        sheet.write_formula("G9", "=SUM(G6:G8)", None, 14)
        sheet.merge_range("A11:C12", "负责人签字：")
        sheet.data_validation("F6:F8", {"validate": "list", "source": "=名单!$A$1:$A$2"})
        sheet.conditional_format("D6:D8", {"type": "cell", "criteria": "<", "value": 0, "format": text})
        sheet.print_area("A1:G12")
        sheet.repeat_rows(0, 4)
        sheet.set_h_pagebreaks([9])
        sheet.autofilter("A5:G8")
        hidden.write_column("A1", LISTED)
        hidden.write_formula("B1", f"={TITLE}!D9", None, 7)
        hidden.hide()
    return out.getvalue()


@cache
def by_libreoffice() -> bytes:
    """As LibreOffice saves it; where there is none, as XlsxWriter does."""
    office = shutil.which("soffice")
    if office is None:
        return by_xlsxwriter()
    with TemporaryDirectory() as folder:
        source, out = Path(folder, "in.xlsx"), Path(folder, "out")
        source.write_bytes(by_xlsxwriter())
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (out / "in.xlsx").read_bytes()


def prefixed() -> bytes:
    """As programs write it that name the namespace of each element."""
    names = re.compile(rb"<(/?)([A-Za-z])")

    def change(xml: bytes) -> bytes:
        declaration, _, rest = xml.partition(b"?>") if xml.startswith(b"<?xml") else (b"", b"", xml)
        rest = names.sub(rb"<\1x:\2", rest).replace(b"xmlns=", b"xmlns:x=", 1)
        return declaration + b"?>" + rest if declaration else rest

    return altered(by_xlsxwriter(), {"xl/worksheets/sheet1.xml": change, "xl/styles.xml": change})


def nameless() -> bytes:
    """Rows and cells that do not say where they are, in UTF-16; Excel opens such a sheet."""

    def change(xml: bytes) -> bytes:
        def full(row: re.Match[bytes]) -> bytes:
            number, cells = int(row[1]), dict(re.findall(rb'(<c r="([A-Z])\d+".*?(?:/>|</c>))', row[0]))
            found = {letter: cell for cell, letter in cells.items()}
            written = [found.get(bytes([letter]), b"<c/>") for letter in b"ABCDEFG"]
            spoken = b"".join(re.sub(rb' r="[A-Z]\d+"', b"", one) for one in written)
            return b"<row>" + spoken + b"</row>" if number else b""

        xml = xml.replace(b'<row r="11"', b'<row r="10" spans="1:7"></row><row r="11"')
        xml = xml.replace(b'<row r="5"', b'<row r="4" spans="1:7"></row><row r="5"')
        xml = re.sub(rb'<row r="(\d+)".*?</row>', full, xml, flags=re.DOTALL)
        return xml.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")

    return altered(by_xlsxwriter(), {"xl/worksheets/sheet1.xml": change})


PRODUCERS = (by_openpyxl, by_xlsxwriter, by_libreoffice, prefixed, nameless)


def altered(workbook: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The workbook with some parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, changes[info.filename](content) if info.filename in changes else content)
    return out.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one more part."""
    out = io.BytesIO(workbook)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def parts(workbook: bytes | Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook) if isinstance(workbook, bytes) else workbook) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
