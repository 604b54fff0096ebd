"""Rosters in the XML of other programs: formulas with and without results, prefixes, cells without places."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from desktop.services.invented import Person
from tests.corpus import raw
from tests.corpus.case import zipped
from tests.corpus.raw import DECLARED, LINKS, MAIN


def roster_with_formulas(some: Sequence[Person], team: str, *, counted: bool) -> bytes:
    """A roster whose 性别 and 出生日期 follow from the number by formulas, with or without their results."""
    rows = [raw.row(1, ("队伍", "姓名", "身份证号", "手机", "性别", "出生日期"))]
    for at, one in enumerate(some, 2):
        cells = [raw.cell(n, at, v) for n, v in enumerate((team, one.name, one.id_number, one.mobile), 1)]
        sex, born = f'IF(MOD(MID(C{at},17,1),2),"男","女")', f'TEXT(MID(C{at},7,8),"0000-00-00")'
        sex_value = f"<v>{'男' if one.gender == '1' else '女'}</v>" if counted else ""
        born_value = f"<v>{one.born.isoformat()}</v>" if counted else ""
        kind = ' t="str"' if counted else ""
        cells.append(f'<c r="E{at}"{kind}><f>{escape(sex)}</f>{sex_value}</c>')
        cells.append(f'<c r="F{at}"{kind}><f>{escape(born)}</f>{born_value}</c>')
        rows.append(f'<row r="{at}">{"".join(cells)}</row>')
    return zipped(raw.parts(raw.sheet("".join(rows))))


def roster(some: Sequence[Person], team: str) -> bytes:
    """A roster with prefixed tags, absolute targets, rich shared strings, cells and rows without places."""
    texts = [*raw.HEAD[:5], team, "成员", *(word for one in some for word in (one.name, one.mobile))]
    items = "".join(
        f"<x:si><x:r><x:t>{text[:1]}</x:t></x:r><x:r><x:rPr><x:b/></x:rPr><x:t>{text[1:]}</x:t></x:r>"
        f'<x:phoneticPr fontId="1"/></x:si>'
        for text in texts
    )
    head = "".join(f'<x:c t="s"><x:v>{at}</x:v></x:c>' for at in range(5))
    rows = f'<x:row spans="1:5">{head}</x:row>'
    for at, one in enumerate(some):
        name, mobile = 7 + at * 2, 8 + at * 2
        rows += (
            f'<x:row><x:c t="s"><x:v>5</x:v></x:c><x:c t="s"><x:v>{name}</x:v></x:c>'
            f'<x:c t="inlineStr"><x:is><x:t>{one.id_number}</x:t></x:is></x:c>'
            f'<x:c t="s"><x:v>{mobile}</x:v></x:c><x:c t="s"><x:v>6</x:v></x:c></x:row>'
        )
    parts = raw.parts()
    parts[raw.STRINGS] = f'{DECLARED}<x:sst xmlns:x="{MAIN}">{items}</x:sst>'.encode()
    parts[raw.SHEET] = (
        f'{DECLARED}<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'.encode()
    )
    parts[raw.BOOK] = (
        f'{DECLARED}<x:workbook xmlns:x="{MAIN}" xmlns:rel="{LINKS}"><x:sheets>'
        '<x:sheet name="Sheet1" sheetId="1" rel:id="rId1"/></x:sheets></x:workbook>'
    ).encode()
    parts[raw.BOOK_LINKS] = raw.links(
        [
            ("rId1", "worksheet", "/xl/worksheets/sheet1.xml"),
            ("rId8", "styles", "/xl/styles.xml"),
            ("rId9", "sharedStrings", "/xl/sharedStrings.xml"),
        ]
    )
    return zipped(parts)
