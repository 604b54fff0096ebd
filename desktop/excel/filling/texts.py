"""The texts of a row's cells, wherever the workbook keeps them."""

import re
from collections.abc import Iterable

from desktop.errors import Refusal
from desktop.excel.filling.package import BROKEN, Package
from desktop.excel.filling.sheetxml import Row
from desktop.excel.filling.spans import Malformed, Node, parse

ITEM = re.compile(rb"<(?:\w+:)?si(?:\s[^<>]*)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)


def row_texts(package: Package, row: Row) -> dict[int, str]:
    """Text by column of those cells that have one; numbers too, as they stand."""
    found, shared = {}, {}
    for column, cell in row.cells():
        if (value := cell.first("v")) is not None and value.text.strip():
            if cell.attributes.get("t") == "s" and value.text.strip().isdecimal():
                shared[column] = int(value.text)
            else:
                found[column] = value.text
        elif (inline := cell.first("is")) is not None and (words := _words(inline)):
            found[column] = words
    listed = _shared(package, shared.values()) if shared else {}
    return {**found, **{column: listed.get(number, "") for column, number in shared.items()}}


def _shared(package: Package, numbers: Iterable[int]) -> dict[int, str]:
    part = package.find(package.workbook, "sharedStrings")
    wanted = set(numbers)
    found: dict[int, str] = {}
    if part is None:
        return found
    for number, item in enumerate(ITEM.finditer(package.read(part))):
        if number in wanted:
            try:
                found[number] = _words(parse(item[0]))
            except Malformed as trouble:
                raise Refusal(package.what, *BROKEN) from trouble
            if len(found) == len(wanted):
                break
    return found


def _words(node: Node) -> str:
    """Texts one after the other, without the readings of phonetic runs."""
    own = node.text if node.name == "t" else ""
    return own + "".join(_words(one) for one in node.children if one.name != "rPh")
