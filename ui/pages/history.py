"""历史: what was done to one entry, answer by answer, and the way back to what it was."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.fields import Ledger
from desktop.services import history, links
from desktop.services.history import Change, Event
from desktop.storage import rights
from desktop.storage.changes import Changes
from desktop.storage.journal import DELETED
from ui.desk import Desk
from ui.messages import Notice, ask
from ui.pages.parts import across, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.rights import withhold
from ui.theme import em

HEADS = ("时间", "操作人", "操作", "栏目", "改前", "改后")
NEVER = (DELETED, history.GIVEN_BY_US)  # answers that are not put back one by one
NOTHING = "还没有这条记录的操作记录。"


@dataclass(frozen=True, slots=True)
class Line:
    """One changed answer; the first of its operation says when and who."""

    event: Event
    change: Change
    first: bool


class HistoryDialog(QDialog):
    """Everything that happened to an entry, the latest first."""

    def __init__(self, desk: Desk, ledger: type[Ledger], entry: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._ledger, self._entry = desk, ledger, entry
        self.notice = Notice()
        self.model: PlainModel[Line] = PlainModel(HEADS, _cells, faint=lambda line: line.event.made)
        self.table = PlainTable("历史", (8.5, 4, 7.4, 6.8, 9, 9.3))
        self.table.setModel(self.model)
        self.table.fit()
        self.nothing = words(NOTHING, kind="muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.one = press("恢复这一栏…", self.restore_one, symbol="undo")
        self.whole = press("整条恢复到这次修改以前…", self.restore_whole, symbol="history")
        self.close_it = press("关闭", self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.notice)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        column.addLayout(across(1, self.one, self.whole, self.close_it))
        room = self.screen().availableGeometry()
        self.resize(min(em(self, 48), room.width()), min(em(self, 26), round(room.height() * 0.9)))
        withhold(desk, rights.writing(ledger.__tablename__) or rights.Right.ENTER, self.one, self.whole)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        desk.changed.connect(self._follow)
        self.show_all()
        self.table.setFocus()

    def show_all(self) -> None:
        """Read the history again, and choose the latest change."""
        self.setWindowTitle(f"历史：{self._title()}")
        events = self._desk.ask(lambda session: history.of(session, self._ledger, self._entry))
        lines = [Line(event, change, at == 0) for event in events for at, change in enumerate(event.changes)]
        self.model.show_rows(lines)
        self.nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.table.selectRow(0)
        self._enable()

    def chosen(self) -> Line | None:
        row = self.table.chosen()
        return None if row is None else self.model.rows[row]

    def restore_one(self) -> None:
        """Ask, and put one answer back to what it was before the chosen change."""
        line = self.chosen()
        if line is None:
            return
        change = line.change
        value = f"恢复为“{change.before}”" if change.before else "改回空白"
        if ask(self, f"把“{change.label}”{value}？", ("恢复", "取消")) == 0:
            self._restore(line.event.row, change.name, f"恢复“{change.label}”")

    def restore_whole(self) -> None:
        """Ask, and put the entry back to what it was before the chosen operation."""
        line = self.chosen()
        if line is None:
            return
        when = f"{line.event.at:%Y-%m-%d %H:%M}"
        detail = "这次和以后改过的各栏都恢复成那时的内容；恢复以后还可以撤销。"
        if ask(self, f"把整条记录恢复到 {when} 这次修改以前？", ("恢复", "取消"), detail=detail) == 0:
            self._restore(line.event.row, None, f"恢复{self._ledger.caption}")

    def _restore(self, row: int, name: str | None, operation: str) -> None:
        self.notice.clear()
        try:
            many = self._desk.do(
                lambda session: history.restore(session, self._ledger, self._entry, row, name), operation
            )
        except Refusal as refusal:
            self.notice.refuse(refusal)
            self._desk.dropped.emit()  # it was no save that failed
        else:
            self.notice.say(f"已恢复 {many} 栏。" if many else "现在已经是那时的内容，没有改动。")

    def _title(self) -> str:
        def asked(session: Session) -> str:
            found = session.get(self._ledger, self._entry)
            return links.title(session, found) if found is not None else ""

        return self._desk.ask(asked)

    def _follow(self, changes: Changes) -> None:
        if self._entry in changes.entries.get(self._ledger.__tablename__, ()):
            self.show_all()

    def _enable(self, *_: object) -> None:
        line = self.chosen()
        able = line is not None and not line.event.made
        self.whole.setEnabled(able)
        self.one.setEnabled(able and line is not None and line.change.name not in NEVER)


def _cells(line: Line) -> tuple[str, ...]:
    event, change = line.event, line.change
    said = (f"{event.at:%Y-%m-%d %H:%M}", event.who, event.operation) if line.first else ("", "", "")
    return (*said, change.label, change.before, change.after)
