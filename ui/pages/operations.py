"""最近的操作: the last hundred, who did them and when, and the way back to before any of them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.services import operations, stepping
from desktop.services.audit import Event
from desktop.services.operations import Operation
from desktop.storage.changes import Changes
from desktop.storage.rights import Right
from ui.desk import Desk
from ui.messages import Notice, ask
from ui.pages.asking import documents
from ui.pages.parts import across, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.rights import withhold
from ui.theme import em
from ui.worker import Progress

KINDS = (("修改", operations.listed), ("查看记录", operations.looks))
HEADS = ("时间", "操作人", "状态", "操作")
Work = Callable[[Session], Sequence[object]]
EXPLAINED = "撤销到某一次操作，会把它和它以后的操作都撤销；撤销以后还可以恢复。"


class OperationsDialog(QDialog):
    """The operations, the latest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.setWindowTitle("最近的操作")
        self.notice = Notice()
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("显示哪些记录")
        for words_, query in KINDS:
            self.kinds.addItem(words_, query)
        self.kinds.activated.connect(lambda _: self.show_all())
        self.exporting = press("导出操作记录…", self.choose_target, symbol="export")
        self.model: PlainModel[Operation] = PlainModel(
            HEADS, _cells, faint=lambda one: one.undone or bool(one.instead)
        )
        self.table = PlainTable("最近的操作", (8.5, 5, 5, 20))
        self.table.setModel(self.model)
        self.table.fit()
        self.told = words("", kind="muted", wrap=True)
        self.back = press("撤销到这一次…", self.take_back, symbol="undo")
        self.again = press("恢复这一次", self.do_again, symbol="redo")
        self.close_it = press("关闭", self.reject)
        column = QVBoxLayout(self)
        column.addWidget(words(EXPLAINED, wrap=True))
        column.addLayout(across(self.kinds, 1, self.exporting))
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        column.addLayout(across(1, self.back, self.again, self.close_it))
        room = self.screen().availableGeometry()
        self.resize(min(em(self, 44), room.width()), min(em(self, 26), round(room.height() * 0.9)))
        withhold(desk, Right.ENTER, self.back, self.again)
        withhold(desk, Right.ACCOUNTS, self.exporting)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        desk.changed.connect(self._follow)
        self.show_all()
        self.table.setFocus()

    def show_all(self) -> None:
        """Read the operations again, and stay on the row chosen."""
        row = self.table.chosen() or 0
        self.model.show_rows(self._desk.ask(self.kinds.currentData()))
        self.table.selectRow(min(row, len(self.model.rows) - 1))
        self._enable()

    def choose_target(self) -> None:
        """Ask where to, and write the whole journal there."""
        start = str(Path(documents()) / "操作记录.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self, "导出操作记录", start, "Excel 工作簿 (*.xlsx)")
        if chosen:
            self.export(Path(chosen))

    def export(self, target: Path) -> None:
        """Write the whole journal to ``target``; what came of it is said in place."""
        from desktop.services import trail  # the writer of workbooks is not needed before

        self.notice.clear()
        self.exporting.setEnabled(False)

        def done(rows: int) -> None:
            self.exporting.setEnabled(True)
            self.show_all()
            self.notice.say(f"已导出 {rows} 行操作记录到 {target}，证件号码和电话已隐去中间几位。")

        def failed(refusal: Refusal) -> None:
            self.exporting.setEnabled(True)
            self.notice.refuse(refusal)

        def work(session: Session, _: Progress) -> int:
            return trail.export(session, target)

        self._desk.run(work, Event.EXPORT_JOURNAL.value, owner=self, done=done, failed=failed)

    def chosen(self) -> Operation | None:
        row = self.table.chosen()
        return None if row is None else self.model.rows[row]

    def take_back(self) -> None:
        """Ask, naming how many, and take back all operations down to the chosen one."""
        chosen = self.chosen()
        if chosen is None:
            return
        batch = chosen.batch
        way = self._desk.ask(lambda session: operations.down_to(session, batch))
        able = [one for one in way if not one.instead]
        left = "、".join(f"“{one.name}”" for one in way if one.instead)
        question = (
            f"撤销“{chosen.name}”？" if len(able) == 1 else f"撤销从“{chosen.name}”起的 {len(able)} 次操作？"
        )
        detail = f"{left}不能撤销，会保留。" if left else ""
        if able and ask(self, question, ("撤销", "不撤销"), detail=detail) == 0:
            self._run("撤销", lambda session: stepping.down_to(session, batch))

    def do_again(self) -> None:
        """Do the chosen operation again."""
        chosen = self.chosen()
        if chosen is not None:
            self._run("恢复", lambda session: (stepping.do_again(session, chosen),))

    def _run(self, word: str, work: Work) -> None:
        self.notice.clear()
        self.back.setEnabled(False)
        self.again.setEnabled(False)

        def done(these: Sequence[object]) -> None:
            self.show_all()
            self.notice.say(f"已{word} {len(these)} 次操作。")

        self._desk.run(lambda session, _: work(session), word, owner=self, done=done, failed=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._enable()
        self.notice.refuse(refusal)
        self._desk.dropped.emit()  # it was no save that failed

    def _follow(self, _: Changes) -> None:
        self.show_all()

    def _enable(self, *_: object) -> None:
        chosen = self.chosen()
        self.back.setEnabled(chosen is not None and not chosen.undone and not chosen.instead)
        self.again.setEnabled(chosen is not None and chosen.undone)
        self.told.setText(f"不能撤销：{chosen.instead}。" if chosen is not None else "")
        self.told.setVisible(chosen is not None and bool(chosen.instead))


def _cells(one: Operation) -> tuple[str, ...]:
    state = "不能撤销" if one.instead else "已撤销" if one.undone else ""
    return f"{one.at:%Y-%m-%d %H:%M}", one.who, state, one.name
