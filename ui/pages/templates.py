"""模板: workbooks that were handed down and how they are filled; made, changed, sent on, and used here."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel import bundle
from desktop.excel.profile import Profile
from desktop.services import filled, periods, profiles, vetting
from desktop.services.exporting import Exported
from desktop.services.profiles import Kept
from desktop.storage.changes import Changes
from desktop.storage.rights import Right
from ui import messages
from ui.desk import Desk, Target
from ui.pages.asking import Asked, documents
from ui.pages.dragged import dropped
from ui.pages.page import Page
from ui.pages.parts import across, page_layout, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.pages.told import Told
from ui.pages.working import Working
from ui.rights import withhold
from ui.templates.trial import written
from ui.worker import Progress

HEADS = ("名称", "填哪些数据", "每个文件", "来源", "修改时间")
WIDTHS = (16.2, 14.5, 4.5, 3.8, 6)
BOOKS, BUNDLES = "Excel 工作簿 (*.xlsx *.xlsm)", f"模板方案 (*{bundle.ENDING})"
ABOUT = "上级发来的表格，教会程序一次，以后每期自动填好。"
FIRST = "还没有本单位自己的模板方案。收到上级的表格时，按“新建模板方案…”；别的单位做好的，按“从文件添加…”。"

BLANK = "里面只有表格和填法，没有人员数据，可以发给别的单位。"
FILLED = "但做方案用的那份表格里原来就填有内容，可能有人员信息。请换成空表重新制作，再发给别的单位。"


class TemplatesPage(Page):
    name, heading, icon = "templates", "模板", "template"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAcceptDrops(desk.may(Right.ENTER))
        self.about = words(wrap=True, kind="muted")
        self.told = Told()
        self.model: PlainModel[Kept] = PlainModel(HEADS, _cells, searched=lambda one: one.profile.name)
        self.table = PlainTable("模板方案", WIDTHS)
        self.table.setModel(self.model)
        self.working = Working(desk, self, self.told)
        self.working.changed.connect(self._enable)
        self.filling = press(
            "按模板导出…", self.choose_target, symbol="export", kind="primary", tone="on_accent"
        )
        self.making = press("新建模板方案…", self.make, symbol="add")
        self.changing = press("修改…", self.change, symbol="mend")
        self.naming = press("改名…", self.ask_name)
        self.deleting = press("删除", self.delete, symbol="delete")
        self.handing = press("存为文件…", self.choose_bundle, symbol="save")
        self.taking = press("从文件添加…", self.choose_file, symbol="import")
        withhold(desk, Right.FULL, self.filling)
        withhold(desk, Right.ENTER, self.making, self.changing, self.naming, self.deleting, self.taking)
        self._arrange()
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.table.activated.connect(lambda _: self.changing.click())
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self.deleting.click)
        desk.changed.connect(self._follow)
        self.renew()

    def go(self, target: Target) -> None:
        self.table.setFocus()

    def renew(self) -> None:
        """Show the profiles there are now; the chosen one stays chosen."""
        chosen = self.chosen()
        self.model.show_rows(self.desk.ask(profiles.listed))
        self.table.fit()
        own = any(not one.code for one in self.model.rows)
        self.about.setText(ABOUT if own else f"{ABOUT}{FIRST}")
        self.mark(chosen.profile.name if chosen else "")

    def chosen(self) -> Kept | None:
        """The profile that is marked."""
        at = self.table.chosen()
        return None if at is None else self.model.rows[at]

    def mark(self, name: str) -> None:
        """Choose a profile; the first one if there is none called ``name``."""
        names = [one.profile.name for one in self.model.rows]
        self.table.selectRow(names.index(name) if name in names else 0)
        self._enable()

    # the profile at work

    def choose_target(self) -> None:
        """Ask where to, and fill the chosen template with the entries of the period."""
        kept = self.chosen()
        if kept is None:
            return
        title = f"按模板导出（{periods.words(self.desk.period)}）"
        start = str(Path(documents()) / self.desk.ask(lambda session: self._file_name(session, kept)))
        chosen, _ = QFileDialog.getSaveFileName(self, title, start, BOOKS)
        if chosen:
            self.export(kept, Path(chosen))

    def export(self, kept: Kept, target: Path) -> None:
        """Fill a template; what was written is told."""
        name, period, today = kept.code or kept.profile.name, self.desk.period, self.desk.today()

        def work(session: Session, steps: Progress) -> list[Exported]:
            return filled.export_named(session, name, period, target=target, today=today, progress=steps.at)

        def done(made: list[Exported]) -> None:
            self.told.say(f"{periods.words(period)}：{written(made)}", made[0].path)

        self.working.run(work, "按模板导出", done)

    # making and changing

    def make(self, file: Path | None = None) -> None:
        """Make a profile for a workbook that was handed down."""
        from ui.templates.dialog import TemplateDialog  # seldom needed

        dialog = TemplateDialog(self.desk, self)
        dialog.saved.connect(self._kept)
        if file is not None:
            dialog.read(file)
        dialog.open()

    def change(self) -> None:
        """Change the chosen profile; of a shipped one a copy."""
        from ui.templates.dialog import TemplateDialog

        kept = self.chosen()
        if kept is not None:
            dialog = TemplateDialog(self.desk, self)
            dialog.saved.connect(self._kept)
            dialog.edit(kept.code or kept.profile.name)
            dialog.open()

    def ask_name(self) -> Asked | None:
        """Ask for another name of the chosen profile."""
        kept = self.chosen()
        if kept is None or kept.code:
            return None
        name, editor = kept.profile.name, QLineEdit(kept.profile.name)
        editor.setMaxLength(profiles.LONGEST_NAME)

        def work() -> None:
            new = editor.text().strip()
            self.desk.do(lambda session: profiles.rename(session, name, new), "模板方案改名")
            self.renew()
            self.mark(new)

        asked = Asked(self, "改名", f"“{name}”改叫什么？", [("名称", editor)], confirm="改名", work=work)
        editor.selectAll()
        asked.open()
        return asked

    def delete(self) -> None:
        """Delete the chosen profile after a question."""
        kept = self.chosen()
        if kept is None or kept.code:
            return
        name, detail = kept.profile.name, "删除后不能再按它导出；已经导出的表格和台账里的数据不受影响。"
        if messages.ask(self, f"删除模板方案“{name}”？", ("删除", "取消"), detail=detail) == 0:
            try:
                self.desk.do(lambda session: profiles.delete(session, name), "删除模板方案")
            except Refusal as refusal:
                self.told.refuse(refusal)
            self.renew()

    def _kept(self, name: str) -> None:
        self.renew()
        self.mark(name)
        self.told.say(f"模板方案“{name}”已保存，以后每期按“按模板导出…”就行。")

    # one file to another unit and back

    def choose_bundle(self) -> None:
        """Ask where to, and save the chosen profile as one file."""
        kept = self.chosen()
        if kept is not None:
            start = str(Path(documents()) / f"{kept.profile.name}{bundle.ENDING}")
            chosen, _ = QFileDialog.getSaveFileName(self, "存为文件", start, BUNDLES)
            if chosen:
                self.hand_out(kept, Path(chosen))

    def hand_out(self, kept: Kept, target: Path) -> None:
        """Save a profile with its template as one file."""
        name = kept.code or kept.profile.name

        def work(session: Session, _: Progress) -> tuple[Path, bool]:
            return profiles.hand_out(session, name, target), vetting.is_filled(*profiles.get(session, name))

        def done(made: tuple[Path, bool]) -> None:
            file, filled_in = made
            self.told.say(f"已存为“{file}”，{FILLED if filled_in else BLANK}")

        self.working.run(work, "存为文件", done)

    def choose_file(self) -> None:
        """Ask for a file that somebody sent, and keep its profile."""
        chosen, _ = QFileDialog.getOpenFileName(self, "从文件添加模板方案", documents(), BUNDLES)
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, file: Path) -> None:
        """Look at a file that somebody sent, and keep its profile; over one of its name after a question."""

        def seen(found: tuple[Profile, bytes]) -> None:
            name = found[0].name
            replace = any(one.profile.name == name and not one.code for one in self.model.rows)
            question = f"已经有名为“{name}”的模板方案，用文件里的替换它？"
            if not replace or messages.ask(self, question, ("替换", "取消")) == 0:
                self._take_in(file, replace)

        self.working.run(lambda *_: bundle.load(file), "读取模板方案", seen)

    def _take_in(self, file: Path, replace: bool) -> None:
        def work(session: Session, _: Progress) -> tuple[str, list[str]]:
            name = profiles.take_in(session, file, replace=replace).name
            return name, vetting.check(*profiles.get(session, name))

        def done(found: tuple[str, list[str]]) -> None:
            name, wrong = found
            self.renew()
            self.mark(name)
            doubt = f"有 {len(wrong)} 处要留意：{wrong[0]}。请按“修改…”看一看。" if wrong else ""
            self.told.say(f"已添加模板方案“{name}”。{doubt}")

        self.working.run(work, "从文件添加模板方案", done, writes=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.working.busy and dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped(event)
        if file is not None:
            self.take_in(file) if file.suffix.casefold() == bundle.ENDING else self.make(file)

    # its own

    def _file_name(self, session: Session, kept: Kept) -> str:
        profile, workbook = profiles.get(session, kept.code or kept.profile.name)
        said = filled.words(session, profile, self.desk.period, self.desk.today())
        return filled.file_name(profile, workbook, said)

    def _enable(self, *_: object) -> None:
        kept, free = self.chosen(), not self.working.busy
        for button in (self.filling, self.changing, self.handing):
            button.setEnabled(free and kept is not None)
        for button in (self.naming, self.deleting):
            button.setEnabled(free and kept is not None and not kept.code)
            button.setToolTip("内置的模板方案不能改名、删除" if kept is not None and kept.code else "")
        self.taking.setEnabled(free)

    def _follow(self, changes: Changes) -> None:
        if "template_profile" in changes.entries:
            self.renew()

    def _arrange(self) -> None:
        column = page_layout(self)
        column.addLayout(across(words(self.heading, kind="title"), 1, self.taking, self.making, self.filling))
        column.addWidget(self.about)
        column.addWidget(self.told)
        column.addWidget(self.working)
        column.addWidget(self.table, 1)
        column.addLayout(across(self.changing, self.naming, self.deleting, 1, self.handing))


def _cells(kept: Kept) -> tuple[str, ...]:
    limit = kept.profile.row_limit
    return (
        kept.profile.name,
        kept.caption,
        f"{limit} 行" if limit else "不限",
        "内置" if kept.code else "本单位",
        f"{kept.updated_at:%Y-%m-%d}" if kept.updated_at else "",
    )
