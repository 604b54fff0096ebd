"""Prints forms, on a printer, in a preview or into a PDF file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.paper import Form, measures
from desktop.settings import PageSetup, PaperSize
from desktop.storage.files import write_whole
from desktop.storage.trouble import as_refusal
from ui.paper.brush import Brush
from ui.paper.layout import pages
from ui.paper.ruler import Ruler

DPI = 600
SIZES = {PaperSize.A4: QPageSize.PageSizeId.A4, PaperSize.A3: QPageSize.PageSizeId.A3}
LAID = {False: QPageLayout.Orientation.Portrait, True: QPageLayout.Orientation.Landscape}
PROGRAM = "平安台账"


def print_forms(device: QPagedPaintDevice, forms: Sequence[Form], setup: PageSetup) -> int:
    """Draw ``forms`` one after the other.

    :param device: a printer, a preview or a PDF writer; on paper of another size than was asked for,
        which is all that some printers have, the pages are drawn smaller, and whole.
    :returns: how many pages.
    """
    wanted = QPageLayout(QPageSize(SIZES[setup.size]), LAID[setup.landscape], QMarginsF())
    wanted.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(wanted)
    painter = QPainter(device)
    try:
        _fit(painter, device.pageLayout(), wanted)
        ruler = Ruler(device)
        drawn = [page for form in forms for page in pages(form, measures(form, setup), ruler)]
        for number, page in enumerate(drawn, 1):
            if number > 1:
                device.newPage()
            Brush(painter, ruler, page.composer).page(page, f"第 {number} 页  共 {len(drawn)} 页")
    finally:
        painter.end()
    return len(drawn)


def save_pdf(path: Path, forms: Sequence[Form], setup: PageSetup) -> int:
    """Write ``forms`` as a PDF file, whole or not at all.

    :returns: how many pages.
    :raises Refusal: the file cannot be written; an older file of that name is kept.
    """
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(memory)
    writer.setResolution(DPI)
    writer.setTitle(forms[0].title)
    writer.setCreator(PROGRAM)
    count = print_forms(writer, forms, setup)
    memory.close()
    with as_refusal(f"未能保存“{path.name}”"):
        write_whole(path, bytes(memory.data().data()))
    return count


def _fit(painter: QPainter, given: QPageLayout, wanted: QPageLayout) -> None:
    there, asked = (one.fullRect(QPageLayout.Unit.Millimeter) for one in (given, wanted))
    share = min(there.width() / asked.width(), there.height() / asked.height())
    if abs(share - 1) > 0.01:
        painter.scale(share, share)
