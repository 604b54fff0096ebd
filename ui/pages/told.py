"""What a page tells in place, with a button to open the file that was written."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from ui.pages.parts import Notice, across, press


class Told(QWidget):
    """A notice; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._file = Path()
        self.notice = Notice()
        self.opening = press("打开", self._open, symbol="folder")
        line = across(self.notice, self.opening)
        line.setStretch(0, 1)
        line.setAlignment(self.opening, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.clear()

    def text(self) -> str:
        return self.notice.text()

    def say(self, text: str, file: Path | None = None) -> None:
        """Say ``text``; ``file`` can be opened from here."""
        self._file = file or Path()
        self.notice.say(text)
        self.opening.setVisible(file is not None)
        self.show()

    def refuse(self, refusal: Refusal) -> None:
        self.notice.refuse(refusal)
        self.opening.hide()
        self.show()

    def clear(self) -> None:
        self.notice.clear()
        self.hide()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))
