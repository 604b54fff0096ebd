"""The window: navigation at the left, a page in the middle, the state of saving at the bottom."""

import datetime as dt

from PySide6.QtCore import QByteArray, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.services import lists
from desktop.storage.changes import Changes
from ui.desk import Desk, Target
from ui.header import Header
from ui.icons import icon
from ui.pages.page import Page
from ui.pages.registry import ALSO, PAGES
from ui.theme import em, mark
from ui.zoom import Zoom

NAME = Qt.ItemDataRole.UserRole
WARNING = "严禁录入涉密信息、工作秘密"
COUNTED = (("team", "队伍"), ("member", "队员"), ("matter", "事项"), ("agreement", "协议"))
WIDE, LINE, HEADING = 8.6, 1.9, 2.1  # the navigation and its lines, in lines of text


class Window(QMainWindow):
    """Shows one page at a time; each is made when it is first shown."""

    def __init__(self, desk: Desk, zoom: Zoom, unit: str) -> None:
        super().__init__()
        self.desk = desk
        self.pages: dict[str, Page] = {}
        self._now = ""
        self.header = Header(desk, zoom, unit)
        self.navigation = QListWidget()
        self.navigation.setObjectName("navigation")
        self.navigation.setAccessibleName("页面")
        self.stack = QStackedWidget()
        self.counts, self.state = mark(QLabel(), kind="muted"), mark(QLabel("已打开"), kind="muted")
        self._fill_navigation()
        self._lay_out()
        self.setWindowTitle(f"平安台账　{unit}")
        self.setWindowIcon(icon("app"))
        self.navigation.currentItemChanged.connect(self._chosen)
        self._make_shortcuts()
        desk.wanted.connect(self.go)
        desk.saved.connect(self._saved)
        desk.changed.connect(self._count)
        zoom.changed.connect(self._size)
        self._size()
        self._restore()
        self._count(Changes())
        self.go(Target("home"))

    def page(self) -> Page:
        """The page shown now."""
        return self.pages[self._now]

    def go(self, target: Target) -> None:
        """Show a page, if the one shown lets the clerk leave."""
        name = ALSO.get(target.page, target.page)
        if self._show(name):
            self.pages[name].go(target)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._now and not self.page().may_leave():
            event.ignore()
            return
        self.desk.settings.set("window", bytes(self.saveGeometry().toBase64().data()).decode())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 that no field and no page took is about the page shown."""
        if event.key() == Qt.Key.Key_F1:
            self.go(Target("help", field=self._now))
        else:
            super().keyPressEvent(event)

    def _show(self, name: str) -> bool:
        if name != self._now:
            if self._now and not self.page().may_leave():
                self._mark_navigation()
                return False
            if name not in self.pages:
                entry = next(one for one in PAGES if one.name == name)
                self.pages[name] = entry.make(self.desk)
                self.stack.addWidget(self.pages[name])
            self._now = name
            self.stack.setCurrentWidget(self.pages[name])
            self._mark_navigation()
        return True

    def _chosen(self, item: QListWidgetItem | None) -> None:
        name = item.data(NAME) if item is not None else None
        if name and name != self._now and self._show(name):
            self.pages[name].go(Target(name))
            self.navigation.setFocus()

    def _mark_navigation(self) -> None:
        with QSignalBlocker(self.navigation):
            for at in range(self.navigation.count()):
                if self.navigation.item(at).data(NAME) == self._now:
                    self.navigation.setCurrentRow(at)

    def _fill_navigation(self) -> None:
        group = ""
        for entry in PAGES:
            if entry.group and entry.group != group:
                heading = QListWidgetItem(entry.group, self.navigation)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
            group = entry.group
            item = QListWidgetItem(icon(entry.icon), entry.heading, self.navigation)
            item.setData(NAME, entry.name)
            item.setToolTip(f"{entry.heading}（{entry.keys}）")

    def _make_shortcuts(self) -> None:
        for entry in PAGES:
            for keys in {entry.keys, entry.keys.replace("Ctrl", "Alt")}:
                QShortcut(QKeySequence(keys), self, lambda name=entry.name: self.go(Target(name)))
        QShortcut(QKeySequence("Ctrl+F"), self, self._search)
        QShortcut(QKeySequence("F5"), self, lambda: self.go(Target("checks", field="again")))
        QShortcut(QKeySequence("Alt+Left"), self, self.header.before.click)
        QShortcut(QKeySequence("Alt+Right"), self, self.header.after.click)

    def _search(self) -> None:
        self.header.search.setFocus()
        self.header.search.selectAll()

    def _saved(self, at: dt.datetime) -> None:
        self.state.setText(f"已保存 {at:%H:%M}")

    def _count(self, changes: Changes) -> None:
        found = self.desk.ask(lists.counts)
        self.counts.setText("　　" + "　".join(f"{words} {found[name]}" for name, words in COUNTED))

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.navigation)
        body.addWidget(self.stack, 1)
        column.addLayout(body, 1)
        self.setCentralWidget(middle)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.state)
        self.statusBar().addWidget(self.counts, 1)
        self.statusBar().addPermanentWidget(mark(QLabel(WARNING), tone="missing"))

    def _size(self, _: int = 0) -> None:
        self.navigation.setFixedWidth(em(self, WIDE))
        for at in range(self.navigation.count()):
            item = self.navigation.item(at)
            item.setSizeHint(QSize(0, em(self, LINE if item.data(NAME) else HEADING)))
        self.statusBar().setContentsMargins(em(self, 0.4), 0, em(self, 0.4), 0)

    def _restore(self) -> None:
        kept = self.desk.settings.get("window")
        if not (isinstance(kept, str) and self.restoreGeometry(QByteArray.fromBase64(kept.encode()))):
            room = self.screen().availableGeometry()
            self.resize(min(room.width(), em(self, 80)), min(room.height(), em(self, 50)))
            self.setWindowState(Qt.WindowState.WindowMaximized)
