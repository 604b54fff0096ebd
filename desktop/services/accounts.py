"""Accounts: who may come in and as what; every change is written down in the journal."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.services import audit, passwords
from desktop.services.audit import Event
from desktop.storage.keys.key import Key, Role, Secret
from desktop.storage.keys.slots import Keys, User
from desktop.storage.rights import Right, needs, require

__all__ = [
    "Keys",
    "User",
    "add",
    "change_role",
    "first",
    "listed",
    "passwd",
    "recover",
    "remove",
    "renew_recovery",
]


def listed(keys: Keys) -> Sequence[User]:
    """Everyone who may come in, the administrators first."""
    order = [Role.ADMIN, Role.REVIEW, Role.ENTER, Role.READ]
    return sorted(keys.users(), key=lambda user: order.index(user.role))


@needs(Right.ACCOUNTS, "未能新增账号")
def add(session: Session, keys: Keys, user: str, role: Role, password: str) -> None:
    """Make an account.

    :raises Refusal: the name is taken or empty, or the password is weak.
    """
    what, user = "未能新增账号", user.strip()
    if any(one.name.casefold() == user.casefold() for one in keys.users()):
        raise Refusal(what, f"“{user}”已经有账号了", "请换一个名字，如加上部门")
    passwords.refuse_weak(password, user, what)
    audit.record(session, Event.ACCOUNT_ADDED, f"{user}（{role.word}）")
    keys.add(_key(session), user, role, password)


@needs(Right.ACCOUNTS, "未能删除账号")
def remove(session: Session, keys: Keys, user: str) -> None:
    """Take an account away; what it wrote stays.

    :raises Refusal: it is one's own, or the last administrator's.
    """
    if user == _key(session).user:
        raise Refusal("未能删除账号", "这是您自己正在用的账号", "请由另一位管理角色的同事删除")
    audit.record(session, Event.ACCOUNT_REMOVED, user)
    keys.remove(_key(session), user)


def passwd(session: Session, keys: Keys, user: str, password: str, *, old: str | None = None) -> None:
    """Set a new password: one's own with the old one, or as an administrator that of another.

    :raises Refusal: the old password is wrong, the new one weak, or it is another's and one may not.
    """
    what = "未能修改密码"
    if user == _key(session).user:
        keys.unlock(user, old or "")
        if password == old:
            raise Refusal(what, "新密码和现在的一样", "请换一个新密码")
    else:
        require(session, Right.ACCOUNTS, what)
    passwords.refuse_weak(password, user, what)
    audit.record(session, Event.PASSWORD, user)
    keys.passwd(_key(session), user, password)


@needs(Right.ACCOUNTS, "未能更改角色")
def change_role(session: Session, keys: Keys, user: str, role: Role, password: str) -> None:
    """Give an account another role, and with it a new password: the role is sealed together with it.

    :raises Refusal: the last administrator would be gone, or the password is weak.
    """
    what = "未能更改角色"
    if user == _key(session).user:
        raise Refusal(what, "这是您自己的账号", "请由另一位管理角色的同事更改")
    passwords.refuse_weak(password, user, what)
    audit.record(session, Event.ROLE, f"{user}（{role.word}）")
    keys.passwd(_key(session), user, password, role=role)


@needs(Right.ACCOUNTS, "未能生成恢复码")
def renew_recovery(session: Session, keys: Keys) -> str:
    """A new recovery code to be printed now; the one before no longer opens."""
    audit.record(session, Event.RECOVERY, "")
    return keys.renew_recovery(_key(session))


def recover(keys: Keys, code: str, user: str, password: str) -> None:
    """Set a new password for an administrator by the recovery code, before anyone has come in.

    :raises Refusal: the code is not that of these data, or the password is weak.
    """
    passwords.refuse_weak(password, user, "未能设置新密码")
    keys.passwd(keys.unlock_recovery(code), user, password)


def first(user: str, password: str) -> Secret:
    """The secret of the first administrator.

    :raises Refusal: there is no name, or the password is weak.
    """
    what, user = "未能开始使用", user.strip()
    if not user:
        raise Refusal(what, "没有填写管理员的名字", "请填写您的姓名")
    passwords.refuse_weak(password, user, what)
    return Secret(user, password)


def _key(session: Session) -> Key:
    key: Key = session.info["key"]
    return key
