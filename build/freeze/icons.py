"""The program's icon as Windows and Linux want it, drawn from the one SVG."""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 256)  # pixels
SIDE = QSize(328, 628)  # pixels: twice what a setup shows at 100 %
GROUND = QColor("#dfeaf5")


def png(source: Path, size: int) -> bytes:
    """The SVG ``source`` as a square PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return _drawn(source, image, QRectF(0, 0, size, size), b"PNG")


def side(source: Path) -> bytes:
    """The picture beside the first and last page of the setup, a BMP: the SVG ``source`` on a calm ground."""
    image = QImage(SIDE, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    width = SIDE.width() / 2
    return _drawn(source, image, QRectF(width / 2, SIDE.height() / 4, width, width), b"BMP")


def _drawn(source: Path, image: QImage, place: QRectF, kind: bytes) -> bytes:
    painter = QPainter(image)
    QSvgRenderer(str(source)).render(painter, place)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(held, QByteArray(kind)).write(image)
    return bytes(held.data().data())


def ico(source: Path) -> bytes:
    """The SVG ``source`` as an .ico with all sizes, each a PNG, which Windows reads since Vista."""
    images = [png(source, size) for size in SIZES]
    head, at, entries = struct.pack("<HHH", 0, 1, len(images)), 6 + 16 * len(images), b""
    for size, image in zip(SIZES, images, strict=True):
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(image), at)
        at += len(image)
    return head + entries + b"".join(images)
