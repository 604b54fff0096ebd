"""Entries that belong to another one, on a tab under its form: a small table, and a form in a dialog."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.records.fields import Ledger, field
from desktop.records.kinds import Listed
from desktop.services import entries, lists
from desktop.storage.changes import Changes
from desktop.storage.rights import Right
from ui.desk import Desk
from ui.pages.entry_dialog import EntryDialog
from ui.pages.parts import Notice, across, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.rights import withhold

CHARACTER = 0.55  # width of a character of Field.width, in lines of text
WIDEST = 9  # lines of text


class ChildList(QWidget):
    """The entries of ``ledger`` whose answer ``parent_field`` is the shown entry.

    :param columns: names of the answers shown; the last one takes the room that is left.
    :param by: name of an answer whose values become buttons that filter.
    :param called: one entry in the clerk's words, where the ledger is named after all of them.
    """

    def __init__(
        self,
        desk: Desk,
        ledger: type[Ledger],
        parent_field: str,
        columns: Sequence[str],
        *,
        by: str = "",
        called: str = "",
    ) -> None:
        super().__init__()
        self._desk, self._ledger, self._parent_field, self._by = desk, ledger, parent_field, by
        self._called = called or ledger.caption
        self._of: int | None = None
        self._all: list[Ledger] = []
        shown = [field(ledger, name) for name in columns]
        names = lists.Names()
        self.model: PlainModel[Ledger] = PlainModel(
            [one.label for one in shown],
            lambda row: [names.text(one, getattr(row, one.name)) for one in shown],
        )
        widths = [min(WIDEST, max(3.5, one.width * CHARACTER)) for one in shown]
        self.table = PlainTable(ledger.caption, widths)
        self.table.setModel(self.model)
        self.table.fit()
        self.table.activated.connect(self.edit)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.kinds = QButtonGroup(self)
        self.notice = Notice()
        self._nothing = words(kind="muted", wrap=True)
        self._add = press("新增…", self.add, symbol="add")
        self._add.setAccessibleName(f"新增{self._called}")
        self._edit = press("修改…", self.edit)
        self._delete = press("删除", self.delete, symbol="delete")
        withhold(desk, Right.ENTER, self._add, self._delete)
        self._lay_out()
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table, self._delete.click).setContext(
            Qt.ShortcutContext.WidgetShortcut
        )
        desk.changed.connect(self._follow)
        self.show_entry(None)

    @property
    def count(self) -> int:
        return len(self._all)

    def show_entry(self, entry: int | None) -> None:
        """Show what belongs to ``entry``; ``None`` for one that is not saved yet."""
        self._of = entry
        self.notice.clear()
        self._load()

    def choose(self, entry: int) -> None:
        """Select one of the entries shown."""
        if self._by:
            self.kinds.button(0).setChecked(True)
            self._filter()
        for row, one in enumerate(self.model.rows):
            if one.id == entry:
                self.table.selectRow(row)

    def add(self) -> None:
        """Ask for a new entry of the chosen kind."""
        if self._of is None or not self._add.isEnabled():
            return
        preset = {self._parent_field: str(self._of)}
        if self._by and (chosen := self._chosen_kind()):
            preset[self._by] = chosen
        EntryDialog(self._desk, self._ledger, None, preset, self, called=self._called).open()

    def edit(self) -> None:
        entry = self._current()
        if entry is not None:
            preset = {self._parent_field: str(self._of)}
            EntryDialog(self._desk, self._ledger, entry, preset, self, called=self._called).open()

    def delete(self) -> None:
        entry = self._current()
        if entry is None:
            return
        caption = self._called
        try:
            self._desk.do(lambda session: entries.delete(session, self._ledger, entry), f"删除{caption}")
        except Refusal as refusal:
            self.notice.refuse(refusal)
        else:
            self.notice.say(f"已删除一条{caption}，可以用 撤销 恢复")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        filters = QHBoxLayout()
        if self._by:
            for number, (_, name) in enumerate(self._options()):
                button = QPushButton(name)
                button.setCheckable(True)
                button.setChecked(number == 0)
                self.kinds.addButton(button, number)
                filters.addWidget(button)
            self.kinds.idClicked.connect(self._filter)
        filters.addStretch(1)
        column.addLayout(across(self._add, self._edit, self._delete, 1))
        column.addLayout(filters)
        column.addWidget(self.notice)
        column.addWidget(self._nothing)
        column.addWidget(self.table, 1)

    def _options(self) -> list[tuple[str, str]]:
        kind = field(self._ledger, self._by).kind
        assert isinstance(kind, Listed)
        return [("", "全部"), *kind.codes.items.items()]

    def _chosen_kind(self) -> str:
        return self._options()[max(0, self.kinds.checkedId())][0]

    def _current(self) -> int | None:
        row = self.table.chosen()
        return None if row is None else self.model.rows[row].id

    def _follow(self, changes: Changes) -> None:
        if changes.touch(self._ledger):
            self._load()

    def _load(self) -> None:
        of = self._of
        self._all = []
        if of is not None:
            filters = {self._parent_field: str(of)}
            self._all = self._desk.ask(
                lambda session: lists.rows(
                    session, self._ledger, lists.ids(session, self._ledger, filters=filters)
                )
            )
        if self._by:
            for number, (code, name) in enumerate(self._options()):
                count = sum(not code or getattr(row, self._by) == code for row in self._all)
                self.kinds.button(number).setText(f"{name.removesuffix('清单')} {count}")
        self._filter()

    def _filter(self, *_: int) -> None:
        chosen = self._chosen_kind() if self._by else ""
        self.model.show_rows([row for row in self._all if not chosen or getattr(row, self._by) == chosen])
        some = bool(self.model.rows)
        self.table.setVisible(some)
        self._nothing.setVisible(not some)
        caption = self._called
        self._nothing.setText(
            f"还没有{caption}，按“新增…”录入" if self._of else f"先保存协议，再录入{caption}"
        )
        self._add.setEnabled(self._of is not None)
        self._enable()

    def _enable(self, *_: object) -> None:
        chosen = self._current() is not None
        self._edit.setEnabled(chosen)
        self._delete.setEnabled(chosen)
