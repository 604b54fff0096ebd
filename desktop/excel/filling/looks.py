"""How prepared rows look, and what they hold beside the entries: formulas that go with each row."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.excel.filling.area import letters
from desktop.excel.filling.formulas import OWN_ROW, Shift, repeated
from desktop.excel.filling.sheetxml import Row, SheetPart
from desktop.excel.filling.spans import Node, escaped

NOT_KEPT = {"r", "spans"}  # attributes of a row that say where it is, not how it looks
ROW, FAR = "\0", "\1"  # stand in a format for the row's number, and around a distance to another row


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell of a prepared row.

    :param content: what is in it, as a format; nothing for a blank cell or one that entries write.
    """

    column: int
    style: int
    kind: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a prepared row looks; ``number`` tells looks apart quickly."""

    attributes: tuple[tuple[str, str], ...]
    cells: tuple[Kept, ...]


class Looks:
    """The looks of a sheet's prepared rows; rows that the sheet does not have look like the first one."""

    def __init__(self, sheet: SheetPart, columns: Sequence[int], shift: Shift) -> None:
        self.sheet, self.columns, self.shift = sheet, columns, shift
        self._known: dict[Look, Look] = {}
        self.first = self._look(sheet.row(shift.first))

    def of(self, number: int) -> Look:
        """The look of row ``number``, prepared or beyond."""
        if number == self.shift.first or not self.shift.first < number <= self.shift.last:
            return self.first
        row = self.sheet.row(number)
        return self.first if row is None else self._completed(self._look(row))

    def _look(self, row: Row | None) -> Look:
        attributes: tuple[tuple[str, str], ...] = ()
        cells = {}
        if row is not None:
            kept = row.node.attributes.items()
            attributes = tuple((key, text) for key, text in kept if key not in NOT_KEPT and ":" not in key)
            for column, node in row.cells():
                style = node.number("s")
                content = ("", "") if column in self.columns else self._content(row, column, node)
                cells[column] = Kept(column, style, *content)
        whole = (
            row.node.number("s") if row and row.node.attributes.get("customFormat") in ("1", "true") else 0
        )
        for column in self.columns:
            if column not in cells and (style := whole or self.sheet.column_style(column)):
                cells[column] = Kept(column, style)
        return self._same(Look(attributes, tuple(cells[column] for column in sorted(cells))))

    def _completed(self, look: Look) -> Look:
        """A formula of the first row is repeated where a prepared row has nothing."""
        cells = {one.column: one for one in look.cells}
        for one in self.first.cells:
            mine = cells.get(one.column, Kept(one.column, one.style))
            if f"{self.sheet.prefix}f>" in one.content and not mine.content:
                cells[one.column] = Kept(one.column, mine.style, one.kind, one.content)
        return self._same(Look(look.attributes, tuple(cells[column] for column in sorted(cells))))

    def _same(self, look: Look) -> Look:
        return self._known.setdefault(look, look)

    def _content(self, row: Row, column: int, node: Node) -> tuple[str, str]:
        """Kind and content of a cell that entries do not write."""
        formula = self.sheet.formula(column, row.number, node)
        if formula is None:
            return node.attributes.get("t", ""), row.xml[node.inside : node.close].decode().replace("%", "%%")
        prefix, here = self.sheet.prefix, letters(column) + ROW
        moved = self.shift.formula(formula, own=True)
        text = repeated(moved, row.number, lambda away: f"{FAR}{away}{FAR}" if away else ROW)
        calculation = node.first("f")
        array = calculation is not None and calculation.attributes.get("t") == "array"
        begin = f'{prefix}f t="array" ref="{here}"' if array else f"{prefix}f"
        known = OWN_ROW.fullmatch(formula)
        value = ""
        if known:
            away = int(f"{known[1] or '+'}{known[2] or 0}")
            value = f"<{prefix}v>{FAR}{away}{FAR}</{prefix}v>"
        return "", f"<{begin}>{escaped(text)}</{prefix}f>".replace("%", "%%") + value
