"""A scan in its pane: a picture fitted to it, or a card for a file that is no picture."""

from PySide6.QtCore import QBuffer, QRectF, QSize, Qt
from PySide6.QtGui import QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import colour, em

SHARP = 2000  # pixels of the longer side that a preview keeps


class Preview(QWidget):
    """Paints the picture as large as it fits; without one, two lines of words in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    def show_content(self, content: bytes, words: str) -> None:
        """Show the picture that ``content`` is; ``words`` where it is none that can be drawn."""
        buffer = QBuffer()
        buffer.setData(content)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid() and max(size.width(), size.height()) > SHARP:
            reader.setScaledSize(size.scaled(SHARP, SHARP, Qt.AspectRatioMode.KeepAspectRatio))
        self._picture = QPixmap.fromImage(reader.read()) if reader.canRead() else QPixmap()
        self._say(words)

    def clear(self, words: str) -> None:
        self._picture = QPixmap()
        self._say(words)

    def _say(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self, 8), em(self, 6))

    def sizeHint(self) -> QSize:
        return QSize(em(self, 18), em(self, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), colour("raised"))
        room = QRectF(self.rect()).adjusted(em(self, 0.4), em(self, 0.4), -em(self, 0.4), -em(self, 0.4))
        if not self.has_picture:
            painter.setPen(colour("muted"))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
            return
        fitted = self._picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        frame = QRectF(0, 0, fitted.width(), fitted.height())
        frame.moveCenter(room.center())
        painter.drawPixmap(frame, self._picture, QRectF(self._picture.rect()))
        painter.setPen(colour("line"))
        painter.drawRect(frame)
