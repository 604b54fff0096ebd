"""上报: choose the period, see what is missing, make the files; what was sent stands below."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel.layout import LAYOUTS
from desktop.records import LEDGERS
from desktop.records.common import Reported
from desktop.services import areas, periods, submitting
from desktop.services.audit import Event
from desktop.services.submissions import PRACTICE
from desktop.services.submitting import Sent
from desktop.storage.rights import Right
from ui.desk import Desk, Target
from ui.pages.asking import Asked
from ui.pages.grid import Place, zero
from ui.pages.page import Page
from ui.pages.parts import Fold, Notice, card, page_layout, scrolled, words
from ui.pages.submit_facts import Lacking, lacking, offered_periods, out_folder, placed
from ui.pages.submit_history import SubmitHistory
from ui.pages.submit_steps import FilesCard, MissingCard
from ui.rights import said, withhold
from ui.theme import em
from ui.worker import Progress

T = TypeVar("T")
ROOM = 56  # lines of text in which the three steps stand side by side


class SubmitPage(Page):
    name, heading, icon = "submit", "上报", "submit"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.periods = QComboBox()
        self.about = words(wrap=True)
        self.notice = Notice()
        self.missing = MissingCard()
        self.files = FilesCard(desk.ask(out_folder))
        self.history = SubmitHistory(desk)
        self.stale, self.settled, self._asked, self._stops = True, False, 0, 0
        self.running: Progress | None = None
        self.practice = desk.ask(areas.practises)
        self._arrange()
        if self.practice:
            self.files.practise()
        withhold(desk, Right.SUBMIT, self.files.make)
        withhold(desk, Right.ENTER, self.missing.zero, self.missing.every)
        withhold(desk, Right.FULL, self.files.draft)
        if not desk.may(Right.ENTER):
            self.missing.grid.forbid(said(Right.ENTER))
        self.periods.activated.connect(lambda _: desk.choose_period(self.periods.currentData()))
        self.missing.checks.connect(lambda grade: desk.go("checks", grade=grade))
        self.missing.settings.connect(lambda: desk.go("settings"))
        self.missing.all_zero.connect(self.ask_all_zero)
        self.missing.grid.opened.connect(self._open_cell)
        self.missing.grid.zeroed.connect(self.zero)
        self.files.wanted.connect(self.ask_submit)
        self.files.drafted.connect(self.draft)
        self.files.stopped.connect(self.stop)
        desk.changed.connect(self._outdated)
        desk.period_changed.connect(self._begin_again)
        self.history.returned.connect(self._begin_again)
        self._show_period()

    def go(self, target: Target) -> None:
        self._forget()
        self.missing.grid.setFocus()

    def refresh(self) -> None:
        """See again what stops the period, on the worker; only the last answer asked for is shown."""
        self.stale, self.settled = False, False
        self._asked += 1
        asked, period, today = self._asked, self.desk.period, self.desk.today()
        self.history.refresh()
        self._show_period()
        self.missing.sentence.setText(f"正在检查{periods.words(period)}…")

        def done(found: Lacking) -> None:
            if asked == self._asked:
                self.settled, self._stops = True, found.stops
                self.missing.show_lacking(found, locked=self._locked)
                self._enable()

        self.desk.run(
            lambda session, steps: lacking(session, period, today, steps),
            "检查",
            owner=self,
            done=done,
            failed=self.notice.refuse,
            writes=False,
        )

    def ask_submit(self) -> Asked | None:
        """Ask once, because it locks the period; what is known to be stopped is refused at once."""
        if self.practice or (self.settled and self._stops):
            self.submit()
            return None
        period = periods.words(self.desk.period)
        explanation = (
            f"生成 {len(LAYOUTS) + 1} 个文件并锁定 {period}：锁定以后本期的数据不能再改，"
            "要改须先登记退回。想先看看文件的，请按“先生成草稿”。"
        )
        asked = Asked(self, "生成文件并上报", explanation, [], confirm="生成并锁定", work=self.submit)
        asked.open()
        return asked

    def submit(self) -> None:
        """Make the files of the period on the worker, and freeze what was sent."""
        period, today = self.desk.period, self.desk.today()
        store, out = self.desk.store, self.files.path()
        self._start(
            lambda session, steps: submitting.submit(
                session, store, period, out=out, today=today, progress=steps.at
            ),
            f"上报{periods.words(period)}",
            self._sent,
            writes=True,
        )

    def draft(self) -> None:
        """Make the workbooks of the period as they stand, to be looked at."""
        period, today = self.desk.period, self.desk.today()
        data, out = self.desk.store.folder, self.files.path()

        try:
            self.desk.note(Event.EXPORT_FULL, f"草稿 {periods.words(period)}")
        except Refusal as refusal:
            self.notice.refuse(refusal)
            return

        def done(paths: list[Path]) -> None:
            self._finished()
            self.files.show_files(paths)
            self.notice.say(f"{len(paths)} 个草稿已存到“{out}”，没有上报，数据没有锁定。")

        self._start(
            lambda session, steps: submitting.draft(
                session, data, period, out=out, today=today, progress=steps.at
            ),
            "生成草稿",
            done,
            writes=False,
        )

    def stop(self) -> None:
        """Give up the running submission; nothing is kept of it."""
        if self.running is not None:
            self.running.cancel()

    def zero(self, places: list[Place], on: bool) -> None:
        """Make or take back zero reports."""
        period = self.desk.period
        try:
            self.desk.do(
                lambda session: zero(session, places, period, on=on), "零报告" if on else "取消零报告"
            )
        except Refusal as refusal:
            self.notice.refuse(refusal)

    def ask_all_zero(self) -> Asked | None:
        """Ask once, then make a zero report for every cell that is missing."""
        places = self.missing.missing()
        if not places:
            return None
        period = self.desk.period

        def work() -> None:
            self.desk.do(lambda session: zero(session, places, period, on=True), "全部零报告")

        words_ = (
            f"给 {periods.words(period)} 还缺的 {len(places)} 格都登记零报告，表示本期确实没有。是这样吗？"
        )
        asked = Asked(self, "全部零报告", words_, [], confirm="全部零报告", work=work)
        asked.open()
        return asked

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self.running is None:
            self._forget()
        if self.stale:
            self.refresh()

    def _start(
        self, work: Callable[[Session, Progress], T], name: str, done: Callable[[T], None], *, writes: bool
    ) -> None:
        """Make files on the worker."""
        if self.running is not None:
            return
        self._forget()
        self.files.busy(busy=True)
        self.running = self.desk.run(
            work,
            name,
            owner=self,
            done=done,
            failed=self._failed,
            progress=self.files.progress,
            writes=writes,
        )
        self._enable()

    def _enable(self) -> None:
        free = not self._locked and self.running is None
        self.files.make.setEnabled(free and not self.practice)
        self.files.draft.setEnabled(free)

    def _forget(self) -> None:
        """What was said about files of before is of no use any more."""
        self.notice.clear()
        self.files.show_files([])

    def _begin_again(self, *_: object) -> None:
        """Another period, or a returned one: nothing that was said holds."""
        self._forget()
        self._outdated()

    def _sent(self, sent: Sent) -> None:
        self._finished()
        self.files.show_files(placed(sent.files))
        self.notice.say(
            f"{periods.words(sent.period)}已上报（第 {sent.version} 版），"
            f"{len(sent.files)} 个文件已存好，数据已锁定。请打印、盖章后按通知报送。"
        )

    def _failed(self, refusal: Refusal) -> None:
        self._finished()
        self.notice.refuse(refusal)

    def _finished(self) -> None:
        self.running = None
        self.files.busy(busy=False)
        self.refresh()

    def _open_cell(self, village: str, ledger: str) -> None:
        found = LEDGERS[ledger]
        where = found.where if issubclass(found, Reported) else ""
        self.desk.go(ledger, None, "", **({where: village} if where else {}))

    def _show_period(self) -> None:
        sent, period = self.history.sent.rows, self.desk.period
        self.periods.clear()
        for one in offered_periods(self.desk.today(), sent, period):
            self.periods.addItem(periods.words(one), one)
        self.periods.setCurrentIndex(self.periods.findData(period))
        versions = [one for one in sent if one.period == period]
        last = versions[0] if versions else None
        self._locked = last is not None and last.returned_at is None
        if self.practice:
            self.about.setText(f"{PRACTICE}。其余各步和正式数据一样，可以放心练；第三步生成的是草稿。")
        elif last is None:
            self.about.setText("还没有上报。检查没有问题后，在第三步生成文件。")
        elif self._locked:
            self.about.setText(
                f"已于 {last.sent_at:%Y-%m-%d %H:%M} 上报（第 {last.version} 版），数据已锁定。"
                "需要更正的，在下面选中它，按“登记退回”。"
            )
        else:
            self.about.setText(
                f"第 {last.version} 版被退回：{last.returned_reason}。"
                f"更正后再上报，就是第 {last.version + 1} 版。"
            )

    def _outdated(self, _: object = None) -> None:
        self.stale = True
        if self.isVisible():
            self.refresh()

    def _arrange(self) -> None:
        self.periods.setAccessibleName("选择期间")
        self.about.setMinimumWidth(em(self, 11))
        first = card(words("一、选择期间", kind="section"), self.periods, self.about, 1)
        content = QWidget()
        whole = page_layout(content)
        whole.addWidget(self.notice)
        whole.addWidget(Fold((first, 2), (self.missing, 8), (self.files, 3), room=ROOM), 1)
        whole.addWidget(self.history)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(content)
        outer.addWidget(self.area)
