"""Writes any layout with any rows: the sheet as the city meets it (REFERENCE: sheet anatomy)."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from desktop.excel import text
from desktop.excel.layout import Form, Layout, Place, headings
from desktop.excel.pen import A4, BODY_SIZE, BOXED, FORMS, HEAD_FONT, PLAIN, TITLE_FONT, Pen
from desktop.excel.safely import Shape
from desktop.excel.totals import totals

MARGIN, SIDES = 0.79, 0.6  # inches: 2 cm above and below, 1.5 cm beside
TITLE = 1  # rows of the sheet, counted from 0; the mark stands in row 0
UNIT = 2
HEADER = 3
BIG = 22 / BODY_SIZE  # how much wider than the body's the title's letters are
LINE = 14.0  # points that one more line of body text takes
EMPTY = "本期无数据（零报告）"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the table: whose it is, of when, by whom.

    :param place: the county or town, before the title.
    :param period: 2026年11月.
    :param date: of filling in, 2026年11月23日.
    """

    place: str
    period: str
    unit: str = ""
    filler: str = ""
    reviewer: str = ""
    phone: str = ""
    date: str = ""


def write(
    path: Path, layout: Layout, head: Head, rows: Iterable[Mapping[str, Any]], notes: Sequence[str] = ()
) -> Shape:
    """Write ``rows`` to a new workbook at ``path``.

    :param rows: column key to value: text, int, Decimal, date or ``None``.
    :param notes: sentences about these rows, before the layout's own.
    """
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet(text.safe(layout.title)[:31])
        return Table(Pen(book, sheet), layout).draw(head, list(rows), notes)


