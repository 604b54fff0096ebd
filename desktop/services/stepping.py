"""Back and forth through the operations: the last one, the one after it, or all down to one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.keeping import JournalRow
from desktop.services import operations, undo
from desktop.services.operations import Operation
from desktop.storage.journal import Kind


def back(session: Session) -> Operation:
    """Take back the last operation that stands; returns it.

    :raises Refusal: there is none, or as :func:`desktop.services.undo.take_back`.
    """
    last = operations.back(session)
    if last is None:
        raise Refusal("未能撤销", "没有可以撤销的操作", "更早的改动请在那条记录的历史里恢复")
    _back(session, last)
    return last


def again(session: Session) -> Operation:
    """Do the operation again that was taken back last; returns it.

    :raises Refusal: there is none, or as :func:`desktop.services.undo.take_back`.
    """
    last = operations.again(session)
    if last is None:
        raise Refusal("未能恢复", "没有撤销过的操作", "请直接录入")
    return do_again(session, last)


def do_again(session: Session, operation: Operation) -> Operation:
    """Do an operation again that is taken back; returns it."""
    back = (JournalRow.root == operation.batch) & (JournalRow.kind == Kind.UNDONE)
    newest = select(JournalRow.batch).where(back, JournalRow.batch > operation.batch)
    batch = session.scalars(newest.order_by(JournalRow.batch.desc()).limit(1)).one()
    session.info["operation"] = f"恢复：{operation.name}"
    undo.take_back(session, batch)
    return operation


def down_to(session: Session, batch: int) -> list[Operation]:
    """Take back an operation and all that was done after it, the last one first, each as its own batch.

    What cannot be taken back stays as it is.

    :returns: what was taken back.
    :raises Refusal: as :func:`desktop.services.undo.take_back`; nothing is taken back then.
    """
    able = [one for one in operations.down_to(session, batch) if not one.instead]
    if not able:
        raise Refusal("未能撤销", "这次操作已经撤销，或太早了", "请刷新列表后再试")
    for one in able:
        session.flush()
        session.info.pop("batch", None)
        _back(session, one)
    return able


def _back(session: Session, operation: Operation) -> None:
    if operation.instead:
        raise Refusal(f"未能撤销“{operation.name}”", "它不能撤销", operation.instead)
    session.info["operation"] = f"撤销：{operation.name}"
    undo.take_back(session, operation.batch)
