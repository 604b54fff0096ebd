"""Undo and redo for the whole window: two keys, and a menu at the top that names what they would do."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QToolButton, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.services import operations, stepping
from desktop.services.operations import Operation
from desktop.storage.changes import Changes
from desktop.storage.rights import Right
from ui import messages
from ui.buttons import tool
from ui.desk import Desk
from ui.icons import icon
from ui.messages import Notice

BACK, AGAIN = "撤销", "恢复"
Step = Callable[[Session], Operation]


class Undoing(QObject):
    """Takes back the last operation of the journal, or does it again.

    :param window: whose keys these are; a text field with the keyboard keeps them for its letters.
    :param ready: asked first: half-typed answers are saved, or the clerk stays with them.
    :ivar button: for the top of the window; its menu names what would be done.
    :ivar done: an operation was taken back or done again.
    """

    done = Signal()

    def __init__(self, desk: Desk, window: QWidget, notice: Notice, ready: Callable[[], bool]) -> None:
        super().__init__(window)
        self._desk, self._window, self._notice, self._ready = desk, window, notice, ready
        self._began = dt.datetime.now()
        self._back: Operation | None = None
        self._again: Operation | None = None
        self.undoing = self._command(BACK, "undo", ("Ctrl+Z",), self.undo)
        self.redoing = self._command(AGAIN, "redo", ("Ctrl+Y", "Ctrl+Shift+Z"), self.redo)
        self.listing = self._command("最近的操作…", "history", (), self.show_list)
        self.binning = self._command("回收站…", "delete", (), self.show_bin)
        self.button = self._make_button()
        desk.changed.connect(self._name)
        desk.exchanged.connect(self.renew)
        self._name()

    # commands

    def undo(self) -> None:
        """Take back the last operation; one of an earlier day, or of somebody else, after a question."""
        field = _typing()
        if field is not None:
            field.undo()
        elif self._ready():
            self._name()  # something may just have been saved
            if self._agreed(self._back):
                self._run(BACK, stepping.back)

    def redo(self) -> None:
        """Do the operation again that was taken back last."""
        field = _typing()
        if field is not None:
            field.redo()
        elif self._ready():
            self._run(AGAIN, stepping.again)

    def show_list(self) -> None:
        """The last operations, and the way back to each of them."""
        from ui.pages.operations import OperationsDialog  # seldom needed

        if self._ready():
            OperationsDialog(self._desk, self._window).open()

    def show_bin(self) -> None:
        """The deleted entries."""
        from ui.pages.bin import BinDialog  # seldom needed

        if self._ready():
            BinDialog(self._desk, self._window).open()

    # its own

    def _agreed(self, operation: Operation | None) -> bool:
        if operation is None or operation.instead:
            return True  # the refusal says why not
        mine = operation.who == self._desk.store.key.user
        if operation.at >= self._began and mine:
            return True
        who = f"{operation.who} " if operation.who else ""
        question = f"撤销 {operation.at:%m月%d日 %H:%M} {who}做的“{operation.name}”？"
        detail = "这不是您这次打开程序以后做的。撤销以后还可以恢复。"
        return messages.ask(self._window, question, (BACK, "不撤销"), detail=detail) == 0

    def _run(self, word: str, step: Step) -> None:
        self._notice.clear()
        self._enable(working=True)

        self._desk.run(
            lambda session, _: step(session),
            word,
            owner=self,
            done=partial(self._done, word),
            failed=self._failed,
        )

    def _done(self, word: str, operation: Operation) -> None:
        self._name()
        self._notice.say(f"已{word}：{operation.name}。")
        self.done.emit()

    def _failed(self, refusal: Refusal) -> None:
        self._name()
        self._notice.refuse(refusal)
        self._desk.dropped.emit()  # it was no save that failed: nothing typed stands unsaved

    def _name(self, _: Changes | None = None) -> None:
        self._back, self._again = self._desk.ask(lambda one: (operations.back(one), operations.again(one)))
        if self._back is not None and self._back.instead == operations.BEGINNING:
            self._back = None  # nothing has been done yet
        for action, word, operation in (
            (self.undoing, BACK, self._back),
            (self.redoing, AGAIN, self._again),
        ):
            action.setText(f"{word}：{operation.name}" if operation else word)
        keys = f"{self.undoing.text()}（Ctrl+Z）\n{self.redoing.text()}（Ctrl+Y）"
        self.button.setToolTip(keys)
        self._enable(working=False)

    def renew(self) -> None:
        """Somebody else is at the desk, or the records are others."""
        self._began = dt.datetime.now()
        self._name()

    def _enable(self, *, working: bool) -> None:
        able = self._desk.may(Right.ENTER) and not working
        self.undoing.setEnabled(able and self._back is not None)
        self.redoing.setEnabled(able and self._again is not None)

    def _command(self, text: str, symbol: str, keys: tuple[str, ...], work: Callable[[], None]) -> QAction:
        action = QAction(icon(symbol), text, self)
        action.setShortcuts([QKeySequence(one) for one in keys])
        action.triggered.connect(lambda _: work())
        self._window.addAction(action)
        return action

    def _make_button(self) -> QToolButton:
        button = tool(BACK, symbol="undo")
        button.setAccessibleName("撤销、恢复和回收站")
        menu = QMenu(button)
        menu.addActions([self.undoing, self.redoing])
        menu.addSeparator()
        menu.addActions([self.listing, self.binning])
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button


def _typing() -> QLineEdit | QTextEdit | QPlainTextEdit | None:
    """The text field that has the keyboard and can be typed in."""
    here = QApplication.focusWidget()
    typed = isinstance(here, (QLineEdit, QTextEdit, QPlainTextEdit)) and not here.isReadOnly()
    return here if typed and isinstance(here, (QLineEdit, QTextEdit, QPlainTextEdit)) else None
