"""What else of a sheet speaks of rows: merged cells, drop-downs, colours, filters, breaks; all move too."""

from collections.abc import Collection, Iterator

from desktop.excel.filling.area import MOST_ROWS, Area, area
from desktop.excel.filling.formulas import Shift
from desktop.excel.filling.sheetxml import SheetPart
from desktop.excel.filling.spans import Edit, Node, escaped, retagged, tag

RANGES = {
    "conditionalFormatting": "sqref",
    "dataValidation": "sqref",
    "ignoredError": "sqref",
    "protectedRange": "sqref",
    "hyperlink": "ref",
    "autoFilter": "ref",
    "sortState": "ref",
    "sortCondition": "ref",
    "cellWatch": "r",
}
FORMULAS = {"formula", "formula1", "formula2", "f"}


def edits(sheet: SheetPart, shift: Shift, columns: Collection[int], entries: int) -> Iterator[Edit]:
    """The edits of a sheet's part outside its rows."""
    for node in sheet.root.children:
        if node.name == "sheetData":
            continue
        if node.name == "dimension":
            size = _dimension(sheet, shift, columns, entries)
            yield node.start, node.inside, retagged(node, {"ref": size})
        elif node.name == "mergeCells":
            yield node.start, node.end, merged(node, shift)
        elif node.name == "hyperlinks":
            yield from _links(node, shift, columns)
        elif shift.extra:
            yield from _moved(node, shift)


def _moved(node: Node, shift: Shift) -> Iterator[Edit]:
    name = RANGES.get(node.name)
    if name and name in node.attributes:
        ranges = shift.covering(node.attributes[name])
        yield node.start, node.inside, retagged(node, {name: ranges})
    elif node.name == "brk" and node.number("id") >= shift.last:
        yield node.start, node.inside, retagged(node, {"id": str(node.number("id") + shift.extra)})
    if node.name in FORMULAS and not node.children:
        yield node.inside, node.close, escaped(shift.formula(node.text, own=True)).encode()
    elif node.name == "sqref":
        yield node.inside, node.close, shift.covering(node.text).encode()
    if node.name != "colBreaks":
        for one in node.children:
            yield from _moved(one, shift)


def merged(node: Node, shift: Shift) -> bytes:
    """The merged cells anew: those below move, those within one prepared row are repeated on each new one.

    Cells that are merged over several prepared rows come apart, as each row is another entry.
    """
    places = []
    for one in node.every("mergeCell"):
        old = area(one.attributes.get("ref", ""))
        if old is None:
            continue
        if old.bottom < shift.first or old.top > shift.last:
            places.append(old._replace(top=shift.row(old.top), bottom=shift.row(old.bottom)))
        elif old.top == old.bottom:
            places.append(old)
            if old.top == shift.first:
                added = range(shift.last + 1, shift.last + shift.extra + 1)
                places += [old._replace(top=row, bottom=row) for row in added]
    if not places:
        return b""
    each = "".join(f'<{node.prefix}mergeCell ref="{place}"/>' for place in places)
    return f"{tag(node.tag, {'count': str(len(places))})}{each}</{node.tag}>".encode()


def _links(node: Node, shift: Shift, columns: Collection[int]) -> Iterator[Edit]:
    """Links move too; one on a cell that entries write belongs to an example and goes."""
    stale = [one for one in node.children if _is_example(one.attributes.get("ref", "A1"), shift, columns)]
    if len(stale) == len(node.children):
        yield node.start, node.end, b""
        return
    yield from ((one.start, one.end, b"") for one in stale)
    for one in node.children:
        if one not in stale and shift.extra:
            yield from _moved(one, shift)


def _is_example(ref: str, shift: Shift, columns: Collection[int]) -> bool:
    place = area(ref)
    if place is None or not shift.first <= place.top <= place.bottom <= shift.last:
        return False
    return any(place.left <= column <= place.right for column in columns)


def _dimension(sheet: SheetPart, shift: Shift, columns: Collection[int], entries: int) -> str:
    """From the first to the last cell; what the sheet said before is believed for its columns only."""
    said = sheet.root.first("dimension")
    old = (said and area(said.attributes.get("ref", ""))) or Area(1, 1, 1, 1)
    rows = [shift.row(row) for row in sheet.rows]
    if entries:
        rows += [shift.first, shift.first + entries - 1]
    left, right = min([old.left, *columns]), max([old.right, *columns])
    return str(Area(left, min(rows, default=1), right, min(max(rows, default=1), MOST_ROWS)))
