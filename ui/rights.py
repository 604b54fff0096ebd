"""What a role may not do is greyed out, and says which role may; the services refuse it all the same."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.storage import rights
from desktop.storage.rights import Right
from ui.desk import Desk

READ_ONLY = "数据是以只读方式打开的，只能查看"


def said(right: Right) -> str:
    """Why it is grey."""
    return f"只有角色为{rights.holders(right)}的人可以{right}"


def write_nothing(desk: Desk, *things: QAction | QWidget) -> None:
    """Grey out for good what everyone may use, where the records can only be looked at."""
    if desk.store.read_only:
        for thing in things:
            _Off(thing, READ_ONLY)


def withhold(desk: Desk, right: Right, *things: QAction | QWidget) -> None:
    """Grey out ``things`` for good where the role may not use them, whatever a page enables later."""
    if not desk.may(right):
        for thing in things:
            _Off(thing, READ_ONLY if desk.store.read_only else said(right))


class _Off(QObject):
    """Keeps one thing disabled."""

    def __init__(self, thing: QAction | QWidget, why: str) -> None:
        super().__init__(thing)
        self._thing, self._why = thing, why
        if isinstance(thing, QAction):
            thing.changed.connect(self._keep)
        else:
            thing.installEventFilter(self)
        self._keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.EnabledChange, QEvent.Type.ToolTipChange):
            self._keep()
        return False

    def _keep(self) -> None:
        if self._thing.isEnabled():
            self._thing.setEnabled(False)
        if self._thing.toolTip() != self._why:
            self._thing.setToolTip(self._why)
