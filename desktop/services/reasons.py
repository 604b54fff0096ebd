"""Reasons for findings of grade B and C: given for a period, kept, offered again in the next."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.keeping import Reason
from desktop.rules.rulebook import Finding, Grade
from desktop.services import audit, periods
from desktop.services.audit import Event
from desktop.storage.rights import Right, needs

SHORTEST = 6  # characters of a reason, as on the national statistics platform
LONGEST = 300
ASKED = (Grade.B, Grade.C)


@needs(Right.REASON, "未能保存说明")
def give(session: Session, finding: Finding, period: str, text: str) -> None:
    """Keep why a finding stands as it is; a reason given before is replaced.

    :raises Refusal: the grade takes no reason, the reason is too short or too long, the period is locked.
    """
    said, what = " ".join(text.split()), "未能保存说明"
    if finding.grade not in ASKED:
        way = "必须改正，不能只作说明" if finding.grade == Grade.A else "只是提示，不需要说明"
        raise Refusal(what, f"“{finding.message}”{way}", finding.remedy)
    if not said:
        raise Refusal(what, "说明是空的", "请写明为什么这样填是对的")
    if len(said) < SHORTEST:
        raise Refusal(what, f"说明只有 {len(said)} 个字", f"请写明为什么这样填是对的，不少于 {SHORTEST} 个字")
    if len(said) > LONGEST:
        raise Refusal(what, f"说明有 {len(said)} 个字", f"请写在 {LONGEST} 个字以内")
    if periods.locking(session, period) is not None:
        raise Refusal(
            what, f"{periods.words(period)}已上报，该期已锁定", "需要更正的，请先在“上报”页登记退回"
        )
    now = dt.datetime.now()
    kept = session.scalars(
        select(Reason).where(Reason.finding == finding.key, Reason.period == period)
    ).first()
    if kept is None:
        session.add(Reason(finding=finding.key, period=period, text=said, given_at=now))
    else:
        kept.text, kept.given_at = said, now
    audit.record(session, Event.REASON, f"{periods.words(period)} {finding.code}")


def given(session: Session, period: str) -> dict[str, str]:
    """The reasons of a period by the keys of their findings."""
    return {one.finding: one.text for one in session.scalars(select(Reason).where(Reason.period == period))}


def offered(session: Session, finding: Finding, period: str) -> str | None:
    """The last reason given at the same place (与上期相同), whatever the figures were."""
    same = Reason.finding.startswith(f"{finding.place}|", autoescape=True)
    earlier = select(Reason.text).where(same, Reason.period <= period, Reason.finding != finding.key)
    exact = select(Reason.text).where(Reason.finding == finding.key, Reason.period < period)
    for query in (exact, earlier):
        found = session.scalars(query.order_by(Reason.period.desc(), Reason.id.desc()).limit(1)).first()
        if found is not None:
            return found
    return None
