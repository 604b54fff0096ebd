"""The findings of a check as one list: two lines a finding, painted, so that thousands stay fluid."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.rules.rulebook import Grade
from ui.icons import icon
from ui.pages.finding_facts import Line
from ui.theme import colour

Index = QModelIndex | QPersistentModelIndex
SHAPES = {Grade.A: "blocked", Grade.B: "warning", Grade.C: "reason", Grade.D: "hint"}
BADGE = 8.2  # width of the grade, in lines of text
HEIGHT = 2.7  # of a finding, in lines of text


class FindingModel(QAbstractListModel):
    """The findings that pass the filters, the gravest first."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Line] = []
        self.shown: list[Line] = []

    def show_lines(self, lines: Sequence[Line], wanted: Callable[[Line], bool]) -> None:
        """Take new findings; ``sorted`` keeps the order of the check within a grade."""
        self.all = sorted(lines, key=lambda line: line.finding.grade)
        self.filter(wanted)

    def filter(self, wanted: Callable[[Line], bool]) -> None:
        self.beginResetModel()
        self.shown = [line for line in self.all if wanted(line)]
        self.endResetModel()

    def touched(self, row: int) -> None:
        """The line in ``row`` was given a reason."""
        place = self.index(row)
        self.dataChanged.emit(place, place)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.sentence
        return line if role == Qt.ItemDataRole.UserRole else None


class FindingDelegate(QStyledItemDelegate):
    """Paints what, why and how of one finding, with its grade as a shape and a word."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look: Any = option  # the stubs leave out what it carries
        return QSize(1, round(look.fontMetrics.height() * HEIGHT))  # as wide as the list is

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look: Any = option
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        em = look.fontMetrics.height()
        painter.save()
        chosen = bool(look.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(look.rect, colour("accent_soft"))
        painter.fillRect(look.rect.adjusted(0, look.rect.height() - 1, 0, 0), colour("line"))
        inner = look.rect.adjusted(em // 2, em // 4, -em // 2, -em // 4)
        self._grade(painter, QRect(inner.left(), inner.top(), round(em * BADGE), em), line.finding.grade)
        words = inner.adjusted(round(em * BADGE), 0, 0, 0)
        self._words(painter, words, line, look.fontMetrics)
        if chosen and look.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour("accent_ink"))
            painter.drawRect(look.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _grade(self, painter: QPainter, room: QRect, grade: Grade) -> None:
        side = room.height()
        icon(SHAPES[grade], grade.value).paint(painter, QRect(room.left(), room.top(), side, side))
        painter.setPen(colour(grade.value))
        rest = room.adjusted(round(side * 1.3), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"{grade} {grade.word}")

    def _words(self, painter: QPainter, room: QRect, line: Line, metrics: QFontMetrics) -> None:
        em, side = metrics.height(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        state_width = metrics.horizontalAdvance(line.state) + em if line.state else 0
        first = QRect(room.left(), room.top(), room.width() - state_width, em)
        second = QRect(room.left(), room.bottom() - em, room.width(), em)
        right = Qt.TextElideMode.ElideRight
        painter.setPen(colour("text"))
        painter.drawText(first, side, metrics.elidedText(line.what, right, first.width()))
        if line.state:
            painter.setPen(colour("ok" if line.reason else "accent_ink"))
            painter.drawText(
                room.adjusted(0, 0, 0, em - room.height()), Qt.AlignmentFlag.AlignRight, line.state
            )
        why = f"{line.finding.remedy}　依据：{line.finding.basis}"
        painter.setPen(colour("muted"))
        painter.drawText(second, side, metrics.elidedText(why, right, second.width()))
