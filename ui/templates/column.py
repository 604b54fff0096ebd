"""选中的列: what goes into one column of the template, and how it is written."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from desktop.excel.layout import Form
from desktop.excel.profile import ColumnRule, Identity
from desktop.excel.profiled import DATE_FORMATS, dated
from desktop.records.kinds import Phone, ResidentId
from desktop.services.extracts import NUMBER
from desktop.services.sources import SourceColumn
from ui.buttons import tool
from ui.form.combo import Combo, Option
from ui.pages.parts import across, words
from ui.templates.draft import Draft
from ui.templates.placeholders import Pattern
from ui.templates.total import TotalBox
from ui.templates.values import ValueTable
from ui.theme import em

NOTHING, FIXED = Option("-", "（不填）"), Option("=", "（固定文字）")
REAL_DATE = "照模板的格式（可以计算的日期）"
COUNTED = (Form.NUMBER, Form.AMOUNT, Form.WORD)
MOST_PARTS = 30
DIGITS = {ResidentId: 18, Phone: 11}


class ColumnPanel(QWidget):
    """The rule of one column; what is chosen goes into the draft at once.

    :ivar stepped: the clerk wants the column to the left (-1) or to the right (1).
    """

    stepped = Signal(int)

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._at, self._named = 0, ""  # the column, and the source that the options are of
        self._showing = False
        self.title = words(kind="section", wrap=True)
        self.about = words(kind="muted", wrap=True)
        self.key = Combo(self._options)
        self.constant = Pattern("固定文字")
        self.identity = _box([one.word for one in Identity])
        self.parts = QSpinBox()
        self.parts.setRange(2, MOST_PARTS)
        self.parts.setSuffix(" 列")
        self.date = _box([])
        self.date.addItem(REAL_DATE, "")
        for one in DATE_FORMATS:
            self.date.addItem(dated(today, one), one)
        self.total = TotalBox()
        self.values = ValueTable()
        self.values_told = words(kind="muted", wrap=True)
        self._arrange()
        self._connect()

    def show_words(self, said: Mapping[str, str]) -> None:
        self.constant.show_words(said)

    def show_column(self, draft: Draft, at: int) -> None:
        """Show the rule of column ``at``."""
        self._showing = True
        if draft is not self._draft or draft.source.name != self._named:
            self.key.renew()
        self._draft, self._at, self._named = draft, at, draft.source.name
        rule = draft.rule(at)
        self.title.setText(draft.heading(at))
        owner = draft.owner(at)
        split = owner is not None and owner != at
        self.about.setText(f"属于“{draft.heading(owner)}”，每格一位" if split and owner else "")
        self.about.setVisible(split)
        self.key.set_text(NOTHING.value if rule is None else rule.key or FIXED.value)
        self._show_rule(rule or ColumnRule())
        self.total.set_text(draft.profile.totals.get(self._at, ""))
        self._showing = False
        self._rearrange()

    def _show_rule(self, rule: ColumnRule) -> None:
        self.constant.set_text(rule.constant)
        self.identity.setCurrentText(rule.identity.word)
        self.parts.setValue(rule.parts if rule.parts > 1 else self._digits())
        if self.date.findData(rule.date_format) < 0:
            self.date.addItem(rule.date_format, rule.date_format)
        self.date.setCurrentIndex(self.date.findData(rule.date_format))
        offered = self._draft.offered(self._at) if self._draft else ()
        self.values.show_values(self._column(), rule.values, offered)
        self._tell_values()

    # what the clerk says

    def _choose(self) -> None:
        """What goes in is another."""
        draft, chosen = self._draft, self.key.text()
        if self._showing or draft is None or chosen not in {one.value for one in self.key.options()}:
            return
        before = draft.rule(self._at)
        if chosen == (NOTHING.value if before is None else before.key or FIXED.value):
            return
        rule = None if chosen == NOTHING.value else ColumnRule()
        if rule is not None and chosen != FIXED.value:
            rule = draft.first_rule(self._at, chosen)
        draft.set_rule(self._at, rule)
        self._showing = True
        self._show_rule(rule or ColumnRule())
        self.total.set_text(draft.profile.totals.get(self._at, ""))
        self._showing = False
        self._rearrange()

    def _say(self) -> None:
        """How it is written is another."""
        draft = self._draft
        before = draft.rule(self._at) if draft else None
        if self._showing or draft is None or before is None:
            return
        identity = next(one for one in Identity if one.word == self.identity.currentText())
        rule = replace(
            before,
            identity=identity,
            parts=self.parts.value() if identity is Identity.SPLIT else 1,
            date_format=self.date.currentData(),
            constant="" if before.key else self.constant.text(),
            values=self.values.values(),
        )
        draft.set_rule(self._at, rule)
        self._tell_values()
        self._rearrange()

    def _say_total(self) -> None:
        if self._draft is not None:
            self._draft.set_total(self._at, self.total.text())

    # what is asked

    def _rearrange(self) -> None:
        """Ask only what matters for the column as it is now."""
        draft = self._draft
        rule, column = (draft.rule(self._at), self._column()) if draft else (None, None)
        code = column is not None and column.form is Form.CODE
        self.rows.setRowVisible(self.constant, rule is not None and not rule.key)
        self.rows.setRowVisible(self.identity, code)
        self.rows.setRowVisible(self.parts, code and rule is not None and rule.identity is Identity.SPLIT)
        self.rows.setRowVisible(self.date, column is not None and column.form in (Form.DATE, Form.MONTH))
        counts = draft is not None and draft.profile.total_row is not None and _counts(column)
        self.rows.setRowVisible(self.total, counts)
        named = column is not None and (column.form is Form.WORD or bool(self.values.offered))
        worded = named or bool(rule and rule.values)
        self.values.setVisible(worded)
        self.values_told.setVisible(worded)

    def _tell_values(self) -> None:
        missing = self.values.missing()
        told = "模板里的叫法不一样时，在右边写明。空着的照原样写。"
        if missing:
            told = f"有 {len(missing)} 个词不在模板的下拉选项里，请在右边选出它的写法。"
        self.values_told.setText(told)

    def _column(self) -> SourceColumn | None:
        rule = self._draft.rule(self._at) if self._draft else None
        return self._draft.column(rule) if self._draft and rule else None

    def _digits(self) -> int:
        """Over how many columns the heading of this one goes, else how many digits such a number has."""
        draft, column = self._draft, self._column()
        if draft is None or column is None:
            return MOST_PARTS
        span = draft.span.get((draft.profile.header_bottom, self._at))
        if span is not None and span.right > span.left:
            return min(span.right - span.left + 1, MOST_PARTS)
        return DIGITS.get(type(column.kind), 18) if column.kind else 18

    def _options(self) -> list[Option]:
        columns = self._draft.source.columns if self._draft else ()
        return [NOTHING, FIXED, *(Option(one.key, one.label) for one in columns)]

    def _connect(self) -> None:
        self.key.changed.connect(self._choose)
        self.key.leave.connect(self.key.focusNextPrevChild)
        self.constant.changed.connect(self._say)
        for box in (self.identity, self.date):
            box.currentIndexChanged.connect(self._say)
        self.parts.valueChanged.connect(self._say)
        self.values.said.connect(self._say)
        self.total.changed.connect(self._say_total)
        self.setFocusProxy(self.key)

    def _arrange(self) -> None:
        self.rows = QFormLayout()
        self.rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, editor in (
            ("填什么", self.key),
            ("文字", self.constant),
            ("号码写法", self.identity),
            ("占几列", self.parts),
            ("日期写法", self.date),
            ("合计行", self.total),
        ):
            name = QLabel(label)
            name.setBuddy(editor)
            editor.setAccessibleName(label)
            self.rows.addRow(name, editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[em(self, 0.4)] * 4)
        before = tool(symbol="previous", tip="上一列")
        after = tool(symbol="next", tip="下一列")
        before.clicked.connect(lambda: self.stepped.emit(-1))
        after.clicked.connect(lambda: self.stepped.emit(1))
        head = across(self.title, before, after)
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addLayout(self.rows)
        column.addWidget(self.values_told)
        column.addWidget(self.values)
        column.addStretch(1)


def _counts(column: SourceColumn | None) -> bool:
    """Whether a column means something in the row 合计."""
    return column is not None and column.form in COUNTED and column.key != NUMBER


def _box(options: list[str]) -> QComboBox:
    box = QComboBox()
    box.addItems(options)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box
