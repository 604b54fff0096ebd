"""整张表: which rows the entries take, how many a file holds, and what the file is called."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from ui.pages.parts import words
from ui.templates.draft import Draft
from ui.templates.placeholders import Pattern
from ui.theme import em

MOST_ROWS = 1_048_576  # of a sheet


class WholePanel(QWidget):
    """What holds for the sheet as a whole; what is said goes into the draft at once."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._showing = False
        self.first = _rows("第一行数据", 1)
        self.last = _rows("预留到第几行", 1)
        self.total = _rows("合计行", 0)
        self.total.setSpecialValueText("没有合计")
        self.limit = _rows("每个文件最多", 0, "", " 行")
        self.limit.setSpecialValueText("不限")
        self.title = QLineEdit()
        self.file_name = Pattern("文件名")
        self.blank = QLineEdit()
        self.blank.setPlaceholderText("空着")
        self.fit = QCheckBox("行高随文字自动加高")
        self._arrange()
        self.first.valueChanged.connect(lambda row: self._say(first=row))
        self.last.valueChanged.connect(lambda row: self._say(last=row))
        self.total.valueChanged.connect(self._say_total)
        self.limit.valueChanged.connect(lambda rows: self._say(row_limit=rows or None))
        self.title.textEdited.connect(lambda text: self._say(title=text.strip()))
        self.blank.textEdited.connect(lambda text: self._say(blank_text=text.strip()))
        self.file_name.changed.connect(lambda: self._say(file_name=self.file_name.text()))
        self.fit.toggled.connect(lambda on: self._say(fit=on))
        self.setFocusProxy(self.first)

    def show_words(self, said: Mapping[str, str]) -> None:
        self.file_name.show_words(said)

    def show_draft(self, draft: Draft) -> None:
        """Show what the profile says now; an editor that says it already is left alone."""
        self._showing, self._draft = True, draft
        profile = draft.profile
        self.first.setValue(profile.first)
        self.last.setValue(profile.last)
        self.total.setValue(profile.total_row or 0)
        self.limit.setValue(profile.row_limit or 0)
        for line, text in ((self.title, profile.title), (self.blank, profile.blank_text)):
            if line.text().strip() != text:
                line.setText(text)
        if self.file_name.text() != profile.file_name:
            self.file_name.set_text(profile.file_name)
        self.fit.setChecked(profile.fit)
        self._showing = False

    def _say(self, **parts: object) -> None:
        if not self._showing and self._draft is not None:
            self._draft.change(**parts)

    def _say_total(self, row: int) -> None:
        if not self._showing and self._draft is not None:
            self._draft.set_total_row(row or None)

    def _arrange(self) -> None:
        rows = QFormLayout()
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, editor in (
            ("数据从", self.first),
            ("预留到", self.last),
            ("合计在", self.total),
            ("每个文件最多", self.limit),
            ("没有内容时写", self.blank),
            ("表名", self.title),
            ("文件名", self.file_name),
        ):
            name = QLabel(label)
            name.setBuddy(editor)
            editor.setAccessibleName(label)
            rows.addRow(name, editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[em(self, 0.4)] * 4)
        column.addLayout(rows)
        column.addWidget(self.fit)
        told = "预留的行不够时，程序照最后一行的样子往下加；超过“每个文件最多”的，自动分成几个文件。"
        column.addWidget(words(told, kind="muted", wrap=True))
        column.addStretch(1)


def _rows(name: str, least: int, before: str = "第 ", after: str = " 行") -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, MOST_ROWS)
    box.setPrefix(before)
    box.setSuffix(after)
    box.setKeyboardTracking(False)
    box.setAccessibleName(name)
    return box
