"""The window in which a template profile is made: what stands where in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.pages.parts import across, card, press, words
from ui.pages.told import Told
from ui.pages.working import Working
from ui.templates.head import HeadPane
from ui.templates.table import TablePane
from ui.templates.trial import TrialPane
from ui.theme import em

TABLE, TRIAL = 0, 1  # the tabs
WIDE, HIGH = 82, 43  # lines of text, where the screen has them
BEGIN = (
    "选择上级发来的空白表格（.xlsx、.xlsm），\n也可以把文件拖到这里。\n"
    "程序先认一遍表头，您再看看对不对。\n教会一次，以后每期自动填好。"
)


class Frame(QDialog):
    """Empty but for a button until there is a workbook.

    :ivar choosing: a workbook is to be chosen.
    :ivar exporting: the profile is to be tried on a file.
    :ivar saving: it is to be kept.
    """

    choosing = Signal()
    exporting = Signal()
    saving = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle("新建模板方案")
        self.setAcceptDrops(True)
        self.head = HeadPane()
        self.told = Told()
        self.table = TablePane(desk.today())
        self.trial = TrialPane()
        self.tabs = QTabWidget()
        self.tabs.addTab(self.table, "表格")
        self.tabs.addTab(self.trial, "预览")
        self.working = Working(desk, self, self.told)
        self.begin = press(
            "选择文件…", self.choosing.emit, symbol="folder", kind="primary", tone="on_accent", big=True
        )
        self.export_it = press("试导出…", self.exporting.emit, symbol="export")
        self.stop = press("取消", self.reject)
        self.save_it = press("保存", self.saving.emit, symbol="save", kind="primary", tone="on_accent")
        self.save_it.setToolTip("保存（Ctrl+S）")
        QShortcut(QKeySequence("Ctrl+S"), self, self.saving.emit)
        self.head.choose.connect(self.choosing)
        self._arrange()

    def enable(self, ready: bool) -> None:
        """Show the sheet once it is ``ready``, and let nothing begin that has to wait."""
        free = not self.working.busy
        self.stack.setCurrentIndex(int(ready))
        self.head.setVisible(ready)
        for button in (self.export_it, self.save_it):
            button.setEnabled(ready and free)
        for button in (self.head.another, self.begin):
            button.setEnabled(free)

    def _arrange(self) -> None:
        told = words(BEGIN)
        told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(card(1, across(1, told, 1), across(1, self.begin, 1), 2))
        self.stack.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.addWidget(self.head)
        column.addWidget(self.told)
        column.addWidget(self.stack, 1)
        column.addWidget(self.working)
        column.addLayout(across(self.export_it, 1, self.stop, self.save_it))
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else self.screen().size()
        self.resize(min(em(self, WIDE), room.width()), min(em(self, HIGH), room.height()))
        self.begin.setFocus()
