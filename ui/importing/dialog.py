"""导入: one file, read on the worker, shown as a plan, and imported whole or without its wrong rows."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from desktop.excel.plan import Counts, Outcome, Plan
from desktop.excel.reading.grid import Book
from desktop.excel.understanding.learnt import Learnt
from desktop.records.fields import Ledger
from desktop.services import backups, importing, lists, undo
from desktop.services.backups import Reason
from ui.desk import Desk
from ui.importing.columns import ColumnsPane
from ui.importing.past import PastImports
from ui.importing.rows import RowsPane
from ui.messages import ask
from ui.pages.asking import documents
from ui.pages.dragged import dropped
from ui.pages.parts import across, press, words
from ui.pages.told import Told
from ui.pages.working import Working
from ui.theme import em
from ui.worker import Progress

KINDS = "表格文件 (*.xlsx *.xlsm *.xls *.csv *.ods);;所有文件 (*)"
RESULTS, COLUMNS = 0, 1  # the tabs
WIDE, HIGH = 62, 34  # lines of text, where the screen has them


class ImportDialog(QDialog):
    """Reads a file once; what the clerk then says about its columns and words is planned anew."""

    def __init__(self, ledger: type[Ledger], desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger, self._desk = ledger, desk
        self._file: Path | None = None
        self._book: Book | None = None
        self._plan: Plan | None = None
        self._learnt: Learnt | None = None  # None: as remembered for files with these headings
        self._confirmed: dict[tuple[str, int, str], str] = {}
        self._imported = False
        self._again = False  # something was said while the worker was planning
        self.setWindowTitle(f"导入{ledger.caption}")
        self.setAcceptDrops(True)
        self._make()
        self._arrange()
        self._show()

    def _make(self) -> None:
        self.file = words("还没有选择文件（也可以把文件拖到这里）", kind="section", wrap=True)
        self.counts = words("", kind="muted", wrap=True)
        self.notice = Told()
        self.rows = RowsPane(self._ledger)
        self.columns = ColumnsPane(self._ledger)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.rows, "逐行结果")
        self.tabs.addTab(self.columns, "对照栏目")
        self.only_good = QCheckBox("只导入没有错的行，有错的行先不导入")
        self.working = Working(self._desk, self, self.notice)
        self.working.changed.connect(self._show)
        self.another = press("选择文件…", self.choose, symbol="folder")
        self.past = press("以前的导入…", self.show_past, symbol="history")
        self.errors = press("保存标红的原表…", self.choose_errors, symbol="export")
        self.errors.setToolTip("把您的原表另存一份：有错的格子标红，加“错误说明”一栏；改好后再导入这一份")
        self.back = press("撤销这次导入", self.take_back, symbol="undo")
        self.stop = press("取消", self.reject)
        self.go = press("导入", self.carry_out, symbol="import", kind="primary", tone="on_accent")
        self.rows.confirmed.connect(self._confirm)
        self.rows.answered.connect(self._answer)
        self.columns.changed.connect(self._correct)
        self.only_good.toggled.connect(self._show)
        self.only_good.toggled.connect(self._make_ready)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self.file)
        column.addWidget(self.counts)
        column.addWidget(self.notice)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.only_good)
        column.addWidget(self.working)
        line = across(self.another, self.past, 1, self.errors, self.back, self.stop, self.go)
        column.addLayout(line)
        room = self.screen().availableSize()
        self.resize(min(em(self, WIDE), room.width()), min(em(self, HIGH), room.height()))
        self.another.setFocus()

    # the file

    def choose(self) -> bool:
        """Ask for a file and read it; ``False`` if none was chosen."""
        name, _ = QFileDialog.getOpenFileName(self, "选择要导入的表格文件", documents(), KINDS)
        if name:
            self.read(Path(name))
        return bool(name)

    def read(self, file: Path) -> None:
        """Read ``file`` and work out what importing it would do."""
        self._file, self._book, self._plan, self._learnt = file, None, None, None
        self._confirmed, self._imported = {}, False
        self.file.setText(file.name)
        self.rows.show_plan(None, {})  # nothing of the file before
        self.tabs.setCurrentIndex(RESULTS)
        self.tabs.setTabText(COLUMNS, "对照栏目")
        self.tabs.setTabEnabled(COLUMNS, False)
        self.working.run(lambda _, steps: importing.read(file, steps.at), "读取导入文件", self._was_read)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.working.busy and dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped(event)
        if file is not None:
            self.read(file)

    # the plan

    def _was_read(self, book: Book) -> None:
        self._book = book
        self.replan()

    def replan(self) -> None:
        """Work the plan out again, with what the clerk has said so far."""
        book, learnt, confirmed = self._book, self._learnt, dict(self._confirmed)
        if book is None:
            return
        if self.working.busy:
            self._again = True
            return
        sheet, today = self.columns.sheet() if learnt is not None else None, self._desk.today()
        self.working.run(
            lambda session, steps: importing.plan(
                session, self._ledger, book, today, steps.at, sheet=sheet, learnt=learnt, confirmed=confirmed
            ),
            "读取导入文件",
            self._planned,
            refused=self._not_understood,
        )

    def _planned(self, plan: Plan) -> None:
        self._plan = plan
        self._learnt = self._learnt or plan.learnt
        self._see()
        ready = self._make_ready()
        if not self.columns.isAncestorOf(self.focusWidget()):
            ready.setFocus()
        self._once_more()

    def _make_ready(self, *_: object) -> QPushButton:
        """Enter imports what is all right, or chooses another file."""
        ready = self.go if self.go.isEnabled() else self.another
        ready.setDefault(True)
        return ready

    def _not_understood(self) -> None:
        """No headings: the clerk may point at the sheet and the row that has them."""
        self._plan = None
        if self._book is not None:
            self._learnt = self._learnt or Learnt()
            self._see()
            self.tabs.setCurrentIndex(COLUMNS)
        self._once_more()

    def _see(self) -> None:
        plan, today = self._plan, self._desk.today()
        villages = dict(self._desk.ask(lambda session: lists.areas_of(session, "village", today)))
        self.rows.show_plan(plan, villages)
        if self._book is not None:
            self.tabs.setTabEnabled(COLUMNS, True)
            self.columns.show_book(self._book, plan.tables if plan else (), self._learnt or Learnt())
        left = self.columns.unanswered()
        self.tabs.setTabText(COLUMNS, f"对照栏目（{left} 栏没有对上）" if left else "对照栏目")
        self._show()

    def _once_more(self) -> None:
        if self._again:
            self._again = False
            self.replan()

    # what the clerk says

    def _correct(self, learnt: Learnt) -> None:
        words = self._learnt.words if self._learnt else {}
        self._learnt = Learnt(learnt.columns, words, learnt.header)
        self.replan()

    def _answer(self, name: str, word: str, value: str) -> None:
        known = self._learnt or Learnt()
        said = {**known.words, name: {**known.words.get(name, {}), word: value}}
        self._learnt = Learnt(known.columns, said, known.header)
        self.replan()

    def _confirm(self, place: tuple[str, int, str], number: str) -> None:
        self._confirmed[place] = number
        self.replan()

    # the import

    def carry_out(self) -> None:
        """Import the plan."""
        plan, learnt, only_good = self._plan, self._learnt, self.only_good.isChecked()
        if plan is None or learnt is None:
            return

        store = self._desk.store

        def work(session: Session, steps: Progress) -> Counts:
            backups.make(store, Reason.IMPORT)  # of what was saved before; this transaction is not in it
            importing.remember(session, plan, learnt)
            return importing.carry_out(session, plan, only_good=only_good, progress=steps.at)

        self.working.run(work, f"导入{self._ledger.caption}", self._done, writes=True)

    def _done(self, counts: Counts) -> None:
        self._imported = True
        self._show()
        self.stop.setText("关闭")
        self.stop.setDefault(True)
        self.stop.setFocus()
        wrong = self._plan.counts.wrong if self._plan else 0
        left = f"有错的 {wrong} 行没有导入，可以“保存标红的原表”，改好后再导入它。" if wrong else ""
        self.notice.say(
            f"已导入：新增 {counts.new} 条，修改 {counts.changed} 条，无变化 {counts.same} 条。{left}"
        )

    def take_back(self) -> None:
        """Undo the import that was just done."""
        last = self._desk.ask(lambda session: next(iter(undo.runs(session)), None))
        if last is None or ask(self, "撤销刚才的导入？", ["撤销导入", "不撤销"], detail=last.file) != 0:
            return
        self.working.run(
            lambda session, _: undo.take_back(session, last.batch), "撤销导入", self._taken_back, writes=True
        )

    def _taken_back(self, entries: int) -> None:
        self._imported = False
        self.notice.say(f"已撤销，{entries} 条记录恢复到导入以前。")
        self.stop.setText("取消")
        self.replan_quietly()

    def replan_quietly(self) -> None:
        """The records have changed: what the rows would do is worked out again, the sentence stays."""
        said = self.notice.text()
        self.replan()
        self.notice.say(said)

    def choose_errors(self) -> None:
        """Ask where to, and save the clerk's own file with the wrong cells in red."""
        if self._file is None:
            return
        start = self._file.with_name(f"{self._file.stem}（错误说明）.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, "保存标红的原表", str(start), "Excel 工作簿 (*.xlsx)")
        if name:
            self.save_errors(Path(name))

    def save_errors(self, target: Path) -> None:
        plan, source, imported = self._plan, self._file, self._imported
        if plan is None or source is None:
            return
        self.working.run(
            lambda _, __: importing.write_errors(plan, source, target, imported=imported),
            "保存标红的原表",
            lambda _: self.notice.say(f"已保存到 {target}，改好标红的格子后再导入它。", target),
        )

    def show_past(self) -> None:
        """Earlier imports, each of which can be taken back."""
        PastImports(self._desk, self).open()

    # what is shown

    def reject(self) -> None:
        if self.working.busy:
            self.working.cancel()
        else:
            super().reject()

    def _why_not(self) -> str:
        """Why the import cannot be done now; empty if it can."""
        if self._plan is None:
            return "请先选择文件"
        counts = self._plan.counts
        if counts.wrong and not self.only_good.isChecked():
            return f"有 {counts.wrong} 行有错：请改正后再导入，或勾选“只导入没有错的行”"
        return "" if counts.new or counts.changed else "文件里没有新的或有变化的记录"

    def _show(self, *_: object) -> None:
        plan, why = self._plan, self._why_not()
        wrong = plan.counts.wrong if plan else 0
        self.only_good.setVisible(bool(wrong) and not self._imported)
        self.errors.setVisible(bool(wrong))
        self.back.setVisible(self._imported)
        self.go.setVisible(not self._imported)
        busy = self.working.busy
        self.go.setEnabled(not why and not busy)
        for button in (self.another, self.past, self.errors, self.back):
            button.setEnabled(not busy)
        self.go.setToolTip(why)
        if plan is None:
            self.counts.setText("" if self._file else "可以导入 .xlsx、.xlsm、.xls、.csv、.ods 文件。")
            return
        counts = plan.counts
        numbers = "，".join(f"{one.word} {getattr(counts, one.value)}" for one in Outcome)
        told = [
            f"共 {counts.read} 行：{numbers}。",
            *plan.notes,
            "" if self._imported or not why else f"{why}。",
        ]
        self.counts.setText("\n".join(filter(None, told)))
