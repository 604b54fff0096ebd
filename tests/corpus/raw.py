"""A small workbook part by part, to be bent: what no library would write."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from desktop.services.invented import Person
from tests.corpus.case import Row, known, people
from tests.corpus.unit import PATROL

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."

HEAD = ("队伍", "姓名", "身份证号", "手机", "职务", "入队日期")
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, BOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TYPES, LINKS_PART = "[Content_Types].xml", "_rels/.rels"

SOME = people(700, 3)


def expected(some: Sequence[Person] = SOME) -> dict[int | tuple[str, int], Row]:
    """What the rows of :func:`parts` must become: 2, 3 and 4 for three people."""
    return {at: Row("new", known(one, PATROL, duty="09")) for at, one in enumerate(some, 2)}


def lines(some: Sequence[Person] = SOME) -> list[list[Any]]:
    """The rows of a plain roster, heading first; dates are serials in style 1."""
    return [list(HEAD), *([PATROL, one.name, one.id_number, one.mobile, "成员", 45296] for one in some)]


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def cell(column: int, row: int, value: Any) -> str:
    reference = f"{get_column_letter(column)}{row}"
    if isinstance(value, str):
        return inline(reference, value)
    style = ' s="1"' if column == 6 else ""
    return f'<c r="{reference}"{style}><v>{value}</v></c>'


def row(number: int, values: Sequence[Any]) -> str:
    cells = "".join(cell(at, number, value) for at, value in enumerate(values, 1) if value is not None)
    return f'<row r="{number}">{cells}</row>'


def sheet(data: str | None = None, *, before: str = "", after: str = "") -> bytes:
    """A sheet part around the XML of its rows."""
    if data is None:
        data = "".join(row(at, values) for at, values in enumerate(lines(), 1))
    top = f'{DECLARED}<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}">'
    return f"{top}{before}<sheetData>{data}</sheetData>{after}</worksheet>".encode()


def workbook(titles: Sequence[str] = ("名单",), *, extra: str = "") -> bytes:
    listed = "".join(
        f'<sheet name="{escape(title, {chr(34): "&quot;"})}" sheetId="{at}" r:id="rId{at}"/>'
        for at, title in enumerate(titles, 1)
    )
    top = f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
    return f"{top}{extra}<sheets>{listed}</sheets></workbook>".encode()


def links(targets: Sequence[tuple[str, str, str]]) -> bytes:
    """A part of relationships: (id, last word of the type, target)."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'.encode()


def types(overrides: Sequence[tuple[str, str]]) -> bytes:
    """The part of content types: (part, kind such as worksheet)."""
    listed = "".join(
        f'<Override PartName="/{part}" ContentType="{TYPE}{kind}+xml"/>' for part, kind in overrides
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{DECLARED}<Types xmlns="{PACKAGE}/content-types">{defaults}{listed}</Types>'.encode()


STYLE_SHEET = (
    f'{DECLARED}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
).encode()


def strings(texts: Sequence[str]) -> bytes:
    listed = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    top = f'{DECLARED}<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">'
    return f"{top}{listed}</sst>".encode()


def parts(data: bytes | None = None, **others: bytes) -> dict[str, bytes]:
    """The parts of a plain roster of three people, to be changed before they are zipped.

    :param data: the sheet's part instead.
    """
    return {
        TYPES: types(
            [(BOOK, "sheet.main"), (SHEET, "worksheet"), (STYLES, "styles"), (STRINGS, "sharedStrings")]
        ),
        LINKS_PART: links([("rId1", "officeDocument", BOOK)]),
        BOOK: workbook(),
        BOOK_LINKS: links(
            [
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId8", "styles", "styles.xml"),
                ("rId9", "sharedStrings", "sharedStrings.xml"),
            ]
        ),
        STYLES: STYLE_SHEET,
        STRINGS: strings(["没有用到"]),
        SHEET: sheet() if data is None else data,
    }
