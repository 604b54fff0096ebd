"""What was done besides changing entries: who looked at a number, took it out, sent a period, came in."""

from enum import StrEnum

from sqlalchemy.orm import Session

from desktop.storage import journal, preparing
from desktop.storage.journal import Kind

LEDGER = "audit"  # stands in the journal where an entry's table stands otherwise
SUBJECT = "subject"
CUT = "操作记录的最后几行不见了，可能有人删改过。台账照常可用；请告诉管理账号的负责人，并核对最近的备份。"


class Event(StrEnum):
    """What may happen, in the words of the journal."""

    LOGIN = "登录"
    FAILED = "登录失败"
    LOCKED = "锁定"
    REVEAL = "查看完整号码"
    EXPORT_FULL = "导出完整号码"
    EXPORT_JOURNAL = "导出操作记录"
    SUBMIT = "上报"
    UNLOCK_PERIOD = "登记退回，解锁期间"
    ZERO = "登记零报告"
    REASON = "填写说明"
    ACCOUNT_ADDED = "新增账号"
    ACCOUNT_REMOVED = "删除账号"
    PASSWORD = "重设密码"  # noqa: S105 - a word, no password
    ROLE = "更改角色"
    RECOVERY = "生成恢复码"
    RECOVERED = "用恢复码设置密码"
    RESTORED = "恢复备份"
    KEYS = "找回钥匙文件"


LOOKS = {Event.LOGIN, Event.FAILED, Event.LOCKED, Event.REVEAL, Event.EXPORT_FULL, Event.EXPORT_JOURNAL}
INSTEAD = {
    Event.SUBMIT: "需要更正的，请在“上报”页登记退回",
    Event.UNLOCK_PERIOD: "请更正后重新上报",
    Event.ZERO: "请在首页或“上报”页直接取消或重新登记",
    Event.REASON: "请在“检查”页直接改写",
}


def record(session: Session, event: Event, subject: str) -> None:
    """Write down that something happened.

    :param session: of :meth:`Store.work`; the event is kept, or not, with whatever else is done in it.
    :param subject: to what or whom, never a number of a person: “队员 12”, “队员花名册”, a user's name.
    """
    session.flush()
    told = journal.text({"event": event.value, SUBJECT: subject})
    batch = 0 if event in LOOKS else preparing.batch_of(session)  # a look is no operation
    journal.write(session, [(LEDGER, 0, None, told)], kind=Kind.EVENT, batch=batch)


def instead(event: str) -> str:
    """What to do about something that cannot be taken back, by the event's words; empty for an operation."""
    return INSTEAD.get(Event(event), "请在“设置”的账号里改") if event in set(Event) else ""
