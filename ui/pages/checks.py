"""检查: every finding of the period in one ranked list, with what it takes to settle each."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListView, QProgressBar, QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.rules.rulebook import Finding
from desktop.services import mending, periods, reasons
from desktop.storage.changes import Changes
from desktop.storage.rights import Right
from ui.desk import Desk, Target
from ui.pages.finding_detail import FindingDetail
from ui.pages.finding_facts import Line, examined
from ui.pages.finding_filter import FindingFilter
from ui.pages.finding_list import FindingDelegate, FindingModel
from ui.pages.page import Page
from ui.pages.parts import Notice, across, page_layout, press, words
from ui.rights import withhold
from ui.worker import Progress

AGAIN = "again"  # the field of a target: F5 was pressed somewhere in the window
TOLD = 6  # corrections that a notice names
OWN = {"reason", "submission", "zero_report"}  # tables whose changes do not make findings out of date


class ChecksPage(Page):
    name, heading, icon = "checks", "检查", "check"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = FindingModel()
        self.list = QListView()
        self.filter = FindingFilter()
        self.detail = FindingDetail(self._offered)
        self.state = words(kind="muted")
        self.notice = Notice()
        self.bar = QProgressBar()
        self.stale = True
        self.running: Progress | None = None
        self.checked = desk.period  # the period that the lines are about
        self._arrange()
        self.filter.changed.connect(self._filter)
        self.list.activated.connect(lambda _: self.jump())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.detail.wanted.connect(self.jump)
        self.detail.mending.connect(self.mend)
        withhold(desk, Right.REASON, self.detail.reason, self.detail.same, self.detail.give)
        withhold(desk, Right.ENTER, self.all_mends, self.detail.mend)
        self.detail.reasoned.connect(self.give)
        self.detail.explained.connect(self.explain)
        desk.changed.connect(self._follow)
        desk.period_changed.connect(self._outdated)

    def go(self, target: Target) -> None:
        """Show the findings of a ``grade`` or ``ledger``; check again if the field is ``again``."""
        self.filter.ask(target.filters)
        if target.field == AGAIN:
            self.run()
        self.list.setFocus()

    def run(self) -> None:
        """Check the period again, because the clerk asks for it."""
        self.notice.clear()
        self._run()

    def _run(self) -> None:
        """Check the period on the worker; what was said before stays."""
        if self.running is not None:
            return
        period, today = self.desk.period, self.desk.today()
        self.checked = period
        self.stale = False
        self.bar.setRange(0, 0)
        self.running = self.desk.run(
            lambda session, steps: examined(session, period, today, steps),
            "检查",
            owner=self,
            done=self._done,
            failed=self._failed,
            progress=self._progress,
            writes=False,
        )
        self._busy(busy=True)

    def stop(self) -> None:
        """Give up the running check."""
        if self.running is not None:
            self.running.cancel()

    def line(self) -> Line | None:
        """The finding that is chosen."""
        row = self.list.currentIndex().row()
        return self.model.shown[row] if 0 <= row < len(self.model.shown) else None

    def jump(self) -> None:
        """Go to the field the chosen finding is about."""
        if (line := self.line()) is not None:
            self.desk.go(line.finding.ledger, line.finding.entry, line.finding.field)

    def explain(self) -> None:
        if (line := self.line()) is not None:
            self.desk.go("help", field=line.finding.code)

    def mend(self) -> None:
        """Make the safe correction that the chosen finding offers."""
        if (line := self.line()) is not None and line.finding.mend is not None:
            self._mend([line.finding], f"改正：{line.finding.mend.label}")

    def mend_all(self) -> None:
        """Make every offered correction as one operation."""
        self._mend([line.finding for line in self.model.all if line.finding.mend], "全部安全改正")

    def give(self, text: str) -> None:
        """Keep the reason typed for the chosen finding and move on to the next."""
        line, period = self.line(), self.checked
        if line is None:
            return
        try:
            self.desk.do(lambda session: reasons.give(session, line.finding, period, text), "说明原因")
        except Refusal as refusal:
            self.detail.notice.refuse(refusal)
            self.detail.reason.setFocus()
            return
        line.reason = text.strip()
        row = self.list.currentIndex().row()
        self.model.touched(row)
        self._count()
        following = range(row + 1, len(self.model.shown))
        self._choose(next((at for at in following if self.model.shown[at].asks), row))
        if self.line() is line:
            self.detail.notice.say("说明已保存，后面没有要说明的了")
            self.list.setFocus()
        else:
            self.detail.notice.say(f"“{line.title or line.finding.message}”的说明已保存，现在是下一条")
            self.detail.reason.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl with Enter is for reasons: in the list it goes to the box, and opens no entry."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.detail.reason.setFocus()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5:
            self.run()
        elif event.key() == Qt.Key.Key_F1 and self.line() is not None:
            self.explain()
        elif event.key() == Qt.Key.Key_Escape and self.running is not None:
            self.stop()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale:
            self._run()

    def _mend(self, found: list[Finding], name: str) -> None:
        try:
            told = self.desk.do(lambda session: mending.mend(session, found), name)
        except Refusal as refusal:
            self.notice.refuse(refusal)
        else:
            more = f"；等 {len(told)} 处" if len(told) > TOLD else ""
            self.notice.say(f"已改正 {len(told)} 处：{'；'.join(told[:TOLD])}{more}")

    def _offered(self, line: Line) -> str | None:
        period = self.checked
        return self.desk.ask(lambda session: reasons.offered(session, line.finding, period))

    def _done(self, lines: list[Line]) -> None:
        row = max(0, self.list.currentIndex().row())
        self.running = None
        self.model.show_lines(lines, self.filter.wants)
        self.filter.offer(lines)
        self._busy(busy=False)
        self._count()
        self._choose(min(row, len(self.model.shown) - 1))
        if self.stale and self.isVisible():
            self._run()

    def _failed(self, refusal: Refusal) -> None:
        self.running, self.stale = None, True
        self._busy(busy=False)
        self.state.setText("没有查完，按 F5 重新检查")
        self.notice.refuse(refusal)

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _busy(self, *, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy)
        self.again.setEnabled(not busy)
        if busy:
            self.state.setText(f"正在检查{periods.words(self.desk.period)}…")

    def _count(self) -> None:
        self.filter.count(self.model.all)
        mends = sum(line.finding.mend is not None for line in self.model.all)
        self.all_mends.setVisible(mends > 0)
        self.all_mends.setText(f"全部安全改正（{mends}）")
        open_ = sum(line.asks or line.finding.grade == "A" for line in self.model.all)
        said = f"还有 {open_} 处要处理" if open_ else "没有妨碍上报的问题"
        self.state.setText(f"{periods.words(self.desk.period)}　{said}，共 {len(self.model.all)} 条")

    def _filter(self) -> None:
        self.model.filter(self.filter.wants)
        self._choose(0)

    def _choose(self, row: int) -> None:
        place = self.model.index(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(place, flag)
        self._show()

    def _show(self) -> None:
        self.detail.show_line(self.line())

    def _follow(self, changes: Changes) -> None:
        if set(changes.entries) - OWN:
            self._outdated()

    def _outdated(self, _: object = None) -> None:
        self.stale = True
        self.notice.clear()
        self.state.setText("数据有改动，检查结果已过时")
        if self.isVisible():
            self._run()

    def _arrange(self) -> None:
        self.list.setModel(self.model)
        self.list.installEventFilter(self)
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("检查结果")
        self.again = press("重新检查（F5）", self.run, symbol="refresh")
        self.cancel = press("停止", self.stop)
        self.all_mends = press("全部安全改正", self.mend_all, symbol="mend")
        self.all_mends.hide()
        self.bar.setTextVisible(False)
        whole: QVBoxLayout = page_layout(self)
        top = across(
            words("检查", kind="title"), self.state, self.bar, self.cancel, 1, self.all_mends, self.again
        )
        whole.addLayout(top)
        whole.addWidget(self.filter)
        whole.addWidget(self.notice)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.detail)
