"""Draws the blank workbook of a layout and its profile: the sheet as the city meets it (REFERENCE §7.2)."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from desktop.excel import text
from desktop.excel.layout import Form, Layout, Place, headings
from desktop.excel.pen import A4, BODY_SIZE, BOXED, FORMS, HEAD_FONT, PLAIN, TITLE_FONT, Pen, Style
from desktop.excel.profile import ColumnRule, Profile

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


PLACEHOLDERS = Head("{地区}", "{期间}", "{填报单位}", "{填报人}", "{审核人}", "{联系电话}", "{填报日期}")


def blank(
    layout: Layout, head: Head, notes: Sequence[str] = (), *, empty: bool = False
) -> tuple[Profile, bytes]:
    """The workbook of a layout with one prepared row, and the profile that fills it.

    :param head: what it says, or :data:`PLACEHOLDERS` for a workbook that says it when it is filled.
    :param notes: sentences about its rows, before the layout's own.
    :param empty: there are no rows; the prepared one says so.
    """
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        table = Table(Pen(book, book.add_worksheet(text.safe(layout.title)[:31])), layout)
        table.draw(head, notes, empty=empty)
    return table.profile, made.getvalue()


class Table:
    """One layout on one sheet, from the top to the bottom."""

    def __init__(self, pen: Pen, layout: Layout) -> None:
        self.pen, self.sheet, self.layout = pen, pen.sheet, layout
        self.leaves = layout.leaves
        self.right = len(self.leaves) - 1
        self.first = HEADER + layout.depth + (layout.total is Place.HEAD)  # row of the first entry
        self.cells: dict[str, str] = {}  # what is still to be said in them

    def draw(self, head: Head, notes: Sequence[str], *, empty: bool) -> None:
        for at, one in enumerate(self.leaves):
            self.sheet.set_column(at, at, one.width)
        self._title(head)
        self._header()
        self._row(empty=empty)
        if self.layout.total is not Place.NONE:
            self._total()
        end = self._foot([*notes, *self.layout.notes], self.first + 1 + (self.layout.total is Place.FOOT))
        _page(self.sheet, self.layout)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{end}"})

    @property
    def profile(self) -> Profile:
        """How the sheet is filled."""
        numbered = list(enumerate(self.leaves, 1))
        total = {Place.NONE: None, Place.HEAD: self.first, Place.FOOT: self.first + 2}[self.layout.total]
        return Profile(
            name=f"{self.layout.mark} {self.layout.title}",
            title=self.layout.title,
            source=self.layout.code,
            sheet=text.safe(self.layout.title)[:31],
            header_top=HEADER + 1,
            header_bottom=HEADER + self.layout.depth,
            headings={at: one.label for at, one in numbered},
            first=self.first + 1,
            last=self.first + 1,
            columns={at: ColumnRule(one.key) for at, one in numbered},
            total_row=total,
            totals={at: one.total for at, one in numbered if one.total},
            cells=self.cells,
            fit=True,
        )

    def _say(self, words: str, cells: tuple[int, int, int, int], style: Style) -> None:
        """Write text over several cells; one with placeholders is to be said again when they are known."""
        self.pen.span(words, cells, style)
        if "{" in words:
            self.cells[xl_rowcol_to_cell(cells[0], cells[1])] = words

    def _title(self, head: Head) -> None:
        pen, right = self.pen, self.right
        pen.put(self.layout.mark, 0, 0, {**PLAIN, "font_name": HEAD_FONT, "font_size": 16})
        self.sheet.set_row(0, 24)
        title = f"{head.place}{self.layout.title}（{head.period}）"
        wide = text.width(title) * BIG > sum(one.width for one in self.leaves)
        style = {**PLAIN, "font_name": TITLE_FONT, "font_size": 18 if wide else 22, "align": "center"}
        self._say(title, (TITLE, 0, TITLE, right), style)
        self.sheet.set_row(TITLE, 38)
        left = f"填报单位（盖章）：{head.unit}"
        names = f"填报人：{head.filler}　　审核人：{head.reviewer}　　联系电话：{head.phone}"
        when = "　".join(filter(None, (f"填报时间：{head.date}", self.layout.unit)))
        second, third = self._parts(left, names, when)
        line = {**PLAIN, "font_size": 12, "shrink": True}
        self._say(left, (UNIT, 0, UNIT, second - 1), {**line, "align": "left"})
        self._say(names, (UNIT, second, UNIT, third - 1), {**line, "align": "center"})
        self._say(when, (UNIT, third, UNIT, right), {**line, "align": "right"})
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

    def _row(self, *, empty: bool) -> None:
        """The one row that is prepared for entries."""
        if empty:
            self.pen.span(EMPTY, (self.first, 0, self.first, self.right), {**BOXED, "align": "center"})
        else:
            for at, one in enumerate(self.leaves):
                self.pen.put(None, self.first, at, {**BOXED, **FORMS[one.form]})
        self.sheet.set_row(self.first, self.layout.row_height)

    def _total(self) -> None:
        own = self.first + (1 if self.layout.total is Place.FOOT else -1)
        bold = {**BOXED, "bold": True}
        before = next(at for at, one in enumerate(self.leaves) if one.total)
        self.pen.span("合计", (own, 0, own, before - 1), {**bold, "align": "center"})
        for at, one in enumerate(self.leaves[before:], before):
            form = FORMS[Form.NUMBER if one.form is Form.WORD else one.form] if one.total else {}
            self.pen.put(None, own, at, {**bold, **form})
        self.sheet.set_row(own, self.layout.row_height)

    def _foot(self, notes: Sequence[str], at: int) -> int:
        """Signature and notes below the table; returns the number of rows of the sheet."""
        width = sum(one.width for one in self.leaves)
        style = {**PLAIN, "align": "left"}
        self.pen.span(self.layout.signature, (at, 0, at, self.right), {**style, "font_size": 12})
        self.sheet.set_row(at, 34)
        for number, note in enumerate(notes, 1):
            words = f"{'注：' if number == 1 else '　　'}{number}.{note}"
            self._say(words, (at + number, 0, at + number, self.right), {**style, "text_wrap": True})
            self.sheet.set_row(at + number, 4 + LINE * text.lines(words, width))
        return at + len(notes) + 1


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
