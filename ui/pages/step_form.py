"""One step of a matter as a form: the answers this step asks for, and advice on every keystroke."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.records import Step
from desktop.records.codes import code_list
from desktop.records.fields import Field, field, fields
from desktop.records.step import MEETINGS, VOTED, StepNo, asked, shown
from desktop.services import entries, matters
from desktop.services.courses import Course
from desktop.services.matters import Advice
from desktop.storage.rights import Right
from ui import messages
from ui.desk import Desk
from ui.form.combo import Combo
from ui.form.entry import EntryForm
from ui.pages.parts import press
from ui.pages.step_advice import Advisor, Suggestion
from ui.rights import withhold

STEPPING = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class StepForm(EntryForm):
    """The answers of one of the six steps.

    :ivar advance: saved, and the clerk wants the next step.
    :ivar deleted: the step is on file no more.
    """

    advance = Signal()
    deleted = Signal()

    def __init__(self, no: StepNo, desk: Desk, parent: QWidget | None = None) -> None:
        self.no = no
        super().__init__(Step, desk, shown(no), parent)
        self.saving.setShortcuts([])  # the page has Ctrl+S, for whichever form is open
        self.saving_new.setText("保存，到下一步")
        self.new_button.setText("保存，下一步")
        self.new_button.setToolTip("保存，并打开下一步（Ctrl+Enter）")
        self._add_delete()
        form = self.rows["form"].editor if no in VOTED else None
        if isinstance(form, Combo):
            form.limit(lambda option: option.value.startswith(no))
        children: Iterable[QObject] = self.findChildren(QObject)
        for child in children:
            child.installEventFilter(self)

    def delete(self) -> None:
        """Take this step out of the matter, after a question."""
        entry = self.entry
        if entry is None or messages.ask(self, "删除这一步的记录？", ("删除", "取消")) != 0:
            return
        try:
            self._desk.do(lambda session: entries.delete(session, Step, entry), "删除四议两公开步骤")
        except Refusal as refusal:
            self.notice.refuse(refusal)
        else:
            self.deleted.emit()

    def _add_delete(self) -> None:
        self.delete_button = press("", self.delete, symbol="delete", kind="quiet")
        self.delete_button.setToolTip("删除这一步")
        self.delete_button.setAccessibleName("删除这一步")
        withhold(self._desk, Right.ENTER, self.delete_button)
        foot = self.undo_button.parentWidget()
        buttons = foot.layout() if foot is not None else None
        if buttons is not None:
            buttons.addWidget(self.delete_button)

    def check(self) -> None:
        """As every form; the field with the keyboard stays in view when findings push it down."""
        super().check()
        row = self._focused()
        if row is not None:
            QTimer.singleShot(0, row, lambda: self.reveal(row))

    def save_and_new(self) -> None:
        if self.save() is not None:
            self.advance.emit()

    def show_facts(self, name: str, facts: Sequence[tuple[str, str]]) -> None:
        """Nothing: the row of steps says which step it is."""
        self.facts.hide()

    def _shown(self, names: Sequence[str] | None) -> Iterator[Field]:
        """The fields of this step; what it asks for is marked, and publicity has words of its own."""
        wanted = [field(Step, name) for name in names or ()]
        ordered = wanted if self.no not in MEETINGS else [one for one in fields(Step) if one in wanted]
        for one in ordered:
            required = one.name in asked(self.no)
            if self.no in MEETINGS or one.group not in ("会议", "内容"):
                yield replace(one, required=required)
            else:
                yield replace(one, required=required, group="公开", label=f"公开{one.label}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl with the arrows to the page, which goes from step to step with them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in STEPPING
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class StepSheet(QWidget):
    """A step's form under its advice.

    :ivar form: the form itself.
    :ivar typed: something is typed that is not saved.
    """

    typed = Signal()

    def __init__(self, no: StepNo, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.no, self._desk = no, desk
        self._course: Course | None = None
        self._proposed = ""  # 应到 as filled in by us; another text there is the clerk's own
        self.form = StepForm(no, desk)
        self.form.title.hide()
        self.advisor = Advisor(self.form.state)
        self.suggestions = {"n_due": Suggestion("应到人数"), "result": Suggestion("结果")}
        for name, suggestion in self.suggestions.items():
            row = self.form.rows.get(name)
            if row is not None and (under := row.layout()) is not None:
                under.addWidget(suggestion)
                suggestion.taken.connect(lambda text, row=row: (row.set_text(text), row.take_focus()))
                withhold(desk, Right.ENTER, suggestion.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.advisor)
        column.addWidget(self.form, 1)
        for row in self.form.rows.values():
            row.changed.connect(self._follow)

    def show_step(self, course: Course) -> None:
        """Show the step of the matter of ``course``: what is on file, or a new one."""
        self._course = None  # nothing is advised while answers are being put in
        step = course.steps[int(self.no) - 1]
        if step.entry is None:
            due = self._advice(course, {}).due
            self._proposed = str(due.number) if due else ""
            filled = {"n_due": self._proposed} if due else {}
            self.form.new(matter_id=str(course.entry), step_no=self.no, **filled)
        else:
            self.form.load(step.entry)
        self._course = course
        self.form.delete_button.setVisible(step.entry is not None)
        self._advise()

    def _follow(self) -> None:
        self._advise()
        if self._course is not None and self.form.is_dirty():
            self.typed.emit()

    def _advise(self) -> None:
        course = self._course
        if course is None:
            return
        typed = self.form.answers()
        advice = self._advice(course, typed)
        due = typed.get("n_due", "").strip()
        untouched = self.form.entry is None and due == self._proposed
        if advice.due and untouched and due != str(advice.due.number):
            self._proposed = str(advice.due.number)
            self.form.rows["n_due"].set_text(self._proposed)
            return  # which has advised again
        self.advisor.show_verdict(advice.verdict)
        if self.no in MEETINGS:
            self._suggest_due(advice, due)
            self._suggest_result(advice, typed.get("result", "").strip())

    def _suggest_due(self, advice: Advice, due: str) -> None:
        """Show the sum; of a step on file only where 应到 is blank, since the checks tell the rest."""
        said, text = advice.why, ""
        if advice.due is not None:
            text = str(advice.due.number)
            said = f"按村情为 {text}：{advice.due.sum_text}"
        wanted = self.form.entry is None or not due
        self.suggestions["n_due"].say(said if wanted else "", "" if due == text else text)

    def _suggest_result(self, advice: Advice, result: str) -> None:
        outcome = code_list("vote_result").items.get(advice.result or "", "")
        differs = bool(outcome) and result not in (outcome, advice.result)
        self.suggestions["result"].say(f"按以上数字应为“{outcome}”" if differs else "", outcome)

    def _advice(self, course: Course, typed: Mapping[str, str]) -> Advice:
        today = self._desk.today()
        return self._desk.ask(
            lambda session: matters.advise(session, course.village_code, self.no, typed, today)
        )
