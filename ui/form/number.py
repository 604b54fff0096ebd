"""The editor of a personal number: its middle is hidden while it is not being edited."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from desktop.records.kinds import Kind, masked
from ui.form.lines import LOOKS_AWAY, Line


class NumberLine(Line):
    """Always gives the whole number to the form; shows it only to one who may see it, and asks first."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._whole: str | None = None  # while its middle is hidden
        self._kept = ""  # as it was when it was concealed
        self._ask: Callable[[], bool] | None = None

    def text(self) -> str:
        return super().text() if self._whole is None else self._whole

    def set_text(self, text: str) -> None:
        self._ask = None
        self._show(text)

    def conceal(self, ask: Callable[[], bool]) -> None:
        """Hide the middle, but not under the cursor.

        :param ask: whether the whole number may be shown; asked each time the clerk goes into the line.
        """
        self._ask, self._kept = ask, self.text()
        if not self.hasFocus():
            self._cover()

    def reveal(self) -> None:
        """Show the whole number from now on."""
        self._ask = None
        if self._whole is not None:
            self._show(self._whole)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._whole is not None and self._ask is not None and self._ask():
            self._show(self._whole)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in LOOKS_AWAY and self._ask is not None and self.text() == self._kept:
            self._cover()

    def _cover(self) -> None:
        whole = self.text()
        shown = masked(self._kind, whole)
        if self._whole is None and shown != whole:
            self._whole = whole
            with QSignalBlocker(self):  # the answer is no other
                super().set_text(shown)
            self.setReadOnly(True)  # nobody types between stars

    def _show(self, text: str) -> None:
        same = text == self.text()
        if self._whole is not None:
            self._whole = None
            self.setReadOnly(False)
        if not same:
            super().set_text(text)
            return
        with QSignalBlocker(self):
            super().set_text(text)
