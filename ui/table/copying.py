"""Copying rows of a table for Excel and WPS, with the columns that are shown."""

from functools import partial

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel import block
from desktop.services import blocks, masking
from desktop.services.audit import Event
from desktop.services.blocks import Block
from ui.messages import Notice
from ui.table.view import LedgerView

SOON = 200  # rows that are copied while the clerk waits; more go to the worker
COLUMNS = "application/x-pingan-columns"  # beside the text of a block: what its columns answer

Copied = tuple[Block, str, str]  # as tab-separated text and as a table in HTML


class Copying(QObject):
    """Puts the selected rows of ``view`` on the clipboard, and says so in ``notice``."""

    def __init__(self, view: LedgerView, notice: Notice) -> None:
        super().__init__(view)
        self._view, self._notice = view, notice

    def copy(self, *, headed: bool = False) -> None:
        """Copy the rows; personal numbers as the table shows them.

        :param headed: the labels of the columns stand above them.
        """
        table, ids = self._view.table, self._view.selected()
        desk, ledger = table.desk, table.ledger
        if not ids:
            self._notice.say("请先选中要复制的行")
            return
        names = [table.columns[at].name for at in self._view.visible()]
        today, whole = desk.today(), table.revealed

        def made(session: Session) -> Copied:
            found = blocks.shown(session, ledger, ids, names, today, whole=whole)
            rows = [found.labels, *found.rows] if headed else found.rows
            return found, block.written(rows), block.html(rows, found.texts)

        try:
            blocks.refuse_many(len(ids))
            if whole and any(one.name in names for one in masking.numbers(ledger)):
                desk.note(Event.EXPORT_FULL, f"复制{ledger.caption} {len(ids)} 行")
        except Refusal as refusal:
            self._notice.refuse(refusal)
            return
        if len(ids) <= SOON:
            self._copied(desk.ask(made), headed=headed)
            return
        self._notice.say(f"正在复制 {len(ids)} 行…")
        desk.run(
            lambda session, _: made(session),
            "复制",
            owner=self,
            done=partial(self._copied, headed=headed),
            failed=self._notice.refuse,
            writes=False,
        )

    def _copied(self, copied: Copied, *, headed: bool) -> None:
        found, text, html = copied
        data = QMimeData()
        data.setText(text)
        data.setHtml(html)
        data.setData(COLUMNS, "\t".join(found.names).encode())
        QGuiApplication.clipboard().setMimeData(data)
        hint = "号码的中间几位是隐去的；要完整号码，请先按“显示完整号码”再复制。" if found.masked else ""
        self._notice.say(f"已复制 {len(found.rows)} 行{'和表头' if headed else ''}。{hint}")
