"""The letters of a document: each family by the name that the form asks for, Chinese and Latin alike."""

from typing import Protocol

from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.text.font import CT_RPr
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE, HEADING, BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"
MARKS = "Segoe UI Symbol"  # has the boxes to tick, on every Windows since 7
RIGHT = WD_TAB_ALIGNMENT.RIGHT
LEADING = 1.5  # line distance, in heights of letters
PLACES = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


class Holder(Protocol):
    """A document or a cell."""

    def add_paragraph(self) -> Paragraph:
        """A new paragraph at its end."""
        ...


def style(named: ParagraphStyle, family: str, points: float) -> None:
    named.font.size = Pt(points)
    _fonts(named.element.get_or_add_rPr(), family)


def paragraph(holder: Holder, words: str, family: str, points: float, leading: float = LEADING) -> Paragraph:
    """A paragraph at the end of ``holder``; a line break in ``words`` is one on paper."""
    made = holder.add_paragraph()
    close(made, points * leading)
    run(made, words, family, points)
    return made


def close(made: Paragraph, step: float) -> None:
    """No room between lines and paragraphs but what the form asks for, whichever font stands in.

    :param step: from line to line, in points.
    """
    shape = made.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(step)
    shape.widow_control = True
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # the gaps that Word puts between Chinese and digits
        gap = OxmlElement(name)
        gap.set(qn("w:val"), "0")
        shape.element.get_or_add_pPr().insert_element_before(gap, "w:spacing", "w:ind", "w:jc")


def run(made: Paragraph, words: str, family: str, points: float) -> Run:
    added = made.add_run(words)
    added.font.size = Pt(points)
    _fonts(added.font.element.get_or_add_rPr(), family)
    return added


def field(made: Paragraph, name: str, family: str, points: float) -> None:
    """A field that Word works out, as PAGE."""
    for kind in ("begin", name, "end"):
        added = run(made, "", family, points)
        if kind == name:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = f" {name} "
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        added.font.element.append(part)


def _fonts(properties: CT_RPr, family: str) -> None:
    """Name the family for every script: left alone, Chinese letters would be those of the template."""
    fonts = properties.get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    for place in PLACES:
        fonts.set(qn(place), family)
    fonts.set(qn("w:hint"), "eastAsia")
