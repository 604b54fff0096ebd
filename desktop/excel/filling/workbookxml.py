"""What the rest of a workbook says of the filled sheet: names, tables, and formulas elsewhere."""

import datetime as dt
import re

from openpyxl.utils import absolute_coordinate, quote_sheetname

from desktop.excel.filling.elements import WORKBOOK, inserted
from desktop.excel.filling.formulas import Shift
from desktop.excel.filling.package import Package
from desktop.excel.filling.spans import Edit, Node, appended, escaped, retagged, tag
from desktop.excel.reading.grid import EPOCH_1900, EPOCH_1904

FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")


def epoch(package: Package) -> dt.datetime:
    """Day 0 of the workbook's dates."""
    properties = package.tree(package.workbook)[1].first("workbookPr")
    since_1904 = properties is not None and properties.attributes.get("date1904") in ("1", "true")
    return EPOCH_1904 if since_1904 else EPOCH_1900


def move_names(package: Package, shift: Shift) -> None:
    """Print areas, print titles, filters and names that reach the moved rows."""
    names = package.tree(package.workbook)[1].first("definedNames")
    edits: list[Edit] = []
    for one in names.children if names else ():
        moved = shift.formula(one.text, own=False)
        if moved != one.text:
            edits.append((one.inside, one.close, escaped(moved).encode()))
    if edits:
        package.edit(package.workbook, *edits)


def grow_tables(package: Package, part: str, shift: Shift) -> None:
    """The tables of the filled sheet, as their parts say where they are."""
    for kind, name in package.related(part).values():
        if kind == "table" and name in package:
            root = package.tree(name)[1]
            spoken = [root, *root.every("autoFilter"), *root.every("sortState")]
            moved = [(one, shift.covering(one.attributes.get("ref", ""))) for one in spoken]
            package.edit(name, *((one.start, one.inside, retagged(one, {"ref": ref})) for one, ref in moved))


def move_elsewhere(package: Package, part: str, shift: Shift) -> bool:
    """Formulas of other sheets, and of charts, that reach moved rows; whether any sheet has formulas."""
    sheets = [name for name in package.sheets().values() if name != part]
    counted = [name for name in sheets if FORMULA.search(package.read(name))]
    if shift.extra:
        charts = [name for name in package.names() if "/charts/" in name and name.endswith(".xml")]
        for name in [*counted, *charts]:
            edits = list(_formulas(package.tree(name)[1], shift))
            if edits:
                package.edit(name, *edits)
    return bool(counted)


def _formulas(node: Node, shift: Shift) -> list[Edit]:
    if node.name == "f":
        moved = shift.formula(node.text, own=False)
        return [] if moved == node.text else [(node.inside, node.close, escaped(moved).encode())]
    return [edit for one in node.children for edit in _formulas(one, shift)]


def count_anew(package: Package) -> None:
    """Have the next program that opens the workbook count every formula."""
    root = package.tree(package.workbook)[1]
    settings = root.first("calcPr")
    if settings is not None:
        changed = retagged(settings, {"fullCalcOnLoad": "1"})
        package.edit(package.workbook, (settings.start, settings.inside, changed))
        return
    new = f'<{root.prefix}calcPr fullCalcOnLoad="1"/>'.encode()
    package.edit(package.workbook, inserted(root, "calcPr", new, WORKBOOK))


def drop_chain(package: Package) -> None:
    """Leave out the order of calculation; it names cells that have moved, and is made anew."""
    if chain := package.find(package.workbook, "calcChain"):
        package.drop(chain, package.workbook)


def name_filter(package: Package, title: str, place: str) -> None:
    """Say in the list of names where a sheet's filter is, as Excel does."""
    root = package.tree(package.workbook)[1]
    sheets, names = root.first("sheets"), root.first("definedNames")
    titles = [one.attributes.get("name", "") for one in sheets.children] if sheets else []
    own = str(titles.index(title))
    left, _, right = place.partition(":")
    text = f"{quote_sheetname(title)}!{absolute_coordinate(left)}:{absolute_coordinate(right)}"
    name = {"name": "_xlnm._FilterDatabase", "localSheetId": own, "hidden": "1"}
    new = f"{tag(f'{root.prefix}definedName', name)}{escaped(text)}</{root.prefix}definedName>".encode()
    for one in names.children if names else ():
        if one.attributes.get("name") == name["name"] and one.attributes.get("localSheetId") == own:
            package.edit(package.workbook, (one.start, one.end, new))
            return
    if names is not None:
        package.edit(package.workbook, *appended(names, new))
        return
    new = f"<{root.prefix}definedNames>".encode() + new + f"</{root.prefix}definedNames>".encode()
    package.edit(package.workbook, inserted(root, "definedNames", new, WORKBOOK))
