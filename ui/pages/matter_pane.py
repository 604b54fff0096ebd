"""The right side of the page 四议两公开: what the matter is, its six steps in a row, and the open step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.records.step import StepNo
from desktop.services import courses
from desktop.services.courses import Course, State
from desktop.storage.changes import Changes
from desktop.storage.rights import Right
from ui.desk import Desk
from ui.form.entry import EntryForm
from ui.pages.matter_steps import StepStrip
from ui.pages.parts import across, press, words
from ui.pages.step_form import StepForm, StepSheet
from ui.pages.told import Told
from ui.rights import withhold
from ui.theme import em, mark

WELCOME = (
    "这里记录村级重大事务的“四议两公开”。\n\n先新增一个事项（哪个村、什么事），再按顺序录入六步。\n"
    "右侧会告诉您下一步是什么，应到多少人，票数够不够。"
)
PICK = "在左边选一个事项，查看它的六步；或新增一个事项。"


class MatterPane(QWidget):
    """Shows one matter: its six steps, or its own answers.

    :ivar wanted_new: the clerk asks for a new matter.
    """

    wanted_new = Signal()
    step_left = Signal()

    def __init__(self, desk: Desk, form: EntryForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.form = desk, form
        self.course: Course | None = None
        self._sheets: dict[StepNo, StepSheet] = {}
        self.strip = StepStrip()
        self.title = words(kind="section", wrap=True)
        self.state = words(kind="badge")
        self.state.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.to_answers = press("事项内容", self._switch, symbol="matter")
        self.to_answers.setCheckable(True)
        self.notice = Told()
        self._steps = QStackedWidget()
        self._body = QStackedWidget()
        self.empty = self._make_empty()
        self._lay_out()
        self.strip.chosen.connect(self.open_step)
        for keys, by in (("Ctrl+Left", -1), ("Ctrl+Right", 1), ("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._beside(by))
        desk.changed.connect(self._follow)
        self.show_nothing(any_matter=True)

    # what the page asks

    def show_matter(self, entry: int, step: StepNo | None = None) -> None:
        """Show the six steps of a matter, and open ``step`` or the next one to do."""
        if not self._learn(entry):
            return
        assert self.course is not None
        self.notice.clear()
        self._open(step or self.course.next)
        self.show_steps()

    def show_answers(self) -> None:
        """Show the matter's own answers; the only thing there is of a new one."""
        if self.course is None:
            self.title.setText("新增事项：先填这里，保存后录入六步")
        self._head_visible(self.course is not None)
        self.title.show()
        self.to_answers.setChecked(True)
        self._body.setCurrentWidget(self.form)

    def show_steps(self) -> None:
        if self.course is not None:
            self._head_visible(True)
            self.to_answers.setChecked(False)
            self._body.setCurrentWidget(self._steps_page)

    def show_new(self) -> None:
        self.course = None
        self.show_answers()

    def show_nothing(self, *, any_matter: bool) -> None:
        """No matter is chosen: say what to do first."""
        self.course = None
        self._head_visible(False)
        self.title.hide()
        self._hint.setText(PICK if any_matter else WELCOME)
        self._body.setCurrentWidget(self.empty)

    def open_step(self, no: StepNo) -> None:
        """Go to another step, after keeping what is typed in this one."""
        form = self.step_form()
        if self.keep():
            self._open(no)
        elif form is not None:
            self.strip.open(form.no)

    def step_form(self) -> StepForm | None:
        """The form of the open step; ``None`` while no matter is shown."""
        sheet = self._steps.currentWidget()
        return sheet.form if isinstance(sheet, StepSheet) and self.course is not None else None

    def sheet(self, no: StepNo) -> StepSheet:
        if no not in self._sheets:
            made = StepSheet(no, self._desk)
            made.form.saved.connect(self._step_saved)
            made.form.advance.connect(self._advance)
            made.form.left.connect(self.step_left)
            made.form.deleted.connect(lambda: self._open(no))
            made.typed.connect(self.notice.clear)
            self._sheets[no] = made
            self._steps.addWidget(made)
        return self._sheets[no]

    def on_steps(self) -> bool:
        return self._body.currentWidget() is self._steps_page

    def keep(self) -> bool:
        """Save what is typed in the open step. Whether the clerk may go on."""
        form = self.step_form()
        return form is None or form.keep()

    def focus(self) -> None:
        """Put the keyboard into what is open."""
        form = self.step_form() if self.on_steps() else self.form
        if form is not None and self._body.currentWidget() is not self.empty:
            form.focus()

    # its own

    def _switch(self) -> None:
        """Go from the steps to the matter's own answers and back."""
        if self.on_steps():
            self.show_answers()
        elif self.form.keep():
            self.show_steps()

    def _learn(self, entry: int) -> bool:
        today = self._desk.today()
        try:
            self.course = self._desk.ask(lambda session: courses.course(session, entry, today))
        except Refusal:  # deleted meanwhile
            self.show_nothing(any_matter=True)
            return False
        course = self.course
        self.title.setText(f"{course.village}　{course.title}" if course.village else course.title)
        self.state.setText(course.standing)
        sound = "ok" if course.state == "已完成" else "accent"
        mark(self.state, tone="missing" if course.troubles else sound)
        self.strip.show_states(course.steps)
        return True

    def _open(self, no: StepNo) -> None:
        assert self.course is not None
        sheet = self.sheet(no)
        sheet.show_step(self.course)
        self._steps.setCurrentWidget(sheet)
        self.strip.open(no)

    def _beside(self, by: int) -> None:
        beside = self.strip.beside(by)
        if self.on_steps() and beside is not None:
            self.open_step(beside)
            self.focus()

    def _step_saved(self, entry: int) -> None:
        """The step's form shows what was saved; the row of steps has followed by :meth:`_follow`."""
        course, sheet = self.course, self._steps.currentWidget()
        if course is None or not isinstance(sheet, StepSheet):
            return
        form = sheet.form
        form.delete_button.show()
        trouble = course.steps[int(form.no) - 1]
        if trouble.state == State.TROUBLE:
            self.notice.say(trouble.saved)
        else:
            self.notice.clear()

    def _advance(self) -> None:
        course, form = self.course, self.step_form()
        if course is None or form is None:
            return
        following = int(form.no) + 1
        self._open(StepNo(str(following)) if following <= len(StepNo) else form.no)
        self.focus()

    def _follow(self, changes: Changes) -> None:
        touched = {"matter", "step", "village", "region"} & changes.entries.keys()
        if self.course is not None and touched:
            self._learn(self.course.entry)

    def _head_visible(self, visible: bool) -> None:
        self.title.setVisible(visible)
        self.state.setVisible(visible)
        self.to_answers.setVisible(visible)

    def _make_empty(self) -> QWidget:
        page = QWidget()
        self._hint = words(kind="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        button = press("新增事项（Ctrl+N）", self.wanted_new.emit, symbol="add")
        withhold(self._desk, Right.ENTER, button)
        column = QVBoxLayout(page)
        column.addStretch(2)
        column.addWidget(self._hint)
        column.addSpacing(em(self, 0.8))
        column.addLayout(across(1, button, 1))
        column.addStretch(3)
        return page

    def _lay_out(self) -> None:
        side = em(self, 0.5)
        self._steps_page = QWidget()
        inner = QVBoxLayout(self._steps_page)
        inner.setContentsMargins(side, 0, side, 0)
        inner.setSpacing(side // 2)
        inner.addWidget(self.strip)
        inner.addWidget(self.notice)
        inner.addWidget(self._steps, 1)
        for page in (self.empty, self.form, self._steps_page):
            self._body.addWidget(page)
        head = QVBoxLayout()
        head.setContentsMargins(side, side // 2, side, 0)
        head.setSpacing(side // 2)
        line = across(self.title, self.state, self.to_answers)
        line.setStretch(0, 1)
        head.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(side // 2)
        column.addLayout(head)
        column.addWidget(self._body, 1)
