"""The registration sheets on paper: A4 portrait, nothing cut off, written whole."""

import re
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPageLayout, QPdfWriter
from PySide6.QtWidgets import QApplication

from desktop.errors import Refusal
from desktop.services.sheets import NOTES, Heads, Line, Passage, Sheet, Signatures, Ticks
from ui.paper.layout import BOTTOM, HEAD, HEIGHT, TOP, Ruler, pages
from ui.paper.sheet import DPI, print_sheets, save_pdf

REASONS = (("党员群众建议", True), ("村干部提议", False), ("上级党委政府安排", False))
ROOM = HEIGHT - TOP - BOTTOM - HEAD
pytestmark = pytest.mark.usefixtures("qapp")


def sheet(words: str, *, notes: bool = False) -> Sheet:
    rows = (
        Ticks("动议事由", REASONS),
        Line("审议事项", "中心路硬化"),
        Heads("参会人员", (("应到", "33 人"), ("实到", "22 人"), ("比例", "66.7%"))),
        Passage("审议内容", words, signed="签字："),
        Signatures("参会人员签字"),
        Signatures("乡镇参会人员\n签字（含职务）", "王卫东（副镇长）"),
    )
    title = "北元村重大事务“四议两公开”决策实施登记表"
    return Sheet(title, "（三）审议", "练习镇北元村", "SX-1", rows, NOTES if notes else ())


@pytest.fixture
def ruler(qapp: QApplication) -> Ruler:
    writer = QPdfWriter(QBuffer())
    writer.setResolution(DPI)
    return Ruler(writer)


def test_a_short_sheet_fills_one_page(ruler: Ruler) -> None:
    (page,) = pages(sheet("同意修路。"), ruler)
    assert sum(part.height for part in page.parts) == pytest.approx(ROOM)


@pytest.mark.parametrize("length", [0, 1, 300, 500, 520, 540, 560, 580, 600, 700, 900, 1400, 1999, 2000])
def test_no_page_is_fuller_than_the_paper_and_no_line_is_lost(ruler: Ruler, length: int) -> None:
    made = pages(sheet("村" * length, notes=True), ruler)
    whole = pages(sheet("村" * length), ruler)
    assert all(sum(part.height for part in page.parts) <= ROOM + 0.01 for page in made)
    shown = [part for page in made for part in page.parts if isinstance(part.row, Passage)]
    length_shown = sum(line.textLength() for part in shown if part.text for line in part.text.lines)
    assert length_shown == (length + 2 if length else 0)  # each paragraph is set in by two
    assert len(made) - len(whole) <= 1
    assert made[-1].notes


@pytest.mark.parametrize("length", range(380, 620, 20))
def test_a_box_to_sign_never_stands_on_a_page_without_text(ruler: Ruler, length: int) -> None:
    for page in pages(sheet("村" * length), ruler):
        kinds = [type(part.row) for part in page.parts]
        assert Signatures not in kinds or Passage in kinds or kinds == [Signatures]
    boxes = [part for page in pages(sheet("村" * length), ruler) for part in page.parts]
    assert all(part.height >= 26 for part in boxes if isinstance(part.row, Signatures))


def test_a_long_answer_goes_on_overleaf_under_the_same_heading(ruler: Ruler) -> None:
    first, second = pages(sheet("村" * 1200), ruler)
    assert (first.begun, second.begun) == (False, True)
    assert second.parts[0].begun
    assert first.sheet is second.sheet


def test_the_page_is_a4_portrait(qapp: QApplication) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    assert print_sheets(writer, [sheet("同意。")] * 6) == 6
    layout = writer.pageLayout()
    assert layout.orientation() == QPageLayout.Orientation.Portrait
    assert layout.fullRect(QPageLayout.Unit.Millimeter).toRect().size().toTuple() == (210, 297)


def test_a_pdf_has_a_page_for_each_sheet_and_its_letters(tmp_path: Path) -> None:
    target = tmp_path / "登记表.pdf"
    assert save_pdf(target, [sheet("同意。")] * 6) == 6
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
        save_pdf(target, [sheet("同意。")])
    assert target.read_bytes() == b"old"
