"""Submissions that were made: their history, files and return; and the zero reports of a period."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS, Office
from desktop.records.fields import field
from desktop.records.keeping import Submission, ZeroReport
from desktop.services import audit, periods
from desktop.services.audit import Event
from desktop.services.overview import ZERO_ALLOWED
from desktop.storage import files
from desktop.storage.database import Store
from desktop.storage.rights import Right, needs
from desktop.storage.trouble import as_refusal

PRACTICE = "练习乡镇的数据不能上报"
NAMES = ("report_unit", "filler", "reviewer", "contact_phone")  # stand on every sheet that is sent


def history(session: Session) -> list[Submission]:
    """Every submission, the newest first."""
    return list(
        session.scalars(select(Submission).order_by(Submission.period.desc(), Submission.version.desc()))
    )


@needs(Right.RETURN, "未能登记退回")
def return_(session: Session, submission: int, reason: str) -> None:
    """退回: reopen the period of the submission with this id; the next one is version n+1.

    :raises Refusal: it was returned before, or no reason is given.
    """
    sent = session.get_one(Submission, submission)
    if sent.returned_at is not None:
        raise Refusal(
            "未能登记退回",
            f"{periods.words(sent.period)}第 {sent.version} 版已经退回过",
            "请直接更正后再上报",
        )
    if not reason.strip():
        raise Refusal("未能登记退回", "没有写退回原因", "请写明上级退回的原因")
    sent.returned_at = dt.datetime.now()
    sent.returned_reason = reason.strip()[:300]
    audit.record(session, Event.UNLOCK_PERIOD, f"{periods.words(sent.period)}第 {sent.version} 版")
    session.flush()


def zero(session: Session, villages: Sequence[str], ledger: str, period: str, *, on: bool = True) -> None:
    """零报告: state for ``villages`` (codes) that ``ledger`` has nothing in ``period``, or take that back.

    :raises Refusal: the period is locked, or the ledger knows no zero report.
    """
    if periods.locking(session, period) is not None:
        raise Refusal("未能登记零报告", f"{periods.words(period)}已经上报并锁定", "需要更正的，请先登记退回")
    if ledger not in ZERO_ALLOWED:
        raise Refusal("未能登记零报告", f"{LEDGERS[ledger].caption}不能零报告", "请录入数据")
    query = select(ZeroReport).where(ZeroReport.ledger == ledger, ZeroReport.period == period)
    made = {one.village_code: one for one in session.scalars(query)}
    for code in villages:
        if on and code not in made:
            session.add(
                ZeroReport(village_code=code, ledger=ledger, period=period, made_at=dt.datetime.now())
            )
        elif not on and code in made:
            session.delete(made[code])
    what = f"{LEDGERS[ledger].caption} {periods.words(period)}{'' if on else '（取消）'} {len(villages)} 个村"
    audit.record(session, Event.ZERO, what)


@needs(Right.FULL, "未能另存")
def save_again(session: Session, store: Store, submission: int, out: Path) -> list[Path]:
    """Write the frozen files of a submission to ``out`` once more, byte for byte as sent."""
    return place(store, session.get_one(Submission, submission).files, out)


def place(store: Store, kept: Sequence[dict[str, Any]], out: Path) -> list[Path]:
    """Write kept files (``name``, ``sha256``) to the folder ``out``, each whole.

    :raises Refusal: ``out`` cannot be written to.
    """
    placed = []
    with as_refusal(f"未能把文件保存到“{out}”"):
        out.mkdir(parents=True, exist_ok=True)
        for one in kept:
            content = files.read(store.folder, store.key, one["sha256"])
            placed.append(files.write_whole(out / one["name"], content))
    return placed


def unnamed(session: Session) -> list[str]:
    """Labels of what the unit must say about itself before it submits, and has not said yet."""
    office = session.scalars(select(Office)).one()
    return [field(Office, name).label for name in NAMES if not getattr(office, name)]
