"""What stands above the sheet: the file, what it is filled with, its sheet, and where its headings are."""

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from desktop.services.profiles import LONGEST_NAME
from desktop.services.sources import sources
from ui.pages.parts import across, press, words
from ui.templates.draft import Draft
from ui.templates.opening import Wanted
from ui.theme import em

PAUSE = 350  # ms after the last change of a row number
LAST_ROW = 9_999


class HeadPane(QWidget):
    """Asks where to look in the workbook.

    :ivar choose: another file is to be chosen.
    :ivar wanted: the clerk has said where to look; carries a :class:`Wanted`.
    """

    choose = Signal()
    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._pointed = False  # the clerk has said where the headings are
        self.file = words("", kind="muted", wrap=True)
        self.another = press("选择文件…", self.choose.emit, symbol="folder")
        self.name = QLineEdit()
        self.name.setAccessibleName("方案名称")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText("方案名称")
        self.source = _box("填哪些数据")
        for one in sources():
            self.source.addItem(one.caption, one.name)
        self.sheet = _box("工作表")
        self.top, self.bottom = _row("表头第一行"), _row("表头最后一行")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._tell)
        self._arrange()
        self.source.currentIndexChanged.connect(self._tell)
        self.sheet.currentIndexChanged.connect(self._other_sheet)
        self.top.valueChanged.connect(lambda row: self.point(row, max(row, self.bottom.value())))
        self.bottom.valueChanged.connect(lambda row: self.point(min(row, self.top.value()), row))

    def point(self, top: int, bottom: int) -> None:
        """Say in which rows the headings stand."""
        with QSignalBlocker(self.top), QSignalBlocker(self.bottom):
            self.top.setValue(top)
            self.bottom.setValue(bottom)
        self._pointed = True
        self._pause.start()

    def show_draft(self, draft: Draft) -> None:
        """Show where the profile looks."""
        profile = draft.profile
        blocked = [QSignalBlocker(one) for one in (self.source, self.sheet, self.top, self.bottom)]
        titles = [one.title for one in draft.handed.sheets.values()]
        if [self.sheet.itemText(at) for at in range(self.sheet.count())] != titles:
            self.sheet.clear()
            self.sheet.addItems(titles)
        self.sheet.setCurrentText(profile.sheet)
        self.source.setCurrentIndex(self.source.findData(profile.source))
        self.top.setValue(profile.header_top)
        self.bottom.setValue(profile.header_bottom)
        del blocked

    def forget(self) -> None:
        """Another workbook: where its headings are is to be guessed."""
        self._pointed = False

    def _other_sheet(self) -> None:
        self._pointed = False
        self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        rows = (self.top.value(), self.bottom.value()) if self._pointed else None
        self.wanted.emit(Wanted(self.sheet.currentText(), self.source.currentData(), rows))

    def _arrange(self) -> None:
        first = across(self.another, self.file, words("方案名称"), self.name)
        first.setStretch(1, 2)
        first.setStretch(3, 2)
        self.settings = QWidget()
        second = QHBoxLayout(self.settings)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(em(self, 0.5))
        parts: tuple[QWidget, ...] = (
            *(words("填哪些数据"), self.source, words("　工作表"), self.sheet),
            *(words("　表头在第"), self.top, words("至"), self.bottom, words("行")),
        )
        for one in parts:
            second.addWidget(one)
        second.addStretch(1)
        second.setStretch(1, 2)
        second.setStretch(3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(first)
        column.addWidget(self.settings)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(7)
    return box


def _row(name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(1, LAST_ROW)
    box.setAccessibleName(name)
    return box
