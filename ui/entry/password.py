"""Typing a password: a line with an eye, a hint about Caps Lock, and a new one with its rules."""

import ctypes
import sys

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.services import passwords
from ui.icons import icon
from ui.pages.parts import words
from ui.theme import mark

CAPITALS = "大写锁定（Caps Lock）已打开"


class PasswordLine(QLineEdit):
    """One password; its eye shows what is typed.

    :ivar capitals: whether Caps Lock is on, as far as can be told.
    """

    capitals = Signal(bool)

    def __init__(self, name: str = "密码") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxLength(passwords.LONGEST)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.eye = self.addAction(icon("eye", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        self.eye.triggered.connect(lambda: self.show_typed(self.echoMode() == QLineEdit.EchoMode.Password))
        self.show_typed(False)

    def show_typed(self, shown: bool) -> None:
        """Show the letters, or dots."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.setIcon(icon("eye-off" if shown else "eye", "muted"))
        self.eye.setToolTip("隐藏密码" if shown else "显示密码")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self._look(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if event.key() == Qt.Key.Key_CapsLock:
            self._look(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if sys.platform == "win32":
            self.capitals.emit(_windows_capitals())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.capitals.emit(False)

    def _look(self, event: QKeyEvent) -> None:
        """Windows says whether Caps Lock is on; elsewhere a letter tells, by Shift and its own case."""
        letter = event.text()
        if sys.platform == "win32":
            self.capitals.emit(_windows_capitals())
        elif event.key() == Qt.Key.Key_CapsLock:
            self.capitals.emit(False)  # the next letter tells
        elif letter.isascii() and letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(letter.isupper() != shift)


if sys.platform == "win32":

    def _windows_capitals() -> bool:
        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)


class CapitalsHint(QLabel):
    """Says that Caps Lock is on, under the lines it watches; it keeps its place while it is silent."""

    def __init__(self, *lines: PasswordLine) -> None:
        super().__init__()
        mark(self, tone="warn")
        for line in lines:
            line.capitals.connect(lambda on: self.setText(CAPITALS if on else ""))


class NewPassword(QObject):
    """A new password, typed twice, with the rules that it meets ticked while it is typed.

    :ivar checks: the rules.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self.first, self.again = PasswordLine("新密码"), PasswordLine("再输入一遍")
        self.rules = [words() for _ in passwords.RULES]
        self.same = words()
        self.hint = CapitalsHint(self.first, self.again)
        self.checks = QWidget()
        column = QVBoxLayout(self.checks)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for told in (*self.rules, self.same, self.hint):
            column.addWidget(told)
        for line in (self.first, self.again):
            line.textChanged.connect(lambda _: self._follow())
        self._follow()

    def rows(self) -> list[tuple[str, QWidget]]:
        """What a form asks, with its labels."""
        return [("新密码", self.first), ("再输入一遍", self.again), ("", self.checks)]

    def name_is(self, name: str) -> None:
        """Judge the password as that of the user ``name``."""
        self.name = name.strip()
        self._follow()

    def password(self, what: str) -> str:
        """The new password.

        :raises Refusal: it does not meet the rules, or was not typed the same twice; begins with ``what``.
        """
        typed = self.first.text()
        try:
            passwords.refuse_weak(typed, self.name, what)
        except Refusal:
            self.first.setFocus()
            self.first.selectAll()
            raise
        try:
            passwords.refuse_unlike(typed, self.again.text(), what)
        except Refusal:
            self.again.setFocus()
            self.again.selectAll()
            raise
        return typed

    def _follow(self) -> None:
        typed = self.first.text()
        left = passwords.unmet(typed, self.name)
        for rule, line in zip(passwords.RULES, self.rules, strict=True):
            _tick(line, rule.words, met=bool(typed) and rule not in left)
        _tick(self.same, "两次输入一样", met=bool(typed) and typed == self.again.text())


def _tick(line: QLabel, said: str, *, met: bool) -> None:
    line.setText(f"{'✓' if met else '·'} {said}")
    line.setAccessibleName(f"{said}：{'已符合' if met else '还不符合'}")
    mark(line, tone="ok" if met else "")
    mark(line, kind="" if met else "muted")
