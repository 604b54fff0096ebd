"""What stands in the row 合计 under one column."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

KEPT, SUM, COUNT = "照模板不动", "求和", "数有几个…"
BEGIN = "count "


class TotalBox(QWidget):
    """Nothing, a sum, or how often a word stands there; a rule of another kind is kept as it is.

    :ivar changed: the clerk chose otherwise.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._other = ""  # such as the ratio of two columns, which shipped profiles have
        self.way = QComboBox()
        self.way.setAccessibleName("合计行")
        self.word = QLineEdit()
        self.word.setAccessibleName("数哪个词")
        self.word.setPlaceholderText("数哪个词，如：是")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.way)
        column.addWidget(self.word)
        self.setFocusProxy(self.way)
        self.way.activated.connect(self._chosen)
        self.word.textEdited.connect(lambda _: self.changed.emit())
        self.set_text("")

    def text(self) -> str:
        """The rule, as :attr:`desktop.excel.profile.Profile.totals` has it; empty for none."""
        word = self.word.text().strip()
        chosen = self.way.currentText()
        return {KEPT: "", SUM: "sum", COUNT: f"{BEGIN}{word}" if word else ""}.get(chosen, self._other)

    def set_text(self, rule: str) -> None:
        counted = rule.startswith(BEGIN)
        self._other = "" if counted or rule in {"", "sum"} else rule
        self.way.clear()
        self.way.addItems([KEPT, SUM, COUNT, *(["两列相除"] if self._other else [])])
        self.way.setCurrentIndex(3 if self._other else 2 if counted else int(rule == "sum"))
        self.word.setText(rule.removeprefix(BEGIN) if counted else "")
        self.word.setVisible(counted)

    def _chosen(self) -> None:
        self.word.setVisible(self.way.currentText() == COUNT)
        self.changed.emit()
