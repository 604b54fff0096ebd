"""Entries that other entries point to: how they are named, offered and understood."""

from collections.abc import Callable, Sequence
from functools import cache, partial

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from desktop.errors import Unreadable
from desktop.records import LEDGERS
from desktop.records.common import Reported
from desktop.records.fields import Ledger, field
from desktop.records.kinds import Link
from desktop.services import areas


def title(session: Session, entry: Ledger, named: Callable[[str | None], str] | None = None) -> str:
    """An entry in one line, for a drop-down or a finding: its name, and its village where it has one.

    :param named: names a village; :func:`titles` gives one that remembers.
    """
    named = named or partial(areas.named, session)
    if entry.__tablename__ == "region":
        return areas.named(session, getattr(entry, "code", None), town=True)
    kind_shown = _shown_name(entry)
    village = (
        getattr(entry, entry.where, None)
        if isinstance(entry, Reported) and hasattr(entry, entry.where)
        else None
    )
    if entry.__tablename__ == "village":
        return f"{named(village)} {getattr(entry, 'as_of', '') or ''}".strip()
    if entry.__tablename__ == "step":
        matter = session.get(LEDGERS["matter"], getattr(entry, "matter_id", None) or 0)
        return f"{title(session, matter, named)} · {kind_shown}" if matter else kind_shown
    where = named(village)
    return f"{where} {kind_shown}".strip() or "（未命名）"


def prefix(session: Session, ledger: str, entry: int | None) -> str:
    """The title of the entry that a finding is about, to stand in front of its message."""
    found = session.get(LEDGERS[ledger], entry) if entry else None
    return f"{title(session, found)}：" if found else ""


def owner(ledger: str) -> str:
    """The ledger whose entries those of ``ledger`` are parts of; empty if they stand for themselves."""
    part = LEDGERS[ledger].part_of if ledger in LEDGERS else ""
    kind = field(LEDGERS[ledger], part).kind if part else None
    return kind.ledger if isinstance(kind, Link) else ""


def titles(session: Session, ledger: str, ids: Sequence[int], *, bare: bool = False) -> dict[int, str]:
    """The titles of several entries by id; with ``bare``, without their villages."""
    wanted = LEDGERS[ledger]
    named: Callable[[str | None], str] = _unnamed if bare else cache(partial(areas.named, session))
    return {
        entry.id: title(session, entry, named)
        for entry in session.scalars(select(wanted).where(wanted.id.in_(ids)))
    }


def _unnamed(_: str | None) -> str:
    return ""


def offered(session: Session, ledger: str, *, village: str | None = None) -> list[tuple[int, str]]:
    """What a drop-down for links to ``ledger`` offers: (id, title), of one village or of all."""
    wanted = LEDGERS[ledger]
    query = select(wanted).where(wanted.deleted_at.is_(None)).order_by(wanted.spelling, wanted.id)
    if village is not None and issubclass(wanted, Reported):
        query = query.where(getattr(wanted, wanted.where) == village)
    named = cache(partial(areas.named, session))
    return [(entry.id, title(session, entry, named)) for entry in session.scalars(query)]


def understood(session: Session, text: str, ledger: str, *, village: str | None) -> int:
    """The id of the entry that ``text`` names: its name, its printed number, or its village and name.

    :param village: code of the village that the same row names, to tell entries of one name apart.
    :raises Unreadable: no such entry, or several; nothing is guessed.
    """
    wanted = LEDGERS[ledger]
    word = text.strip()
    naming = getattr(wanted, wanted.naming)
    query = select(wanted).where(wanted.deleted_at.is_(None))
    numbers = [
        getattr(wanted, name) == word for name in ("record_no", "agreement_no") if hasattr(wanted, name)
    ]
    for condition in (naming == word, *numbers):
        found = list(session.scalars(query.where(condition)))
        if len(found) > 1 and village is not None and issubclass(wanted, Reported):
            found = [entry for entry in found if getattr(entry, wanted.where) == village] or found
        if len(found) == 1:
            return found[0].id
        if len(found) > 1:
            raise Unreadable(
                f"填写为“{text}”，有 {len(found)} 条同名的{wanted.caption}，请同时写明村（社区）"
            )
    for entry in session.scalars(query.where(literal(word).endswith(naming))):
        if word.replace(" ", "") == title(session, entry).replace(" ", ""):
            return entry.id
    raise Unreadable(f"填写为“{text}”，在{wanted.caption}中找不到，请先录入它")


def _shown_name(entry: Ledger) -> str:

    return field(type(entry), entry.naming).kind.show(getattr(entry, entry.naming))
