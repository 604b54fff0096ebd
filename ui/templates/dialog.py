"""模板方案: choose a workbook that was handed down, say what goes where, try it, and keep it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from sqlalchemy.orm import Session

from desktop.excel.handed import Handed
from desktop.excel.profile import Profile
from desktop.services import filled, profiles
from desktop.services.exporting import Exported
from ui import messages
from ui.desk import Desk
from ui.pages.asking import documents
from ui.pages.dragged import dropped
from ui.templates.draft import Draft
from ui.templates.frame import TRIAL, Frame
from ui.templates.opening import Opened, Wanted, opened, read
from ui.templates.trial import Trial, tried, written
from ui.worker import Progress

KINDS = "Excel 工作簿 (*.xlsx *.xlsm);;所有文件 (*)"
BOOKS = "Excel 工作簿 (*.xlsx *.xlsm)"
OWN = "（本单位）"  # after the name of a shipped profile that was made this unit's own


class TemplateDialog(Frame):
    """A new profile, or one that is kept already.

    :ivar saved: the profile was kept; carries its name.
    """

    saved = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._desk = desk
        self._original = ""  # the name under which it is kept now
        self._kept: Profile | None = None  # as it was when last kept
        self.draft: Draft | None = None
        self.choosing.connect(self.choose)
        self.exporting.connect(self.choose_target)
        self.saving.connect(self.save)
        self.working.changed.connect(self._enable)
        self.head.wanted.connect(self._look_again)
        self.table.view.pointed.connect(self._point)
        self.tabs.currentChanged.connect(self._tab)
        self._enable()

    # the workbook

    def choose(self) -> None:
        """Ask for a workbook, and open it."""
        name, _ = QFileDialog.getOpenFileName(self, "选择上级发来的表格", documents(), KINDS)
        if name:
            self.read(Path(name))

    def read(self, file: Path) -> None:
        """Open a workbook; what was said about another one is kept where it fits."""
        source = self.draft.profile.source if self.draft else ""
        self.head.forget()

        def done(found: Opened) -> None:
            self.head.file.setText(file.name)
            if not self.head.name.text():
                self.head.name.setText(file.stem[: profiles.LONGEST_NAME])
            self._was_opened(found)

        self.working.run(lambda *_: opened(read(file), Wanted(source=source)), "打开模板", done)

    def edit(self, name: str) -> None:
        """Open a profile that is kept; a shipped one becomes a copy of this unit's own."""
        shipped = profiles.shipped_code(name) is not None
        self.setWindowTitle("修改模板方案")

        def work(session: Session, _: Progress) -> Opened:
            profile, workbook = profiles.get(session, name)
            return Opened(workbook, Handed(workbook), profile)

        def done(found: Opened) -> None:
            profile = found.profile
            self._original = "" if shipped else profile.name
            self.head.name.setText(f"{profile.name}{OWN}" if shipped else profile.name)
            self.head.file.setText("模板已存在方案里；上级换了新表格时，在左边选择新文件")
            self._show_draft(Draft(found, profile.columns))
            self._kept = self.profile()
            if shipped:
                self.told.say("内置的方案不会改动，这里改好后存为本单位自己的方案。")

        self.working.run(work, "打开模板方案", done)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.working.busy and dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped(event)
        if file is not None:
            self.read(file)

    # what came of it

    def profile(self) -> Profile:
        """As it is now, under the name that is typed."""
        assert self.draft is not None
        return self.draft.profile.renamed(self.head.name.text().strip())

    def try_it(self) -> None:
        """See how the first rows of the period will stand."""
        if self.draft is None:
            return
        profile, workbook = self.profile(), self.draft.workbook
        period, today = self._desk.period, self._desk.today()

        def done(found: Trial) -> None:
            self.trial.show_trial(found, profile, period)

        self.working.run(lambda session, _: tried(session, profile, workbook, period, today), "预览", done)

    def choose_target(self) -> None:
        """Ask where to, and fill the workbook with the period's entries."""
        if self.draft is not None:
            name = filled.file_name(self.profile(), self.draft.workbook, self._words())
            start = str(Path(documents()) / name)
            chosen, _ = QFileDialog.getSaveFileName(self, "试导出", start, BOOKS)
            if chosen:
                self.export(Path(chosen))

    def export(self, target: Path) -> None:
        if self.draft is None:
            return
        profile, workbook = self.profile(), self.draft.workbook
        period, today = self._desk.period, self._desk.today()

        def work(session: Session, steps: Progress) -> list[Exported]:
            return filled.export(
                session, profile, workbook, period, target=target, today=today, progress=steps.at
            )

        def done(made: list[Exported]) -> None:
            self.told.say(written(made), made[0].path)

        self.working.run(work, "试导出", done)

    def save(self) -> None:
        """Keep the profile; another one of its name only after a question."""
        if self.draft is None or self.working.busy:
            return
        profile, workbook, original = self.profile(), self.draft.workbook, self._original
        taken = {one.profile.name for one in self._desk.ask(profiles.listed) if not one.code} - {original}
        replace = profile.name == original
        if profile.name in taken:
            question = f"已经有名为“{profile.name}”的模板方案，用这一个替换它？"
            if messages.ask(self, question, ("替换", "取消")) != 0:
                self.head.name.setFocus()
                return
            replace = True

        def work(session: Session, _: Progress) -> None:
            profiles.store(session, profile, workbook, replace=replace)
            if original and original != profile.name:
                profiles.delete(session, original)

        def done(_: None) -> None:
            self._kept = None
            self.draft = None
            self.saved.emit(profile.name)
            self.accept()

        self.working.run(work, "保存模板方案", done, writes=True)

    def reject(self) -> None:
        """Close, after a question where something would be lost."""
        if self.working.busy:
            self.working.cancel()
        changed = self.draft is not None and self.profile() != self._kept
        question = "模板方案还没有保存，要放弃吗？"
        if changed and messages.ask(self, question, ("放弃", "继续做")) != 0:
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads from the side back to the sheet first."""
        if event.key() == Qt.Key.Key_Escape and self.table.in_side():
            self.table.view.setFocus()
        else:
            super().keyPressEvent(event)

    # its own

    def _was_opened(self, found: Opened) -> None:
        if self.draft is None:
            self._show_draft(Draft(found))
        else:
            self.draft.adopt(found)
            self.head.show_draft(self.draft)
            self.table.renew()
            self._tab(self.tabs.currentIndex())
        if found.doubt is not None:
            self.told.refuse(found.doubt)

    def _show_draft(self, draft: Draft) -> None:
        self.draft = draft
        self.head.show_draft(draft)
        self.table.show_words(self._words())
        self.table.show_draft(draft)
        self._enable()
        self.table.view.setFocus()

    def _look_again(self, wanted: Wanted) -> None:
        if self.draft is not None:
            workbook = self.draft.workbook
            self.working.run(lambda *_: opened(workbook, wanted), "打开模板", self._was_opened)

    def _point(self, name: str, row: int) -> None:
        """A row of the sheet is said to be something."""
        if self.draft is None:
            return
        profile = self.draft.profile
        if name == "header_top":
            self.head.point(row, max(row, profile.header_bottom))
        elif name == "header_bottom":
            self.head.point(min(row, profile.header_top), row)
        else:
            self.draft.point(name, row)
        self.table.renew()

    def _words(self) -> dict[str, str]:
        profile, period, today = self.profile(), self._desk.period, self._desk.today()
        return self._desk.ask(lambda session: filled.words(session, profile, period, today))

    def _tab(self, tab: int) -> None:
        if tab == TRIAL:
            self.try_it()

    def _enable(self) -> None:
        self.enable(self.draft is not None)
