"""A small dialog that asks for a few answers and does one thing; a refusal is shown in it."""

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import Refusal, Unreadable
from desktop.records.kinds import Day
from ui.form.onward import Onward
from ui.pages.parts import Notice, across, press, words
from ui.theme import em


class Asked(QDialog):
    """Asks, and calls ``work`` when confirmed; it stays open while ``work`` refuses.

    :param rows: labels with their editors, asked from top to bottom.
    :param confirm: what the button that does it says.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        explanation: str,
        rows: Sequence[tuple[str, QWidget]],
        *,
        confirm: str,
        work: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._work = work
        self.notice = Notice()
        column = QVBoxLayout(self)
        column.addWidget(words(explanation, wrap=True))
        form = QFormLayout()
        for label, editor in rows:
            name = QLabel(label)
            name.setBuddy(editor)
            editor.setAccessibleName(label)
            form.addRow(name, editor)
        column.addLayout(form)
        column.addWidget(self.notice)
        Onward([editor for _, editor in rows if isinstance(editor, QLineEdit)], self.notice)
        self.confirm = press(confirm, self.accept, kind="primary")
        self.confirm.setDefault(True)
        column.addLayout(across(1, press("取消", self.reject), self.confirm))
        self.setMinimumWidth(em(self, 26))
        if rows:
            rows[0][1].setFocus()

    def accept(self) -> None:
        try:
            self._work()
        except Refusal as refusal:
            self.notice.refuse(refusal)
            return
        super().accept()


def day_editor(date: dt.date) -> QLineEdit:
    """An editor for a date, which is typed in any of the usual ways."""
    editor = QLineEdit(date.isoformat())
    editor.setPlaceholderText("如 2026-11-05")
    return editor


def day_of(editor: QLineEdit, what: str) -> dt.date:
    """The typed date.

    :raises Refusal: there is none, or it cannot be read.
    """
    try:
        return Day().read(editor.text())
    except Unreadable as trouble:
        raise Refusal(what, f"日期{trouble}", "请改正日期") from trouble


def documents() -> str:
    """Where a dialog that asks for a file begins: the clerk's own documents."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
