"""Which findings are listed: by grade, ledger and words; the grades count theirs."""

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.rules.rulebook import Grade
from ui.icons import icon
from ui.pages.finding_facts import Line
from ui.pages.finding_list import SHAPES
from ui.pages.parts import Fold, across
from ui.theme import em

EVERY = "全部台账"
ROOM = 60  # lines of text that all filters need in one row


class FindingFilter(QWidget):
    """One row of filters.

    :ivar changed: another selection of findings is wanted.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grades = {grade: self._button(grade) for grade in Grade}
        self.ledger = QComboBox()
        self.ledger.addItem(EVERY, "")
        self.ledger.setAccessibleName("只看一本台账")
        self.ledger.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.text = QLineEdit(placeholderText="查找：村、姓名、问题")
        self.text.setAccessibleName("在检查结果中查找")
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(em(self, 12))
        grades, others = QWidget(), QWidget()
        grades.setLayout(across(*self.grades.values(), 1))
        others.setLayout(across(1, self.ledger, self.text))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Fold((grades, 1), (others, 0), room=ROOM))
        self.ledger.currentIndexChanged.connect(self.changed)
        self.text.textChanged.connect(self.changed)

    def wants(self, line: Line) -> bool:
        """Whether ``line`` is listed. No grade chosen means every grade."""
        chosen = [grade for grade, button in self.grades.items() if button.isChecked()]
        if chosen and line.finding.grade not in chosen:
            return False
        ledger = self.ledger.currentData()
        if ledger and line.finding.ledger != ledger:
            return False
        return all(word in line.sentence for word in self.text.text().split())

    def ask(self, filters: Mapping[str, str]) -> None:
        """Choose what ``filters`` name (``grade``, ``ledger``); anything else is shown in full."""
        for grade, button in self.grades.items():
            button.setChecked(grade.value == filters.get("grade"))
        self.ledger.setCurrentIndex(max(0, self.ledger.findData(filters.get("ledger", ""))))
        self.text.clear()
        self.changed.emit()

    def offer(self, lines: Sequence[Line]) -> None:
        """Offer the ledgers that have findings, and keep the one chosen."""
        kept = self.ledger.currentData()
        found = dict(sorted({line.finding.ledger: line.ledger for line in lines}.items()))
        self.ledger.blockSignals(True)
        self.ledger.clear()
        self.ledger.addItem(EVERY, "")
        for name, caption in found.items():
            self.ledger.addItem(caption, name)
        self.ledger.setCurrentIndex(max(0, self.ledger.findData(kept)))
        self.ledger.blockSignals(False)
        if self.ledger.currentData() != kept:
            self.changed.emit()

    def count(self, lines: Sequence[Line]) -> None:
        """Write on each grade how many findings it has."""
        counts = Counter(line.finding.grade for line in lines)
        for grade, button in self.grades.items():
            button.setText(f"{grade} {grade.word} {counts[grade]}")

    def _button(self, grade: Grade) -> QPushButton:
        button = QPushButton(f"{grade} {grade.word}")
        button.setIcon(icon(SHAPES[grade], grade.value))
        button.setCheckable(True)
        button.setAutoDefault(True)
        button.setToolTip("只看这一等级")
        button.clicked.connect(lambda _: self.changed.emit())
        return button
