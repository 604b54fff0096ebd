"""A new computer: a backup is chosen on a stick, its administrator comes in, and the records are here."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.services import accounts, backups, moving
from desktop.services.accounts import Keys
from desktop.services.backups import Backup
from desktop.storage.backups.restoring import Restored
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from ui import messages
from ui.entry.login import Login
from ui.messages import Notice
from ui.pages.asking import documents
from ui.pages.parts import across, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.theme import em
from ui.worker import Progress

HEADS = ("单位", "备份时间", "队伍", "队员", "事项", "协议", "大小", "核对")
WIDTHS = (13, 8.5, 3, 3.5, 3, 3, 5, 4)  # lines of text
TOLD = (
    "插上旧电脑备份过的 U 盘，选择它；列出的备份中，最上面的是最新的。"
    "U 盘上的备份只读取，不改动；没有全部恢复好以前，这台电脑上什么都不会留下。"
)
ASKED = "用旧电脑上的管理账号和密码"
OLD = "旧电脑如果还能用，请不要再在上面录入：两台电脑各录各的，记录会不一样。"

Recover = Callable[[Path, QWidget], str]


class Moving(QDialog):
    """Accepted once :attr:`store` is open.

    :param folder: the data folder that is to be; nothing is in it.
    :param recover: sets a new password by the recovery code of a folder; returns whose.
    """

    def __init__(self, folder: Path, recover: Recover, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("平安台账：从备份恢复")
        self.store: Store | None = None
        self.folder, self._recover = folder, recover
        self.model: PlainModel[Backup] = PlainModel(HEADS, _cells, faint=lambda one: not one.sound)
        self.table = PlainTable("备份", WIDTHS)
        self.notice = Notice()
        self.choosing = press("选择 U 盘或文件夹…", self.choose, symbol="folder")
        self.going_on = press("下一步", self.go_on, kind="primary")
        self._lay_out()
        self.choosing.setFocus()

    def choose(self, chosen: Path | None = None) -> None:
        """List the backups of a stick, or of a folder that is asked for."""
        if chosen is None:
            named = QFileDialog.getExistingDirectory(self, "选择有备份的 U 盘或文件夹", documents())
            if not named:
                return
            chosen = Path(named)
        self.notice.clear()
        try:
            self._list(moving.found(chosen))
        except Refusal as refusal:
            self._list([])
            self.notice.refuse(refusal)

    def go_on(self) -> None:
        """Ask for the password of the chosen backup, and take it in."""
        row = self.table.chosen()
        if row is None:
            return
        backup = self.model.rows[row]
        self.notice.clear()
        try:
            keys = moving.lay_out(self.folder, backup)
        except Refusal as refusal:
            self.notice.refuse(refusal)
            return
        incoming = Incoming(self.folder, backup, keys, self._recover)
        incoming.exec()
        moving.give_up(self.folder)
        if incoming.store is not None and incoming.restored is not None:
            self.store = incoming.store
            said = f"{backups.restored_words(incoming.restored)}。\n{OLD}"
            messages.tell(self, "记录都在这台电脑上了", detail=said)
            self.accept()

    def _list(self, found: list[Backup]) -> None:
        self.model.show_rows(found)
        self.going_on.setEnabled(bool(found))
        if found:
            self.table.selectRow(next((row for row, one in enumerate(found) if one.sound), 0))
            self.table.setFocus()
        self.going_on.setDefault(bool(found))

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.always_show(5)
        self.table.doubleClicked.connect(lambda _: self.go_on())
        column = QVBoxLayout(self)
        column.addWidget(words("从备份恢复到这台电脑", kind="title"))
        column.addWidget(words(TOLD, wrap=True))
        column.addLayout(across(self.choosing, 1))
        column.addWidget(self.table, 1)
        column.addWidget(self.notice)
        column.addLayout(across(1, press("返回", self.reject), self.going_on))
        self.setMinimumWidth(em(self, 46))
        self._list([])


class Incoming(Login):
    """The login by the accounts of a backup; coming in takes it over.

    :ivar restored: what was done, once the store is open.
    """

    def __init__(self, folder: Path, backup: Backup, keys: Keys, recover: Recover) -> None:
        super().__init__(
            [one.name for one in accounts.listed(keys) if one.role.manages],
            self._take_in,
            lambda user: moving.waits(folder, user),
            recover=lambda parent: recover(keys.folder, parent),
            ready=lambda: None,
        )
        self.restored: Restored | None = None
        self._folder, self._backup, self._steps = folder, backup, Progress(self)
        self._steps.moved.connect(self._show_step)
        self.setWindowTitle("平安台账：从备份恢复")
        self.card.title.setText(backup.unit or "从备份恢复")
        self.card.say(f"{ASKED}，恢复 {backups.moment(backup)} 的备份。")
        self.card.enter.setText("恢复")

    def reject(self) -> None:
        """Give up; what is being copied is taken away again."""
        self._steps.cancel()
        super().reject()

    def _take_in(self, user: str, password: str) -> Store:
        secret = Secret(user, password)
        store, self.restored = moving.take_in(self._folder, self._backup, secret, self._steps.at)
        return store

    def _show_step(self, at: int, total: int) -> None:
        if total:
            self.card.notice.say(f"正在复制扫描件：{at} / {total}")


def _cells(one: Backup) -> tuple[str, ...]:
    counts = [str(one.counts.get(name, "")) for name, _ in backups.COUNTED]
    state = "完好" if one.sound else "可能损坏"
    return (moving.unit(one), backups.moment(one), *counts, backups.size(one), state)
