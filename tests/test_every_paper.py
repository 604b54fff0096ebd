"""Laws that hold for every form that can be printed, on every paper, in Word and as PDF."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter
from sqlalchemy.orm import Session

from desktop.paper import Form, Grid, Heads, Line, Paragraph, Passage, Signatures, Ticks, measures
from desktop.services.papers import Paper
from desktop.settings import Letters, PageSetup, PaperSize
from desktop.word import writing
from tests.conftest import OFFICE
from tests.desktop import filed
from ui.paper.layout import pages
from ui.paper.ruler import Ruler
from ui.paper.sheet import print_forms, save_pdf

pytestmark = pytest.mark.usefixtures("qapp")
Made = list[tuple[Paper, PageSetup, tuple[Form, ...]]]
PEOPLE = ("李敏", "王建国")  # who fills in and checks; a file does not name them in its properties
NUMBERS = re.compile(r"1[3-9]\d{9}|\d{17}[\dXx]")


@pytest.fixture(params=["data", "empty"])
def made(session: Session, request: pytest.FixtureRequest) -> Made:
    """Every form on A4 and on A3, as it is usually laid out."""
    found = filed.file(session).papers(session)[request.param]
    setups = [(paper, replace(paper.usual, size=size)) for paper in found for size in PaperSize]
    return [(paper, setup, paper.make(session, setup, False)) for paper, setup in setups]


def words(document: Document) -> str:
    """Everything that a document says, without breaks and blanks."""
    return "".join(part.text or "" for part in document.element.body.iter(qn("w:t")))


def said(form: Form) -> Iterator[str]:
    """Everything that a form says."""
    yield from (form.title, form.part, form.left, form.right, form.foot)
    for block in form.blocks:
        if isinstance(block, Grid):
            yield from (column.name for column in block.columns)
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Heads):
            yield from (word for pair in block.cells for word in pair)
        elif isinstance(block, Ticks):
            yield from (name for name, _ in block.options)
        elif isinstance(block, Signatures):
            yield block.printed
        elif isinstance(block, Passage):
            yield from (line.strip() for line in block.text.splitlines())
        elif isinstance(block, Line | Paragraph):
            yield block.text


def test_there_are_all_the_forms_of_paragraph_five(session: Session) -> None:
    found = filed.file(session).papers(session)["data"]
    assert {paper.kind for paper in found} == {"sheets", "minutes", "notice", "sign_in", "agreements"}
    assert len([paper for paper in found if paper.kind == "minutes"]) == 4
    assert len({paper.name for paper in found}) == len(found)


def test_a_word_file_says_all_that_its_form_says(made: Made, tmp_path: Path) -> None:
    for number, (paper, setup, forms) in enumerate(made):
        target = tmp_path / f"{number}.docx"
        writing.save(target, forms, setup)
        text = "".join(words(docx.Document(str(target))).split())
        for form in forms:
            for part in said(form):
                assert "".join(part.split()) in text, (paper.name, part)


def test_a_word_file_is_on_its_paper_with_heads_that_repeat(made: Made, tmp_path: Path) -> None:
    for paper, setup, forms in made:
        writing.save(tmp_path / "a.docx", forms, setup)
        document = docx.Document(str(tmp_path / "a.docx"))
        section, wanted = document.sections[0], measures(forms[0], setup)
        sides = [round(side.mm) for side in (section.page_width, section.page_height) if side is not None]
        assert sides == [wanted.width, wanted.height]
        grids = [block for form in forms for block in form.blocks if isinstance(block, Grid)]
        rows = [row for table in document.element.body.tbl_lst for row in table.tr_lst]
        heads = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
        assert len(heads) == len(grids), paper.name
        whole = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None]
        passages = sum(isinstance(block, Passage) for form in forms for block in form.blocks)
        assert len(rows) - len(whole) == passages  # only long answers go on overleaf
        footer = section.footer.paragraphs[0]
        fields = [part.text for part in footer.paragraph_format.element.iter(qn("w:instrText"))]
        assert [field.strip() for field in fields if field] == ["PAGE", "NUMPAGES"]


def test_no_table_is_wider_than_its_page(made: Made, tmp_path: Path) -> None:
    for _, setup, forms in made:
        writing.save(tmp_path / "a.docx", forms, setup)
        document = docx.Document(str(tmp_path / "a.docx"))
        across = measures(forms[0], setup).across
        for table in document.tables:
            assert sum(column.width.mm for column in table.columns if column.width) <= across + 0.5


def test_every_letter_in_word_names_its_chinese_font(made: Made, tmp_path: Path) -> None:
    for _, setup, forms in made:
        writing.save(tmp_path / "a.docx", forms, setup)
        document = docx.Document(str(tmp_path / "a.docx"))
        fonts = {
            (run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia")))
            for run in document.element.body.iter(qn("w:r"))
        }
        assert fonts <= {"方正小标宋简体", "仿宋_GB2312", "黑体", "Segoe UI Symbol"}


def test_a_file_names_no_person_in_its_properties(made: Made, tmp_path: Path) -> None:
    for _, setup, forms in made:
        writing.save(tmp_path / "a.docx", forms, setup)
        about = docx.Document(str(tmp_path / "a.docx")).core_properties
        assert about.author == about.last_modified_by == OFFICE["report_unit"]
        assert (about.comments, about.keywords, about.subject) == ("", "", "")
        with zipfile.ZipFile(tmp_path / "a.docx") as parts:
            properties = b"".join(parts.read(name) for name in parts.namelist() if "docProps" in name)
        assert not [name for name in (*PEOPLE, "python-docx") if name.encode() in properties]
        save_pdf(tmp_path / "a.pdf", forms, setup)
        head = (tmp_path / "a.pdf").read_bytes()
        assert b"/Author" not in head


def test_a_pdf_has_as_many_pages_as_are_laid_out(made: Made, tmp_path: Path) -> None:
    for _, setup, forms in made:
        count = save_pdf(tmp_path / "a.pdf", forms, setup)
        content = (tmp_path / "a.pdf").read_bytes()
        assert len(re.findall(rb"/Type\s*/Page\b", content)) == count >= len(forms)
        assert content.rstrip().endswith(b"%%EOF")
        box = re.findall(rb"/MediaBox\s*\[([\d. ]+)\]", content)[0].split()
        sides = sorted(round(float(side) * 25.4 / 72) for side in box[2:])
        assert sides == pytest.approx({PaperSize.A4: [210, 297], PaperSize.A3: [297, 420]}[setup.size], abs=1)


@pytest.mark.parametrize("letters", list(Letters))
def test_no_page_is_fuller_than_its_paper(made: Made, letters: Letters) -> None:
    writer = QPdfWriter(QBuffer())
    writer.setResolution(600)
    ruler = Ruler(writer)
    for paper, usual, forms in made:
        for lying in {usual.landscape, not usual.landscape and paper.turns}:
            setup = replace(usual, letters=letters, landscape=lying)
            for form in forms:
                for page in pages(form, measures(form, setup), ruler):
                    head = page.head.height if page.head else 0.0
                    end = sum(text.height for text in page.end)
                    taken = head + sum(part.height for part in page.parts) + end
                    assert taken <= page.composer.measures.down + 0.01, (paper.name, setup)


def test_a_form_shows_no_full_number_unless_it_was_asked_to(session: Session) -> None:
    content = "联系人电话13812345678，身份证341399198001011235。" * 30
    found = filed.file(session, content=content, title="为341399198001011235办低保").papers(session)["data"]
    masked = [paper for paper in found if paper.numbers]
    assert {paper.kind for paper in masked} == {"notice", "sign_in", "agreements"}
    for paper in masked:
        (form,) = paper.make(session, paper.usual, False)
        assert not NUMBERS.search("".join(said(form))), paper.name
        (form,) = paper.make(session, paper.usual, True)
        assert NUMBERS.search("".join(said(form))), paper.name


def test_room_to_sign_and_blank_rows_follow_the_settings(session: Session) -> None:
    for paper in filed.file(session).papers(session)["data"]:
        with_room = paper.make(session, replace(paper.usual, signed=True), False)
        without = paper.make(session, replace(paper.usual, signed=False), False)
        assert with_room != without, paper.name
        more = paper.make(session, replace(paper.usual, spare=9), False)
        assert (more != with_room) == paper.spares, paper.name


def test_a_long_list_is_printed_on_several_pages(session: Session) -> None:
    found = {paper.kind: paper for paper in filed.file(session).papers(session)["data"]}
    for kind in ("sign_in", "agreements"):
        forms = found[kind].make(session, found[kind].usual, False)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        assert print_forms(QPdfWriter(buffer), forms, found[kind].usual) > 1


def test_a_document_is_whole_before_it_takes_its_place(session: Session, tmp_path: Path) -> None:
    paper = filed.file(session).papers(session)["data"][0]
    writing.save(tmp_path / "a.docx", paper.make(session, paper.usual, False), paper.usual)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.docx"]
    docx.Document(io.BytesIO((tmp_path / "a.docx").read_bytes()))
