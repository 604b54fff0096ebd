"""Entries go into a workbook that somebody else made; whatever else it holds stays byte for byte."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from desktop.errors import Refusal
from desktop.excel import text
from desktop.excel.filling import rest, workbookxml
from desktop.excel.filling.area import MOST_ROWS
from desktop.excel.filling.deflated import Deflated, Spool
from desktop.excel.filling.filling import Filling, Value
from desktop.excel.filling.formulas import Shift, rows_of
from desktop.excel.filling.looks import Looks
from desktop.excel.filling.outside import Outside
from desktop.excel.filling.package import Package
from desktop.excel.filling.rows import Heights, RowWriter
from desktop.excel.filling.sheetxml import SheetPart
from desktop.excel.filling.spans import edited, retagged
from desktop.excel.filling.styles import Styles
from desktop.excel.filling.summaries import Summaries, rows_counted

WHAT = "未能填写模板"
LINE = 14.0  # points that one more line of body text takes
BATCH = 256  # rows that are packed at a time


def fill(template: bytes, target: Path, filling: Filling, rows: Iterable[Sequence[Value]]) -> int:
    """Write ``rows`` into a copy of ``template`` and tell how many they were.

    Every other part of the workbook stays byte for byte, but for names, tables and formulas that reach rows
    which move, the styles if one must be added, and the order of calculation, which is left out when
    formulas move. Pictures, stamps and comments stay where they are anchored, even when rows below move.
    Rows are written as they come and never held all at once, unless formulas beside the entries reach
    beyond their own row to all of them.

    :param target: is written over; nothing is read from it.
    :param rows: a value for each of ``filling.columns``.
    :raises Refusal: the template cannot be read, has no such sheet, or the entries do not fit.
    """
    package = Package(template, WHAT)
    part = package.sheets().get(filling.sheet)
    if part is None:
        raise Refusal(WHAT, f"模板中没有工作表“{filling.sheet}”", "请检查模板，或重新选择要填写的工作表")
    return _Filler(package, SheetPart(package, part), filling).fill(rows, target)


class _Filler:
    def __init__(self, package: Package, sheet: SheetPart, filling: Filling) -> None:
        self.package, self.sheet, self.filling = package, sheet, filling
        self.styles = Styles(package)
        self.epoch = workbookxml.epoch(package)
        self.summaries = Summaries(filling)
        self.formulas = dict(self._formulas())

    def fill(self, rows: Iterable[Sequence[Value]], target: Path) -> int:
        if self._reach_all():
            rows = list(rows)
            shift = self._shift(len(rows))
        else:
            shift = self._shift(0)
        spool = Spool(target.parent)
        try:
            count, looks = self._stream(rows, spool, shift)
            content = self._finish(spool, self._shift(count), looks, count)
            self.package.replace(self.sheet.part, content)
            self.styles.keep()
            self.package.write(target)
        finally:
            spool.close()
        return count

    def _shift(self, count: int) -> Shift:
        prepared = self.filling.last - self.filling.first + 1
        return Shift(self.filling.sheet, self.filling.first, self.filling.last, max(0, count - prepared))

    def _formulas(self) -> Iterator[tuple[tuple[int, int], str]]:
        """Every formula of the sheet by row and column."""
        for number in self.sheet.rows:
            row = self.sheet.row(number) if self.sheet.has_formulas(number) else None
            for column, cell in row.cells() if row else ():
                if (formula := self.sheet.formula(column, number, cell)) is not None:
                    yield (number, column), formula

    def _prepared(self) -> dict[tuple[int, int], str]:
        first, last = self.filling.first, self.filling.last
        return {place: text for place, text in self.formulas.items() if first <= place[0] <= last}

    def _reach_all(self) -> bool:
        """Whether a formula beside the entries cannot be written before all of them are known."""
        first, last = self.filling.first, self.filling.last
        return any(
            bottom > last or (top <= first and bottom == last and (top, bottom) != (row, row))
            for (row, column), formula in self._prepared().items()
            if column not in self.filling.columns
            for top, bottom in rows_of(formula)
        )

    def _stream(self, rows: Iterable[Sequence[Value]], spool: Spool, shift: Shift) -> tuple[int, Looks]:
        first, last = self.filling.first, self.filling.last
        prepared = self._prepared()
        self.summaries.watch(text for place, text in self.formulas.items() if place not in prepared)
        watched = self.summaries.watched
        looks = Looks(self.sheet, self.filling.columns, shift)
        heights = self._heights() if self.filling.fit else None
        writer = RowWriter(self.sheet.prefix, self.filling.columns, self.styles, self.epoch, heights)
        coming, number = iter(rows), first
        while batch := list(islice(coming, BATCH if number > last else 1)):
            look = looks.of(number) if number <= last else looks.first
            spool.write(writer.rows(number, look, batch).encode())
            if watched:
                rows_counted(watched, batch)
            number += len(batch)
            self._fits(number)
        return number - first, looks

    def _fits(self, after: int) -> None:
        below = max([self.filling.last, *self.sheet.rows]) - self.filling.last
        if after - 1 + below > MOST_ROWS:
            raise Refusal(WHAT, f"数据超过工作表最多的 {MOST_ROWS} 行", "请分成几个文件导出")

    def _finish(self, spool: Spool, shift: Shift, looks: Looks, count: int) -> Deflated:
        outside = Outside(
            self.sheet, self.filling, shift, self.styles, self.summaries, self.epoch, entries=count
        )
        data, xml = self.sheet.data, self.sheet.xml
        edits = list(rest.edits(self.sheet, shift, self.filling.columns, count))
        head = edited(xml, [one for one in edits if one[1] <= data.start], 0, data.start)
        head += retagged(data, {}, empty=False) + outside.above()
        tail = self._unused(looks, count) + outside.below() + f"</{data.tag}>".encode()
        tail += edited(xml, [one for one in edits if one[0] >= data.end], data.end)
        self._elsewhere(shift, outside)
        return spool.finish(head, tail)

    def _unused(self, looks: Looks, count: int) -> bytes:
        """Prepared rows that no entry took: as they are, without examples."""
        blank = [None] * len(self.filling.columns)
        writer = RowWriter(self.sheet.prefix, self.filling.columns, self.styles, self.epoch)
        left = range(self.filling.first + count, self.filling.last + 1)
        return "".join(
            writer.rows(number, looks.of(number), [blank]) for number in left if number in self.sheet.rows
        ).encode()

    def _elsewhere(self, shift: Shift, outside: Outside) -> None:
        others = workbookxml.move_elsewhere(self.package, self.sheet.part, shift)
        if shift.extra:
            workbookxml.move_names(self.package, shift)
            workbookxml.grow_tables(self.package, self.sheet.part, shift)
        if outside.unsure or others or self._prepared():
            workbookxml.count_anew(self.package)
        if self.formulas or self.filling.totals:
            workbookxml.drop_chain(self.package)

    def _heights(self) -> Heights:
        rooms = [self.sheet.column_width(column) for column in self.filling.columns]

        def needed(columns: Sequence[Sequence[Value]]) -> list[float | None]:
            most = [1] * len(columns[0])
            for values, room in zip(columns, rooms, strict=True):
                texts = {value for value in set(values) if isinstance(value, str)}
                if _all_short(texts, room):
                    continue
                lines: dict[Value, int] = {one: text.lines(one, room) for one in texts}
                if max(lines.values(), default=1) > 1:
                    most = [max(one, lines.get(value, 1)) for one, value in zip(most, values, strict=True)]
            return [math.ceil(4 + LINE * lines) if lines > 1 else None for lines in most]

        return needed


def _all_short(texts: Collection[str], room: float) -> bool:
    """Whether no text can take more than one line, without a look at each mark."""
    joined = "".join(texts)
    widest = max(map(len, texts), default=0) * (1 if joined.isascii() else 2)
    return widest <= room - 1 and "\n" not in joined
