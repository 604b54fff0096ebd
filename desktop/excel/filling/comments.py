"""Notes on cells: our own are taken off and put on, those of others stay."""

import re
from collections.abc import Mapping

from desktop.excel.filling.area import Area, area, letters
from desktop.excel.filling.package import TYPES, Package
from desktop.excel.filling.sheetxml import SheetPart
from desktop.excel.filling.spans import Edit, appended, tag
from desktop.excel.filling.values import text_of

AUTHOR = "平安台账"
MOST = 2_000  # notes; more make Excel slow to open, and the column beside the rows says it all
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SHAPE = re.compile(rb"<((?:\w+:)?)shape[\s>].*?</\1shape>", re.DOTALL)
AT_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d{1,7})\s*<")
AT_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d{1,5})\s*<")
SHAPE_NUMBER = re.compile(rb'id="_x0000_s(\d{1,7})"')
NAMES = (  # on each shape, as drawings of other programs name them otherwise
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
SHAPE_TYPE = (
    f'<v:shapetype {NAMES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
NEW_DRAWING = (
    f'<xml {NAMES}><o:shapelayout v:ext="edit">'
    f'<o:idmap v:ext="edit" data="1"/></o:shapelayout>{SHAPE_TYPE}</xml>'
)
NEW_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{}"><authors/><commentList/></comments>'
)

Place = tuple[int, int]  # row and column, from 1


def annotate(package: Package, sheet: SheetPart, notes: Mapping[Place, str]) -> str | None:
    """Put ``notes`` on cells in place of those we put there before.

    :returns: the relationship of a new drawing that the sheet must name, if it had none.
    """
    part = package.find(sheet.part, "comments")
    if part is None and not notes:
        return None
    if part is None:
        part = package.fresh("xl/comments{}.xml")
        package.replace(part, NEW_COMMENTS.format(sheet.root.namespace).encode())
        package.declare(part, CONTENT)
        package.relate(sheet.part, "comments", part)
    gone, taken = _rewrite(package, part, dict(list(notes.items())[:MOST]))
    shown = [place for place in list(notes)[:MOST] if place not in taken]
    return _draw(package, sheet, gone, shown)


def _rewrite(package: Package, part: str, notes: Mapping[Place, str]) -> tuple[set[Place], set[Place]]:
    """The places that lost our note, and those where a note of somebody else stays instead of ours."""
    root = package.tree(part)[1]
    authors, listed = root.first("authors"), root.first("commentList")
    if authors is None or listed is None:
        return set(), set(notes)
    names = [one.text for one in authors.children]
    edits: list[Edit] = []
    gone, taken = set(), set()
    for one in listed.children:
        where = area(one.attributes.get("ref", "")) or Area(1, 1, 1, 1)
        place, who = (where.top, where.left), one.number("authorId")
        if who < len(names) and names[who] == AUTHOR:
            gone.add(place)
            edits.append((one.start, one.end, b""))
        else:
            taken.add(place)
    prefix = root.prefix
    if AUTHOR not in names:
        edits += appended(authors, f"<{prefix}author>{AUTHOR}</{prefix}author>".encode())
        names.append(AUTHOR)
    mine = "".join(
        f'<{prefix}comment ref="{letters(column)}{row}" authorId="{names.index(AUTHOR)}">'
        f"<{prefix}text><{prefix}t>{text_of(text)}</{prefix}t></{prefix}text></{prefix}comment>"
        for (row, column), text in sorted(notes.items())
        if (row, column) not in taken
    )
    package.edit(part, *edits, *appended(listed, mine.encode()))
    return gone, taken


def _draw(package: Package, sheet: SheetPart, gone: set[Place], shown: list[Place]) -> str | None:
    named = sheet.root.first("legacyDrawing")
    link = named.value("id") if named else None
    part = package.related(sheet.part).get(link or "", ("", ""))[1]
    made = None
    if not part or part not in package:
        part = package.fresh("xl/drawings/vmlDrawing{}.vml")
        package.replace(part, NEW_DRAWING.encode())
        made = package.relate(sheet.part, "vmlDrawing", part)
        _declare_drawings(package)
    drawing = SHAPE.sub(lambda found: b"" if _place(found[0]) in gone else found[0], package.read(part))
    kind = "" if b'"_x0000_t202"' in drawing else SHAPE_TYPE
    free = max([1024, *(int(one) for one in SHAPE_NUMBER.findall(drawing))]) + 1
    shapes = "".join(_shape(number, place) for number, place in enumerate(shown, free))
    end = drawing.rindex(b"</xml>") if b"</xml>" in drawing else len(drawing)
    package.replace(part, drawing[:end] + (kind + shapes).encode() + drawing[end:])
    return made


def _declare_drawings(package: Package) -> None:
    root = package.tree(TYPES)[1]
    if not any(one.attributes.get("Extension", "").lower() == "vml" for one in root.every("Default")):
        line = tag(f"{root.prefix}Default", {"Extension": "vml", "ContentType": DRAWING}, empty=True)
        package.edit(TYPES, (root.inside, root.inside, line.encode()))


def _place(shape: bytes) -> Place | None:
    row, column = AT_ROW.search(shape), AT_COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None


def _shape(number: int, place: Place) -> str:
    row, column = place
    anchor = f"{column}, 15, {max(row - 2, 0)}, 10, {column + 3}, 15, {row + 3}, 4"
    return (
        f'<v:shape {NAMES} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f'z-index:{number};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox/>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
