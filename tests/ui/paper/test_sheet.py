"""Forms on paper: nothing cut off or lost, heads of tables on every page, files written whole."""

import re
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter
from PySide6.QtWidgets import QApplication

from desktop.errors import Refusal
from desktop.paper import (
    Column,
    Form,
    Grid,
    Heads,
    Line,
    Paragraph,
    Passage,
    Signatures,
    Ticks,
    Tone,
    measures,
)
from desktop.services.sheets import NOTES
from desktop.settings import Letters, PageSetup, PaperSize
from ui.paper.layout import Page
from ui.paper.layout import pages as laid
from ui.paper.ruler import Ruler
from ui.paper.sheet import DPI, print_forms, save_pdf

REASONS = (("党员群众建议", True), ("村干部提议", False), ("上级党委政府安排", False))
A4 = PageSetup()
EVERY = [
    PageSetup(size, lying, letters) for size in PaperSize for lying in (False, True) for letters in Letters
]
pytestmark = pytest.mark.usefixtures("qapp")


def sheet(words: str, *, notes: bool = False) -> Form:
    rows = (
        Ticks("动议事由", REASONS),
        Line("审议事项", "中心路硬化"),
        Heads("参会人员", (("应到", "33 人"), ("实到", "22 人"), ("比例", "66.7%"))),
        Passage("审议内容", words, signed="签字："),
        Signatures("参会人员签字"),
        Signatures("乡镇参会人员\n签字（含职务）", "王卫东（副镇长）"),
    )
    title = "北元村重大事务“四议两公开”决策实施登记表"
    return Form(
        title,
        rows,
        "（三）审议",
        "村（社区）：练习镇北元村",
        "编号：SX-1",
        notes=NOTES if notes else (),
        repeats=True,
    )


def roster(rows: int, cell: str = "北元村") -> Form:
    columns = (Column("序号", 1), Column("单位", 3, centred=False), Column("签名", 2))
    listed = [(str(number), cell, "") for number in range(1, rows + 1)]
    return Form("签到表", (Grid(columns, listed),), foot="负责人签字：", grows=False)


def notice(words: str) -> Form:
    blocks = (Paragraph("二、决议内容", Tone.HEADING), Paragraph(words), Paragraph("村委会", Tone.CLOSING))
    return Form("决议公告", blocks, letters=16, leading=1.75)


def pages(form: Form, ruler: Ruler, setup: PageSetup = A4) -> list[Page]:
    return laid(form, measures(form, setup), ruler)


def filled(page: Page) -> float:
    """How much of a page is taken, of what is between its margins."""
    head = page.head.height if page.head else 0.0
    end = sum(text.height for text in page.end)
    return (head + sum(part.height for part in page.parts) + end) / page.composer.measures.down


def letters(made: list[Page]) -> int:
    """The letters in all long answers, paragraphs and rows of tables that are not heads."""
    return sum(
        line.textLength()
        for page in made
        for part in page.parts
        if isinstance(part.block, Passage | Paragraph | Grid) and not part.heading
        for text in part.texts
        for line in text.lines
    )


@pytest.fixture
def ruler(qapp: QApplication) -> Ruler:
    writer = QPdfWriter(QBuffer())
    writer.setResolution(DPI)
    return Ruler(writer)


def test_a_short_sheet_fills_one_page(ruler: Ruler) -> None:
    (page,) = pages(sheet("同意修路。"), ruler)
    assert filled(page) == pytest.approx(1)


@pytest.mark.parametrize("length", [0, 1, 300, 500, 520, 540, 560, 580, 600, 700, 900, 1400, 1999, 2000])
def test_no_page_is_fuller_than_the_paper_and_no_line_is_lost(ruler: Ruler, length: int) -> None:
    made = pages(sheet("村" * length, notes=True), ruler)
    whole = pages(sheet("村" * length), ruler)
    assert all(filled(page) <= 1.0001 for page in made)
    assert letters(made) == (length + 2 if length else 0)  # each paragraph is set in by two
    assert len(made) - len(whole) <= 1
    assert made[-1].end


@pytest.mark.parametrize("length", range(380, 620, 20))
def test_a_box_to_sign_never_stands_on_a_page_without_text(ruler: Ruler, length: int) -> None:
    for page in pages(sheet("村" * length), ruler):
        kinds = [type(part.block) for part in page.parts]
        assert Signatures not in kinds or Passage in kinds or kinds == [Signatures]
    boxes = [part for page in pages(sheet("村" * length), ruler) for part in page.parts]
    assert all(part.height >= 26 for part in boxes if isinstance(part.block, Signatures))


