"""粘贴: what a block from the clipboard would do, row by row, before anything is written."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QRadioButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.excel.block import Paste
from desktop.excel.plan import Outcome, Plan
from desktop.records.fields import Ledger
from desktop.services import blocks, lists, pasting
from ui.desk import Desk
from ui.importing.rows import RowsPane
from ui.pages.parts import across, press, words
from ui.pages.paste_columns import PasteColumns
from ui.pages.told import Told
from ui.pages.working import Working
from ui.theme import em

RESULTS, COLUMNS = 0, 1  # the tabs
NEW, OVER = 0, 1


class PasteDialog(QDialog):
    """Shows what each row of the block would do; whatever the clerk says is planned anew.

    :param rows: the cells of the block.
    :param names: of the table's columns that those of a block without headings stand for.
    :param selected: ids of the entries that may be written over.
    :param village: code of the village that the table shows alone; new entries get it.
    :ivar pasted: it was written; carries what was done in words, and :class:`blocks.Written`.
    """

    pasted = Signal(str, object)

    def __init__(
        self,
        ledger: type[Ledger],
        desk: Desk,
        rows: Sequence[Sequence[str]],
        *,
        names: Sequence[str],
        selected: Sequence[int],
        village: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"粘贴到{ledger.caption}")
        self._ledger, self._desk = ledger, desk
        self._selected, self._by_place = selected, pasting.columns(ledger, names, len(rows[0]))
        headed = pasting.is_headed(ledger, rows)
        named = pasting.headings(ledger, rows[0]) if headed else self._by_place
        self.paste = Paste(rows, headed, named, village)
        self._villages = dict(desk.ask(lambda one: lists.areas_of(one, "village", desk.today())))
        self._plan: Plan | None = None
        self._again = False  # something was said while the worker was planning
        self._writing = False
        self._make()
        self._arrange()
        if self._may_write_over() and ledger.naming not in self.paste.names:
            self.how.button(OVER).setChecked(True)  # a block without names can only be about entries there
        else:
            self._say()

    def _make(self) -> None:
        self.counts = words("", kind="muted", wrap=True)
        self.notice = Told()
        self.working = Working(self._desk, self, self.notice)
        self.working.changed.connect(self._show)
        self.how = QButtonGroup(self)
        self.how.addButton(QRadioButton("作为新记录加入"), NEW)
        self.how.addButton(QRadioButton(f"改写选中的 {len(self._selected)} 行"), OVER)
        self.how.button(NEW).setChecked(True)
        self.headed = QCheckBox("第一行是栏目名称")
        self.headed.setChecked(self.paste.headed)
        self.rows = RowsPane(self._ledger)
        self.columns = PasteColumns(self._ledger)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.rows, "逐行结果")
        self.tabs.addTab(self.columns, "对照栏目")
        self.only_good = QCheckBox("只粘贴没有错的行")
        self.stop = press("取消", self.reject)
        self.go = press("粘贴", self.carry_out, kind="primary")
        self.how.idToggled.connect(lambda _, on: self._say() if on else None)
        self.headed.toggled.connect(self._head)
        self.columns.changed.connect(self._name)
        self.rows.confirmed.connect(self._confirm)
        self.rows.answered.connect(self._answer)
        self.only_good.toggled.connect(self._show)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.addLayout(across(self.how.button(NEW), self.how.button(OVER), 1, self.headed, gap=1))
        column.addWidget(self.counts)
        column.addWidget(self.notice)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.only_good)
        column.addWidget(self.working)
        column.addLayout(across(1, self.stop, self.go))
        room = self.screen().availableGeometry()
        self.resize(min(em(self, 56), room.width()), min(em(self, 30), round(room.height() * 0.9)))
        self.go.setDefault(True)

    # what the clerk says

    def _may_write_over(self) -> bool:
        return bool(self._selected) and len(self.paste.body) in (1, len(self._selected))

    def _head(self, headed: bool) -> None:
        named = pasting.headings(self._ledger, self.paste.rows[0]) if headed else self._by_place
        self.paste = replace(self.paste, headed=headed, names=named)
        self._say()

    def _name(self, names: Sequence[str]) -> None:
        self.paste = replace(self.paste, names=names)
        self.replan()

    def _answer(self, name: str, word: str, value: str) -> None:
        known = self.paste.words
        self.paste = replace(self.paste, words={**known, name: {**known.get(name, {}), word: value}})
        self.replan()

    def _confirm(self, place: tuple[str, int, str], number: str) -> None:
        self.paste = replace(self.paste, confirmed={**self.paste.confirmed, place: number})
        self.replan()

    def _say(self) -> None:
        """Whether rows are new or write over others decides what a column can answer."""
        may, button = self._may_write_over(), self.how.button(OVER)
        button.setEnabled(may)
        why = f"剪贴板里有 {len(self.paste.body)} 行：请在表格中选中同样多的行，或只复制一行"
        button.setToolTip("" if may else why)
        if not may:
            self.how.button(NEW).setChecked(True)
        over = self.how.checkedId() == OVER
        self.paste = replace(self.paste, over=self._selected if over else ())
        self.columns.show_block(self.paste)
        self.replan()

    # the plan

    def replan(self) -> None:
        """Work out what pasting would do, with what the clerk has said so far."""
        if self.working.busy:
            self._again = True
            return
        paste, today = self.paste, self._desk.today()
        self.working.run(
            lambda session, steps: pasting.plan(session, self._ledger, paste, today, steps.at),
            "检查剪贴板",
            self._planned,
            refused=self._not_planned,
        )

    def _planned(self, plan: Plan) -> None:
        first, self._plan = self._plan is None, plan
        self._see()
        if first and not self.working.busy:
            (self.go if self.go.isEnabled() else self.stop).setFocus()

    def _not_planned(self) -> None:
        self._plan = None
        self.tabs.setCurrentIndex(COLUMNS)
        self._see()

    def _see(self) -> None:
        self.rows.show_plan(self._plan, self._villages)
        left = self.columns.unanswered()
        self.tabs.setTabText(COLUMNS, f"对照栏目（{left} 列不粘贴）" if left else "对照栏目")
        self._show()
        if self._again:
            self._again = False
            self.replan()

    # the paste

    def carry_out(self) -> None:
        """Write what the plan says."""
        plan, only_good = self._plan, self.only_good.isChecked()
        if plan is None or self._why_not():
            return
        self._writing = True
        name = f"粘贴 {plan.counts.new + plan.counts.changed} 行"
        self.working.run(
            lambda session, steps: pasting.carry_out(session, plan, only_good=only_good, progress=steps.at),
            name,
            lambda written: self._done(name, written),
            refused=self._not_written,
            writes=True,
        )

    def _done(self, name: str, written: blocks.Written) -> None:
        self._writing = False
        self.accept()
        self.pasted.emit(name, written)

    def _not_written(self) -> None:
        self._writing = False

    # what is shown

    def reject(self) -> None:
        self.working.cancel()
        if not self._writing:
            super().reject()

    def _why_not(self) -> str:
        """Why nothing can be pasted now; empty if it can."""
        if self._plan is None:
            return "请先对照栏目"
        counts = self._plan.counts
        if counts.wrong and not self.only_good.isChecked():
            return f"有 {counts.wrong} 行有错：请在 Excel 中改正后重新复制，或勾选“只粘贴没有错的行”"
        return "" if counts.new or counts.changed else "没有新的或有变化的记录"

    def _show(self, *_: object) -> None:
        plan, why = self._plan, self._why_not()
        self.only_good.setVisible(plan is not None and plan.counts.wrong > 0)
        self.go.setEnabled(not why and not self.working.busy)
        self.go.setToolTip(why)
        if plan is None:
            self.counts.setText("")
            return
        counts = plan.counts
        self.go.setText(f"粘贴 {counts.new + counts.changed} 行" if not why else "粘贴")
        numbers = "，".join(f"{one.word} {getattr(counts, one.value)}" for one in Outcome)
        told = [f"共 {counts.read} 行：{numbers}。现在还没有写入任何内容。", *plan.notes]
        if self.paste.over:
            told.append("剪贴板里空白的格，不改动原来的内容。")
        elif self.paste.village:
            told.append(f"没有写村（社区）的新记录，填为“{self._villages.get(self.paste.village, '')}”。")
        told.append(f"{why}。" if why else "")
        self.counts.setText("\n".join(filter(None, told)))
