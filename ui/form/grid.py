"""Fields under quiet headings, labels to the right in one line, two beside each other where there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from ui.form.row import FieldRow
from ui.theme import em, mark

LABEL = 7.4  # widest label, in lines of text; a longer one wraps
ROOM = 13  # a field needs this much beside its label, in lines of text


class FieldGrid(QWidget):
    """Lays rows out in one or two columns, again whenever its width or the letter size changes.

    :ivar laid_out: fields may stand elsewhere now.
    """

    laid_out = Signal()

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[FieldRow]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._groups = groups
        self._headings = [mark(QLabel(heading), kind="section") for heading, _ in groups]
        for heading in self._headings:
            heading.setIndent(0)
        self._rules = [mark(QFrame(), kind="rule") for _ in groups]
        self.columns = 0
        self._grid = QGridLayout(self)
        self._arrange(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._grow()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return handled

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_grid"):
            self.columns = 0
            self._fit()

    def _fit(self) -> None:
        columns = 2 if self.width() >= 2 * em(self, LABEL + ROOM) else 1
        if columns != self.columns:
            self._arrange(columns)

    def _grow(self) -> None:
        """Be as high as the wrapped words ask for: a scroll area does not ask by itself."""
        self.setMinimumHeight(self._grid.totalHeightForWidth(self.width()))
        self.laid_out.emit()

    def _arrange(self, columns: int) -> None:
        self.columns = columns
        grid, at = self._grid, 0
        while (item := grid.itemAt(0)) is not None:
            grid.removeWidget(
                item.widget()
            )  # an item only taken lives on, and its successor's height is stale
        side = em(self, 0.5)
        grid.setContentsMargins(side, 0, side, side)
        grid.setHorizontalSpacing(em(self, 0.4))
        grid.setVerticalSpacing(em(self, 0.3))
        for column in range(4):
            field = column % 2 == 1
            used = column < 2 * columns
            grid.setColumnStretch(column, 1 if field and used else 0)
        for (_, rows), heading, rule in zip(self._groups, self._headings, self._rules, strict=True):
            grid.addWidget(heading, at, 0, 1, 2 * columns)
            grid.addWidget(rule, at + 1, 0, 1, 2 * columns)
            at = self._place(rows, at + 2, columns)
        grid.setRowStretch(at, 1)

    def _place(self, rows: Sequence[FieldRow], at: int, columns: int) -> int:
        """Place one group from grid row ``at``; the next free grid row."""
        side = 0
        for row in rows:
            if row.wide and side:
                at, side = at + 1, 0
            row.label.setFixedWidth(em(self, LABEL))
            row.label.setContentsMargins(0, em(self, 0.38), 0, 0)
            self._grid.addWidget(row.label, at, 2 * side, Qt.AlignmentFlag.AlignTop)
            span = 2 * columns - 1 if row.wide else 1
            self._grid.addWidget(row, at, 2 * side + 1, 1, span, Qt.AlignmentFlag.AlignTop)
            side += 1
            if row.wide or side == columns:
                at, side = at + 1, 0
        return at + 1 if side else at
