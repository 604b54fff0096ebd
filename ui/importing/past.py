"""以前的导入: the files that were imported, each of which can be taken back as one."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.records.keeping import ImportRun
from desktop.services import undo
from ui.desk import Desk
from ui.messages import Notice, ask
from ui.pages.parts import across, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.theme import em

HEADS = ("时间", "台账", "文件", "结果", "")


class PastImports(QDialog):
    """The imports of this folder, the last one first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("以前的导入")
        self.notice = Notice()
        self.model: PlainModel[ImportRun] = PlainModel(
            HEADS, _cells, faint=lambda run: run.undone_at is not None
        )
        self.table = PlainTable("以前的导入", (8, 7, 14, 12, 4))
        self.table.setModel(self.model)
        self.table.fit()
        self.empty = words("还没有导入过文件。", kind="muted")
        self.back = press("撤销选中的导入…", self.take_back, symbol="undo")
        self.close_it = press("关闭", self.reject)
        column = QVBoxLayout(self)
        column.addWidget(
            words("撤销一次导入：它新增的记录删去，它改动的恢复原样；之后又改过的不能撤销。", wrap=True)
        )
        column.addWidget(self.notice)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addLayout(across(1, self.back, self.close_it))
        self.resize(em(self, 48), em(self, 22))
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.show_runs()
        self.table.setFocus()

    def show_runs(self) -> None:
        self.model.show_rows(list(self._desk.ask(undo.runs)))
        self.empty.setVisible(not self.model.rows)
        self.table.selectRow(0)
        self._enable()

    def take_back(self) -> None:
        """Ask, and undo the chosen import."""
        at = self.table.chosen()
        run = None if at is None else self.model.rows[at]
        if run is None or ask(self, f"撤销导入“{run.file}”？", ["撤销导入", "不撤销"]) != 0:
            return
        self.back.setEnabled(False)
        self._desk.run(
            lambda session, _: undo.take_back(session, run.batch),
            "撤销导入",
            owner=self,
            done=self._taken_back,
            failed=self._refused,
        )

    def _taken_back(self, entries: int) -> None:
        self.show_runs()
        self.notice.say(f"已撤销，{entries} 条记录恢复到导入以前。")

    def _refused(self, refusal: Refusal) -> None:
        self._enable()
        self.notice.refuse(refusal)

    def _enable(self, *_: object) -> None:
        at = self.table.chosen()
        self.back.setEnabled(at is not None and self.model.rows[at].undone_at is None)


def _cells(run: ImportRun) -> tuple[str, ...]:
    counts = run.counts
    told = f"新增 {counts.get('new', 0)}，修改 {counts.get('changed', 0)}，无变化 {counts.get('same', 0)}"
    undone = "已撤销" if run.undone_at else ""
    return f"{run.at:%Y-%m-%d %H:%M}", LEDGERS[run.ledger].caption, run.file, told, undone
