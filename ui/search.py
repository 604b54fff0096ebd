"""The search box at the top: results open under it while typing and never take the keyboard."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.services import search
from desktop.services.search import Hit
from ui.desk import Desk
from ui.form.lines import ENTER
from ui.form.offer import Offer
from ui.icons import icon

PAUSE = 60  # ms


class SearchBox(QLineEdit):
    """Finds entries of all ledgers; Enter goes to the marked one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.hits: list[Hit] = []
        self.setObjectName("search")
        self.setPlaceholderText("查找姓名、首字母、号码（Ctrl+F）")
        self.setAccessibleName("查找")
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.offer = Offer(self)
        self.offer.picked.connect(self._pick)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.look)
        self.textEdited.connect(lambda _: self._pause.start())
        self.installEventFilter(self)

    def look(self) -> None:
        """Find what is typed and show it."""
        self._pause.stop()
        typed = self.text().strip()
        self.hits = self._desk.ask(lambda session: search.find(session, typed)) if typed else []
        lines = [f"{hit.title}　{hit.detail}" for hit in self.hits]
        if typed and not lines:
            lines = ["没有找到"]
        self.offer.offer(lines)

    def _pick(self, at: int) -> None:
        if at < len(self.hits):
            hit = self.hits[at]
            self.clear()
            self._desk.go(hit.ledger, hit.entry)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.offer.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in ENTER:
            if self._pause.isActive():
                self.look()
            if not self.offer.pick_current():
                self.look()
            return True
        if event.key() == Qt.Key.Key_Down and not self.offer.isVisible():
            self.look()
            return True
        return self.offer.handle(event.key())
