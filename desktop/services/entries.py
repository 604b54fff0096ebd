"""Entries of any ledger: read one, save what a clerk typed, delete, bring back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal, Unreadable
from desktop.records import LEDGERS
from desktop.records.common import Reported
from desktop.records.fields import Ledger, derived, field, fields
from desktop.records.kinds import Area, Link, plain
from desktop.services import areas, periods

HAND = "手工"


def get(session: Session, ledger: type[Ledger], entry: int) -> Ledger:
    """The entry with this id.

    :raises Refusal: it is not there any more.
    """
    found = session.get(ledger, entry)
    if found is None or found.deleted_at is not None:
        raise Refusal("未能打开", f"这条{ledger.caption}已被删除", "请刷新列表")
    return found


def read(ledger: type[Ledger], answers: Mapping[str, str]) -> dict[str, Any]:
    """The clean values of typed answers, by field name; a blank is ``None``.

    :raises Refusal: an answer cannot be read.
    """
    values: dict[str, Any] = {}
    for name, typed in answers.items():
        one = field(ledger, name)
        try:
            values[name] = one.kind.read(typed) if typed.strip() else None
        except Unreadable as trouble:
            raise Refusal("未能保存", f"“{one.label}”{trouble}", "请改正后再保存") from trouble
    return values


def save(
    session: Session, ledger: type[Ledger], answers: Mapping[str, str], *, entry: int | None = None
) -> int:
    """Write a clerk's answers as a new entry, or over ``entry``.

    :param answers: field name to typed text; a name left out is left alone.
    :returns: the id of the entry written.
    :raises Refusal: an answer cannot be read, or the period it belongs to is locked; nothing is written.

    Blanks are accepted: an entry may be saved half done. What is missing is
    reported by :func:`desktop.services.checks.check` and stops a submission.
    """
    return write(session, ledger, read(ledger, answers), entry=entry)


def write(
    session: Session,
    ledger: type[Ledger],
    values: Mapping[str, Any],
    *,
    entry: int | None = None,
    origin: str = HAND,
) -> int:
    """Write clean values, as :func:`save` does; a value that stays the same is no change."""
    row = ledger(origin=origin) if entry is None else get(session, ledger, entry)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    _refuse_strangers(session, ledger, changed)
    periods.refuse_locked(session, row, changed)
    for name, value in changed.items():
        setattr(row, name, value)
    if entry is None:
        session.add(row)
    session.flush()
    return row.id


def _refuse_strangers(session: Session, ledger: type[Ledger], values: Mapping[str, Any]) -> None:
    """Refuse a link to an entry, or the code of an area, that is not there."""
    for name, value in values.items():
        one = field(ledger, name)
        if value is None or not isinstance(one.kind, (Area, Link)):
            continue
        if isinstance(one.kind, Area):
            found = areas.get(session, value) is not None
        else:
            other = session.get(LEDGERS[one.kind.ledger], value)
            found = other is not None and other.deleted_at is None
        if not found:
            raise Refusal("未能保存", f"“{one.label}”填写为“{value}”，没有这一条", "请从列表中选择")


def delete(session: Session, ledger: type[Ledger], entry: int) -> None:
    """Take an entry and its parts out of every list; they stay in the file and in the journal.

    :raises Refusal: other entries point to it, or its period or that of a part is locked.
    """
    row = get(session, ledger, entry)
    for other, name in _links_to(ledger):
        pointing = session.scalars(
            select(other).where(getattr(other, name) == entry, other.deleted_at.is_(None))
        ).all()
        if pointing and other.part_of != name:
            raise Refusal(
                "未能删除",
                f"还有 {len(pointing)} 条{other.caption}属于它",
                f"请先删除或改到别处这些{other.caption}",
            )
        for part in pointing:
            delete(session, other, part.id)
    periods.refuse_locked(session, row, dict.fromkeys(ledger.dated))
    row.deleted_at = dt.datetime.now()
    session.flush()


def _links_to(ledger: type[Ledger]) -> list[tuple[type[Ledger], str]]:
    """Every ledger and field that may point to an entry of ``ledger``."""
    return [
        (other, one.name)
        for other in LEDGERS.values()
        for one in fields(other)
        if isinstance(one.kind, Link) and one.kind.ledger == ledger.__tablename__
    ]


def answers(row: Ledger) -> dict[str, str]:
    """An entry's values as typed text by field name, as :func:`save` reads them back."""
    return {one.name: one.kind.show(getattr(row, one.name)) for one in fields(type(row))}


def proposed(session: Session, ledger: type[Ledger], today: dt.date) -> dict[str, str]:
    """What a new entry usually holds, as typed text by field name: who fills it in, the day, the year."""
    if not issubclass(ledger, Reported):
        return {}
    office = areas.own_office(session)
    usual = {"filler": office and office.filler, "fill_date": today, "year": today.year}
    return {one.name: one.kind.show(usual[one.name]) for one in fields(ledger) if usual.get(one.name)}


def as_json(row: Ledger, on: dt.date) -> dict[str, Any]:
    """An entry by field name, clean values (dates in ISO form, lists by code), worked-out ones too."""
    found: dict[str, Any] = {"id": row.id}
    found |= {one.name: plain(getattr(row, one.name)) for one in fields(type(row))}
    found |= {one.name: plain(one.work(row, on)) for one in derived(type(row))}
    return found
