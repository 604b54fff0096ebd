"""What was typed and not saved before the program ended, offered at the next start."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.records.fields import fields
from desktop.services import halfway
from desktop.services.halfway import Left
from ui import messages
from ui.desk import Desk
from ui.pages.entry_dialog import EntryDialog
from ui.pages.parts import Notice, across, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.pages.registry import PAGES
from ui.theme import em

if TYPE_CHECKING:
    from ui.window import Window

HEADS = ("没有保存的记录", "什么时候", "谁填的", "已填")
CALLED = {entry.name: entry.heading for entry in PAGES}
SETTLED = ("step_no",)  # answers that the page has given, besides the link to a whole
GONE = "这条记录后来被删除了。请先用“撤销”旁的回收站恢复它，再继续填写。"
SAFE = "继续填写后要按“保存”才会保存；“以后再说”会留到下次打开时。"


class UnfinishedDialog(QDialog):
    """Lists what is left, the latest first.

    :ivar wanted: the clerk goes on with one; carries the :class:`Left`.
    """

    wanted = Signal(object)

    def __init__(self, desk: Desk, left: list[Left], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("上次没有保存的内容")
        self._desk = desk
        self.title = words(kind="section", wrap=True)
        self.notice = Notice()
        today = desk.today()
        self.model: PlainModel[Left] = PlainModel(
            HEADS,
            lambda one: (named(one), when(one.at, today), one.who, f"{len(one.draft.changed())} 栏"),
        )
        self.table = PlainTable("没有保存的记录", (14, 9, 5, 4))
        self.table.setModel(self.model)
        self.table.fit()
        self.going_on = press("继续填写", self.go_on, kind="primary")
        self.going_on.setDefault(True)
        self.dropping = press("不要了", self.drop, symbol="delete")
        column = QVBoxLayout(self)
        for part in (self.title, words(SAFE, kind="muted", wrap=True)):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.notice)
        column.addLayout(across(self.dropping, 1, self.going_on, press("以后再说", self.reject)))
        self.table.activated.connect(self.go_on)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        room = self.screen().availableGeometry()
        self.resize(min(em(self, 42), room.width()), min(em(self, 18), round(room.height() * 0.9)))
        self._show(left)

    def go_on(self) -> None:
        """Open the chosen one in a form."""
        one = self._chosen()
        if one is not None and not one.gone:
            self.accept()
            self.wanted.emit(one)

    def drop(self) -> None:
        """Give the chosen one up, after a question."""
        one = self._chosen()
        if one is None:
            return
        question = f"不要“{named(one)}”没有保存的内容了？"
        if messages.ask(self, question, ("不要了", "留着"), detail="已保存的记录不受影响。") != 0:
            return
        with self._desk.store.jot() as session:
            halfway.drop(session, one.draft.id)
        left = [other for other in self.model.rows if other is not one]
        if left:
            self._show(left)
        else:
            self.accept()

    def _show(self, left: list[Left]) -> None:
        self.title.setText(f"上次没有保存的 {len(left)} 条，填过的内容都还在")
        self.model.show_rows(left)
        self.table.selectRow(0)
        self.table.setFocus()
        self._tell()

    def _chosen(self) -> Left | None:
        row = self.table.chosen()
        return None if row is None else self.model.rows[row]

    def _tell(self) -> None:
        """Say what has become of the chosen entry since."""
        one = self._chosen()
        self.going_on.setEnabled(one is not None and not one.gone)
        self.dropping.setEnabled(one is not None)
        if one is not None and (told := since(one)):
            self.notice.say(told)
        else:
            self.notice.clear()


class Offer(QObject):
    """Offers what is left in ``window``; a button at the bottom stays while there is something."""

    def __init__(self, window: "Window", desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._dialog: QDialog | None = None
        self.user = desk.store.key.user
        self.button = press("", self.show_again, kind="link")
        self.button.setToolTip("填过、还没有保存的内容")
        self.button.hide()
        window.statusBar().insertWidget(1, self.button)  # beside what is said of saving

    def show(self) -> None:
        """Open the list, if anything is left."""
        left = self._left()
        if left and not self._is_open():
            dialog = UnfinishedDialog(self._desk, left, self._window)
            dialog.wanted.connect(self.go_on)
            dialog.finished.connect(lambda _: self._left())
            self._put(dialog)

    def show_again(self) -> None:
        """Open the list once what the page shows is saved: the clerk is at work there."""
        if self._window.page().may_leave():
            self.show()

    def came(self, user: str) -> None:
        """Somebody unlocked the window; another user has left other things."""
        if user != self.user:
            self.user = user
            self.show()

    def go_on(self, one: Left) -> EntryDialog:
        """Open the form of one that is left, with its answers as they were typed."""
        draft = one.draft
        apart = (draft.ledger.part_of, *SETTLED)
        names = [field.name for field in fields(draft.ledger) if field.name in draft.typed]
        dialog = EntryDialog(
            self._desk,
            draft.ledger,
            draft.entry,
            {},
            self._window,
            called=CALLED.get(draft.ledger.__tablename__, ""),
            names=[name for name in names if name not in apart],
        )
        dialog.form.take_up(draft)
        if told := since(one):
            dialog.form.notice.say(told)
        dialog.form.focus(next(iter(draft.changed()), ""))
        dialog.finished.connect(lambda _: self._ended(dialog))
        self._put(dialog)
        return dialog

    def _ended(self, dialog: EntryDialog) -> None:
        """Offer the rest, or show what has become of the last one."""
        entry, ledger = dialog.form.entry, dialog.form.ledger.__tablename__
        if self._left():
            self.show()
        elif entry is not None and dialog.result():
            self._desk.go(ledger, entry)

    def _left(self) -> list[Left]:
        left = self._desk.ask(halfway.listed)
        self.button.setText(f"没有保存的 {len(left)} 条…")
        self.button.setVisible(bool(left))
        return left

    def _is_open(self) -> bool:
        return self._dialog is not None and isValid(self._dialog) and self._dialog.isVisible()

    def _put(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.open()


def named(one: Left) -> str:
    """The entry as a clerk calls it: 队员 张三."""
    ledger = one.draft.ledger
    called = CALLED.get(ledger.__tablename__, ledger.caption)
    return f"{called} {one.name}" if one.name else f"{called}（还没有名称）"


def when(at: dt.datetime, today: dt.date) -> str:
    """昨天 16:05; the day for what is older."""
    day = {0: "今天", 1: "昨天", 2: "前天"}.get((today - at.date()).days, f"{at:%Y-%m-%d}")
    return f"{day} {at:%H:%M}"


def since(one: Left) -> str:
    """What has become of the entry since; empty if nothing has."""
    if one.gone:
        return GONE
    if one.differing:
        labels = "、".join(f"“{label}”" for label in one.differing)
        return f"这条记录后来被改过：{labels}。您填过的几栏以您填的为准，其余是现在的内容；请核对后再保存。"
    return ""
