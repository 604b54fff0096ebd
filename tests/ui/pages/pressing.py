"""A hand that presses everything that can be pressed on a page."""

from collections.abc import Iterable

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from ui import messages
from ui.desk import Desk
from ui.pages import printing


def answer_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question is answered with yes, no file is chosen, nothing is printed or opened."""
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 0)
    monkeypatch.setattr(printing, "QPrintDialog", QDialog)
    for name in ("getSaveFileName", "getOpenFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda _: True)


def _pressable(widget: QWidget) -> list[QAbstractButton | QAction]:
    found: Iterable[QAbstractButton] = widget.findChildren(QAbstractButton)
    buttons = [one for one in found if one.isEnabled() and one.isVisibleTo(widget)]
    every: Iterable[QAction] = widget.findChildren(QAction)
    actions = [one for one in every if one.isEnabled() and one.menu() is None]
    plain = [one for one in buttons if not (isinstance(one, QToolButton | QPushButton) and _menu(one))]
    return [*plain, *(one for one in actions if not one.isSeparator())]


def _menu(button: QToolButton | QPushButton) -> QMenu | None:
    """What the button opens; its entries are pressed one by one."""
    action = button.defaultAction() if isinstance(button, QToolButton) else None
    found = action.menu() if action is not None else button.menu()
    return found if isinstance(found, QMenu) else None


def _allowed(thing: QAbstractButton | QAction) -> bool:
    """An entry of a menu that is grey as a whole cannot be reached."""
    parent = thing.parent()
    if isinstance(thing, QAction) and isinstance(parent, QMenu):
        owner = parent.parent()
        others: Iterable[QAction] = owner.findChildren(QAction) if isinstance(owner, QWidget) else []
        return all(one.isEnabled() for one in others if one.menu() is parent)
    return True


def press_all(widget: QWidget, refused: list[str], desk: Desk, *, depth: int = 0) -> None:
    """Press everything that can be pressed, also in the dialogs that it opens; nothing is refused."""
    for thing in _pressable(widget):
        if not isValid(thing) or not thing.isEnabled() or not _allowed(thing):
            continue
        name = f"{type(widget).__name__}: {thing.text() or thing.toolTip()}"
        thing.trigger() if isinstance(thing, QAction) else thing.click()
        desk.rest()
        QApplication.processEvents()
        assert refused == [], name
        for dialog in [
            one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()
        ]:
            if dialog is widget:
                continue
            if depth == 0:
                press_all(dialog, refused, desk, depth=1)
            if isValid(dialog):
                dialog.hide()
                dialog.deleteLater()
        if not isValid(widget):
            return
