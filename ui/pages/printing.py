"""打印: choose a form, see it as it will look on paper, and print it or save it as PDF or Word."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QGraphicsView,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import Refusal
from desktop.paper import Form
from desktop.services.audit import Event
from desktop.services.papers import WARNING, Paper
from desktop.settings import MOST_SPARE, Letters, PageSetup, PaperSize
from desktop.storage.rights import Right
from desktop.word import writing
from ui import messages
from ui.desk import Desk
from ui.pages.asking import documents
from ui.pages.parts import across, press, scrolled, words
from ui.pages.told import Told
from ui.paper.sheet import print_forms, save_pdf
from ui.rights import withhold
from ui.theme import em

TURNS = {"纵向": False, "横向": True}
WIDE, HIGH = 62, 36  # lines of text, where the screen has them
NO_PRINTER = Refusal("未能打印", "这台电脑没有安装打印机", "请先安装打印机，或存为 PDF 到别处打印")


class PrintDialog(QDialog):
    """The forms in ``papers``, with the settings that were chosen last for each.

    :ivar full: numbers are shown in full; asked for each form anew, and never remembered.
    """

    def __init__(self, desk: Desk, papers: Sequence[Paper], parent: QWidget, chosen: int = 0) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("打印")
        self._desk, self._papers = desk, papers
        self._forms: tuple[Form, ...] = ()
        self.full = False
        self.setup = PageSetup()
        self.form = _box("表格", [paper.name for paper in papers])
        self.size_box = _box("纸张", list(PaperSize))
        self.turn = _box("方向", list(TURNS))
        self.letters = _box("字号", list(Letters))
        self.signed = QCheckBox("留签字、盖章的地方")
        self.spare = QSpinBox()
        self.spare.setRange(0, MOST_SPARE)
        self.spare.setSuffix(" 行")
        self.spare.setAccessibleName("空白行")
        self.whole = QCheckBox("印出完整号码")
        self.warned = words("电话、证件号码没有隐去，请勿张贴", tone="A", wrap=True)
        self.count = words(kind="muted")
        self.notice = Told()
        self._shown = QPrinter(QPrinter.PrinterMode.HighResolution)  # kept: the preview does not keep it
        self._shown.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # any size, whatever the printer has
        self.preview = QPrintPreviewWidget(self._shown)
        self.preview.paintRequested.connect(self._draw)
        view = self.preview.findChild(QGraphicsView)
        assert isinstance(view, QGraphicsView)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # a page is as wide as it
        withhold(desk, Right.FULL, self.whole)
        self._lay_out()
        room = parent.window().size()
        self.resize(min(em(self, WIDE), room.width()), min(em(self, HIGH), room.height()))
        self.preview.fitToWidth()
        self.form.setFocus()
        self.form.setCurrentIndex(chosen)
        self._choose(chosen)
        self.form.currentIndexChanged.connect(self._choose)
        for box in (self.size_box, self.turn, self.letters):
            box.currentIndexChanged.connect(self._change)
        self.signed.toggled.connect(self._change)
        self.spare.valueChanged.connect(self._change)
        self.whole.toggled.connect(self._ask_whole)

    @property
    def paper(self) -> Paper:
        return self._papers[self.form.currentIndex()]

    def print(self) -> None:
        """Ask for a printer, and print the form on it."""
        if not QPrinterInfo.availablePrinters():
            self.notice.refuse(NO_PRINTER)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.paper.name)
        asking = QPrintDialog(printer, self)
        if asking.exec() == QDialog.DialogCode.Accepted:
            count = print_forms(printer, self._forms, self.setup)
            self.notice.say(f"“{self.paper.name}”已送到打印机，共 {count} 页")

    def choose_pdf(self) -> None:
        self._choose_file("存为 PDF", "pdf", "PDF 文件 (*.pdf)", self.save_pdf)

    def choose_word(self) -> None:
        self._choose_file("存为 Word", "docx", "Word 文档 (*.docx)", self.save_word)

    def save_pdf(self, target: Path) -> None:
        """Write the form to ``target``; what came of it is said in place."""
        try:
            save_pdf(target, self._forms, self.setup)
        except Refusal as refusal:
            self.notice.refuse(refusal)
        else:
            self._saved(target)

    def save_word(self, target: Path) -> None:
        """Write the form to ``target`` as a Word document; what came of it is said in place."""
        forms, setup = self._forms, self.setup
        self._desk.run(
            lambda *_: writing.save(target, forms, setup),
            "存为 Word",
            owner=self,
            done=lambda _: self._saved(target),
            failed=self.notice.refuse,
            writes=False,
        )

    # its own

    def _choose(self, number: int) -> None:
        """Show another form, as it was printed last."""
        paper = self._papers[number]
        self.setup = self._desk.settings.page_setup(paper.kind, paper.usual)
        self.form.setToolTip(paper.name)
        shown = {
            self.size_box: self.setup.size,
            self.turn: next(name for name, lying in TURNS.items() if lying == self._lying(paper)),
            self.letters: self.setup.letters,
        }
        for box, text in shown.items():
            box.blockSignals(True)
            box.setCurrentText(text)
            box.blockSignals(False)
        for widget in (self.signed, self.spare, self.whole):
            widget.blockSignals(True)
        self.signed.setChecked(self.setup.signed)
        self.spare.setValue(self.setup.spare)
        self.whole.setChecked(False)
        for widget in (self.signed, self.spare, self.whole):
            widget.blockSignals(False)
        self.full = False
        for editor, offered in ((self.turn, paper.turns), (self.spare, paper.spares)):
            self._rows.setRowVisible(editor, offered)
        self.whole.setVisible(paper.numbers)
        self.notice.clear()
        self._change(remember=False)

    def _lying(self, paper: Paper) -> bool:
        return self.setup.landscape if paper.turns else paper.usual.landscape

    def _change(self, *_: object, remember: bool = True) -> None:
        """Make the form anew with what is chosen, and show it."""
        self.setup = PageSetup(
            PaperSize(self.size_box.currentText()),
            TURNS[self.turn.currentText()],
            Letters(self.letters.currentText()),
            self.signed.isChecked(),
            self.spare.value(),
        )
        paper, setup, full = self.paper, self.setup, self.full
        if remember:
            self._desk.settings.keep_page_setup(paper.kind, setup)
        self.warned.setVisible(full)
        try:
            self._forms = self._desk.ask(lambda session: paper.make(session, setup, full))
        except Refusal as refusal:  # deleted meanwhile
            self._forms = ()
            self.notice.refuse(refusal)
        for button in (self.printing, self.to_pdf, self.to_word):
            button.setEnabled(bool(self._forms))
        self.preview.updatePreview()
        self.count.setText(f"共 {self.preview.pageCount()} 页" if self._forms else "")

    def _ask_whole(self, wanted: bool) -> None:
        """Show numbers in full only after the clerk has read what that means, and said so."""
        if wanted and messages.ask(self, WARNING, ("印出完整号码", "不印")) != 0:
            self.whole.setChecked(False)
            return
        if self.full != wanted:
            if wanted and not self._noted():
                self.whole.setChecked(False)
                return
            self.full = wanted
            self._change()

    def _noted(self) -> bool:
        """Whether it is written down that whole numbers go to paper."""
        try:
            self._desk.note(Event.EXPORT_FULL, f"打印“{self.paper.name}”")
        except Refusal as refusal:
            self.notice.refuse(refusal)
            return False
        return True

    def _draw(self, printer: QPrinter) -> None:
        if self._forms:
            print_forms(printer, self._forms, self.setup)

    def _choose_file(self, title: str, ending: str, kinds: str, save: Callable[[Path], None]) -> None:
        start = str(Path(documents()) / f"{self.paper.file_name}.{ending}")
        chosen, _ = QFileDialog.getSaveFileName(self, title, start, kinds)
        if chosen:
            target = Path(chosen)
            save(
                target
                if target.suffix.lower() == f".{ending}"
                else target.with_name(f"{target.name}.{ending}")
            )

    def _saved(self, target: Path) -> None:
        self.notice.say(f"“{self.paper.name}”已保存到 {target}", target)

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        self._rows = QFormLayout()
        for label, editor in (
            ("表格(&F)", self.form),
            ("纸张(&S)", self.size_box),
            ("方向(&O)", self.turn),
            ("字号(&L)", self.letters),
            ("空白行(&R)", self.spare),
        ):
            name = QLabel(label)
            name.setBuddy(editor)
            self._rows.addRow(name, editor)
        column.addLayout(self._rows)
        for widget in (self.signed, self.whole, self.warned, self.count):
            column.addWidget(widget)
        column.addStretch(1)
        settings = scrolled(side)
        settings.setFixedWidth(em(self, 17))
        self.printing = press("打印(&P)…", self.print, symbol="print", kind="primary", tone="on_accent")
        self.printing.setDefault(True)
        self.to_pdf = press("存为 PDF(&D)…", self.choose_pdf, symbol="export")
        self.to_word = press("存为 Word(&W)…", self.choose_word, symbol="export")
        outer = QVBoxLayout(self)
        outer.addLayout(across(settings, self.preview))
        outer.addWidget(self.notice)
        outer.addLayout(across(press("关闭", self.reject), 1, self.to_word, self.to_pdf, self.printing))
        outer.setStretch(0, 1)


def _box(name: str, options: Sequence[str | StrEnum]) -> QComboBox:
    box = QComboBox()
    box.addItems([str(option) for option in options])
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    return box
