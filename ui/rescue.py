"""The records do not open: look at them, restore a backup, or read what is left; all of it is asked."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from desktop.errors import Refusal
from desktop.services import backups
from desktop.services.backups import Backup, Found
from desktop.storage import database
from desktop.storage.backups import listing
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from desktop.storage.keys.slots import Keys
from desktop.storage.rights import Right, may
from ui import messages
from ui.messages import Notice
from ui.pages.asking import documents
from ui.pages.backups import HEADS, WIDTHS, cells
from ui.pages.parts import across, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.theme import em

NONE = "这台电脑上没有备份。U 盘上如有备份，请点“从 U 盘恢复…”选它的文件夹。"


class Rescue(QDialog):
    """Accepted once :attr:`store` is open.

    :ivar key: of the one who came in.
    :param damaged: what the start found.
    :param secret: what the clerk typed to come in; ``None`` for practice data.
    """

    def __init__(
        self, damaged: Refusal, folder: Path, secret: Secret | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("平安台账：数据没有正常打开")
        self.store: Store | None = None
        self._folder, self._secret = folder, secret
        self.key = Keys(folder).open(secret)
        self.model: PlainModel[Found] = PlainModel(HEADS, cells, faint=lambda one: not one.backup.sound)
        self.table = PlainTable("备份", WIDTHS)
        self.notice = Notice()
        self._arrange(damaged)
        self.table.selectionModel().selectionChanged.connect(self._offer)
        self._list(listing.listed(folder, self.key))

    def selected(self) -> Backup | None:
        row = self.table.chosen()
        return None if row is None else self.model.rows[row].backup

    def look(self) -> None:
        """Open the records as they are, read-only."""
        self._enter(read_only=True)

    def accept_loss(self) -> None:
        """Work on with what is there, after asking."""
        detail = "缺少的保存找不回来了。如果有更新的备份或另一份数据，请先用它。"
        if messages.ask(self, "就用现在这份数据继续工作？", ["继续使用", "不使用"], detail=detail) == 0:
            self._enter(accept=True)

    def restore(self) -> None:
        """Put the chosen backup in force, after asking."""
        backup = self.selected()
        if backup is None:
            return
        detail = f"那时有 {backups.counts(backup)}。\n现在的文件会原样留存，不会删除。"
        question = f"把数据恢复到 {backups.moment(backup)} 的样子？"
        if messages.ask(self, question, ["恢复到这一份", "不恢复"], detail=detail) == 0:
            self._restore(backup)

    def other(self, folder: Path | None = None) -> None:
        """List the backups on a stick."""
        if folder is None:
            chosen = QFileDialog.getExistingDirectory(self, "选择 U 盘上的备份文件夹", documents())
            if not chosen:
                return
            folder = Path(chosen)
        found = backups.below(folder, Keys(self._folder).database, self.key)
        if found:
            self._list(found)
        else:
            self.notice.refuse(
                Refusal(
                    "没有找到备份",
                    f"“{folder}”里没有本单位的备份",
                    "请选择 U 盘，或其中的“平安台账备份”文件夹",
                )
            )

    def salvage(self, out: Path | None = None) -> None:
        """Read what is left of the damaged file into a new folder."""
        from desktop.storage.salvage import saving

        if out is None:
            chosen = QFileDialog.getExistingDirectory(self, "抢救出的数据放到哪个空文件夹", documents())
            if not chosen:
                return
            out = Path(chosen)
        try:
            report = saving.salvage(self._folder / database.FILE, self.key, self._folder, out)
        except Refusal as refusal:
            self.notice.refuse(refusal)
        else:
            told = "\n".join(report.lines())
            self.notice.say(f"抢救出的数据在“{out}”：\n{told}")

    def _restore(self, backup: Backup) -> None:
        try:
            self.store, _ = backups.restore_closed(self._folder, self._secret, backup)
        except Refusal as refusal:
            self.notice.refuse(refusal)
        else:
            self.accept()

    def _enter(self, *, read_only: bool = False, accept: bool = False) -> None:
        try:
            self.store = database.open_folder(self._folder, self._secret, read_only=read_only, accept=accept)
        except Refusal as refusal:
            self.notice.refuse(refusal)
        else:
            self.accept()

    def _list(self, found: list[Backup]) -> None:
        where = backups.HERE if found and found[0].root == self._folder else backups.AWAY
        self.model.show_rows([Found(one, where) for one in found])
        self.table.setVisible(bool(found))
        self.none.setVisible(not found)
        if found:
            self.table.selectRow(next((row for row, one in enumerate(found) if one.sound), 0))
        self._offer()

    def _offer(self) -> None:
        backup = self.selected() if self.model.rows else None
        allowed = may(self.key.role, Right.RESTORE)
        self.restoring.setEnabled(allowed and backup is not None and backup.sound)
        for button in (self.saving, self.going_on):
            button.setEnabled(allowed)

    def _arrange(self, damaged: Refusal) -> None:
        self.table.setModel(self.model)
        self.table.always_show(5)
        self.none = words(NONE, kind="muted", wrap=True)
        self.restoring = press(
            "恢复到选中的备份…", self.restore, symbol="history", kind="primary", tone="on_accent"
        )
        self.saving = press("抢救…", self.salvage, symbol="mend")
        self.going_on = press("就用现在这份…", self.accept_loss)
        looking = press("只读打开", self.look, symbol="eye")
        leaving = press("退出", self.reject)
        told = words(f"{damaged.why}。什么都没有改动，请选择怎么办。", wrap=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.addWidget(words("数据没有正常打开", kind="title"))
        column.addWidget(told)
        column.addWidget(words("核对过的备份", kind="section"))
        column.addWidget(self.table, 1)
        column.addWidget(self.none)
        column.addWidget(self.notice)
        column.addLayout(across(looking, press("从 U 盘恢复…", self.other), self.saving, self.going_on, 1))
        column.addLayout(across(1, leaving, self.restoring))
        self.setMinimumWidth(em(self, 49))
