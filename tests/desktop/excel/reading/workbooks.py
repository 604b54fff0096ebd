"""Workbooks built by hand, part by part, and read in this process."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from desktop.excel.reading.assembling import Assembler
from desktop.excel.reading.child import say
from desktop.excel.reading.grid import Book, Cell, Sheet
from desktop.excel.reading.limits import Unfit

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Parts = Mapping[str, str | bytes]


def links(*targets: tuple[str, str]) -> str:
    """A part of relationships: rId1, rId2, … each with a kind and a target."""
    inner = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{LINKS}">{inner}</Relationships>'


def workbook(*titles: str, properties: str = "") -> str:
    listed = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{at}" r:id="rId{at}"/>'
        for at, title in enumerate(titles, 1)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{listed}</sheets></workbook>'
    )


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    """A sheet's part around its rows; ``before`` and ``after`` stand beside ``sheetData``."""
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(rows: str = "", *, before: str = "", after: str = "") -> dict[str, str | bytes]:
    """A whole workbook with one sheet, 花名册."""
    return {
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook("花名册"),
        "xl/_rels/workbook.xml.rels": links(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "strings.xml")
        ),
        "xl/worksheets/sheet1.xml": sheet(rows, before=before, after=after),
    }


def styles(*formats: int, own: Mapping[int, str] | None = None) -> str:
    """Cell styles, each with the number of its format, and formats of the workbook's own."""
    named = "".join(
        f'<numFmt numFmtId="{at}" formatCode={quoteattr(code)}/>' for at, code in (own or {}).items()
    )
    used = "".join(f'<xf numFmtId="{one}"/>' for one in formats)
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{named}</numFmts><cellXfs>{used}</cellXfs></styleSheet>'
    )


def zipped(content: Parts) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return file.getvalue()


def read(data: bytes, name: str = "名册.xlsx") -> Book:
    """As :func:`desktop.excel.reading.process.read`, without a child.

    :raises Unfit: the file is refused.
    """
    assembler = Assembler(name)
    lines: list[str] = []
    say(data, lines.append)
    for line in lines:
        assembler.take(line)
    return assembler.book()


def tried(data: bytes) -> Book | Unfit:
    """As :func:`read`, a refusal given back."""
    try:
        return read(data)
    except Unfit as unfit:
        return unfit


def read_sheet(content: Parts) -> Sheet:
    """The only sheet of a workbook given by its parts."""
    (only,) = read(zipped(content)).sheets
    return only


def cell(xml: str, **others: str) -> Cell:
    """The cell A1 of a sheet that has only it; ``others`` are the parts styles and strings."""
    content = parts(f'<row r="1">{xml}</row>') | {f"xl/{name}.xml": part for name, part in others.items()}
    rows = read_sheet(content).rows
    return rows[1][0] if rows else None