def test_a_long_answer_goes_on_overleaf_under_the_same_heading(ruler: Ruler) -> None:
    first, second = pages(sheet("村" * 1200), ruler)
    assert second.parts[0].begun
    assert first.form is second.form
    assert second.head is not None
    assert "（续）" in second.head.part.layout.text()


@pytest.mark.parametrize("setup", EVERY, ids=str)
def test_nothing_is_lost_or_cut_off_on_any_paper(ruler: Ruler, setup: PageSetup) -> None:
    for form, count in (
        (sheet("村" * 2000), 2002),
        (notice("议" * 2000), 2005),
        (roster(70, "长" * 60), sum(len(str(number)) + 60 for number in range(1, 71))),
        (roster(1, "长" * 2000), 2001),  # a row that is higher than a page
    ):
        made = pages(form, ruler, setup)
        assert letters(made) == count
        assert all(filled(page) <= 1.0001 for page in made)


@pytest.mark.parametrize("rows", [0, 1, 20, 21, 22, 23, 24, 25, 26, 60, 200])
def test_the_head_of_a_table_stands_on_every_page_and_nowhere_alone(ruler: Ruler, rows: int) -> None:
    made = pages(roster(rows), ruler)
    for page in made:
        assert [part.heading for part in page.parts].index(True) == 0
        assert sum(part.heading for part in page.parts) == 1
        assert len(page.parts) > 1 or not rows
    assert sum(not part.heading for page in made for part in page.parts) == rows
    assert [bool(page.end) for page in made] == [False] * (len(made) - 1) + [True]


@pytest.mark.parametrize("length", range(300, 620, 40))
def test_a_heading_never_stands_alone_at_the_foot_of_a_page(ruler: Ruler, length: int) -> None:
    form = notice("议" * length)
    twice = Form(form.title, (*form.blocks[:2], *form.blocks[:2]), letters=16, leading=1.75)
    assert not [page for page in pages(twice, ruler) if page.parts[-1].heading]


def test_a_title_of_sixty_letters_is_set_in_lines_of_about_one_length(ruler: Ruler) -> None:
    form = Form("关" * 60, (Paragraph("同意。"),), head=22)
    (page,) = pages(form, ruler)
    assert page.head is not None
    lengths = [line.textLength() for line in page.head.title.lines]
    assert sum(length - 1 for length in lengths[:-1]) + lengths[-1] == 60  # a break is a letter too
    assert max(lengths) - min(lengths) <= 3


def test_paper_that_the_printer_lacks_is_made_do_with(qapp: QApplication) -> None:
    """A printer that has only A4 draws an A3 form smaller, and whole."""

    class OnlyA4(QPdfWriter):
        def setPageLayout(self, pageLayout: QPageLayout) -> bool:  # noqa: N803 - as Qt names it
            return super().setPageLayout(
                QPageLayout(QPageSize(QPageSize.PageSizeId.A4), pageLayout.orientation(), QMarginsF())
            )

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = OnlyA4(buffer)
    assert print_forms(writer, [roster(10)], PageSetup(PaperSize.A3)) == 1
    width = writer.pageLayout().fullRect(QPageLayout.Unit.Millimeter).width()
    assert width == pytest.approx(210)


def test_the_page_is_a4_portrait(qapp: QApplication) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    assert print_forms(writer, [sheet("同意。")] * 6, A4) == 6
    layout = writer.pageLayout()
    assert layout.orientation() == QPageLayout.Orientation.Portrait
    assert layout.fullRect(QPageLayout.Unit.Millimeter).toRect().size().toTuple() == (210, 297)


def test_a_pdf_has_a_page_for_each_sheet_and_its_letters(tmp_path: Path) -> None:
    target = tmp_path / "登记表.pdf"
    assert save_pdf(target, [sheet("同意。")] * 6, A4) == 6
    content = target.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 6
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    drawn = b"".join(unpacked(stream) for stream in streams)
    assert drawn.count(b"Tj") + drawn.count(b"TJ") > 60  # text as text, not as outlines
    assert [path.name for path in tmp_path.iterdir()] == ["登记表.pdf"]


def unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


def test_a_pdf_that_cannot_be_written_keeps_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "登记表.pdf"
    target.write_bytes(b"old")
    (tmp_path / "登记表.pdf.part").mkdir()
    with pytest.raises(Refusal, match="未能保存"):
        save_pdf(target, [sheet("同意。")], A4)
    assert target.read_bytes() == b"old"
