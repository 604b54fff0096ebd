"""The window: navigation at the left, a page in the middle, the state of saving at the bottom."""

import datetime as dt
from contextlib import suppress

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import delete, isValid

from desktop.errors import Refusal
from desktop.services import lists
from desktop.storage.changes import Changes
from ui.desk import Desk, Target
from ui.entry.lock import Locking
from ui.header import Header
from ui.icons import icon
from ui.messages import Notice
from ui.navigation import Navigation
from ui.pages.page import Page
from ui.pages.registry import ALSO, PAGES
from ui.room import Room
from ui.theme import em, mark
from ui.undoing import Undoing
from ui.zoom import Zoom

WARNING = "严禁录入涉密信息、工作秘密"
COUNTED = (("team", "队伍"), ("member", "队员"), ("matter", "事项"), ("agreement", "协议"))
NARROW = 54  # lines of text; in a window that is less wide the navigation shows icons only


class Window(QMainWindow):
    """Shows one page at a time; each is made when it is first shown."""

    def __init__(self, desk: Desk, zoom: Zoom, unit: str) -> None:
        super().__init__()
        self.desk = desk
        self.pages: dict[str, Page] = {}
        self._now = ""
        self._left: dict[str, Target] = {}  # where the pages were that have been thrown away
        self._came: tuple[str, QWidget | None] = ("", None)  # from where help was asked for
        self.header = Header(desk, zoom, unit)
        self.navigation = Navigation()
        self.stack = QStackedWidget()
        self._told = "已打开"
        self.counts, self.state = mark(QLabel(), kind="muted"), mark(QLabel(self._told), kind="muted")
        self.who = mark(QLabel(), kind="muted")
        self.notice = Notice()
        self.undoing = Undoing(desk, self, self.notice, lambda: self.page().may_leave())
        self.undoing.done.connect(lambda: self.page().undone())
        self.header.offer(self.undoing.button)
        self._lay_out()
        self.setWindowTitle(f"平安台账　{unit}")
        self.setWindowIcon(icon("app"))
        self.navigation.wanted.connect(self._chosen)
        self.navigation.entered.connect(self._enter)
        self._make_shortcuts()
        desk.wanted.connect(self.go)
        desk.saved.connect(self._saved)
        desk.unsaved.connect(self._unsaved)
        desk.dropped.connect(self._dropped)
        desk.changed.connect(self._count)
        desk.exchanged.connect(self._throw_away)
        zoom.changing.connect(self._throw_away)
        zoom.changed.connect(self._size)
        self._size()
        self._restore()
        self._count(Changes())
        self.go(Target("home"))

    def page(self) -> Page:
        """The page shown now."""
        return self.pages[self._now]

    def go(self, target: Target) -> None:
        """Show a page, if the one shown lets the clerk leave, and give it the keyboard."""
        name = ALSO.get(target.page, target.page)
        came = (self._now, self.focusWidget())
        if self._show(name):
            if name == "help" != came[0]:
                self._came = came
            self.pages[name].go(target)
            self._enter()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._now and not self.locking.locked and not self.page().may_leave():
            event.ignore()
            return
        self.desk.settings.set("window", bytes(self.saveGeometry().toBase64().data()).decode())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 that no field and no page took is about the page shown; Esc goes back from help or search."""
        if event.key() == Qt.Key.Key_F1:
            self.go(Target("help", field=self._now))
        elif event.key() == Qt.Key.Key_Escape and self._now == "help":
            self._go_back()
        elif event.key() == Qt.Key.Key_Escape:
            self._enter()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._narrow() != self.navigation.slim:
            self._size()

    def _show(self, name: str) -> bool:
        if name != self._now:
            self.notice.clear()  # it was about the page that is left
            if self._now and not self.page().may_leave():
                self.navigation.mark(self._now)
                return False
            if name not in self.pages:
                self._make(name)
            self._now = name
            self.stack.setCurrentIndex(list(self.pages).index(name))
            self.navigation.mark(name)
        return True

    def _make(self, name: str) -> None:
        page = next(entry for entry in PAGES if entry.name == name).make(self.desk)
        self.pages[name] = page
        self.stack.addWidget(Room(page))
        if name in self._left:
            with suppress(Refusal):  # what was open there has been deleted since
                page.go(self._left.pop(name))

    def _throw_away(self) -> None:
        """Let go of the pages that are not shown: to style them all anew takes seconds.

        They have been left, so nothing typed is in them. A page that waits for the worker is kept.
        """
        kept = [one for one in self.desk.awaited() if isinstance(one, QWidget)]
        for at, (name, page) in reversed(list(enumerate(list(self.pages.items())))):
            if name != self._now and not any(page is one or page.isAncestorOf(one) for one in kept):
                self._left[name] = self.pages.pop(name).here()
                room = self.stack.widget(at)
                self.stack.removeWidget(room)
                delete(room)

    def _chosen(self, name: str) -> None:
        """Show what the navigation marks; with its arrow keys the keyboard stays there."""
        held = self.navigation.hasFocus()
        if name != self._now:
            self.go(Target(name))
        if held:
            self.navigation.setFocus()

    def _enter(self) -> None:
        """Give the keyboard to the page, unless it has it."""
        page = self.page()
        if not _within(page, self.focusWidget()):
            _first(page).setFocus()

    def _go_back(self) -> None:
        """Show what was open when help was asked for, with the keyboard where it was."""
        name, widget = self._came
        if name and self._show(name):
            if widget is not None and isValid(widget) and self.page().isAncestorOf(widget):
                widget.setFocus()
            self._enter()

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
        self._told = f"已保存 {at:%H:%M}"
        self._dropped()
        if warning := self.desk.store.warning:
            self.notice.say(f"{warning}。")

    def _unsaved(self, at: dt.datetime) -> None:
        mark(self.state, tone="missing").setText(f"{at:%H:%M} 没有保存成功")

    def _dropped(self) -> None:
        """What could not be saved is given up: what was saved last stands."""
        mark(self.state, tone="").setText(self._told)

    def _count(self, changes: Changes) -> None:
        found = self.desk.ask(lists.counts)
        self.counts.setText("　　" + "　".join(f"{words} {found[name]}" for name, words in COUNTED))

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.notice)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.navigation)
        body.addWidget(self.stack, 1)
        column.addLayout(body, 1)
        self.locking = Locking(self, self.desk, middle, self._renew)
        self.setCentralWidget(self.locking.cover)
        self.header.lock.clicked.connect(self.locking.lock)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.state)
        self.statusBar().addWidget(self.counts, 1)
        self.statusBar().addPermanentWidget(self.who)
        self.statusBar().addPermanentWidget(mark(QLabel(WARNING), tone="missing"))
        self._show_user()

    def _show_user(self) -> None:
        key = self.desk.store.key
        self.who.setText("" if key.practice else f"{key.user}（{key.role.word}）　")
        self.header.lock.setVisible(not key.practice)

    def _renew(self) -> None:
        """Another user has come: nothing of what the one before had open stays."""
        for name in list(self.pages):
            del self.pages[name]
            room = self.stack.widget(0)
            self.stack.removeWidget(room)
            delete(room)
        self._now, self._left, self._came = "", {}, ("", None)
        self.header.search.clear()
        self.undoing.renew()
        self._show_user()
        self._count(Changes())
        self.go(Target("home"))

    def _narrow(self) -> bool:
        return self.width() < em(self, NARROW)

    def _size(self, _: int = 0) -> None:
        self.navigation.fit(self._narrow())
        self.statusBar().setContentsMargins(em(self, 0.4), 0, em(self, 0.4), 0)

    def _restore(self) -> None:
        kept = self.desk.settings.get("window")
        if not (isinstance(kept, str) and self.restoreGeometry(QByteArray.fromBase64(kept.encode()))):
            room = self.screen().availableGeometry()
            self.resize(min(room.width(), em(self, 80)), min(room.height(), em(self, 50)))
            self.setWindowState(Qt.WindowState.WindowMaximized)


def _within(page: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and page.isAncestorOf(widget) and widget.isVisibleTo(page)


def _first(page: QWidget) -> QWidget:
    """The widget of a page that is to have the keyboard: its proxy, else the first that Tab reaches."""
    proxy = page.focusProxy()
    if proxy is not None and proxy.isVisibleTo(page):
        return proxy
    one = page.nextInFocusChain()
    while one is not None and one is not page:
        takes = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
        if takes and one.isEnabled() and _within(page, one):
            return one
        one = one.nextInFocusChain()
    return page
