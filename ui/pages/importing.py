"""导入: what a workbook would do, row by row, before anything is written; then all of it or nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QProgressBar, QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.excel.plan import Counts, Outcome, Plan, RowPlan
from desktop.records.common import Reported
from desktop.records.fields import Field, Ledger, field, fields
from desktop.records.kinds import Area
from desktop.services import areas, importing
from ui.desk import Desk
from ui.messages import Notice
from ui.pages.asking import documents
from ui.pages.parts import across, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.theme import em
from ui.worker import Progress

WHO = 6  # width of a column that says whose row it is, in lines of text


class ImportDialog(QDialog):
    """One file: read on the worker, shown as a plan, imported when no row is wrong."""

    def __init__(self, ledger: type[Ledger], desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger, self._desk = ledger, desk
        self._plan: Plan | None = None
        self._who = _who(ledger)
        self._villages: dict[str, str] = {}
        self.steps: Progress | None = None
        self.setWindowTitle(f"导入{ledger.caption}")
        self.file = words("还没有选择文件", kind="section", wrap=True)
        self.counts = words("", kind="muted", wrap=True)
        self.notice = Notice()
        heads = ("行", "结果", *(one.label for one in self._who), "说明")
        self.model: PlainModel[RowPlan] = PlainModel(heads, self._cells)
        self.table = PlainTable("导入的各行", (3, 4, *(WHO for _ in self._who), 20))
        self.table.setModel(self.model)
        self.table.fit()
        self.table.selectionModel().selectionChanged.connect(self._tell)
        self.whole = words("", wrap=True)
        self.whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.whole.setMinimumHeight(em(self, 2.2))
        self.only_wrong = QCheckBox("只看有错的行")
        self.progress = QProgressBar()
        self.progress.hide()
        self.another = press("选择文件…", self.choose, symbol="folder")
        self.stop = press("取消", self._stop)
        self.go = press("导入", self.carry_out, symbol="import", kind="primary", tone="on_accent")
        self.only_wrong.toggled.connect(lambda _: self._show())
        column = QVBoxLayout(self)
        column.addWidget(self.file)
        column.addWidget(self.counts)
        column.addWidget(self.notice)
        column.addLayout(across(self.only_wrong, 1))
        column.addWidget(self.table, 1)
        column.addWidget(self.whole)
        column.addWidget(self.progress)
        column.addLayout(across(self.another, 1, self.stop, self.go))
        self.resize(em(self, 46), em(self, 28))
        self.another.setFocus()
        self._show()

    def choose(self) -> bool:
        """Ask for a file and read it; ``False`` if none was chosen."""
        name, _ = QFileDialog.getOpenFileName(
            self, "选择要导入的 Excel 文件", documents(), "Excel 工作簿 (*.xlsx *.xlsm)"
        )
        if name:
            self.read(Path(name))
        return bool(name)

    def read(self, file: Path) -> None:
        """Work out what importing ``file`` would do."""
        today = self._desk.today()
        self._plan = None
        self.file.setText(file.name)
        self.notice.clear()
        self._show()
        self._work(True)
        self.steps = self._desk.run(
            lambda session, steps: importing.plan(session, self._ledger, file, today, steps.at),
            "读取导入文件",
            owner=self,
            done=self._planned,
            failed=self._failed,
            progress=self._moved,
            writes=False,
        )

    def carry_out(self) -> None:
        """Import the plan."""
        plan = self._plan
        if plan is None:
            return
        self._work(True)
        self.steps = self._desk.run(
            lambda session, _: importing.carry_out(session, plan),
            f"导入{self._ledger.caption}",
            owner=self,
            done=self._imported,
            failed=self._failed,
        )

    def reject(self) -> None:
        if self.steps is not None:
            self.steps.cancel()
        else:
            super().reject()

    def _stop(self) -> None:
        self.reject()

    def _planned(self, plan: Plan) -> None:
        self._plan = plan
        where = self._ledger.where if issubclass(self._ledger, Reported) else ""
        codes = {row.values[where] for row in plan.rows if where in row.values}
        self._villages = self._desk.ask(lambda session: {one: areas.named(session, one) for one in codes})
        self._work(False)
        self.only_wrong.setChecked(bool(plan.counts.wrong))
        self._show()
        self.table.selectRow(0)
        ready = self.go if self.go.isEnabled() else self.another
        ready.setDefault(True)
        ready.setFocus()  # Enter imports what is all right

    def _imported(self, counts: Counts) -> None:
        self._work(False)
        self._plan = None
        self._show()
        self.counts.clear()
        self.go.setToolTip("")
        self.stop.setText("关闭")
        self.stop.setDefault(True)
        self.stop.setFocus()
        self.notice.say(f"已导入：新增 {counts.new} 条，修改 {counts.changed} 条，无变化 {counts.same} 条。")

    def _failed(self, refusal: Refusal) -> None:
        self._work(False)
        self.notice.refuse(refusal)

    def _moved(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _work(self, busy: bool) -> None:
        if not busy:
            self.steps = None
        self.progress.setRange(0, 0)
        self.progress.setVisible(busy)
        self.another.setEnabled(not busy)
        self.go.setEnabled(not busy and self._why_not() == "")

    def _why_not(self) -> str:
        """Why the import cannot be done now; empty if it can."""
        if self._plan is None:
            return "请先选择文件"
        counts = self._plan.counts
        if counts.wrong:
            return f"有 {counts.wrong} 行需要改正：请在 Excel 中改好后重新选择文件，没有写入任何一行"
        return "" if counts.new or counts.changed else "文件里没有新的或有变化的记录"

    def _show(self) -> None:
        plan, why = self._plan, self._why_not()
        rows: Sequence[RowPlan] = plan.rows if plan else []
        if self.only_wrong.isChecked():
            rows = [row for row in rows if row.outcome is Outcome.WRONG]
        self.model.show_rows(rows)
        self.go.setEnabled(not why)
        self.go.setToolTip(why)
        if plan is None:
            self.counts.setText(why)
            return
        counts = plan.counts
        numbers = ((one.word, getattr(counts, one.value)) for one in Outcome)
        told = f"共 {counts.read} 行：{'，'.join(f'{word} {number}' for word, number in numbers)}。"
        left = f"没有用到的列：{'、'.join(plan.unknown)}。" if plan.unknown else ""
        self.counts.setText(f"{told}{left}" + (f"\n{why}。" if why else ""))

    def _tell(self, *_: object) -> None:
        """The whole message of the chosen row, which its cell may have cut short."""
        at = self.table.chosen()
        self.whole.setText("" if at is None else self._said(self.model.rows[at]))

    def _cells(self, row: RowPlan) -> tuple[str, ...]:
        who = (self._named(one, row.values.get(one.name)) for one in self._who)
        return str(row.row), row.outcome.word, *who, self._said(row)

    def _named(self, one: Field, value: Any) -> str:
        return self._villages.get(value, "") if isinstance(one.kind, Area) else one.kind.show(value)

    def _said(self, row: RowPlan) -> str:
        said = "；".join(f"{one.cell} {one.message}" for one in row.findings)
        if not said and row.outcome is Outcome.CHANGED:
            said = "；".join(self._change(name, *values) for name, values in row.difference.items())
        return said

    def _change(self, name: str, before: object, after: object) -> str:
        one = field(self._ledger, name)
        return f"{one.label}：{one.kind.show(before) or '空白'} → {one.kind.show(after) or '空白'}"


def _who(ledger: type[Ledger]) -> list[Field]:
    """The fields that tell a clerk whose row it is: what names it, and its village."""
    where = ledger.where if issubclass(ledger, Reported) else ""
    named = {one.name: one for one in fields(ledger)}
    return [named[name] for name in dict.fromkeys((ledger.naming, where)) if name in named]
