"""What the keyboard does to several rows of a table at once: copy, paste, fill down, change."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel import block
from desktop.records.fields import Field
from desktop.services import blocks
from desktop.services.blocks import Written
from ui import messages
from ui.desk import Desk
from ui.messages import Notice
from ui.table.bar import FilterBar
from ui.table.copying import COLUMNS, Copying
from ui.table.view import LedgerView
from ui.worker import Progress

SOON = 200  # rows that are written while the clerk waits; more go to the worker

T = TypeVar("T")
Work = Callable[[Session, blocks.Steps | None], Written]


class Editing(QObject):
    """The commands of one table; each is one transaction and can be taken back as one.

    :param ready: asked before anything is written: half-typed answers are saved first.
    :ivar added: entries were pasted; carries their ids.
    """

    added = Signal(object)

    def __init__(self, view: LedgerView, bar: FilterBar, notice: Notice, ready: Callable[[], bool]) -> None:
        super().__init__(view)
        self._view, self._bar, self._notice, self._ready = view, bar, notice, ready
        self._ledger = view.table.ledger
        copier = Copying(view, notice)
        self.copying = self._command("复制", "Ctrl+C", copier.copy)
        self.copying_headed = self._command(
            "复制（带表头）", "Ctrl+Shift+C", partial(copier.copy, headed=True)
        )
        self.pasting = self._command("粘贴…", "Ctrl+V", self.paste)
        self.filling = self._command("向下填充", "Ctrl+D", self.fill)
        self.changing = self._command("批量修改…", "Ctrl+H", self.change)
        self.writing = (self.pasting, self.filling, self.changing)

    @property
    def _desk(self) -> Desk:
        return self._view.table.desk

    # paste

    def paste(self) -> None:
        """Look at what pasting the clipboard would do, and do it."""
        clipboard = QGuiApplication.clipboard()
        text = clipboard.text()
        ours = bytes(clipboard.mimeData().data(COLUMNS).data()).decode() if text else ""
        names = ours.split("\t") if ours else []
        if text.count("\n") <= SOON:
            self._show_block(names, block.read(text))
            return
        self._notice.say("正在读取剪贴板…")
        self._in_background(
            lambda _, __: block.read(text), "读取剪贴板", partial(self._show_block, names), writes=False
        )

    def _show_block(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show what pasting ``rows`` would do.

        :param names: of the columns they were copied from; empty where they are not from here.
        """
        self._notice.clear()
        if not rows:
            self._notice.say("剪贴板里没有表格内容：请先在 Excel 或 WPS 中选中单元格并复制")
            return
        if len(rows) > blocks.MOST:
            why = f"剪贴板里有 {len(rows)} 行，一次最多粘贴 {blocks.MOST} 行"
            self._notice.refuse(Refusal("未能粘贴", why, "请存成 Excel 文件，用“导入”"))
            return
        if not self._ready():
            return
        from ui.pages.pasting import PasteDialog  # seldom needed

        dialog = PasteDialog(
            self._ledger,
            self._desk,
            rows,
            names=names or self._names_here(),
            selected=self._view.selected(),
            village=self._bar.filters().get(getattr(self._ledger, "where", "")) or "",
            parent=self._view.window(),
        )
        dialog.pasted.connect(self._pasted)
        dialog.open()

    def _names_here(self) -> list[str]:
        """The columns shown, from the current one to the right."""
        shown = self._view.visible()
        return [self._view.table.columns[at].name for at in shown[shown.index(self._view.column()) :]]

    def _pasted(self, name: str, written: Written) -> None:
        ids = self._desk.ask(lambda session: blocks.of_batch(session, self._ledger, written.batch))
        self.added.emit(ids)
        self._notice.say(f"已{name}，可以按 Ctrl+Z 撤销。")

    # fill and change

    def fill(self) -> None:
        """Write the first selected row's answer in the current column into the rows under it."""
        ids, column = self._view.selected(), self._view.table.columns[self._view.column()]
        if len(ids) < 2:
            self._notice.say("请先选中几行：第一行这一栏的值会填到下面各行")
            return
        if not self._ready():
            return
        if column.name in self._names() and not self._agreed(ids, column.label):
            return
        self._write(
            lambda session, steps: blocks.fill(session, self._ledger, ids, column.name, progress=steps),
            f"填充“{column.label}”",
            ids,
        )

    def _agreed(self, ids: Sequence[int], label: str) -> bool:
        row = self._view.table.row(ids[0]) or 0
        value = self._view.table.index(row, self._view.column()).data()
        said = f"把“{label}”＝“{value}”填到" if value else f"把“{label}”改为空白："
        question, safe = f"{said}下面 {len(ids) - 1} 行？", "填充后可以按 Ctrl+Z 撤销。"
        return messages.ask(self._view, question, ("填充", "取消"), detail=safe) == 0

    def change(self) -> None:
        """Ask for one answer, and write it into all selected rows."""
        from ui.pages.changing import ChangeDialog  # seldom needed

        ids = self._view.selected()
        if not ids:
            self._notice.say("请先选中要修改的行")
            return
        if not self._ready():
            return
        column = self._view.table.columns[self._view.column()]
        dialog = ChangeDialog(self._ledger, self._desk, ids, column.name, self._view.window())
        dialog.decided.connect(partial(self._change, ids))
        dialog.open()

    def _change(self, ids: Sequence[int], one: Field, value: object) -> None:
        self._write(
            lambda session, steps: blocks.edit(session, self._ledger, ids, one.name, value, progress=steps),
            f"修改“{one.label}”",
            ids,
        )

    def _names(self) -> set[str]:
        return {one.name for one in blocks.editable(self._ledger)}

    # its own

    def _write(self, work: Work, name: str, ids: Sequence[int]) -> None:
        """Write at once, or on the worker where it takes a while."""
        self._notice.clear()
        done = partial(self._written, name, ids)
        if len(ids) <= SOON:
            try:
                done(self._desk.do(lambda session: work(session, None), name))
            except Refusal as refusal:
                self._notice.refuse(refusal)
            return
        self._in_background(lambda session, steps: work(session, steps.at), name, done)

    def _in_background(
        self,
        work: Callable[[Session, Progress], T],
        name: str,
        done: Callable[[T], None],
        *,
        writes: bool = True,
    ) -> None:
        """Do ``work`` on the worker; nothing else is written by these commands meanwhile."""
        self._enable(False)

        def failed(refusal: Refusal) -> None:
            self._enable(True)
            self._notice.refuse(refusal)

        def ended(result: T) -> None:
            self._enable(True)
            done(result)

        told = partial(self._tell, name)
        self._desk.run(work, name, owner=self, done=ended, failed=failed, progress=told, writes=writes)

    def _tell(self, name: str, at: int, total: int) -> None:
        self._notice.say(f"正在{name}：{at}／{total} 行…")

    def _written(self, name: str, ids: Sequence[int], written: Written) -> None:
        self._view.select(ids)
        told = f"已{name}：{written.rows} 行" if written.rows else "这些行已经是这个值，没有改动"
        self._notice.say(f"{told}，可以按 Ctrl+Z 撤销。" if written.rows else f"{told}。")

    def _enable(self, idle: bool) -> None:
        for action in self.writing:
            action.setEnabled(idle)

    def _command(self, text: str, keys: str, work: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # a text editor keeps its own
        action.triggered.connect(lambda _: work())
        self._view.addAction(action)
        return action
