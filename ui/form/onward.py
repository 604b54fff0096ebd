"""Enter in a small dialog goes on to the line that is still empty; with all filled in it confirms."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.form.lines import ENTER
from ui.pages.parts import Notice


class Onward(QObject):
    """Watches the lines of a dialog, top to bottom.

    :param notice: a refusal that stands there goes away as soon as something else is typed.
    """

    def __init__(self, lines: Sequence[QLineEdit], notice: Notice) -> None:
        super().__init__(notice)
        self._lines = lines
        for line in lines:
            line.installEventFilter(self)
            line.textEdited.connect(lambda _: notice.clear())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            at = next(at for at, line in enumerate(self._lines) if line is watched)
            empty = next((one for one in self._lines[at + 1 :] if one.isEnabled() and not one.text()), None)
            if empty is not None:
                empty.setFocus()
                return True
        return False
