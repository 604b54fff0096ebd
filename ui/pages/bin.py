"""回收站: deleted entries by ledger, who deleted them and when; found again and put back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QDialog, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.services import recycling
from desktop.services.recycling import Deleted
from desktop.storage.changes import Changes
from desktop.storage.rights import Right
from ui.desk import Desk
from ui.messages import Notice
from ui.pages.history import HistoryDialog
from ui.pages.parts import across, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.rights import withhold
from ui.theme import em

HEADS = ("台账", "记录", "删除时间", "操作人", "操作")
EMPTY, NONE = "回收站是空的：还没有删除过记录。", "没有找到这样的记录。"
PAUSE = 200  # ms after the last letter


class BinDialog(QDialog):
    """The deleted entries, the last deleted first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.setWindowTitle("回收站")
        self.notice = Notice()
        self.ledger = QComboBox()
        self.ledger.setAccessibleName("台账")
        self.ledger.addItem("全部台账", "")
        for name, one in LEDGERS.items():
            self.ledger.addItem(one.caption, name)
        self.search = QLineEdit(placeholderText="查找姓名、名称")
        self.search.setAccessibleName("查找")
        self.search.setClearButtonEnabled(True)
        self.model: PlainModel[Deleted] = PlainModel(HEADS, _cells)
        self.table = PlainTable("回收站", (8, 12, 8.5, 4.5, 13))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setModel(self.model)
        self.table.fit()
        self.nothing = words("", kind="muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back = press("恢复", self.restore, symbol="undo", kind="primary", tone="on_accent")
        self.tracing = press("历史…", self.show_history, symbol="history")
        self.close_it = press("关闭", self.reject)
        column = QVBoxLayout(self)
        column.addLayout(across(self.ledger, self.search, 1))
        column.addWidget(self.notice)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        column.addLayout(across(1, self.back, self.tracing, self.close_it))
        room = self.screen().availableGeometry()
        self.resize(min(em(self, 48), room.width()), min(em(self, 26), round(room.height() * 0.9)))
        withhold(desk, Right.ENTER, self.back)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.show_all)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.search.returnPressed.connect(self.show_all)
        self.ledger.currentIndexChanged.connect(lambda _: self.show_all())
        self.table.selectionModel().selectionChanged.connect(self._enable)
        desk.changed.connect(self._follow)
        self.show_all()
        self.table.setFocus()

    def show_all(self) -> None:
        """Read the deleted entries again."""
        self._pause.stop()
        ledger, find = self.ledger.currentData(), self.search.text()
        self.model.show_rows(self._desk.ask(lambda session: recycling.listed(session, ledger, find)))
        some = bool(self.model.rows)
        self.nothing.setText(NONE if ledger or find.strip() else EMPTY)
        self.nothing.setVisible(not some)
        self.table.setVisible(some)
        self.table.selectRow(0)
        self._enable()

    def chosen(self) -> Sequence[Deleted]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.rows[row] for row in rows]

    def restore(self) -> None:
        """Put the chosen entries back, all or none."""
        chosen = self.chosen()
        if not chosen:
            return
        self.notice.clear()

        def work(session: Session) -> int:
            return sum(recycling.restore(session, LEDGERS[one.ledger], one.entry) for one in chosen)

        name = f"从回收站恢复{LEDGERS[chosen[0].ledger].caption}"
        try:
            many = self._desk.do(work, name)
        except Refusal as refusal:
            self.notice.refuse(refusal)
            self._desk.dropped.emit()  # it was no save that failed
        else:
            self.notice.say(f"已恢复 {many} 条记录。")

    def show_history(self) -> None:
        """What happened to the chosen entry."""
        chosen = self.chosen()
        if chosen:
            HistoryDialog(self._desk, LEDGERS[chosen[0].ledger], chosen[0].entry, self).open()

    def _follow(self, _: Changes) -> None:
        self.show_all()

    def _enable(self, *_: object) -> None:
        chosen = self.chosen()
        self.back.setEnabled(bool(chosen))
        self.tracing.setEnabled(len(chosen) == 1)


def _cells(one: Deleted) -> tuple[str, ...]:
    title = f"{one.title}（连同 {one.parts} 条附属记录）" if one.parts else one.title
    return LEDGERS[one.ledger].caption, title, f"{one.at:%Y-%m-%d %H:%M}", one.who, one.operation
