"""Agreements by their status on a day."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Agreement
from desktop.records.agreement import Standing


def by_standing(session: Session, on: dt.date) -> dict[Standing, set[int]]:
    """The ids of all agreements by status; every status is there, if only with none."""
    found: dict[Standing, set[int]] = {standing: set() for standing in Standing}
    for agreement in session.scalars(select(Agreement).where(Agreement.deleted_at.is_(None))):
        found[agreement.status(on)].add(agreement.id)
    return found


def term_left(agreement: Agreement, on: dt.date) -> str:
    """How long an agreement still runs, in a sentence for its badge."""
    standing = agreement.status(on)
    if standing == Standing.TERMINATED:
        return f"{agreement.terminated_on} 起终止"
    if standing == Standing.UNSIGNED:
        begun = agreement.valid_from or agreement.signed_on
        return f"{begun} 起生效" if begun else "还没有填签订日期"
    if agreement.valid_to is None:
        return "长期有效"
    days = (agreement.valid_to - on).days
    return (
        f"{agreement.valid_to} 到期，还有 {days} 天"
        if days >= 0
        else f"{agreement.valid_to} 到期，已过 {-days} 天"
    )
