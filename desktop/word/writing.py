"""Writes forms as one Word document: its pages, its properties, and its blocks one after the other."""

import datetime as dt
import io
from collections.abc import Sequence
from functools import singledispatch
from itertools import groupby
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from desktop.paper import (
    BEFORE,
    EVEN,
    NOTE,
    PART,
    Block,
    Form,
    Grid,
    Measures,
    Paragraph,
    Tone,
    measures,
    numbered,
)
from desktop.paper import title as set_title
from desktop.settings import PageSetup
from desktop.storage.files import write_whole
from desktop.storage.trouble import as_refusal
from desktop.word import letters, tables

LONGEST = 255  # characters of a property
TONES = {
    Tone.BODY: WD_ALIGN_PARAGRAPH.JUSTIFY,
    Tone.HEADING: WD_ALIGN_PARAGRAPH.LEFT,
    Tone.ADDRESS: WD_ALIGN_PARAGRAPH.LEFT,
    Tone.CLOSING: WD_ALIGN_PARAGRAPH.RIGHT,
}


def save(path: Path, forms: Sequence[Form], setup: PageSetup) -> None:
    """Write ``forms`` as a Word document, each on pages of its own, whole or not at all.

    :raises Refusal: the file cannot be written; an older file of that name is kept.
    """
    document = docx.Document()
    paper = measures(forms[0], setup)
    _properties(document, forms[0])
    _page(document, paper, setup)
    for number, form in enumerate(forms):
        _form(document, form, measures(form, setup), begins_page=number > 0)
    memory = io.BytesIO()
    document.save(memory)
    with as_refusal(f"未能保存“{path.name}”"):
        write_whole(path, memory.getvalue())


def _properties(document: Document, form: Form) -> None:
    """Whose document it is: the unit, and no person or computer."""
    about = document.core_properties
    about.author = about.last_modified_by = form.unit[:LONGEST]
    about.title = form.title[:LONGEST]
    about.comments = about.keywords = about.category = about.subject = ""
    about.created = about.modified = dt.datetime.now().replace(microsecond=0)
    about.revision = 1
    about.language = "zh-CN"


def _page(document: Document, paper: Measures, setup: PageSetup) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if setup.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.left_margin = section.right_margin = Mm(paper.side)
    section.top_margin = section.bottom_margin = Mm(paper.edge)
    section.header_distance = section.footer_distance = Mm(paper.edge / 2)
    normal = document.styles["Normal"]
    letters.style(normal, letters.BODY, 12)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("第 ", "PAGE"), (" 页  共 ", "NUMPAGES"), (" 页", "")):
        letters.run(footer, words, letters.BODY, NOTE)
        if field:
            letters.field(footer, field, letters.BODY, NOTE)


def _form(document: Document, form: Form, paper: Measures, *, begins_page: bool) -> None:
    scale = paper.scale
    points, lines = set_title(form, paper, form.title)
    title = letters.paragraph(document, "\n".join(lines), letters.TITLE, points, EVEN)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.page_break_before = begins_page
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_after = Mm(2 * scale)
    if form.part:
        part = letters.paragraph(document, form.part, letters.HEADING, PART * scale)
        part.alignment = WD_ALIGN_PARAGRAPH.CENTER
        part.paragraph_format.space_after = Mm(2 * scale)
    if form.left or form.right:
        _over(document, form, paper)
    for are_rows, blocks in groupby(form.blocks, tables.is_row):
        if are_rows:
            tables.rows(document, [block for block in blocks if tables.is_row(block)], form, paper)
        else:
            for block in blocks:
                _block(block, document, form, paper)
    _under(document, form, scale)


def _over(document: Document, form: Form, paper: Measures) -> None:
    """What stands over the blocks, at the left and at the right of one line."""
    points = min(form.letters, 12) * paper.scale
    line = letters.paragraph(document, f"{form.left}\t{form.right}", letters.BODY, points)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(paper.across), letters.RIGHT)
    line.paragraph_format.space_after = Mm(1)
    line.paragraph_format.keep_with_next = True


@singledispatch
def _block(block: Block, document: Document, form: Form, paper: Measures) -> None:
    raise TypeError(f"no way to write a block of type {type(block).__name__}")


@_block.register
def _(block: Grid, document: Document, form: Form, paper: Measures) -> None:
    tables.grid(document, block, form, paper)


@_block.register
def _(block: Paragraph, document: Document, form: Form, paper: Measures) -> None:
    points = form.letters * paper.scale
    family = letters.HEADING if block.tone is Tone.HEADING else letters.BODY
    made = letters.paragraph(document, block.text, family, points, form.leading)
    made.alignment = TONES[block.tone]
    shape = made.paragraph_format
    shape.space_before = Pt(BEFORE.get(block.tone, 0.0) * form.leading * points)
    shape.keep_with_next = block.tone is Tone.HEADING
    shape.keep_together = block.tone is Tone.CLOSING
    if block.tone in (Tone.BODY, Tone.HEADING):
        shape.first_line_indent = Pt(2 * points)
        indent = shape.element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")  # in letters too: it follows when they are changed
    if block.tone is Tone.CLOSING:
        shape.right_indent = Pt(2 * points)


def _under(document: Document, form: Form, scale: float) -> None:
    """The line to sign, then the notes."""
    if form.foot:
        foot = letters.paragraph(document, form.foot, letters.BODY, min(form.letters, 12) * scale)
        foot.paragraph_format.space_before = Mm(2.5)
    for number, line in enumerate(numbered(form.notes)):
        note = letters.paragraph(document, line, letters.BODY, NOTE * scale)
        note.paragraph_format.space_before = Mm(0 if number else 2.5)
