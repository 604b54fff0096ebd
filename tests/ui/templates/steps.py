"""What a clerk does in the dialog, and what is seen of it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.templates.dialog import TemplateDialog
from ui.templates.draft import Draft


def begun(qtbot: QtBot, desk: Desk) -> TemplateDialog:
    dialog = TemplateDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog, before_close_func=lambda _: setattr(dialog, "draft", None))  # nothing to ask
    return dialog


def read(qtbot: QtBot, dialog: TemplateDialog, file: Path) -> None:
    dialog.read(file)
    rest(qtbot, dialog)


def rest(qtbot: QtBot, dialog: TemplateDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.working.busy)


def draft(dialog: TemplateDialog) -> Draft:
    assert dialog.draft is not None
    return dialog.draft


def keys(dialog: TemplateDialog) -> dict[int, str]:
    return {at: rule.key for at, rule in draft(dialog).profile.columns.items()}


def click(dialog: TemplateDialog, row: int, column: int) -> None:
    view = dialog.table.view
    index = view.model().index(row - 1, column - 1)
    view.scrollTo(index)
    at = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def keep(qtbot: QtBot, dialog: TemplateDialog) -> None:
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
