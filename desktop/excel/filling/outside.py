"""The rows above and below the entries: they move with their formulas, and some cells are written."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.errors import Refusal
from desktop.excel.filling.area import area, place
from desktop.excel.filling.filling import Filling, Total, Value
from desktop.excel.filling.formulas import Shift, rows_of
from desktop.excel.filling.rows import cell
from desktop.excel.filling.sheetxml import Row, SheetPart
from desktop.excel.filling.spans import Edit, Node, edited, escaped, retagged, tag
from desktop.excel.filling.styles import Styles
from desktop.excel.filling.summaries import Summaries, plain
from desktop.excel.filling.values import Kind, written


@dataclass(slots=True)
class Outside:
    """Rows that hold no entries.

    :param entries: how many entries were written.
    :param unsure: afterwards, whether a formula lost its value, so that the workbook must be counted anew.
    """

    sheet: SheetPart
    filling: Filling
    shift: Shift
    styles: Styles
    summaries: Summaries
    epoch: dt.datetime
    entries: int
    unsure: bool = False
    _new: dict[int, dict[int, Value | Total]] = field(default_factory=dict)
    _touched: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for text, value in self.filling.cells.items():
            row, column = placed(text, self.filling, self.sheet.package.what)
            self._new.setdefault(row, {})[column] = value
        if self.filling.total is not None:
            self._new.setdefault(self.filling.total, {}).update(self.filling.totals)
        formulas = {number for number in self.sheet.rows if self.sheet.has_formulas(number)}
        self._touched = formulas | set(self._new)

    def above(self) -> bytes:
        return b"".join(self._row(number) for number in self._numbers() if number < self.filling.first)

    def below(self) -> bytes:
        return b"".join(self._row(number) for number in self._numbers() if number > self.filling.last)

    def _numbers(self) -> list[int]:
        return sorted({*self.sheet.rows, *self._new})

    def _row(self, number: int) -> bytes:
        row = self.sheet.row(number) if self._changes(number) else None
        if row is None and number in self.sheet.rows:
            node = self.sheet.rows[number]
            return self.sheet.xml[node.start : node.end]
        new, to = self._new.get(number, {}), self.shift.row(number)
        if row is None:
            name = f"{self.sheet.prefix}row"
            cells = b"".join(self._written(column, to, None, new[column]) for column in sorted(new))
            return tag(name, {"r": str(to)}).encode() + cells + f"</{name}>".encode()
        return self._rewritten(row, new, to)

    def _changes(self, number: int) -> bool:
        moved = self.shift.row(number) != number
        return moved or number in self._new or (number in self.sheet.rows and self.sheet.has_formulas(number))

    def _rewritten(self, row: Row, new: Mapping[int, Value | Total], to: int) -> bytes:
        edits: list[Edit] = []
        todo = dict(sorted(new.items()))
        for column, node in row.cells():
            skipped = [one for one in todo if one < column]
            before = b"".join(self._written(one, to, None, todo.pop(one)) for one in skipped)
            edits.append((node.start, node.start, before))
            if column in todo:
                new_cell = self._written(column, to, node.number("s"), todo.pop(column))
                edits.append((node.start, node.end, new_cell))
            else:
                edits += self._moved(row, column, node, to)
        name = row.node.tag
        rest = b"".join(self._written(column, to, None, value) for column, value in todo.items())
        begin = retagged(row.node, {"r": str(to), "spans": None}, empty=False)
        close = len(row.xml) if row.node.empty else row.node.close
        body = edited(row.xml, edits, row.node.inside, close)
        return begin + body + rest + f"</{name}>".encode()

    def _moved(self, row: Row, column: int, node: Node, to: int) -> list[Edit]:
        """The edits of a cell that keeps what it has."""
        own = place(column, to)
        formula = self.sheet.formula(column, row.number, node)
        if formula is None:
            return [(node.start, node.inside, retagged(node, {"r": own}))]
        calculation = node.first("f")
        value = self.summaries.value(formula)
        kept = value is None and self._still_true(formula)
        if value is None and not kept:
            self.unsure = True
        how = calculation.attributes if calculation else {}
        lasting = {key: text for key, text in how.items() if key not in ("si", "ref") and text != "shared"}
        if "ref" in how and how.get("t") != "shared":
            lasting["ref"] = self.shift.reference(how["ref"], own=True)
        prefix = self.sheet.prefix
        new = tag(f"{prefix}f", lasting) + escaped(self.shift.formula(formula, own=True)) + f"</{prefix}f>"
        old = node.first("v")
        if value is not None:
            new += f"<{prefix}v>{value}</{prefix}v>"
        elif kept and old is not None:
            new += row.xml[old.start : old.end].decode()
        begin = retagged(node, {"r": own, **({} if kept else {"t": None})})
        return [(node.start, node.end, begin + new.encode() + f"</{node.tag}>".encode())]

    def _still_true(self, formula: str) -> bool:
        """Whether a formula reaches nothing that was written, nor other formulas."""
        first, last = self.filling.first, self.filling.last
        return not any(
            (top <= last and bottom >= first) or any(top <= one <= bottom for one in self._touched)
            for top, bottom in rows_of(formula)
        )

    def _written(self, column: int, to: int, style: int | None, value: Value | Total) -> bytes:
        number = self.sheet.column_style(column) if style is None else style
        if isinstance(value, Total):
            return self._total(column, to, number, value)
        kind, text = written(value, self.epoch)
        if kind in (Kind.DAY, Kind.MOMENT):
            number = self.styles.dated(number, moment=kind is Kind.MOMENT)
        elif kind is Kind.QUOTED:
            number = self.styles.quoted(number)
        return cell(self.sheet.prefix, place(column, to), number, kind, text).encode()

    def _total(self, column: int, to: int, style: int, total: Total) -> bytes:
        last = max(self.filling.first + self.entries - 1, self.filling.first)
        formula = total.formula
        for name, row in (("first", self.filling.first), ("last", last), ("own", to)):
            formula = formula.replace(f"{{{name}}}", str(row))  # other braces are lists of a formula
        value: str | None
        if isinstance(total.value, str):
            _, value = written(total.value, self.epoch)
        else:
            value = self.summaries.sum(column) if total.value is None else plain(total.value)
        prefix, text = self.sheet.prefix, ' t="str"' if isinstance(total.value, str) else ""
        self.unsure |= value is None
        begin = f'<{prefix}c r="{place(column, to)}"' + (f' s="{style}"' if style else "") + text
        known = "" if value is None else f"<{prefix}v>{value}</{prefix}v>"
        return f"{begin}><{prefix}f>{escaped(formula)}</{prefix}f>{known}</{prefix}c>".encode()


def placed(text: str, filling: Filling, what: str) -> tuple[int, int]:
    """Row and column of a cell that is written beside the entries."""
    found, remedy = area(text), "请修改这份模板的设置后再试"
    if found is None or (found.left, found.top) != (found.right, found.bottom):
        raise Refusal(what, f"“{text}”不是单元格", remedy)
    if filling.first <= found.top <= filling.last:
        raise Refusal(what, f"单元格 {text} 落在填写数据的行里", remedy)
    return found.top, found.left