class Table:
    """One layout on one sheet, from the top to the bottom."""

    def __init__(self, pen: Pen, layout: Layout) -> None:
        self.pen, self.sheet, self.layout = pen, pen.sheet, layout
        self.leaves = layout.leaves
        self.right = len(self.leaves) - 1
        self.first = HEADER + layout.depth + (layout.total is Place.HEAD)  # row of the first entry

    def draw(self, head: Head, rows: Sequence[Mapping[str, Any]], notes: Sequence[str]) -> Shape:
        for at, one in enumerate(self.leaves):
            self.sheet.set_column(at, at, one.width)
        self._title(head)
        self._header()
        self._rows(rows)
        last = self.first + max(len(rows), 1) - 1
        foot = last + 1
        if self.layout.total is not Place.NONE:
            own = foot if self.layout.total is Place.FOOT else self.first - 1
            self._total(rows, last, own)
            foot += self.layout.total is Place.FOOT
        end = self._foot([*notes, *self.layout.notes], foot)
        _page(self.sheet, self.layout)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{end}"})
        return Shape(HEADER + 1, self._top_labels(), end)

    def _title(self, head: Head) -> None:
        pen, right = self.pen, self.right
        pen.put(self.layout.mark, 0, 0, {**PLAIN, "font_name": HEAD_FONT, "font_size": 16})
        self.sheet.set_row(0, 24)
        title = f"{head.place}{self.layout.title}（{head.period}）"
        wide = text.width(title) * BIG > sum(one.width for one in self.leaves)
        style = {**PLAIN, "font_name": TITLE_FONT, "font_size": 18 if wide else 22, "align": "center"}
        pen.span(title, (TITLE, 0, TITLE, right), style)
        self.sheet.set_row(TITLE, 38)
        left = f"填报单位（盖章）：{head.unit}"
        names = f"填报人：{head.filler}　　审核人：{head.reviewer}　　联系电话：{head.phone}"
        when = "　".join(filter(None, (f"填报时间：{head.date}", self.layout.unit)))
        second, third = self._parts(left, names, when)
        line = {**PLAIN, "font_size": 12, "shrink": True}
        pen.span(left, (UNIT, 0, UNIT, second - 1), {**line, "align": "left"})
        pen.span(names, (UNIT, second, UNIT, third - 1), {**line, "align": "center"})
        pen.span(when, (UNIT, third, UNIT, right), {**line, "align": "right"})
        self.sheet.set_row(UNIT, 24)

    def _parts(self, *texts: str) -> tuple[int, int]:
        """The columns where the middle and the right part of the unit line begin, so that each has room."""
        reach = [0, *itertools.accumulate(one.width for one in self.leaves)]
        needs = [text.width(words) + 2 for words in texts]

        def tightest(cuts: tuple[int, int]) -> float:
            ends = itertools.pairwise((0, *cuts, len(self.leaves)))
            return max(
                need / (reach[end] - reach[begin]) for need, (begin, end) in zip(needs, ends, strict=True)
            )

        return min(itertools.combinations(range(1, len(self.leaves)), 2), key=tightest)

    def _header(self) -> None:
        style = {**BOXED, "font_name": HEAD_FONT, "font_size": 11, "align": "center", "text_wrap": True}
        tallest = [1] * self.layout.depth
        for one in headings(self.layout.columns, self.layout.depth - 1):
            self.pen.span(one.label, (HEADER + one.top, one.left, HEADER + one.bottom, one.right), style)
            room = sum(column.width for column in self.leaves[one.left : one.right + 1])
            taken = text.lines(one.label, room * BODY_SIZE / 11)
            share = -(-taken // (one.bottom - one.top + 1))
            tallest[one.bottom] = max(tallest[one.bottom], share)
        for at, lines in enumerate(tallest):
            self.sheet.set_row(HEADER + at, 8 + 15 * lines)

    def _rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        styles = [{**BOXED, **FORMS[one.form]} for one in self.leaves]
        for at, row in enumerate(rows, self.first):
            tallest = 1
            for column, (one, style) in enumerate(zip(self.leaves, styles, strict=True)):
                value = row[one.key]
                self.pen.put(value, at, column, style)
                if isinstance(value, str) and one.form in (Form.TEXT, Form.WORD):
                    tallest = max(tallest, text.lines(value, one.width))
            self.sheet.set_row(at, max(self.layout.row_height, LINE * tallest + 4))
        if not rows:
            self.pen.span(EMPTY, (self.first, 0, self.first, self.right), {**BOXED, "align": "center"})
            self.sheet.set_row(self.first, self.layout.row_height)

    def _total(self, rows: Sequence[Mapping[str, Any]], last: int, own: int) -> None:
        found = totals(self.layout, rows, self.first + 1, last + 1, own + 1)
        bold = {**BOXED, "bold": True}
        before = next(at for at, one in enumerate(self.leaves) if one.total)
        self.pen.span("合计", (own, 0, own, before - 1), {**bold, "align": "center"})
        for at, one in enumerate(self.leaves[before:], before):
            if one.key not in found:
                self.pen.put(None, own, at, bold)
                continue
            total = found[one.key]
            value = total.value if isinstance(total.value, str) else float(total.value)
            form = Form.NUMBER if one.form is Form.WORD else one.form
            self.sheet.write_formula(own, at, total.formula, self.pen.format({**bold, **FORMS[form]}), value)
        self.sheet.set_row(own, self.layout.row_height)

    def _foot(self, notes: Sequence[str], at: int) -> int:
        """Signature and notes below the table; returns the number of rows of the sheet."""
        width = sum(one.width for one in self.leaves)
        style = {**PLAIN, "align": "left"}
        self.pen.span(self.layout.signature, (at, 0, at, self.right), {**style, "font_size": 12})
        self.sheet.set_row(at, 34)
        for number, note in enumerate(notes, 1):
            words = f"{'注：' if number == 1 else '　　'}{number}.{note}"
            self.pen.span(words, (at + number, 0, at + number, self.right), {**style, "text_wrap": True})
            self.sheet.set_row(at + number, 4 + LINE * text.lines(words, width))
        return at + len(notes) + 1

    def _top_labels(self) -> list[str | None]:
        labels: list[str | None] = [None] * len(self.leaves)
        for one in headings(self.layout.columns, self.layout.depth - 1):
            if one.top == 0:
                labels[one.left] = one.label
        return labels


def _page(sheet: Worksheet, layout: Layout) -> None:
    """A4, one page wide, the header on every page, pages counted."""
    sheet.set_paper(A4)
    if layout.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=SIDES, right=SIDES, top=MARGIN, bottom=MARGIN)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(HEADER, HEADER + layout.depth - 1)
    sheet.set_footer("&C第 &P 页 共 &N 页", {"margin": 0.4})
    sheet.freeze_panes(HEADER + layout.depth, 0)
