"""Tables of a document: named rows with their answers, and lists whose head stands on every page."""

from collections.abc import Sequence
from functools import singledispatch
from itertools import pairwise
from math import ceil
from typing import TypeGuard

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.table import CT_Row, CT_Tbl
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from desktop.paper import (
    EVEN,
    LABEL,
    LONG,
    MM,
    NAME,
    NOTE,
    PADDING,
    PART,
    ROOMY,
    SHORT,
    SIGNED,
    SIGNING,
    Block,
    Form,
    Grid,
    Heads,
    Line,
    Measures,
    Passage,
    Row,
    Signatures,
    Ticks,
    numbered,
    paragraphs,
)
from desktop.word import letters

SURE = 0.96  # of a page, as its letters cannot be measured here
SIDE, CELL = 1.3, 0.9  # padding in the cell of a row, and of a list
TICKED, OPEN = "☑", "☐"
CENTRE, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
ROWS = (Ticks, Line, Heads, Passage, Signatures)


def is_row(block: Block) -> TypeGuard[Row]:
    return isinstance(block, ROWS)


def rows(document: Document, blocks: Sequence[Row], form: Form, paper: Measures) -> None:
    """One table of rows; what room the page has left goes to long answers and boxes to sign."""
    label = LABEL * paper.scale
    answer = paper.across - label
    bounds = sorted(
        {0.0, label, paper.across, *(edge for row in blocks for edge in _edges(row, label, answer, paper))}
    )
    widths = [upper - lower for lower, upper in pairwise(bounds)]
    table = _table(document, len(blocks), widths, SIDE * paper.scale)
    heights = _heights(blocks, form, paper)
    for row, made, height, bare in zip(blocks, table.rows, heights, _newest(document).tr_lst, strict=True):
        _height(made, height)
        if not isinstance(row, Passage):
            _mark(bare, "w:cantSplit")
        spans = [0.0, label, *_edges(row, label, answer, paper), paper.across]
        cells = _spanned(made, [bounds.index(edge) for edge in spans])
        _write(cells[0], row.label, form, paper, CENTRE)
        _fill(row, cells[1:], form, paper)


def grid(document: Document, block: Grid, form: Form, paper: Measures) -> None:
    """A list; a row stays whole, and the head stands again on every page.

    The head stays with the first row, and the last row with the line to sign.
    """
    share = paper.across / sum(column.width for column in block.columns)
    widths = [column.width * share for column in block.columns]
    table = _table(document, 1 + len(block.rows), widths, CELL)
    points = min(form.letters, block.letters) * paper.scale
    bare = _newest(document).tr_lst
    _mark(bare[0], "w:tblHeader")
    for one in bare:
        _mark(one, "w:cantSplit")
    written = ([column.name for column in block.columns], *block.rows)
    for number, (row, cells) in enumerate(zip(table.rows, written, strict=True)):
        head = number == 0
        _height(row, block.least * paper.scale)
        for cell, words, column in zip(row.cells, cells, block.columns, strict=True):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            line = cell.paragraphs[0]
            letters.close(line, points * EVEN)
            line.paragraph_format.keep_with_next = number in (0, len(block.rows))
            line.alignment = CENTRE if head or column.centred else LEFT
            letters.run(line, words, letters.HEADING if head else letters.BODY, points)


@singledispatch
def _fill(row: Row, cells: Sequence[_Cell], form: Form, paper: Measures) -> None:
    raise TypeError(f"no way to write a row of type {type(row).__name__}")


@_fill.register
def _(row: Ticks, cells: Sequence[_Cell], form: Form, paper: Measures) -> None:
    line = cells[0].paragraphs[0]
    letters.close(line, form.letters * paper.scale * letters.LEADING)
    for number, (name, ticked) in enumerate(row.options):
        letters.run(line, TICKED if ticked else OPEN, letters.MARKS, form.letters * paper.scale)
        gap = "　" if number < len(row.options) - 1 else ""
        letters.run(line, f" {name}{gap}", letters.BODY, form.letters * paper.scale)
    cells[0].vertical_alignment = WD_ALIGN_VERTICAL.CENTER


@_fill.register
def _(row: Line, cells: Sequence[_Cell], form: Form, paper: Measures) -> None:
    _write(cells[0], row.text, form, paper, LEFT)


@_fill.register
def _(row: Heads, cells: Sequence[_Cell], form: Form, paper: Measures) -> None:
    words = [word for pair in row.cells for word in pair]
    for cell, word in zip(cells, words, strict=True):
        _write(cell, word, form, paper, CENTRE)


