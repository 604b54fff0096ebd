"""One field in a form: its label, editor, unit and pin, and what is to be said about its answer."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.errors import Unreadable
from desktop.records.fields import Field, Privacy
from desktop.rules.rulebook import Finding, Grade, Mend
from ui.buttons import tool
from ui.desk import Desk
from ui.form.combo import Combo
from ui.form.editors import WIDE, editor_of
from ui.form.lines import Line, Lines, line_height
from ui.form.number import NumberLine
from ui.form.scans import ScansList
from ui.icons import icon
from ui.theme import mark

TALL = 3  # lines of a field of several lines
STOPS = (Grade.A, Grade.B)
STAR = "\N{NO-BREAK SPACE}*"  # on the line of the last word


class FieldRow(QWidget):
    """The editor of one field and its findings; the label stands beside it in the form's grid.

    :ivar changed: another answer is typed.
    :ivar leave: the clerk wants the next (1) or previous (-1) field.
    :ivar entered: the field took the keyboard; carries whether it took it or lost it.
    :ivar mended: a correction was accepted.
    """

    changed = Signal()
    leave = Signal(int)
    entered = Signal(bool)
    mended = Signal(object)
    pinned = Signal(bool)

    def __init__(self, field: Field, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self._fixed = field, False
        self.editor = editor_of(field, desk)
        self.wide = isinstance(self.editor, WIDE)
        tip = "。".join(part for part in (field.help, "按 F1 看说明") if part)
        self.label = mark(QLabel(f"{field.label}{STAR}" if field.required else field.label), kind="field")
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        for widget in (self.label, self.editor):
            widget.setToolTip(tip)
        self.pin = tool(symbol="pin", tip=f"固定“{field.label}”：下一条新记录沿用这个值（F8）")
        self.pin.setObjectName(f"pin {field.name}")
        self.pin.setCheckable(True)
        self.pin.setIcon(icon("pin", "faint"))
        self.pin.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pin.toggled.connect(self._show_pin)
        self.notes = QVBoxLayout()
        self._lay_out()
        self.editor.changed.connect(self.changed)
        self.editor.leave.connect(self.leave)
        self.keys().installEventFilter(self)

    def text(self) -> str:
        return self.editor.text()

    def set_text(self, text: str) -> None:
        """Show an answer; the same answer leaves the cursor where it is."""
        if self.editor.text() != text:
            self.editor.set_text(text)

    def trouble(self) -> str:
        """Why the answer cannot be read, as a sentence; empty if it can."""
        typed = self.text()
        try:
            if typed.strip():
                self.field.kind.read(typed)
        except Unreadable as trouble:
            return f"“{self.field.label}”{trouble}"
        return ""

    def is_kept(self) -> bool:
        """Whether it is pinned and holds an answer: nothing is to be typed here."""
        return self.pin.isChecked() and bool(self.text().strip())

    def is_choosing(self) -> bool:
        """Whether its list is open: what is typed is a search then, and no answer yet."""
        return isinstance(self.editor, Combo) and self.editor.offer_is_open()

    def value(self) -> Any:
        """The clean answer; ``None`` for a blank or unreadable one."""
        typed = self.text()
        return self.field.kind.read(typed) if typed.strip() and not self.trouble() else None

    def conceal(self, ask: Callable[[], bool] | None) -> None:
        """Hide the middle of a person's number while it is not edited; ``None`` shows it whole.

        :param ask: as of :meth:`NumberLine.conceal`.
        """
        if isinstance(self.editor, NumberLine) and self.field.privacy is Privacy.PERSONAL:
            self.editor.reveal() if ask is None else self.editor.conceal(ask)

    def fix(self) -> None:
        """Let the answer be read and copied, and not be changed."""
        editor = self.editor
        if isinstance(editor, Lines | NumberLine) or (isinstance(editor, Line) and type(editor) is Line):
            editor.setReadOnly(True)
        elif not isinstance(editor, ScansList):  # which still opens what is kept
            editor.setEnabled(False)
            mark(editor, fixed=True)
            if isinstance(editor, Combo):
                mark(editor.line, fixed=True)
        self.pin.hide()
        self._fixed = True

    def take_focus(self) -> None:
        self.keys().setFocus(Qt.FocusReason.TabFocusReason)

    def is_focused(self) -> bool:
        return self.keys().hasFocus() or self._has_panel()

    def is_noted(self) -> bool:
        """Whether something is said about it now."""
        return self.notes.count() > 0

    def say(self, trouble: str, findings: Sequence[Finding]) -> None:
        """Show why the answer cannot be read, else what the checks found about it."""
        while (item := self.notes.takeAt(0)) is not None:
            item.widget().deleteLater()
        hard = bool(trouble) or any(one.grade in STOPS for one in findings)
        mark(self.editor, wrong=hard, doubt=bool(findings) and not hard)
        if trouble:
            self._note(trouble, Grade.A, None)
        else:
            for one in findings:
                self._note(f"{one.message}。{one.remedy}".rstrip("。") + "。", one.grade, one.mend, one.basis)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and not self._has_panel():
            self.entered.emit(event.type() == QEvent.Type.FocusIn)
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and isinstance(getattr(self, "editor", None), Lines):
            self.editor.setFixedHeight(line_height(self.editor, TALL))

    def keys(self) -> QWidget:
        """The widget that has the keyboard while this field is typed into."""
        return self.editor.focusProxy() or self.editor

    def _has_panel(self) -> bool:
        """Whether a calendar, a panel of ticks or a menu of its own is open: the field is not left then."""
        panel = QApplication.activePopupWidget()
        return panel is not None and panel.parent() in (self.editor, self.keys())

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.editor, 1)
        unit = getattr(self.field.kind, "unit", "")
        if unit and isinstance(self.editor, Line):
            self.editor.show_unit(unit)
        line.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addLayout(self.notes)
        if isinstance(self.editor, Lines):
            self.editor.setFixedHeight(line_height(self.editor, TALL))

    def _note(self, text: str, grade: Grade, mend: Mend | None, basis: str = "") -> None:
        note = mark(QLabel(text), grade=grade.value)
        note.setWordWrap(True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setToolTip(f"{grade.word}。依据：{basis}" if basis else grade.word)
        note.setObjectName(f"note {self.field.name}")
        self.notes.addWidget(note)
        if mend is not None and not self._fixed:
            button = mark(QPushButton(icon("mend", "accent_ink"), mend.label), kind="link")
            button.clicked.connect(lambda: self.mended.emit(mend))
            self.notes.addWidget(button)

    def _show_pin(self, pinned: bool) -> None:
        self.pin.setIcon(icon("pin-filled", "accent_ink") if pinned else icon("pin", "faint"))
        mark(self.editor, pinned=pinned)
        self.pinned.emit(pinned)
