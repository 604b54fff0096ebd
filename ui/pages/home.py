"""首页: what is due, what is missing, this period's figures; in an empty folder, the first steps."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.records.common import Reported
from desktop.services import backups, periods
from desktop.services.overview import CellState, Due, Grid
from desktop.storage.rights import Right
from ui.desk import Desk, Target
from ui.icons import icon
from ui.pages.grid import GridView, Place, zero
from ui.pages.home_facts import Compared, HomeFacts, day_words, distance, facts
from ui.pages.page import Page
from ui.pages.parts import Fold, Notice, across, card, page_layout, press, scrolled, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.rights import said
from ui.theme import em
from ui.worker import Progress

TOLD = 44  # lines of text in which deadline and progress stand side by side
ROOM = 56  # lines of text in which the two columns stand side by side
MOST_JUDGED = 10_000  # entries; the largest town of the city has some thousand
DUE = Qt.ItemDataRole.UserRole
FIRST_STEPS = (
    ("village", "一、填写村情", "各村的人口、户数、党员和村民代表数，是“应到人数”的依据"),
    ("team", "二、建立队伍", "各村有哪些群防群治队伍，谁负责，电话多少"),
    ("member", "三、导入花名册", "已经有 Excel 花名册的，一次导入，不用重新录入"),
)
SECRECY = "严禁录入涉密信息、工作秘密"


class HomePage(Page):
    name, heading, icon = "home", "首页", "home"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.due = words(kind="section")
        self.progress = words(kind="muted")
        self.notice = Notice()
        self.grid = GridView()
        self.may_zero = desk.may(Right.ENTER)
        if not self.may_zero:
            self.grid.forbid(said(Right.ENTER))
        self.agenda = QListWidget()
        self.figures = PlainTable("本期数字", (8, 5, 5, 5))
        self.compared: PlainModel[Compared] = PlainModel(
            ("本期数字", "现在", "", "增减"),
            lambda one: (one.label, f"{one.now} {one.unit}", one.before, one.difference),
        )
        self.parts = QStackedWidget()
        self.stale, self.settled, self._asked = True, False, 0
        self.judged, self._judging = False, Progress()
        self._locked = 0
        self._arrange()
        self.grid.opened.connect(self.open_cell)
        self.grid.zeroed.connect(self.zero)
        self.agenda.itemClicked.connect(self._go)
        self.agenda.itemActivated.connect(self._go)
        desk.changed.connect(self._outdated)
        desk.period_changed.connect(self._outdated)

    def go(self, target: Target) -> None:
        self.setFocus()

    def refresh(self) -> None:
        """Work everything out again, on the worker; only the last answer asked for is shown."""
        self.stale, self.settled, self.judged = False, False, False
        self._judging.cancel()
        self._asked += 1
        asked, period, today = self._asked, self.desk.period, self.desk.today()

        def done(found: HomeFacts) -> None:
            if asked == self._asked:
                self._show(found, today)
                if found.started and self.isVisible():
                    self.judge()

        self.desk.run(
            lambda session, _: facts(session, period, today),
            "首页",
            owner=self,
            done=done,
            failed=self.notice.refuse,
            writes=False,
        )

    def judge(self) -> None:
        """Check the period on the worker, and mark the cells with faults in the grid that is shown.

        A roster far larger than a town's is checked on the page 检查 only: it takes seconds and memory.
        """
        entries = sum(cell.count for cell in self.grid.cells.grid.cells.values())
        if entries > MOST_JUDGED:
            self.judged = True
            self._tell(self.grid.cells.grid)
            return
        asked, period, today = self._asked, self.desk.period, self.desk.today()
        quick = self.grid.cells.grid

        def work(session: Session, steps: Progress) -> Grid:
            from desktop.services import faults  # the rules are many, and a start does not need them

            steps.at(0, 0)  # one that was given up while it waited does not begin
            return faults.marked(quick, faults.find(session, period, today, steps.at))

        def done(grid: Grid) -> None:
            if asked == self._asked:
                self.judged = True
                self.grid.show_grid(grid)
                self._tell(grid)

        self._judging = self.desk.run(
            work, "检查", owner=self, done=done, failed=lambda _: None, writes=False
        )

    def open_cell(self, village: str, ledger: str) -> None:
        """Show a village's entries of a ledger."""
        found = LEDGERS[ledger]
        where = found.where if issubclass(found, Reported) else ""
        self.desk.go(ledger, None, "", **({where: village} if where else {}))

    def zero(self, places: list[Place], on: bool) -> None:
        """Make or take back zero reports."""
        period = self.desk.period
        name = "零报告" if on else "取消零报告"
        try:
            self.desk.do(lambda session: zero(session, places, period, on=on), name)
        except Refusal as refusal:
            self.notice.refuse(refusal)
        else:
            self.notice.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale:
            self.refresh()
        elif self.settled and not self.judged and self.grid.cells.grid.villages:
            self.judge()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the worker to the page that is shown now."""
        super().hideEvent(event)
        self._judging.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.agenda.hasFocus():
            self._go(self.agenda.currentItem())
        else:
            super().keyPressEvent(event)

    def _show(self, found: HomeFacts, today: dt.date) -> None:
        self.settled = True
        focus = QApplication.focusWidget()
        mine = focus is not None and self.isAncestorOf(focus)
        turned = self.parts.currentIndex() != int(found.started)
        self.parts.setCurrentIndex(int(found.started))
        self.setFocusProxy(self.grid if found.started else self.steps[0])
        if mine and turned:
            self.setFocus()
        self.grid.show_grid(found.grid)
        self.compared.heads = ("本期数字", "现在", found.since, "增减")
        self.compared.show_rows(found.compared)
        self._show_agenda([*self._overdue(today), *found.agenda], today)
        self._locked = found.locked
        self._tell(found.grid)
        self.progress.setVisible(found.started)

    def _overdue(self, today: dt.date) -> list[Due]:
        """The line that reminds of the stick."""
        said = backups.reminder(self.desk.store.folder, dt.datetime.now())
        return [Due(today, said, "backups")] if said else []

    def _tell(self, grid: Grid) -> None:
        """How far the period is, in words."""
        states = [cell.state for cell in grid.cells.values()]
        lacking = states.count(CellState.MISSING) + states.count(CellState.PARTIAL)
        wrong = states.count(CellState.WRONG)
        state = f"还有 {lacking} 格要补" if lacking else "" if wrong else "各村各台账都齐了"
        parts = [state, f"{wrong} 格有错" if wrong else ""]
        said = "，".join(part for part in parts if part)
        if self._locked:
            said = f"已上报（第 {self._locked} 版），数据已锁定"
        elif not self.judged:
            said += "，正在检查…"
        self.progress.setText(f"{periods.words(self.desk.period)}　{said}")

    def _show_agenda(self, agenda: Sequence[Due], today: dt.date) -> None:
        report = next((one for one in agenda if one.page == "submit"), None)
        if report is not None:
            left = distance(report.date, today)
            self.due.setText(f"{report.text}：{day_words(report.date)}前，{left}")
        self.agenda.clear()
        for one in agenda:
            when = "今天" if one.date == today else f"{one.date.month}月{one.date.day}日"
            left = f"，{distance(one.date, today)}" if one.date != today else ""
            item = QListWidgetItem(f"{when}　{one.text}{left}", self.agenda)
            item.setIcon(icon("calendar", "warn" if (one.date - today).days <= 3 else "muted"))
            item.setToolTip(item.text())
            item.setData(DUE, one)

    def _go(self, item: QListWidgetItem | None) -> None:
        due: Due | None = item.data(DUE) if item is not None else None
        if due is not None:
            self.desk.go(due.page, due.entry)

    def _outdated(self, _: object = None) -> None:
        self.stale = True
        if self.isVisible():
            self.refresh()

    def _arrange(self) -> None:
        self.figures.setModel(self.compared)
        self.figures.always_show(8)
        self.agenda.setAccessibleName("接下来要办的")
        self.agenda.setMinimumHeight(em(self, 7))
        self.agenda.setWordWrap(True)
        self.agenda.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.agenda.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card(words("接下来", kind="section"), self.agenda), 1)
        column.addWidget(card(self.figures))
        hint = words("回车打开，空格登记零报告" if self.may_zero else "回车打开", kind="muted")
        left = card(across(words("各村情况", kind="section"), 1, hint), self.grid)
        self.parts.addWidget(self._first_steps())
        self.parts.addWidget(Fold((left, 3), (right, 2), room=ROOM))
        check = press("检查（F5）", lambda: self.desk.go("checks"), symbol="check")
        send = press("上报", lambda: self.desk.go("submit"), symbol="submit")
        content = QWidget()
        whole = page_layout(content)
        told, buttons = Fold((self.due, 0), (self.progress, 1), room=TOLD), QWidget()
        buttons.setLayout(across(1, check, send))
        whole.addWidget(Fold((told, 1), (buttons, 0), room=ROOM))
        whole.addWidget(self.notice)
        whole.addWidget(self.parts, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(content)
        outer.addWidget(self.area)
        self.setFocusProxy(self.steps[0])  # until there is something in the grid

    def _first_steps(self) -> QWidget:
        """Where an empty folder begins."""
        rows: list[QWidget] = [words("从这里开始", kind="section")]
        rows.append(words("三件事做完，就可以每月录入、检查、上报了。做到一半可以随时停下。", wrap=True))
        self.steps = []
        for page, title, why in FIRST_STEPS:
            button = press(title, partial(self.desk.go, page), symbol=page, big=True)
            button.setAccessibleDescription(why)
            self.steps.append(button)
            line = QWidget()
            line.setLayout(across(button, words(why, kind="muted"), 1))
            rows.append(line)
        return card(*rows, words(SECRECY, tone="A"), 1)
