"""The three steps of a submission, as cards: choose the period, see what is missing, make the files."""

from collections.abc import Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QListWidget, QProgressBar, QVBoxLayout

from desktop.rules.rulebook import Grade
from desktop.services.overview import CellState
from desktop.services.submissions import PRACTICE
from ui.icons import icon
from ui.pages.asking import documents
from ui.pages.finding_list import SHAPES
from ui.pages.grid import GridView
from ui.pages.parts import across, card, press, words
from ui.pages.submit_facts import Lacking
from ui.theme import em, mark


class MissingCard(QFrame):
    """看还差什么: findings that stop, villages that are missing, what the unit has not said.

    :ivar checks: the findings of a grade are wanted.
    :ivar settings: the page 设置 is wanted.
    :ivar all_zero: zero reports for every missing cell are wanted.
    """

    checks = Signal(str)
    settings = Signal()
    all_zero = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.grid = GridView()
        self.sentence = words(wrap=True)
        self.grades = {
            grade: press("", partial(self.checks.emit, grade.value), symbol=SHAPES[grade], tone=grade.value)
            for grade in (Grade.A, Grade.B, Grade.C)
        }
        self.names = press("", self.settings.emit, symbol="settings", tone="missing")
        self.zero = press("零报告（空格）", self.grid.toggle, symbol="zero")
        self.every = press("全部零报告…", self.all_zero.emit, symbol="zero")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        grades = across(*self.grades.values(), self.names, 1)
        zeros = across(1, self.zero, self.every)
        head = words("二、看还差什么", kind="section")
        column.addWidget(card(head, self.sentence, grades, self.grid, zeros))
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self.offer())

    def show_lacking(self, found: Lacking, *, locked: bool) -> None:
        """Tell what is still missing."""
        for grade, button in self.grades.items():
            button.setVisible(bool(found.grades.get(grade)))
            button.setText(f"{grade} {grade.word} {found.grades.get(grade, 0)} 处")
        self.names.setVisible(bool(found.unnamed))
        self.names.setText(f"填写{'、'.join(found.unnamed)}")
        self.grid.show_grid(found.grid)
        missing = len(self.missing())
        said = f"有 {found.stops} 处要先处理，点按钮去改。" if found.stops else "没有妨碍上报的问题。"
        blank = f"还有 {missing} 格没有数据：没有发生的请零报告。" if missing else ""
        self.sentence.setText("本期已上报。" if locked else said + blank)
        self.offer(locked=locked)

    def missing(self) -> list[tuple[str, str]]:
        """The cells without entries and without a zero report."""
        return self.grid.of_state(CellState.MISSING)

    def offer(self, *, locked: bool = False) -> None:
        """Enable what can be done."""
        chosen = [
            place
            for state in (CellState.MISSING, CellState.ZERO)
            for place in self.grid.of_state(state, selected=True)
        ]
        self.zero.setEnabled(bool(chosen) and not locked)
        missing = len(self.missing())
        self.every.setEnabled(missing > 0 and not locked)
        self.every.setText(f"全部零报告（{missing} 格）…" if missing else "全部零报告")


class FilesCard(QFrame):
    """生成文件: where to, and what was written.

    :ivar wanted: the submission is wanted.
    :ivar drafted: the same files are wanted as a draft.
    :ivar stopped: the running submission is to stop.
    """

    wanted = Signal()
    drafted = Signal()
    stopped = Signal()

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = QLineEdit()
        self.folder.setAccessibleName("文件保存到")
        self.folder.textChanged.connect(self.folder.setToolTip)
        self.folder.editingFinished.connect(lambda: self.folder.setCursorPosition(0))
        self.show_folder(folder or documents())
        self.choose = press("选择…", self.ask_folder, symbol="folder")
        self.make = press("生成文件并上报", self.wanted.emit, kind="primary")
        self.make.setIcon(icon("submit", "on_accent"))
        self.draft = press("先生成草稿", self.drafted.emit, kind="quiet")
        self.draft.setToolTip("只生成工作簿供查看，不上报，也不锁定数据")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = press("停止", self.stopped.emit)
        self.files = QListWidget()
        self.files.setAccessibleName("已生成的文件")
        self.open = press("打开文件夹", self.open_folder, symbol="folder")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        chooser = across(self.folder, self.choose)
        head = words("三、生成文件", kind="section")
        running = across(self.bar, self.stop)
        hint = words("文件保存到", kind="field")
        column.addWidget(
            card(head, hint, chooser, self.make, self.draft, running, self.files, across(self.open, 1), 1)
        )
        self.files.setMinimumHeight(em(self, 4))
        self.files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.busy(busy=False)
        self.show_files([])

    def practise(self) -> None:
        """A practice unit makes drafts only, and says why."""
        self.make.setToolTip(f"{PRACTICE}，请生成草稿来练习")
        mark(self.make, kind="")
        self.make.setIcon(icon("submit"))
        mark(self.draft, kind="primary")
        self.draft.setText("生成练习草稿")

    def path(self) -> Path:
        return Path(self.folder.text().strip() or ".")

    def busy(self, *, busy: bool) -> None:
        """Whether files are being made."""
        self.bar.setVisible(busy)
        self.bar.setRange(0, 0)
        self.stop.setVisible(busy)

    def progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_files(self, paths: Sequence[Path]) -> None:
        """List the files that were written, by what tells their names apart."""
        self.files.clear()
        for path, told in zip(paths, apart([path.stem for path in paths]), strict=True):
            self.files.addItem(told)
            self.files.item(self.files.count() - 1).setToolTip(str(path))
        self.files.setVisible(bool(paths))
        self.open.setVisible(bool(paths))

    def ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "文件保存到", self.folder.text())
        if chosen:
            self.show_folder(chosen)

    def show_folder(self, folder: str) -> None:
        """Show a path from its beginning."""
        self.folder.setText(folder)
        self.folder.setCursorPosition(0)

    def open_folder(self) -> None:
        """Show the folder in the computer's own file window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path())))


def apart(names: Sequence[str]) -> list[str]:
    """Names without the beginning and the end that all of them share: the unit and the period."""
    if len(set(names)) < max(2, len(names)):
        return list(names)
    begin = _shared(names)
    end = _shared([name[begin:][::-1] for name in names])
    return [name[begin : len(name) - end] or name for name in names]


def _shared(names: Sequence[str]) -> int:
    """How many letters all names begin with."""
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False)))