@_fill.register
def _(row: Passage, cells: Sequence[_Cell], form: Form, paper: Measures) -> None:
    points = form.letters * paper.scale
    lines = paragraphs(row.text) or [""]
    for number, words in enumerate(lines):
        line = cells[0].paragraphs[0] if number == 0 else cells[0].add_paragraph()
        letters.close(line, form.letters * paper.scale * letters.LEADING)
        line.paragraph_format.first_line_indent = Pt(2 * points)
        letters.run(line, words, letters.BODY, points)
    if row.signed:
        line = letters.paragraph(cells[0], f"{row.signed}\t年　　月　　日", letters.BODY, points)
        line.paragraph_format.space_before = Mm(SIGNED * paper.scale / 2)
        room = paper.across - LABEL * paper.scale - 2 * PADDING
        line.paragraph_format.tab_stops.add_tab_stop(Mm(room), letters.RIGHT)


@_fill.register
def _(row: Signatures, cells: Sequence[_Cell], form: Form, paper: Measures) -> None:
    _write(cells[0], row.printed, form, paper, LEFT)
    cells[0].vertical_alignment = WD_ALIGN_VERTICAL.TOP


def _write(cell: _Cell, words: str, form: Form, paper: Measures, align: WD_ALIGN_PARAGRAPH) -> None:
    line = cell.paragraphs[0]
    letters.close(line, form.letters * paper.scale * letters.LEADING)
    line.alignment = align
    letters.run(line, words, letters.BODY, form.letters * paper.scale)
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _edges(row: Row, label: float, answer: float, paper: Measures) -> list[float]:
    """Where the cells of the answer end, but for the last."""
    if not isinstance(row, Heads):
        return []
    width = answer / len(row.cells)
    ends = [
        (label + at * width + NAME * paper.scale, label + (at + 1) * width) for at in range(len(row.cells))
    ]
    return [edge for pair in ends for edge in pair][:-1]


def _heights(blocks: Sequence[Row], form: Form, paper: Measures) -> list[float]:
    """The least height of each row, with the rest of the page shared out where the form fits one."""
    heights = [_least(row, form, paper) for row in blocks]
    step = form.letters * paper.scale * MM * letters.LEADING
    head = (form.head + PART * bool(form.part) + 12) * paper.scale * MM * letters.LEADING + 4
    notes = len(numbered(form.notes)) * 1.5 * NOTE * paper.scale * MM * letters.LEADING
    spare = paper.down * SURE - head - notes - step - sum(heights)
    boxes = sum(isinstance(row, Signatures) for row in blocks)
    passages = sum(isinstance(row, Passage) for row in blocks)
    if spare <= 0 or not boxes + passages:
        return [_usual(row, paper) for row in blocks]
    each = min(spare / 4 / boxes, (ROOMY - SIGNING) * paper.scale) if boxes else 0.0
    rest = (spare - each * boxes) / passages if passages else 0.0
    more = {Signatures: each, Passage: rest}
    return [height + more.get(type(row), 0.0) for row, height in zip(blocks, heights, strict=True)]


def _usual(row: Row, paper: Measures) -> float:
    usual = {Passage: LONG, Signatures: SIGNING}
    return usual.get(type(row), SHORT) * paper.scale


def _least(row: Row, form: Form, paper: Measures) -> float:
    """About how high a row is: Chinese letters are as wide as high."""
    points = form.letters * paper.scale
    words = row.text if isinstance(row, Line | Passage) else getattr(row, "printed", "")
    width = paper.across - LABEL * paper.scale - 2 * PADDING
    lines = sum(ceil((len(line) + 2) * points * MM / width) for line in paragraphs(words))
    signed = SIGNED * paper.scale if isinstance(row, Passage) and row.signed else 0.0
    return max(_usual(row, paper), lines * points * MM * letters.LEADING + signed + PADDING * paper.scale)


def _table(document: Document, count: int, widths: Sequence[float], padding: float) -> Table:
    table: Table = document.add_table(count, len(widths), "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(Mm(padding).twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    _newest(document).tblPr.insert_element_before(margins, "w:tblLook")
    return table


def _newest(document: Document) -> CT_Tbl:
    """The table that was added last, with what python-docx has no name for."""
    newest: CT_Tbl = document.element.body.tbl_lst[-1]
    return newest


def _spanned(row: _Row, edges: Sequence[int]) -> list[_Cell]:
    """The cells of ``row`` joined from edge to edge."""
    cells = row.cells
    return [
        cells[first].merge(cells[last - 1]) if last - first > 1 else cells[first]
        for first, last in pairwise(edges)
    ]


def _height(row: _Row, millimetres: float) -> None:
    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    row.height = Mm(millimetres)


def _mark(row: CT_Row, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))
