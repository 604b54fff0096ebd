"""A text with placeholders: typed, or put together from a list that shows what they stand for now."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.excel.profiled import PLACEHOLDERS, put_in
from ui.pages.parts import words

INSERT = "插入会变的内容…"


class Pattern(QWidget):
    """A line to type in, a box to insert from, and how it will read.

    :ivar changed: the text is another.
    """

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._said: Mapping[str, str] = {}
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.offer = QComboBox()
        self.offer.setAccessibleName(f"{name}：插入会变的内容")
        self.offer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.offer.setMinimumContentsLength(6)
        self.reads = words(kind="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for one in (self.line, self.offer, self.reads):
            column.addWidget(one)
        self.offer.activated.connect(self._insert)
        self.line.textChanged.connect(self._changed)
        self.setFocusProxy(self.line)
        self.show_words({})

    def text(self) -> str:
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def show_words(self, said: Mapping[str, str]) -> None:
        """Show what the placeholders stand for.

        :param said: by the names of :data:`desktop.excel.profiled.PLACEHOLDERS`.
        """
        self._said = said
        self.offer.clear()
        self.offer.addItem(INSERT)
        for name, word in PLACEHOLDERS.items():
            if said.get(name):
                self.offer.addItem(f"{word}（{said[name]}）", word)
        self._read()

    def _insert(self, at: int) -> None:
        if at > 0:
            self.line.insert(f"{{{self.offer.itemData(at)}}}")
            self.offer.setCurrentIndex(0)
            self.line.setFocus()

    def _changed(self) -> None:
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        text = self.text()
        read = put_in(text, self._said)
        self.reads.setText(f"本期写成：{read}" if read != text else "")
        self.reads.setVisible(read != text)
