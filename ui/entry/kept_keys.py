"""Both key files are unreadable: an administrator comes in with those of a backup."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.errors import Refusal
from desktop.services import accounts, entrance, lost_keys
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from ui import messages
from ui.entry.login import Login
from ui.pages.asking import documents

TOLD = "两份钥匙文件都读不出来了，台账还在。请输入管理账号的密码，用备份里的钥匙文件打开"
NONE = "本机的备份里也没有能用的钥匙文件。如果备份到过 U 盘，请插上后选它。"


def come_in_with(
    folder: Path,
    lost: Refusal,
    *,
    rescue: Callable[[Login, Refusal, Secret], Store | None],
    take_over: bool = False,
) -> Store | None:
    """Ask for the password of a backup's key file, which then takes the place of the lost ones.

    :param rescue: as of :class:`Login`.
    :returns: ``None`` when the clerk gave up.
    """
    backup = _backup(folder, lost)
    if backup is None:
        return None
    users = accounts.listed(accounts.Keys(backup))
    login = Login(
        [one.name for one in users if one.role.manages],
        lambda user, password: lost_keys.open_with(
            folder, backup, Secret(user, password), take_over=take_over
        ),
        lambda user: entrance.waits(backup, user),
        recover=lambda _: "",
        ready=lambda: None,
        rescue=rescue,
    )
    login.card.say(f"{TOLD}（{lost_keys.moment(backup)} 备份的）。")
    login.card.forgot.hide()
    login.exec()
    return login.store


def _backup(folder: Path, lost: Refusal) -> Path | None:
    """The newest backup with keys, here or on a stick that is asked for until there is one."""
    backup = lost_keys.kept(folder)
    while backup is None:
        answers = ["从 U 盘上的备份找…", "退出"]
        if messages.ask(None, f"{lost.what}：{lost.why}。", answers, detail=NONE) != 0:
            return None
        chosen = QFileDialog.getExistingDirectory(None, "选择 U 盘上的备份文件夹", documents())
        backup = lost_keys.kept(Path(chosen)) if chosen else None
    return backup
