"""批量修改: one field of several entries, asked with the editor that the form has for it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QVBoxLayout, QWidget

from desktop.errors import Unreadable
from desktop.records.fields import Field, Ledger
from desktop.services import blocks
from ui.desk import Desk
from ui.form.combo import Combo
from ui.form.editors import Editor, editor_of
from ui.pages.parts import across, press, words
from ui.theme import em


class ChangeDialog(QDialog):
    """Asks for a field and its answer, and tells how many entries would change.

    :param name: the field that is asked for first, if several entries may share its answer.
    :ivar decided: carries the field and its clean value, ``None`` to empty it.
    """

    decided = Signal(object, object)

    def __init__(
        self, ledger: type[Ledger], desk: Desk, ids: Sequence[int], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"批量修改{ledger.caption}")
        self._ledger, self._desk, self._ids = ledger, desk, ids
        self._fields = blocks.editable(ledger)
        self._now: list[Any] = []
        self.which = QComboBox()
        self.which.setMaxVisibleItems(16)
        self.which.addItems([one.label for one in self._fields])
        self.editor: Editor
        self.emptying = QCheckBox("清空这一栏")
        self.told = words(wrap=True)
        self.told.setMinimumHeight(em(self, 2.6))
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._form = QFormLayout()
        self._form.addRow(words("栏目", kind="field"), self.which)
        self._form.addRow(words("改为", kind="field"), words())
        self._form.addRow(words(), self.emptying)
        self.go = press("修改", self.accept, kind="primary")
        self.go.setDefault(True)
        column = QVBoxLayout(self)
        column.addWidget(words(f"选中了 {len(ids)} 条记录。"))
        column.addLayout(self._form)
        column.addWidget(self.told)
        column.addStretch(1)
        column.addLayout(across(1, press("取消", self.reject), self.go))
        self.setMinimumWidth(em(self, 26))
        at = next((at for at, one in enumerate(self._fields) if one.name == name), 0)
        self.which.setCurrentIndex(at)
        self.which.currentIndexChanged.connect(self._ask)
        self.emptying.toggled.connect(self._empty)
        self._ask()
        (self.editor.focusProxy() or self.editor).setFocus()

    def field(self) -> Field:
        return self._fields[self.which.currentIndex()]

    def value(self) -> Any:
        """The clean answer.

        :raises Unreadable: it cannot be read.
        """
        return None if self.emptying.isChecked() else self.field().kind.read(self.editor.text())

    def accept(self) -> None:
        if self.go.isEnabled():
            super().accept()
            self.decided.emit(self.field(), self.value())

    def _ask(self, *_: int) -> None:
        """Show the editor of the chosen field."""
        name = self.field().name
        self._now = self._desk.ask(lambda session: blocks.values(session, self._ledger, self._ids, name))
        self.editor = editor_of(self.field(), self._desk)
        self._form.removeRow(1)
        self._form.insertRow(1, words("改为", kind="field"), self.editor)
        self.editor.setEnabled(not self.emptying.isChecked())
        self.editor.changed.connect(self._tell)
        self.editor.leave.connect(lambda _: self.go.setFocus())
        self._tell()

    def _empty(self, emptying: bool) -> None:
        self.editor.setEnabled(not emptying)
        self._tell()

    def _tell(self) -> None:
        """How many entries would change, or why the answer cannot be read."""
        label = self.field().label
        if not self.emptying.isChecked() and not self.editor.text().strip():
            self.go.setEnabled(False)
            self.told.setText(f"请填写“{label}”改成什么。")
            return
        try:
            value = self.value()
        except Unreadable as trouble:
            self.go.setEnabled(False)
            self.told.setText(f"“{label}”{trouble}。")
            return
        changing = sum(now != value for now in self._now)
        self.go.setEnabled(changing > 0)
        if not changing:
            self.told.setText(f"这 {len(self._now)} 条的“{label}”已经是这个值。")
            return
        shown = self.editor.currentText() if isinstance(self.editor, Combo) else self.editor.text()
        into = f"改为“{shown.strip()}”" if value is not None else "改为空白"
        self.told.setText(f"其中 {changing} 条的“{label}”会{into}。修改后可以按 Ctrl+Z 撤销。")
