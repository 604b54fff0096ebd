"""Who may do what: each operation names the right it needs, and no road to the records goes around it."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.storage.keys.key import Key, Role

P = ParamSpec("P")
R = TypeVar("R")


class Right(StrEnum):
    """What a role may do, in words that end the sentence “不能…”."""

    ENTER = "录入和修改"
    FULL = "查看和导出完整号码"
    REASON = "填写说明"
    SUBMIT = "上报"
    RETURN = "登记退回"
    SETTINGS = "修改本单位的设置"
    ACCOUNTS = "管理账号"
    RESTORE = "恢复和抢救数据"


WRITES = {"office": Right.SETTINGS, "reason": Right.REASON, "submission": Right.SUBMIT}
AUDIT = "journal"  # what happened is written down whoever did it
OPERATIONS: dict[str, Right] = {}  # every operation that names a right, by its full name


def may(role: Role, right: Right) -> bool:
    """Whether a role includes a right."""
    if right in (Right.SETTINGS, Right.ACCOUNTS, Right.RESTORE):
        return role.manages
    return role.writes if right in (Right.ENTER, Right.FULL) else role.approves


def holders(right: Right) -> str:
    """The roles that include a right, as a clerk reads them: 审核、管理."""
    return "、".join(role.word for role in Role if may(role, right))


def writing(table: str) -> Right:
    """The right that a row of ``table`` needs to be written; the audit trail needs none."""
    return WRITES.get(table, Right.ENTER)


def require(session: Session, right: Right, what: str) -> None:
    """Refuse what the one who opened ``session`` may not do.

    :raises Refusal: it begins with ``what`` and says who may.
    """
    key: Key = session.info["key"]
    refuse(key, right, what)


def refuse(key: Key, right: Right, what: str) -> None:
    """As :func:`require`, without a session."""
    if not may(key.role, right):
        why = f"“{key.user}”的角色是“{key.role.word}”，不能{right}"
        raise Refusal(what, why, f"请由角色为{holders(right)}的同事登录后办理")


def needs(
    right: Right, what: str
) -> Callable[[Callable[Concatenate[Session, P], R]], Callable[Concatenate[Session, P], R]]:
    """Declare the right of an operation that takes its session first; without it, nothing of it is done."""

    def declare(operation: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
        OPERATIONS[f"{operation.__module__}.{operation.__qualname__}"] = right

        @wraps(operation)
        def guarded(session: Session, /, *given: P.args, **named: P.kwargs) -> R:
            require(session, right, what)
            return operation(session, *given, **named)

        return guarded

    return declare


def guard(session: Session, tables: set[str]) -> None:
    """Refuse to write what a table does not allow this role, whichever way it came.

    :param tables: the names of those that are about to be written.
    :raises Refusal: nothing of it is written.
    """
    for table in tables - {AUDIT}:
        require(session, writing(table), "未能保存")
