"""The form's outside: which entry it is, whether it is saved, its commands, its fields in a scroll area."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.records.fields import Field, Ledger
from desktop.rules.rulebook import Finding
from ui.form.grid import FieldGrid
from ui.form.row import FieldRow
from ui.icons import icon
from ui.messages import Notice
from ui.theme import em, mark

ROOMY = 26  # lines of text
MARGIN = 3  # lines of text around the field that has the keyboard: the next one shows too


class FormFrame(QWidget):
    """Head, fields and commands of a form; :class:`ui.form.entry.EntryForm` gives it life."""

    def __init__(self, ledger: type[Ledger], rows: Sequence[FieldRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption, self.fields = ledger.caption, rows
        self.title = mark(QLabel(), kind="section")
        self.title.setIndent(0)
        self.state = mark(QLabel(), kind="badge")
        self.facts = mark(QLabel(), kind="muted")
        self.facts.setWordWrap(True)
        self.notice = Notice()
        self.general = QVBoxLayout()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        groups = [(name, list(some)) for name, some in groupby(rows, key=lambda row: row.field.group)]
        self.grid = FieldGrid(groups)
        self.area.setWidget(self.grid)
        self._settled = QTimer(self, singleShot=True, interval=0)  # once everything has found its place
        self._settled.timeout.connect(self._keep_in_view)
        self.grid.laid_out.connect(self._settled.start)
        self.area.viewport().installEventFilter(self)
        self._make_commands()
        self._lay_out()

    def show_facts(self, name: str, facts: Sequence[tuple[str, str]]) -> None:
        """Say which entry it is, and what cannot be typed."""
        self.title.setText(name or f"新增：{self._caption}")
        told = [f"{label} {value}" for label, value in facts if value]
        self.facts.setText("　".join(told))
        self.facts.setVisible(bool(told))

    def show_state(self, *, dirty: bool, saved: dt.datetime | None = None) -> None:
        """Say whether what is typed is saved."""
        self.state.setText("未保存" if dirty else f"已保存 {saved:%H:%M}" if saved else "")
        self.state.setVisible(bool(self.state.text()))
        mark(self.state, tone="warn" if dirty else "ok")

    def show_general(self, findings: Sequence[Finding]) -> None:
        """Findings that belong to no field of this form."""
        while (item := self.general.takeAt(0)) is not None:
            item.widget().deleteLater()
        for one in findings:
            note = mark(QLabel(f"{one.message}。{one.remedy}".rstrip("。") + "。"), grade=one.grade.value)
            note.setWordWrap(True)
            note.setToolTip(f"{one.grade.word}。依据：{one.basis}")
            self.general.addWidget(note)

    def reveal(self, row: FieldRow) -> None:
        """Scroll a field into view, with what stands above and below it."""
        self.area.ensureWidgetVisible(row, 0, em(self, MARGIN))

    def scroll_up(self) -> None:
        """Begin at the first field again, or where the keyboard is."""
        self.area.verticalScrollBar().setValue(0)
        self._settled.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.area.viewport() and event.type() == QEvent.Type.Resize:
            self._settled.start()
        return super().eventFilter(watched, event)

    def _focused(self) -> FieldRow | None:
        return next((row for row in self.fields if row.is_focused()), None)

    def _keep_in_view(self) -> None:
        row = self._focused()
        if row is not None:
            self.reveal(row)

    def _make_commands(self) -> None:
        self.saving = self._command("保存", "Ctrl+S", "save")
        self.saving_new = self._command("保存并新增", "Ctrl+Return", "save-new")
        for action in (self.saving, self.saving_new):  # wherever the keyboard is, while this form is shown
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.undoing = self._command("撤销输入", "Esc", "undo")
        self.helping = self._command("说明", "F1", "help")
        self.pinning = self._command("固定这一栏", "F8", "pin")
        self.save_button = self._button(self.saving, "primary")
        self.new_button = self._button(self.saving_new, "")
        self.undo_button = self._button(self.undoing, "quiet")

    def _command(self, words: str, keys: str, symbol: str) -> QAction:
        action = QAction(icon(symbol), words, self)
        shortcuts = [QKeySequence(keys)]
        if keys == "Ctrl+Return":
            shortcuts.append(QKeySequence("Ctrl+Enter"))  # of the number pad
        action.setShortcuts(shortcuts)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def _button(self, action: QAction, kind: str) -> QPushButton:
        button = QPushButton(action.icon(), action.text())
        button.setToolTip(f"{action.text()}（{_keys(action)}）")
        if kind == "primary":
            button.setIcon(icon("save", "on_accent"))
        if kind:
            mark(button, kind=kind)
        button.setAutoDefault(False)  # Enter goes to the next field, also in a dialog
        button.clicked.connect(action.trigger)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the keys on the buttons while there is room for them."""
        super().resizeEvent(event)
        roomy = self.width() >= em(self, ROOMY)
        for action, button in (
            (self.saving, self.save_button),
            (self.saving_new, self.new_button),
            (self.undoing, self.undo_button),
        ):
            with_keys = f"{action.text()} {_keys(action)}"
            if button.text() in (action.text(), with_keys):  # a page may have its own words there
                button.setText(with_keys if roomy else action.text())

    def _lay_out(self) -> None:
        side = em(self, 0.5)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.state)
        head.addStretch(1)
        foot = mark(QFrame(), kind="panel")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(side, side // 2, side, side // 2)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.new_button)
        buttons.addStretch(1)
        buttons.addWidget(self.undo_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(side // 2)
        inner = QVBoxLayout()
        inner.setContentsMargins(side, side // 2, side, 0)
        inner.addLayout(head)
        inner.addWidget(self.facts)
        inner.addWidget(self.notice)
        inner.addLayout(self.general)
        column.addLayout(inner)
        column.addWidget(self.area, 1)
        column.addWidget(foot)


def _keys(action: QAction) -> str:
    return action.shortcut().toString().replace("Return", "Enter")


def in_groups(fields: Iterable[Field]) -> list[Field]:
    """The fields with each group together, groups in the order they first appear."""
    found = list(fields)
    order: dict[str, int] = {}
    for one in found:
        order.setdefault(one.group, len(order))
    return sorted(found, key=lambda one: order[one.group])
