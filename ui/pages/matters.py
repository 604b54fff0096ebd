"""四议两公开: the matters at the left, the six steps of the chosen one at the right, and its papers."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import Matter, Step
from desktop.records.matter import State
from desktop.records.step import StepNo
from desktop.services import courses, entries, papers
from desktop.services.papers import Paper
from desktop.storage.changes import Changes
from ui.desk import Desk, Target
from ui.form.entry import EntryForm
from ui.pages import signs
from ui.pages.ledger import LedgerPage
from ui.pages.matter_pane import MatterPane
from ui.pages.papers import Papers
from ui.pages.signs import Sign, SignDelegate
from ui.table.model import ENTRY
from ui.worker import Progress

COLUMNS = {"village_code": 5.4, "title": 7.4, "matter_type": 4.4, "progress": 4.8, "state": 6.8}
JUDGED = {"matter", "step", "village"}  # ledgers that a step's trouble follows from
SIGNS: Mapping[str, Sign] = {State.OPEN: Sign.DOT, State.DONE: Sign.TICK, State.STOPPED: Sign.DASH}
SIDES = (400, 600)  # the table and the steps, as parts of what there is


class StandingDelegate(SignDelegate):
    """The state of a matter with its sign; where steps are in trouble it says that instead.

    :ivar troubles: how many steps, by the matter's id.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(SIGNS, parent)
        self.troubles: Mapping[int, int] = {}
        self._alarm = signs.icon(Sign.ALARM)

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if count := self.troubles.get(index.data(ENTRY)):
            option.text = courses.troubled_words(count)  # type: ignore[attr-defined]  # missing in its stub
            option.icon = self._alarm  # type: ignore[attr-defined]


class MatterForm(EntryForm):
    """The matter's own answers; before they are left, the open step is kept too."""

    pane: MatterPane | None = None

    def keep(self) -> bool:
        return super().keep() and (self.pane is None or self.pane.keep())


class MattersPage(LedgerPage):
    ledger, parts = Matter, (Step,)
    name, heading, icon = "matter", "四议两公开", "matter"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        if desk.settings.get("table.matter") is None:  # a narrower table than other ledgers begin with
            desk.settings.set("table.matter", {"shown": list(COLUMNS), "widths": COLUMNS})
        super().__init__(desk, parent)
        self.pane = MatterPane(desk, self.form)
        if isinstance(self.form, MatterForm):
            self.form.pane = self.pane
        self.form_area.insertWidget(0, self.pane)
        if desk.settings.get("split.matter.side") is None:
            self.split.setSizes(SIDES)
        self.form.saving.triggered.disconnect()  # Ctrl+S on this page saves whichever form is open
        self.form.saving.triggered.connect(self.save)
        self.form.new_button.hide()
        self.form.title.hide()  # the pane says whose answers these are
        self.view.activated.disconnect()
        self.view.activated.connect(self.pane.focus)
        names = [column.name for column in self.table.columns]
        self.standings = StandingDelegate(self.view)
        self.view.setItemDelegateForColumn(names.index("state"), self.standings)
        self.pane.step_left.connect(self.view.setFocus)
        self.pane.wanted_new.connect(self.add)
        self.papers = Papers(self, self._offered, self.notice, self.form.keep)
        self.tools.addWidget(self.papers.button())
        self.shown.connect(self._show)
        self._judging, self._unjudged = Progress(), True
        self._show(None)

    def judge(self) -> None:
        """Find on the worker which matters have steps in trouble, and say so in the table."""
        today = self.desk.today()
        self._judging.cancel()
        self._unjudged = False

        def done(troubles: Mapping[int, int]) -> None:
            self.standings.troubles = troubles
            self.view.viewport().update()

        self._judging = self.desk.run(
            lambda session, steps: courses.troubled(session, today, steps.at),
            "核对步骤",
            owner=self,
            done=done,
            failed=lambda _: None,  # given up for a later one
            writes=False,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._unjudged:
            self.judge()

    def make_form(self) -> EntryForm:
        return MatterForm(Matter, self.desk)

    def go(self, target: Target) -> None:
        if target.page == "step" and target.entry is not None:
            self._go_to_step(target.entry, target.field)
            return
        super().go(target)
        if target.entry is not None and target.field:
            self.pane.show_answers()
            self.form.focus(target.field)

    def add(self) -> None:
        super().add()
        if self.form.entry is None:
            self.pane.show_new()
            self.form.focus()

    def save(self) -> None:
        """Save the form that is open: the step's, or the matter's own."""
        form = self.pane.step_form() if self.pane.on_steps() else self.form
        first = self.form.entry is None
        if form is not None and form.save() is not None and first:
            self.pane.focus()  # a new matter goes on to its first step

    def _offered(self, session: Session) -> tuple[Paper, ...]:
        course = self.pane.course
        return papers.of_matter(session, course.entry) if course is not None else ()

    def _show(self, entry: int | None) -> None:
        if entry is not None:
            self.pane.show_matter(entry)
        else:
            self.pane.show_nothing(any_matter=self.table.rowCount() > 0)

    def _go_to_step(self, entry: int, field: str) -> None:
        if not self.form.keep():
            return
        try:
            step = self.desk.ask(lambda session: entries.get(session, Step, entry))
        except Refusal as refusal:
            self.notice.refuse(refusal)
            return
        assert isinstance(step, Step)
        if step.matter_id is None:
            return
        self._open(step.matter_id)
        self.pane.show_matter(step.matter_id, StepNo(step.step_no) if step.step_no else None)
        form = self.pane.step_form()
        if form is not None:
            form.focus(field)

    def _follow(self, changes: Changes) -> None:
        super()._follow(changes)
        if JUDGED & changes.entries.keys():
            self._unjudged = True
            if self.isVisible():
                self.judge()

    def _switch_side(self) -> None:
        self.pane.focus() if self.view.hasFocus() else self.view.setFocus()
