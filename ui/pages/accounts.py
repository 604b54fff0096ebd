"""账号: one's own password for everyone; for an administrator who may come in, and as what."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.services import accounts
from desktop.services.accounts import Keys, User
from desktop.storage.keys.key import Role
from desktop.storage.rights import Right
from ui import messages
from ui.desk import Desk
from ui.entry.idle import CHOICES, IDLE, MINUTES, Idle
from ui.entry.password import NewPassword, PasswordLine
from ui.entry.recovery import RecoveryCode
from ui.pages.asking import Asked
from ui.pages.parts import Notice, across, press, words
from ui.pages.plain_table import PlainModel, PlainTable
from ui.rights import withhold, write_nothing
from ui.theme import em

T = TypeVar("T")
MEANS = {
    Role.ENTER: "录入、修改、导入",
    Role.REVIEW: "录入，并且填写说明、上报、登记退回",
    Role.ADMIN: "全部，并且管理账号、设置和恢复数据",
    Role.READ: "只能查看和导出，号码隐去中间几位",
}
OPEN_TO_ALL = "练习乡镇打开时不用密码，所以没有账号。正式数据里可以给每个人建一个账号。"


class Accounts(QWidget):
    """A section of the page 设置."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.people: PlainModel[User] = PlainModel(
            ("名字", "角色", "可以做什么"), lambda one: (one.name, one.role.word, MEANS[one.role])
        )
        self.table = PlainTable("账号", (5, 3, 14))
        self.table.setModel(self.people)
        self.notice = Notice()
        self.own = press("修改我的密码…", self.ask_own, symbol="lock")
        self.adding = press("新增…", self.ask_new, symbol="add")
        self.resetting = press("重设密码…", self.ask_reset, symbol="unlock")
        self.changing = press("更改角色…", self.ask_role, symbol="member")
        self.removing = press("删除…", self.remove, symbol="delete")
        self.renewing = press("重新生成恢复码…", self.ask_code, symbol="print")
        self.minutes = QComboBox()
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.minutes.activated.connect(lambda _: self.set_minutes(self.minutes.currentData()))
        withhold(
            desk, Right.ACCOUNTS, self.adding, self.resetting, self.changing, self.removing, self.renewing
        )
        write_nothing(desk, self.own)
        self.refresh()

    def refresh(self) -> None:
        """Read the key file again."""
        keys = self._keys()
        managing = self._desk.may(Right.ACCOUNTS)
        mine = self._desk.store.key.user
        people = accounts.listed(keys)
        self.people.show_rows([one for one in people if managing or one.name == mine])
        self._enable()

    def chosen(self) -> User | None:
        row = self.table.chosen()
        return None if row is None else self.people.rows[row]

    def ask_own(self) -> Asked:
        """Ask for the old and a new password of one's own."""
        user = self._desk.store.key.user
        old, new = PasswordLine("现在的密码"), NewPassword(self)
        new.name_is(user)

        def work() -> None:
            what = "未能修改密码"
            password = new.password(what)
            self._do(
                lambda session, keys: accounts.passwd(session, keys, user, password, old=old.text()), what
            )
            self.notice.say("密码已修改，下次登录用新密码。")

        rows = [("现在的密码", old), *new.rows()]
        return self._ask("修改我的密码", f"{user}，请先输入现在的密码。", rows, "修改", work)

    def ask_new(self) -> Asked:
        """Ask for a colleague's name, role and first password."""
        name, role, new = QLineEdit(), _roles(), NewPassword(self)
        name.setMaxLength(20)
        name.textChanged.connect(new.name_is)

        def work() -> None:
            user, chosen = name.text().strip(), Role(role.currentData())
            if not user:
                name.setFocus()
                raise Refusal("未能新增账号", "没有填写名字", "请填写姓名")
            password = new.password("未能新增账号")
            self._do(lambda session, keys: accounts.add(session, keys, user, chosen, password), "新增账号")
            self.notice.say(f"已新增“{user}”（{chosen.word}）。请把密码当面告诉本人，让他登录后自己修改。")

        rows = [("名字", name), ("角色", role), *new.rows()]
        told = "一个人一个账号，日志里才分得清是谁做的。"
        return self._ask("新增账号", told, rows, "新增", work)

    def ask_reset(self) -> Asked | None:
        """Ask for a new password for the chosen colleague, who has forgotten it."""
        if (one := self.chosen()) is None:
            return None
        new = NewPassword(self)
        new.name_is(one.name)

        def work() -> None:
            password = new.password("未能修改密码")
            self._do(lambda session, keys: accounts.passwd(session, keys, one.name, password), "重设密码")
            self.notice.say(f"“{one.name}”的密码已重设，请当面告诉本人。")

        return self._ask("重设密码", f"给“{one.name}”设一个新密码。", new.rows(), "重设", work)

    def ask_role(self) -> Asked | None:
        """Ask for another role for the chosen colleague; the role is sealed with a new password."""
        if (one := self.chosen()) is None:
            return None
        role, new = _roles(), NewPassword(self)
        role.setCurrentIndex(role.findData(one.role))
        new.name_is(one.name)

        def work() -> None:
            chosen = Role(role.currentData())
            password = new.password("未能更改角色")
            self._do(
                lambda session, keys: accounts.change_role(session, keys, one.name, chosen, password),
                "更改角色",
            )
            self.notice.say(f"“{one.name}”现在是“{chosen.word}”，用新密码登录。")

        told = f"“{one.name}”现在是“{one.role.word}”。角色和密码锁在一起，所以要同时设一个新密码。"
        return self._ask("更改角色", told, [("角色", role), *new.rows()], "更改", work)

    def remove(self) -> None:
        """Take the chosen account away, after a question."""
        if (one := self.chosen()) is None:
            return
        told = "他录入的记录都还在，日志里也还有他的名字；只是不能再登录。"
        if messages.ask(self, f"删除账号“{one.name}”？", ("删除", "取消"), detail=told) != 0:
            return
        try:
            self._do(lambda session, keys: accounts.remove(session, keys, one.name), "删除账号")
            self.notice.say(f"已删除账号“{one.name}”。")
        except Refusal as refusal:
            self.notice.refuse(refusal)

    def ask_code(self) -> Asked | None:
        """Make a new recovery code, after a question, and show it until it was put away."""
        told = "原来打印的那一张就不能用了。"
        if messages.ask(self, "重新生成恢复码？", ("重新生成", "取消"), detail=told) != 0:
            return None
        try:
            code = self._do(accounts.renew_recovery, "生成恢复码")
        except Refusal as refusal:
            self.notice.refuse(refusal)
            return None
        shown = RecoveryCode()
        shown.show_code(code, self._desk.store.key.user, f"{dt.date.today():%Y年%m月%d日}")

        def work() -> None:
            if not shown.kept.isChecked():
                raise Refusal("还不能关闭", "恢复码只显示这一次", "请打印或抄写下来，再打上勾")

        return self._ask("恢复码", "请保管好新的恢复码。", [("", shown)], "完成", work)

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes on this computer."""
        self._desk.settings.set(IDLE, minutes)
        app = QApplication.instance()
        idle: Idle | None = app.findChild(Idle) if app is not None else None
        if idle is not None:
            idle.set(minutes)

    def _ask(
        self,
        title: str,
        told: str,
        rows: list[tuple[str, QWidget]],
        confirm: str,
        work: Callable[[], None],
    ) -> Asked:
        def then() -> None:
            work()
            self.refresh()

        self.notice.clear()
        asked = Asked(self, title, told, rows, confirm=confirm, work=then)
        asked.open()
        return asked

    def _do(self, operation: Callable[[Session, Keys], T], name: str) -> T:
        return self._desk.do(lambda session: operation(session, self._keys()), name)

    def _keys(self) -> Keys:
        return Keys(self._desk.store.folder)

    def _enable(self) -> None:
        one = self.chosen()
        other = one is not None and one.name != self._desk.store.key.user
        for button in (self.resetting, self.changing, self.removing):
            button.setEnabled(other)

    def _lay_out(self) -> None:
        self.minutes.setAccessibleName("多久没人操作就锁定")
        for minutes in CHOICES:
            self.minutes.addItem(f"{minutes} 分钟", minutes)
        self.minutes.setCurrentIndex(self.minutes.findData(self._desk.settings.get(IDLE, MINUTES)))
        self.table.always_show(3)
        locking = QFormLayout()
        locking.addRow("没人操作就锁定", self.minutes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(self, 0.4))
        column.addWidget(words("账号", kind="section"))
        column.addWidget(self.notice)
        if self._desk.store.key.practice:
            column.addWidget(words(OPEN_TO_ALL, kind="muted", wrap=True))
            return  # the buttons are never shown
        column.addWidget(self.table)
        column.addLayout(across(self.adding, self.resetting, 1))
        column.addLayout(across(self.changing, self.removing, 1))
        column.addLayout(across(self.own, self.renewing, 1))
        column.addLayout(locking)


def _roles() -> QComboBox:
    box = QComboBox()
    for role in (Role.ENTER, Role.REVIEW, Role.READ, Role.ADMIN):
        box.addItem(f"{role.word}：{MEANS[role]}", role)
    return box
