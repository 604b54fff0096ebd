"""Workbooks gone wrong: a number gives the same mutant each time."""

import random
import re
from collections.abc import Callable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook as Writer

from tests.desktop.excel.reading.workbooks import HEAD, MAIN, parts, styles, zipped

Parts = list[tuple[str, bytes]]
TOKEN = re.compile(rb"<[^<>]*>|[^<>]+")
NUMBERS = (b"0", b"-1", b"1", b"300", b"301", b"1048576", b"1048577", b"99999999999999999999", b"1e999", b"")
SNIPPETS = (
    *(
        b"<!-- </row><row> -->",
        b"<![CDATA[</row></si>]]>",
        b"<?pi </row>?>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    ),
    *(b"&b;", b"&amp;", b"&#0;", b"&#x4e2d;", b"\x00", b"\r\n", b"\xff", b"]]>", b"<", b"</row>", b"</si>"),
    *(
        b"<row>",
        b'<row r="2" r="3">',
        b'<row r="5" hidden="1"><c><v>1</v></c></row>',
        b"<x:c><x:v>5</x:v></x:c>",
    ),
    *(
        b'<c r="XFD1048576"><v>1</v></c>',
        b'<c r="A1" t="s"><v>0</v></c>',
        b"<c><f/></c>",
        b"<is><t>x</t></is>",
    ),
    *(b'<mergeCell ref="A1:XFD1048576"/>', b'<col min="1" max="16384" hidden="1"/>', b"_x0000_", b"_xD800_"),
    *(b' r="A1"', b' t="s"', b' t="inlineStr"', b' s="-1"', b' hidden="true"', b"<a>" * 70, b"\xef\xbb\xbf"),
)
ODS = (
    '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">'
    "<office:body><office:spreadsheet>"
    '<table:table table:name="一"><table:table-column table:number-columns-repeated="3"/>'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string">'
    "<text:p>甲<text:s/>乙</text:p></table:table-cell>"
    '<table:table-cell office:value-type="float" office:value="5" table:number-columns-repeated="2"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)


def _by_openpyxl() -> bytes:
    book, file = Workbook(), BytesIO()
    page = book.worksheets[0]
    _fill(page)
    page.merge_cells("A20:C21")
    page.row_dimensions[3].hidden = True
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(file)
    return file.getvalue()


def _fill(page: Worksheet) -> None:
    for at in range(30):
        page.append([at, f"张{at}", "=1+1", at / 7, True, None, "甲<乙&丙", f"34139919900101{at:04}"])


def _by_xlsxwriter() -> bytes:
    file = BytesIO()
    with Writer(file) as book:
        page, day = book.add_worksheet("名册"), book.add_format({"num_format": "yyyy年m月"})
        for at in range(30):
            page.write_row(at, 0, [at, f"张{at}", " 甲\n乙 ", "_x0041_"])
            page.write_number(at, 5, 45_000 + at, day)
            page.write_formula(at, 6, "=1+1", day, 2)
        page.set_column(7, 9, None, None, {"hidden": True})
    return file.getvalue()


def _by_hand() -> bytes:
    strings = f'{HEAD}<sst xmlns="{MAIN}"><si><t>甲</t></si><si><r><t>乙</t></r></si></sst>'
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="7"><c r="C7"><f>A1</f></c></row>'
    return zipped(parts(rows) | {"xl/styles.xml": styles(0, 14), "xl/strings.xml": strings})


def _ods() -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ODS})


def bases() -> Sequence[bytes]:
    """Sound files, the last one a CSV."""
    text = '序号,姓名\r\n1,"张,三"\r\n2,"李\n四"\r\n'
    return (_by_openpyxl(), _by_xlsxwriter(), _by_hand(), _ods(), text.encode("gb18030"))


def mutant(number: int, sound: Sequence[bytes]) -> bytes:
    """A file that has gone wrong in one to six places."""
    chance = random.Random(number)
    data = chance.choice(sound)
    if data.startswith(b"PK") and chance.random() < 0.85:
        data = _repacked(data, chance)
    if not data.startswith(b"PK") or chance.random() < 0.2:
        for _ in range(chance.randint(1, 4)):
            data = chance.choice((_flipped, _cut, _spliced))(data, chance)
    return data


def _repacked(data: bytes, chance: random.Random) -> bytes:
    import warnings
    import zipfile

    with zipfile.ZipFile(BytesIO(data)) as archive:
        content: Parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content))
        name, part = content[at]
        if chance.random() < 0.08:
            _shuffle(content, at, chance)
        else:
            content[at] = name, chance.choice(MUTATIONS)(part, chance)
    file = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of names that come twice
        for name, part in content:
            archive.writestr(name, part)
    return file.getvalue()


def _shuffle(content: Parts, at: int, chance: random.Random) -> None:
    """Drop a part, name it otherwise, have it twice, or put another one in its place."""
    name, part = content[at]
    match chance.randrange(4):
        case 0 if len(content) > 1:
            content.pop(at)
        case 1:
            content[at] = (
                chance.choice((name.upper(), name.replace("/", "\\"), "../" + name, "/" + name)),
                part,
            )
        case 2:
            content.append((name, part))
        case _:
            content[at] = name, chance.choice(content)[1]


def _flipped(part: bytes, chance: random.Random) -> bytes:
    if not part:
        return part
    at = chance.randrange(len(part))
    return part[:at] + bytes([chance.randrange(256)]) + part[at + 1 :]


def _cut(part: bytes, chance: random.Random) -> bytes:
    return part[: chance.randrange(len(part) + 1)]


def _spliced(part: bytes, chance: random.Random) -> bytes:
    begin, end = sorted(chance.randrange(len(part) + 1) for _ in range(2))
    at = chance.randrange(len(part) + 1)
    return part[:at] + part[begin : min(end, begin + 200)] + part[at:]


def _token(part: bytes, chance: random.Random) -> bytes:
    """Leave out, repeat, exchange or replace one mark or text of an XML part."""
    tokens = TOKEN.findall(part)
    if not tokens:
        return part
    at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    match chance.randrange(4):
        case 0:
            tokens[at] = b""
        case 1:
            tokens[at] *= chance.choice((2, 2, 2, 5_000))
        case 2:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        case _:
            tokens[at] = chance.choice(SNIPPETS)
    return b"".join(tokens)


def _snippet(part: bytes, chance: random.Random) -> bytes:
    places = [found.start() for found in re.finditer(rb"[<> ]", part)] or [0]
    at = chance.choice(places) + chance.randint(0, 1)
    return part[:at] + chance.choice(SNIPPETS) + part[at:]


def _number(part: bytes, chance: random.Random) -> bytes:
    places = list(re.finditer(rb"[0-9]+", part))
    if not places:
        return part
    found = chance.choice(places)
    return part[: found.start()] + chance.choice(NUMBERS) + part[found.end() :]


def _recoded(part: bytes, chance: random.Random) -> bytes:
    coding = chance.choice(("utf-16", "utf-16-le", "gb18030", "latin-1", "utf-7", "utf-8-sig"))
    text = part.decode("utf-8", "replace")
    if chance.random() < 0.5:
        text = re.sub('encoding="[^"]*"', f'encoding="{coding}"', text)
    return text.encode(coding, "replace")


MUTATIONS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    *(_token, _token, _snippet, _snippet, _number, _number),
    *(_flipped, _cut, _spliced, _recoded),
)
