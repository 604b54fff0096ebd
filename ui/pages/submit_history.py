"""What was sent: save the frozen files again, register a return, see what changed since."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.services import corrections, periods, submissions
from desktop.services.audit import Event
from desktop.services.corrections import Difference
from desktop.storage.rights import Right
from ui.desk import Desk
from ui.pages.asking import Asked, documents
from ui.pages.parts import Fold, Notice, across, card, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.pages.submit_facts import SentRow, history, out_folder
from ui.rights import withhold
from ui.theme import em

HEADS = ("期间", "版本", "上报时间", "文件", "检查结果", "状态")
CHANGED = ("条目", "栏目", "上报时", "现在")
ROOM = 56  # lines of text in which history and differences stand side by side


class SubmitHistory(QWidget):
    """The submissions of this unit, the newest first.

    :ivar returned: a submission was registered as returned.
    """

    returned = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sent: PlainModel[SentRow] = PlainModel(
            HEADS, lambda row: row.cells, faint=lambda row: row.returned_at is not None
        )
        self.changed: PlainModel[Difference] = PlainModel(
            CHANGED,
            lambda one: (f"{one.title}（{LEDGERS[one.ledger].caption}）", one.label, one.before, one.after),
        )
        self.table = PlainTable("上报记录", (6, 4, 8.5, 3.5, 9, 6))
        self.differences = PlainTable("本次更正", (9, 5, 5, 5))
        self.notice = Notice()
        self.told = words(kind="muted", wrap=True)
        self._arrange()
        withhold(desk, Right.RETURN, self.back)
        withhold(desk, Right.FULL, self.again)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show())
        self.refresh()

    def refresh(self) -> None:
        """Read the submissions again, and stay on the one chosen."""
        row = self.table.chosen() or 0
        self.sent.show_rows(self.desk.ask(history))
        if self.sent.rows:
            self.table.selectRow(min(row, len(self.sent.rows) - 1))
        self._show()

    def selected(self) -> SentRow | None:
        row = self.table.chosen()
        return None if row is None else self.sent.rows[row]

    def save_again(self, folder: Path | None = None) -> None:
        """Write the frozen files once more, into ``folder`` or one that is asked for."""
        if (row := self.selected()) is None:
            return
        if folder is None:
            start = self.desk.ask(out_folder) or documents()
            chosen = QFileDialog.getExistingDirectory(self, "另存到", start)
            if not chosen:
                return
            folder = Path(chosen)
        store, into = self.desk.store, folder
        try:
            self.desk.note(Event.EXPORT_FULL, f"另存 {periods.words(row.period)}第 {row.version} 版")
            saved = self.desk.ask(lambda session: submissions.save_again(session, store, row.id, into))
        except Refusal as refusal:
            self.notice.refuse(refusal)
        else:
            self.notice.say(f"已把 {len(saved)} 个文件另存到“{folder}”，与上报时一字不差")

    def register_return(self) -> Asked | None:
        """Ask why the chosen submission came back, and reopen its period."""
        if (row := self.selected()) is None or row.returned_at is not None:
            return None
        reason = QLineEdit(placeholderText="如 合计与花名册人数不一致")
        reason.setMaxLength(300)
        period = periods.words(row.period)

        def work() -> None:
            self.desk.do(lambda session: submissions.return_(session, row.id, reason.text()), "登记退回")
            self.returned.emit()

        explanation = f"{period}第 {row.version} 版被上级退回。登记以后数据解锁，更正后再上报就是下一版。"
        asked = Asked(self, "登记退回", explanation, [("退回原因", reason)], confirm="登记退回", work=work)
        asked.open()
        return asked

    def _show(self) -> None:
        row = self.selected()
        self.again.setEnabled(row is not None)
        self.back.setEnabled(row is not None and row.returned_at is None)
        if row is None or row.returned_at is None:
            self.told.setText("还没有上报过。" if row is None else "没有被退回，不用更正。")
            self.changed.show_rows([])
            return

        def done(since: list[Difference]) -> None:
            if self.selected() == row:
                what = f"改了 {len(since)} 处：" if since else "没有改动。"
                self.told.setText(f"{periods.words(row.period)}第 {row.version} 版上报以后{what}")
                self.changed.show_rows(since)

        self.desk.run(
            lambda session, _: corrections.changed_since(session, row.id),
            "本次更正",
            owner=self,
            done=done,
            failed=self.notice.refuse,
            writes=False,
        )

    def _arrange(self) -> None:
        self.table.setModel(self.sent)
        self.differences.setModel(self.changed)
        for table in (self.table, self.differences):
            table.always_show(3)
        self.again = press("另存为…", self.save_again, symbol="export")
        self.back = press("登记退回…", self.register_return, symbol="unlock")
        left = card(across(words("上报记录", kind="section"), 1, self.again, self.back), self.table)
        right = card(words("本次更正", kind="section"), self.told, self.differences)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(self, 0.4))
        column.addWidget(self.notice)
        column.addWidget(Fold((left, 3), (right, 2), room=ROOM))
