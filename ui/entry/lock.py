"""Locked: the key is dropped, the window shows who was at work and asks for the password."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop.errors import Refusal
from desktop.services import accounts, entrance
from desktop.storage.keys.key import Secret
from desktop.storage.keys.slots import User
from ui.desk import Desk
from ui.entry.card import EntryCard
from ui.worker import Worker

PAUSE = 300  # ms before it is tried again while something is running
TOLD = 8000  # ms that a sentence stands at the bottom
TOLD_HERE = "输入密码就回到刚才的地方，没有保存的内容还在。换别人用，请在“名字”里选。"


class LockPage(QWidget):
    """Covers the window.

    :param unlock: opens the records again with a secret, on a thread.
    :ivar unlocked: carries the user who came in.
    """

    unlocked = Signal(str)

    def __init__(
        self, unlock: Callable[[Secret], None], waiting: Callable[[str], float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._unlock = unlock
        self._worker = Worker(self)
        self.card = EntryCard("已锁定", [], waiting)
        self.card.forgot.hide()
        self.card.say(TOLD_HERE)
        middle = QGridLayout(self)
        middle.addWidget(self.card, 0, 0, Qt.AlignmentFlag.AlignCenter)
        self.setFocusProxy(self.card.password)
        self.card.wanted.connect(self._try)

    def expect(self, user: str, users: Sequence[User]) -> None:
        """Ask for the password of the one who was at work; a colleague may come in too."""
        self.card.forget()
        self.card.name.clear()
        self.card.name.addItems([one.name for one in users])
        self.card.title.setText(f"已锁定　{user}")
        self.card.choose(user)

    def _try(self, user: str, password: str) -> None:
        self.card.busy(busy=True)
        secret = Secret(user, password)
        self._worker.start(lambda _: self._unlock(secret), lambda _: self._done(user), self.card.refuse)

    def _done(self, user: str) -> None:
        self._worker.stop()
        self.card.forget()
        self.unlocked.emit(user)


class Hidden:
    """What stood beside the main window while it is locked, to be shown again for the same user."""

    def __init__(self, window: QWidget) -> None:
        """Hide every other window; an open question is answered by its safe way out, a list is closed."""
        while (panel := QApplication.activePopupWidget()) is not None:
            panel.close()
        tops = (Qt.WindowType.Dialog, Qt.WindowType.Window)
        others = [one for one in QApplication.topLevelWidgets() if one is not window and one.isVisible()]
        for one in others:
            one.hide()
        self._others = [one for one in others if one.windowType() in tops]
        shortcuts: list[QShortcut] = list(window.findChildren(QShortcut))
        clocks: list[QTimer] = list(window.findChildren(QTimer))
        self._shortcuts = [one for one in shortcuts if one.isEnabled()]
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
        self._clocks = [one for one in clocks if one.isActive()]
        for clock in self._clocks:  # of pages and forms, which would ask in vain
            clock.stop()

    def show_again(self) -> None:
        self._free()
        for clock in self._clocks:
            if isValid(clock):
                clock.start()
        for one in self._others:
            if isValid(one):  # a question that ran is gone
                one.show()

    def let_go(self) -> None:
        """Another user has come: what was open is closed for good."""
        self._free()
        for one in self._others:
            if isValid(one):
                # not reject(): a form would save what is typed in it in the name of who came
                QDialog.done(one, 0) if isinstance(one, QDialog) else one.close()

    def _free(self) -> None:
        for shortcut in self._shortcuts:
            if isValid(shortcut):
                shortcut.setEnabled(True)


class Locking(QObject):
    """Locks ``window`` by Ctrl+L or when nobody is there, and opens it again.

    :param content: what the window shows while it is open; it stands in :attr:`cover` from now on.
    :param renew: makes the pages anew for another user.
    """

    def __init__(self, window: QMainWindow, desk: Desk, content: QWidget, renew: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._desk, self._renew = window, desk, renew
        self._hidden: Hidden | None = None
        self._focus: QWidget | None = None
        self._user = ""
        folder = desk.store.folder
        self.page = LockPage(
            lambda secret: entrance.unlock(desk.store, secret), lambda user: entrance.waits(folder, user)
        )
        self.cover = QStackedWidget()
        self.cover.addWidget(content)
        self.cover.addWidget(self.page)
        self.page.unlocked.connect(self._open)
        self._again = QTimer(self, singleShot=True, interval=PAUSE)
        self._again.timeout.connect(self.lock)
        QShortcut(QKeySequence("Ctrl+L"), window, self.lock)

    @property
    def locked(self) -> bool:
        return self._desk.store.locked_up

    def lock(self) -> None:
        """Lock, as soon as what is running has ended; what cannot be locked says why at the bottom."""
        if self.locked:
            return
        if self._desk.busy:
            self._window.statusBar().showMessage("正在进行的操作完成后就锁定…", PAUSE * 2)
            self._again.start()
            return
        try:
            users = accounts.listed(accounts.Keys(self._desk.store.folder))
            self._user = self._desk.store.key.user
            self._desk.lock_up()
        except Refusal as refusal:
            self._window.statusBar().showMessage(str(refusal), TOLD)
            return
        self._focus = self._window.focusWidget()
        self._window.statusBar().clearMessage()
        self._window.statusBar().hide()
        self.page.expect(self._user, users)
        self.cover.setCurrentWidget(self.page)
        self.page.card.password.setFocus()
        self._hidden = Hidden(self._window)  # once the field that was left has started its clock

    def lock_when_free(self) -> None:
        """Nobody is there: lock, but for practice, which has no password."""
        if not self.locked and not self._desk.store.key.practice:
            self.lock()

    def _open(self, user: str) -> None:
        hidden, self._hidden = self._hidden, None
        self.cover.setCurrentIndex(0)
        self._window.statusBar().show()
        if user != self._user:
            if hidden is not None:
                hidden.let_go()
            self._renew()
            return
        if hidden is not None:
            hidden.show_again()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
