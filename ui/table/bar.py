"""The line above a table: which village, which value of which field, what to look for; how many there are."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from desktop.records.common import Reported
from desktop.records.fields import Ledger, field, fields
from desktop.records.kinds import Choice, Listed, Truth
from desktop.records.region import short
from desktop.services import areas
from desktop.storage.changes import Changes
from ui.buttons import tool
from ui.desk import Desk
from ui.icons import icon
from ui.table.view import LedgerView
from ui.theme import em, mark

PAUSE = 120  # ms between the last letter and the search


class FilterBar(QWidget):
    """Filters of one ledger's table.

    :ivar changed: other entries are wanted.
    """

    changed = Signal()

    def __init__(self, view: LedgerView, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._desk = view, desk
        self._ledger: type[Ledger] = view.table.ledger
        self._extra: dict[
            str, str
        ] = {}  # filters of a page that sent the clerk here, without a box of their own
        self.village, self.which, self.value = _box("village", 14), _box("which"), _box("value")
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText("在本表中查找")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.clear_all = tool("全部显示", tip="清除筛选和查找")
        self.count = mark(QLabel(), kind="muted")
        self.columns = tool("列", symbol="columns", tip="选择要显示的列", quiet=False)
        self.columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.columns.setMenu(view.columns_menu(self))
        self._lay_out()
        self._fill_villages()
        self._fill_fields()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._apply)
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self._apply)
        self.village.currentIndexChanged.connect(self._apply)
        self.which.currentIndexChanged.connect(self._fill_values)
        self.value.currentIndexChanged.connect(self._apply)
        self.clear_all.clicked.connect(self.clear)
        view.table.modelReset.connect(self._count)
        view.selectionModel().selectionChanged.connect(self._count)
        desk.changed.connect(self._follow)
        self._apply()

    def filters(self) -> dict[str, str | None]:
        """Field name to the wanted clean value as text."""
        found: dict[str, str | None] = dict(self._extra)
        if self.village.currentIndex() > 0:
            found[_where(self._ledger)] = self.village.currentData()
        if self.value.currentIndex() > 0:
            found[self.which.currentData()] = self.value.currentData()
        return found

    def set_filters(self, filters: dict[str, str]) -> None:
        """Show what another page asks for; filters without a box of their own are kept aside."""
        self._extra = {}
        for box in (self.village, self.which, self.value):
            box.setCurrentIndex(0)
        self.search.clear()
        for name, value in filters.items():
            boxed = name == _where(self._ledger) and _pick(self.village, value)
            if not boxed and self.value.currentIndex() < 1 and _pick(self.which, name):
                boxed = _pick(self.value, value)
            if not boxed:
                field(self._ledger, name)
                self._extra[name] = value
        self._apply()

    def clear(self) -> None:
        self.set_filters({})

    def _apply(self) -> None:
        self._pause.stop()
        self._view.table.show_only(self.filters(), self.search.text())
        self.clear_all.setVisible(bool(self._view.table.filters or self._view.table.find))
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        rows, chosen = self._view.table.rowCount(), len(self._view.selectionModel().selectedRows())
        self.count.setText(f"共 {rows} 条" + (f"，选中 {chosen} 条" if chosen else ""))

    def _follow(self, changes: Changes) -> None:
        if "region" in changes.entries:
            self._fill_villages()

    def _fill_villages(self) -> None:
        if not _where(self._ledger):
            return
        kept = self.village.currentData()
        self.village.blockSignals(True)
        self.village.clear()
        self.village.addItem("全部村（社区）", "")
        for region in self._desk.ask(lambda session: areas.villages(session, self._desk.today())):
            self.village.addItem(short(region.name or ""), region.code)
        self.village.addItem("（未填）", None)
        self.village.setCurrentIndex(max(0, self.village.findData(kept)) if kept else 0)
        self.village.blockSignals(False)

    def _fill_fields(self) -> None:
        self.which.addItem("筛选", "")
        for one in fields(self._ledger):
            if isinstance(one.kind, (Choice, Listed, Truth)):
                self.which.addItem(one.label, one.name)
        self.which.setVisible(self.which.count() > 1)
        self.value.hide()

    def _fill_values(self) -> None:
        name = self.which.currentData()
        self.value.blockSignals(True)
        self.value.clear()
        if name:
            self.value.addItem("全部", "")
            for value, shown in _choices(self._ledger, name):
                self.value.addItem(shown, value)
            self.value.addItem("（未填）", None)
        self.value.setVisible(bool(name))
        self.value.blockSignals(False)
        self._apply()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "search"):
            self._size()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (self.village, self.which, self.value, self.search, self.clear_all):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.count)
        line.addWidget(self.columns)
        self.village.setVisible(bool(_where(self._ledger)))
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._size()

    def _size(self) -> None:
        self.search.setMinimumWidth(em(self, 6))
        self.search.setMaximumWidth(em(self, 14))


def _box(name: str, letters: int = 9) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)
    box.setMaxVisibleItems(16)
    return box


def _where(ledger: type[Ledger]) -> str:
    """The field that names an entry's village; empty for a ledger without one."""
    where = ledger.where if issubclass(ledger, Reported) else ""
    return where if any(one.name == where for one in fields(ledger)) else ""


def _choices(ledger: type[Ledger], name: str) -> list[tuple[str, str]]:
    kind = field(ledger, name).kind
    if isinstance(kind, Listed):
        return list(kind.codes.items.items())
    words = ["是", "否"] if isinstance(kind, Truth) else list(getattr(kind, "options", ()))
    return [(word, word) for word in words]


def _pick(box: QComboBox, value: str) -> bool:
    at = box.findData(value)
    if at >= 0:
        box.setCurrentIndex(at)
    return at >= 0
