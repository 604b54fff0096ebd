"""The login window: small and calm; the password is looked at on a thread while the window is made ready."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout

from desktop.errors import Refusal
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from desktop.storage.opening import Damaged
from ui.entry.card import EntryCard
from ui.worker import Worker


class Login(QDialog):
    """Accepted once :attr:`store` is open.

    :param enter: opens the records with a name and a password, on a thread.
    :param waiting: as of :class:`EntryCard`.
    :param recover: sets a new password by the recovery code, in a dialog of its own; returns whose.
    :param rescue: asks what to do with records that are damaged; a store, or ``None``.
    :param ready: what can be done while the clerk types, such as reading the window's modules.
    """

    def __init__(
        self,
        users: Sequence[str],
        enter: Callable[[str, str], Store],
        waiting: Callable[[str], float],
        *,
        recover: Callable[["Login"], str],
        ready: Callable[[], object],
        rescue: Callable[["Login", Refusal, Secret], Store | None] = lambda *_: None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("平安台账：登录")
        self.store: Store | None = None
        self._enter, self._recover, self._rescue = enter, recover, rescue
        self._worker = Worker(self)
        self._given_up = False
        self.card = EntryCard("平安台账", users, waiting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.card.wanted.connect(self._try)
        self.card.forgotten.connect(self._forgotten)
        self.card.setFocus()
        QTimer.singleShot(0, self, ready)

    def reject(self) -> None:
        """Give up; a folder that is being opened meanwhile is closed again."""
        self._given_up = True
        self._worker.stop()
        QCoreApplication.sendPostedEvents(self._worker)  # the answer that came meanwhile
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.accept()

    def _try(self, user: str, password: str) -> None:
        def refused(refusal: Refusal) -> None:
            self.card.refuse(refusal)
            if isinstance(refusal, Damaged) and not self._given_up:
                store = self._rescue(self, refusal, Secret(user, password))
                if store is not None:
                    self._entered(store)

        self.card.busy(busy=True)
        self._worker.start(lambda _: self._enter(user, password), self._entered, refused)

    def _entered(self, store: Store) -> None:
        if self._given_up:
            store.close()
            return
        self.store = store
        self._worker.stop()
        self.card.forget()
        self.accept()

    def _forgotten(self) -> None:
        if user := self._recover(self):
            self.card.choose(user)
            self.card.notice.say("新密码已经设好，请用它进入。")
