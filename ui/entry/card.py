"""Name and password on a card: the login window and the lock page are made of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout

from desktop.errors import Refusal
from ui.entry.password import CapitalsHint, PasswordLine
from ui.icons import icon
from ui.messages import Notice
from ui.pages.parts import across, press, words
from ui.theme import em, mark

SECOND = 1000  # ms
WIDE = 22  # lines of text


class EntryCard(QFrame):
    """Asks who comes and for the password; what is done with them is the owner's.

    :param users: names to choose from.
    :param waiting: seconds that a user still has to wait after too many failures; 0 for none.
    :ivar wanted: carries the name and the password.
    :ivar forgotten: the recovery code is to be used.
    """

    wanted = Signal(str, str)
    forgotten = Signal()

    def __init__(self, title: str, users: Sequence[str], waiting: Callable[[str], float]) -> None:
        super().__init__()
        self._waiting, self._is_busy = waiting, False
        mark(self, kind="card")
        self.title = words(title, kind="title")
        self.told = words(kind="muted", wrap=True)
        self.told.hide()
        self.name = QComboBox()
        self.name.setAccessibleName("名字")
        self.name.addItems(list(users))
        self.password = PasswordLine()
        self.hint = CapitalsHint(self.password)
        self.notice = Notice()
        self.enter = press("进入", self._enter, kind="primary")
        self.enter.setDefault(True)
        self.forgot = press("忘记密码…", self.forgotten.emit, kind="link")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self._clock = QTimer(self, interval=SECOND)
        self._clock.timeout.connect(self._tell_wait)
        self._lay_out()
        self.name.currentTextChanged.connect(lambda _: self._another())
        self.password.textChanged.connect(lambda _: self._enable())
        self.password.returnPressed.connect(self._enter)
        self.busy(busy=False)
        self._another()

    def say(self, told: str) -> None:
        """Tell under the title what entering is about."""
        self.told.setText(told)
        self.told.show()

    def choose(self, user: str) -> None:
        """Name the one who is expected, and ask for the password."""
        self.name.setCurrentIndex(max(0, self.name.findText(user)))
        self._another()
        self.password.setFocus()

    def busy(self, *, busy: bool) -> None:
        """Whether the password is being looked at; nothing can be changed meanwhile."""
        self._is_busy = busy
        self.bar.setVisible(busy)
        self._enable()

    def refuse(self, refusal: Refusal) -> None:
        """Say in place why it was not the right password, and ask again."""
        self.busy(busy=False)
        self.password.clear()
        self.password.show_typed(False)
        self.notice.refuse(refusal)
        self._tell_wait()
        self.password.setFocus()

    def forget(self) -> None:
        """Let nothing of what was typed stand."""
        self.password.clear()
        self.password.show_typed(False)
        self.notice.clear()
        self.busy(busy=False)

    def _enter(self) -> None:
        if self.enter.isEnabled() and not self._is_busy:
            self.notice.clear()
            self.wanted.emit(self.name.currentText(), self.password.text())

    def _another(self) -> None:
        self.password.clear()
        self.notice.clear()
        self._tell_wait()

    def _tell_wait(self) -> None:
        """Count down while the chosen user has to wait."""
        left = self._waiting(self.name.currentText())
        if left > 0:
            self.notice.say(f"密码输错次数太多，请等 {_clock(left)} 再试；等待时关掉程序也不会缩短。")
            self._clock.start()
        elif self._clock.isActive():
            self._clock.stop()
            self.notice.say("现在可以再试。")
            self.password.setFocus()
        self._enable()

    def _enable(self) -> None:
        free = not self._is_busy and not self._clock.isActive()
        self.name.setEnabled(not self._is_busy)
        self.password.setEnabled(free)
        self.enter.setEnabled(free and bool(self.password.text()))
        self.forgot.setEnabled(not self._is_busy)

    def _lay_out(self) -> None:
        picture = QLabel()
        picture.setPixmap(icon("app").pixmap(em(self, 2.4)))
        form = QFormLayout()
        form.addRow("名字", self.name)
        form.addRow("密码", self.password)
        form.addRow("", self.hint)
        column = QVBoxLayout(self)
        side = em(self, 1.2)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(em(self, 0.6))
        head = QHBoxLayout()
        head.setSpacing(em(self, 0.6))
        head.addWidget(picture)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addLayout(form)
        column.addWidget(self.notice)
        column.addWidget(self.bar)
        column.addLayout(across(self.forgot, 1, self.enter))
        self.setMinimumWidth(em(self, WIDE))
        self.setFocusProxy(self.password)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def _clock(seconds: float) -> str:
    """Minutes and seconds, never 0:00 while there is something left: 9:58."""
    whole = max(1, round(seconds + 0.4))
    return f"{whole // 60}:{whole % 60:02}"
