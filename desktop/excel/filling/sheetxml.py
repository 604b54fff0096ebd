"""One sheet's part: what stands before and behind its rows, and each row when it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.formula.translate import Translator

from desktop.errors import Refusal
from desktop.excel.filling.area import MOST_ROWS, place
from desktop.excel.filling.area import column as named
from desktop.excel.filling.package import BROKEN, Package
from desktop.excel.filling.spans import Malformed, Node, parse

USUAL_WIDTH = 8.43  # of a column, in characters, where a sheet says nothing


@dataclass(frozen=True, slots=True)
class Row:
    """One row by itself: its own bytes, and the spans in them."""

    number: int
    xml: bytes
    node: Node

    def cells(self) -> Iterator[tuple[int, Node]]:
        """Column, counted from 1, and cell; a cell that does not say where it is follows the one before."""
        column = 0
        for cell in self.node.every("c"):
            column = named(cell.attributes.get("r", "").rstrip("0123456789")) or column + 1
            yield column, cell


class SheetPart:
    """A worksheet; ``rows`` are its rows by number, as spans that are not yet looked into."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        self.xml, self.root = package.tree(part, closed="row")
        data = self.root.first("sheetData")
        if data is None:
            raise Refusal(package.what, *BROKEN)
        self.data, self.prefix = data, data.prefix
        self.rows: dict[int, Node] = {}
        number = 0
        for node in data.every("row"):
            before, number = number, node.number("r", number + 1)
            if not before < number <= MOST_ROWS:
                raise Refusal(package.what, *BROKEN)
            self.rows[number] = node
        self.masters = self._masters()

    def row(self, number: int) -> Row | None:
        node = self.rows.get(number)
        if node is None:
            return None
        xml = self.xml[node.start : node.end]
        try:
            return Row(number, xml, parse(xml))
        except (Malformed, ValueError) as trouble:
            raise Refusal(self.package.what, *BROKEN) from trouble

    def has_formulas(self, number: int) -> bool:
        node = self.rows[number]
        xml = self.xml
        return xml.find(b"<f", node.inside, node.close) >= 0 or xml.find(b":f", node.inside, node.close) >= 0

    def formula(self, column: int, row: int, cell: Node) -> str | None:
        """The cell's formula, spelt out where it shares that of another cell; ``None``: it has none."""
        node = cell.first("f")
        if node is None:
            return None
        shared = node.attributes.get("t") == "shared" and not node.text
        if shared and (master := self.masters.get(node.attributes.get("si", ""))):
            text, origin = master
            own = place(column, row)
            return str(Translator(f"={text}", origin=origin).translate_formula(own))[1:]
        return node.text

    def column_style(self, column: int) -> int:
        """The style of cells that the sheet does not have."""
        return next((one.number("style") for one in self._columns(column)), 0)

    def column_width(self, column: int) -> float:
        """In characters."""
        usual = self.root.first("sheetFormatPr")
        fallback = usual.real("defaultColWidth", USUAL_WIDTH) if usual else USUAL_WIDTH
        return next((one.real("width", fallback) for one in self._columns(column)), fallback)

    def _columns(self, column: int) -> Iterator[Node]:
        listed = self.root.first("cols")
        for one in listed.children if listed else ():
            if one.number("min", 1) <= column <= one.number("max", 1):
                yield one

    def _masters(self) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        if b"shared" not in self.xml:
            return found
        for number in self.rows:
            row = self.row(number) if self.has_formulas(number) else None
            for column, cell in row.cells() if row else ():
                node = cell.first("f")
                if node and node.attributes.get("t") == "shared" and node.text:
                    found[node.attributes.get("si", "")] = (node.text, place(column, number))
        return found
