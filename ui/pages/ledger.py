"""The page of any ledger: its table, and the form of the chosen entry beside it."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.fields import Ledger
from desktop.services import entries, links, masking
from desktop.services.audit import Event
from desktop.storage.changes import Changes
from desktop.storage.rights import Right
from ui import messages
from ui.desk import Desk, Target
from ui.form.entry import EntryForm
from ui.icons import icon
from ui.messages import Notice
from ui.pages.dragged import dropped
from ui.pages.editing import Editing
from ui.pages.exchange import Exchange
from ui.pages.page import Page
from ui.pages.parts import words
from ui.rights import withhold
from ui.table.bar import FilterBar
from ui.table.model import LedgerTable
from ui.table.view import LedgerView
from ui.theme import em, mark

PAUSE = 200  # ms after the last pixel of a drag
USUAL = [2000, 3000]  # shares of the table and the form
NAMED = 5  # entries that a question names


class LedgerPage(Page):
    """Any ledger. A page with more to show overrides :meth:`make_form` or :meth:`detail`.

    :cvar ledger: whose entries.
    :cvar parts: ledgers whose entries are parts of these, imported here too.
    :ivar shown: another entry is in the form; carries its id, or ``None`` for a new one.
    """

    ledger: type[Ledger]
    parts: tuple[type[Ledger], ...] = ()
    shown = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._leaving = False
        self.table = LedgerTable(self.ledger, desk, self)
        self.view = LedgerView(self.table)
        self.bar = FilterBar(self.view, desk)
        self.form = self.make_form()
        self.notice = Notice()
        self.adding = self._command("新增", "Ctrl+N", "add", self.add)
        self.deleting = self._command("删除", "", "delete", self.delete)
        self.deleting.setToolTip("删除选中的记录（Del）")
        self.tracing = self._command("历史…", "Ctrl+Shift+H", "history", self.show_history)
        self.tracing.setToolTip("这条记录的历史：谁在什么时候改了什么，可以恢复（Ctrl+Shift+H）")
        self._del = QShortcut(QKeySequence(Qt.Key.Key_Delete), self, self.deleting.trigger)
        self.exchange = Exchange(self, (self.ledger, *self.parts), self.notice, self.may_leave)
        self.revealing = self._command("显示完整号码", "", "unlock", None)
        self.revealing.setCheckable(True)
        self.revealing.toggled.connect(self._reveal)
        self.other_side = self._command("表格／表单", "F6", "next", self._switch_side)
        self.editing = Editing(self.view, self.bar, self.notice, self.may_leave)
        self.editing.added.connect(self._added)
        between = QAction(self)
        between.setSeparator(True)
        self.view.addActions([between, self.adding, self.deleting, self.tracing])
        withhold(desk, Right.ENTER, self.adding, self.deleting, self.exchange.action, *self.editing.writing)
        withhold(desk, Right.FULL, self.revealing)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.form_area = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self.view.chosen.connect(self._chosen)
        self.view.activated.connect(lambda _: self.form.focus())
        self.form.saved.connect(self._saved)
        self.form.left.connect(self.view.setFocus)
        self.form.saving_new.triggered.disconnect()  # the next one begins as any new one on this page
        self.form.saving_new.triggered.connect(self.save_and_add)
        self.view.selectionModel().selectionChanged.connect(self._enable)
        self.table.modelReset.connect(self._enable)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        desk.changed.connect(self._follow)
        self._enable()

    # hooks

    def make_form(self) -> EntryForm:
        """The form of an entry."""
        return EntryForm(self.ledger, self.desk)

    def detail(self) -> QWidget | None:
        """What stands under the form, if anything; it follows :attr:`shown`."""
        return None

    # what the window asks

    def go(self, target: Target) -> None:
        if target.filters:
            self.bar.set_filters(target.filters)
        if target.entry is not None and self.may_leave():
            self._open(target.entry)
            self.form.focus(target.field) if target.field else self.view.setFocus()
        elif target.entry is None:
            self.view.setFocus()
            if target.filters and not self.table.rowCount():
                self.add()

    def here(self) -> Target:
        wanted = {name: value for name, value in self.bar.filters().items() if value}
        return Target(self.name, self.form.entry, filters=wanted if self.table.rowCount() else {})

    def undone(self) -> None:
        self.notice.clear()

    def may_leave(self) -> bool:
        """Save what is typed; the table stays where the clerk wants to go, not where the form was."""
        self._leaving = True
        try:
            return self.form.keep()
        finally:
            self._leaving = False

    # commands

    def add(self) -> None:
        """Begin a new entry, in the village that the table is filtered by."""
        if self.may_leave():
            self.view.choose(None)
            preset = {name: value for name, value in self.bar.filters().items() if value}
            self.form.new(**preset)
            self.form.focus()
            self.shown.emit(None)

    def save_and_add(self) -> None:
        """Save the entry, and begin the next one."""
        if self.form.save() is not None:
            self.add()

    def delete(self) -> None:
        """Delete the selected entries, after a question that names them."""
        chosen = self.view.selected()
        if not chosen:
            return
        told = self.desk.ask(lambda session: links.titles(session, self.ledger.__tablename__, chosen[:NAMED]))
        names = "、".join(f"“{told[one]}”" for one in chosen[:NAMED])
        question = f"删除{names}{f' 等 {len(chosen)} 条记录' if len(chosen) > 1 else ''}？"
        if messages.ask(self, question, ("删除", "取消"), detail="删除的记录放在回收站里，可以恢复。") != 0:
            return
        self.notice.clear()
        try:
            self.desk.do(lambda session: self._delete(session, chosen), f"删除{self.ledger.caption}")
        except Refusal as refusal:
            self.notice.refuse(refusal)  # what is typed in the form stays
        else:
            self.notice.say(f"已删除 {len(chosen)} 条记录，可以按 Ctrl+Z 撤销。")
            if self.form.entry in chosen:
                self.form.new()
            self.view.choose(None)
            self.shown.emit(None)

    def show_history(self) -> None:
        """What happened to the entry in the form, answer by answer."""
        from ui.pages.history import HistoryDialog  # seldom needed

        if self.form.entry is not None and self.may_leave():
            HistoryDialog(self.desk, self.ledger, self.form.entry, self).open()

    # a file dropped on the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped(event)
        if file is not None:
            self.exchange.read(file)

    # its own

    def _reveal(self, wanted: bool) -> None:
        """Show personal numbers whole once it is written down that they were looked at."""
        if wanted:
            try:
                self.desk.note(Event.REVEAL, f"页面“{self.heading}”")
            except Refusal as refusal:
                self.notice.refuse(refusal)
                self.revealing.setChecked(False)
                return
        self.table.reveal(wanted)
        self.form.concealing.reveal(wanted)

    def _delete(self, session: Session, chosen: list[int]) -> None:
        for entry in chosen:
            entries.delete(session, self.ledger, entry)

    def _chosen(self, entry: int) -> None:
        before = self.form.entry
        if self.may_leave():
            self.form.load(entry)
            self.shown.emit(entry)
        else:
            self.view.choose(before)

    def _open(self, entry: int) -> None:
        if self.table.row(entry) is None:
            self.bar.clear()
        self.view.choose(entry)
        self.form.load(entry)
        self.shown.emit(entry)

    def _saved(self, entry: int) -> None:
        if not self._leaving:
            self.view.choose(entry)
            self.shown.emit(entry)

    def _added(self, pasted: list[int]) -> None:
        """Show and select what was pasted, where the filter lets it be seen."""
        rows = self.table.rows(set(pasted))
        first = self.table.entry(rows[0]) if rows else None
        if first is not None:
            self._open(first)
            self.view.select(pasted)
            QTimer.singleShot(0, self.view, self._scroll)  # once the notice has taken its room

    def _scroll(self) -> None:
        self.view.scrollTo(self.view.currentIndex(), LedgerView.ScrollHint.PositionAtCenter)

    def _follow(self, changes: Changes) -> None:
        if not self._leaving and self.form.entry is not None and self.ledger.__tablename__ in changes.entries:
            self.view.choose(self.form.entry)

    def _enable(self, *_: object) -> None:
        self.deleting.setEnabled(self.view.selectionModel().hasSelection())

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """In the form Del deletes a letter, and in a list under it an entry of that list."""
        self._del.setEnabled(now is None or not self.form_area.isAncestorOf(now))

    def _switch_side(self) -> None:
        self.form.focus() if self.view.hasFocus() else self.view.setFocus()

    def _command(self, text: str, keys: str, symbol: str, work: object) -> QAction:
        action = QAction(icon(symbol), text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setToolTip(f"{text}（{keys}）")
        if callable(work):
            action.triggered.connect(lambda _: work())
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        side = em(self, 0.5)
        strip = mark(QFrame(), kind="bar")
        line = self.tools = QHBoxLayout(strip)  # a page adds its own commands at the right
        line.setContentsMargins(side, side // 2, side, side // 2)
        line.addWidget(words(self.heading, kind="title"))
        line.addSpacing(side)
        personal = bool(masking.numbers(self.ledger))
        for action in (
            self.adding,
            self.form.saving,
            self.deleting,
            self.exchange.action,
            self.revealing,
        ):
            if action is not self.revealing or personal:
                line.addWidget(_button(action))
        line.addWidget(trace := _button(self.tracing))
        trace.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        line.addStretch(1)
        self.addAction(self.form.saving)
        above = QWidget()
        filters = QHBoxLayout(above)
        filters.setContentsMargins(side, 0, side, 0)
        filters.addWidget(self.bar)
        self.form_area.addWidget(self.form)
        below = self.detail()
        if below is not None:
            self.form_area.addWidget(below)
        self.split.addWidget(self.view)
        self.split.addWidget(self.form_area)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self._restore()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(side // 2)
        column.addWidget(strip)
        column.addWidget(self.notice)
        column.addWidget(above)
        column.addWidget(self.split, 1)

    def _remember(self, key: str, splitter: QSplitter) -> None:
        self.desk.settings.set(key, splitter.sizes())

    def _restore(self) -> None:
        for name, splitter in (("side", self.split), ("below", self.form_area)):
            key = f"split.{self.name}.{name}"
            sizes = self.desk.settings.get(key)
            splitter.setSizes(sizes or USUAL)
            later = QTimer(self, singleShot=True, interval=PAUSE)
            later.timeout.connect(partial(self._remember, key, splitter))
            splitter.splitterMoved.connect(lambda *_, later=later: later.start())


def _button(action: QAction) -> QToolButton:
    button = mark(QToolButton(), kind="quiet")
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if action.menu() is not None:
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button
