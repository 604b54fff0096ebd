"""The first administrator: a name, a password twice, and what that account is for."""

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from desktop.services import accounts
from desktop.storage.keys.key import Secret
from ui.entry.password import NewPassword
from ui.form.lines import Line
from ui.pages.parts import words
from ui.theme import em

TOLD = (
    "数据会加密保存，每次打开都要输入密码。您是第一个使用的人，角色是“管理”；"
    "其他同事以后在“设置”页的“账号”里添加，各用各的密码。"
)


class AdminPage(QWidget):
    """Asks for the first administrator."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.new = Line(), NewPassword(self)
        self.name.setAccessibleName("姓名")
        self.name.setMaxLength(20)
        form = QFormLayout()
        for label, editor in (("姓名", self.name), *self.new.rows()):
            form.addRow(label, editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(self, 0.6))
        column.addWidget(words(TOLD, kind="muted", wrap=True))
        column.addLayout(form)
        column.addStretch(1)
        self.name.textChanged.connect(self.new.name_is)
        self.name.leave.connect(lambda _: self.new.first.setFocus())
        self.setFocusProxy(self.name)

    def propose(self, name: str) -> None:
        """Offer the name of the one who fills in, and go where something is still to be typed."""
        if not self.name.text():
            self.name.set_text(name)
        (self.new.first if self.name.text() else self.name).setFocus()

    def secret(self) -> Secret:
        """Who begins.

        :raises Refusal: there is no name, the password is weak or was not typed the same twice.
        """
        if not self.name.text().strip():
            self.name.setFocus()
        else:
            self.new.password("还不能开始")
        return accounts.first(self.name.text(), self.new.first.text())
