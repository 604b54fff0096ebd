"""Half-typed answers: written down while a form is open, offered again after an unclean end."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from desktop.errors import Unreadable
from desktop.records import LEDGERS, Office
from desktop.records.fields import Field, Ledger, field, fields
from desktop.records.keeping import Draft
from desktop.records.kinds import Link
from desktop.services import lists
from desktop.storage.keys.key import Key

KNOWN: dict[str, type[Ledger]] = {**LEDGERS, Office.__tablename__: Office}


@dataclass(frozen=True, slots=True)
class Halfway:
    """What stands in a form and is not saved.

    :param id: 32 hexadecimal digits, the form's own.
    :param entry: ``None`` for a new one.
    :param typed: every answer as it stands in the form, by field name.
    :param before: the same answers as the form began.
    """

    id: str
    ledger: type[Ledger]
    entry: int | None
    typed: Mapping[str, str]
    before: Mapping[str, str]

    def changed(self) -> dict[str, str]:
        """Only the answers that the clerk has typed."""
        return {name: text for name, text in self.typed.items() if text != self.before.get(name, "")}


@dataclass(frozen=True, slots=True)
class Left:
    """A draft that was left behind.

    :param name: what the entry is called; empty if nothing was typed there.
    :param gone: its entry is deleted, or the one that it would be a part of.
    :param differing: labels of the answers that its entry holds otherwise by now.
    """

    draft: Halfway
    name: str
    at: dt.datetime
    who: str
    gone: bool
    differing: tuple[str, ...]


def put(session: Session, draft: Halfway) -> None:
    """Write down what is typed, in place of what the form wrote down before.

    :param session: of :meth:`Store.jot`.
    """
    key: Key = session.info["key"]
    row = {
        "id": draft.id,
        "ledger": draft.ledger.__tablename__,
        "entry": draft.entry,
        "typed": dict(draft.typed),
        "before": dict(draft.before),
        "at": dt.datetime.now(),
        "who": key.user,
    }
    query = insert(Draft).values(row)
    session.connection().execute(query.on_conflict_do_update(index_elements=["id"], set_=row))


def drop(session: Session, draft: str) -> None:
    """Forget a draft: it was saved, in this same transaction, or given up."""
    session.connection().execute(delete(Draft).where(Draft.id == draft))


def listed(session: Session) -> list[Left]:
    """What the one who opened ``session`` left half done, the latest first; an administrator sees all."""
    key: Key = session.info["key"]
    query = select(Draft).where(Draft.ledger.in_(KNOWN)).order_by(Draft.at.desc())
    if not key.role.manages:
        query = query.where(Draft.who == key.user)
    return [_left(session, row) for row in session.scalars(query)]


def _left(session: Session, row: Draft) -> Left:
    ledger = KNOWN[row.ledger]
    draft = Halfway(row.id, ledger, row.entry, row.typed, row.before)
    saved = None if row.entry is None else session.get(ledger, row.entry)
    gone = row.entry is not None and (saved is None or saved.deleted_at is not None)
    if row.entry is None and ledger.part_of:
        gone = not _whole_is_there(session, draft)
    differing = () if saved is None or gone else tuple(_differing(draft, saved))
    return Left(draft, _name(session, draft), row.at, row.who, gone, differing)


def _whole_is_there(session: Session, draft: Halfway) -> bool:
    """Whether the entry is there that a new one is to be a part of."""
    link = field(draft.ledger, draft.ledger.part_of).kind
    number = draft.typed.get(draft.ledger.part_of, "")
    found = session.get(KNOWN[link.ledger], int(number)) if isinstance(link, Link) and number else None
    return found is not None and found.deleted_at is None


def _differing(draft: Halfway, saved: Ledger) -> Iterator[str]:
    """A form may write an answer in other words than the entry, so the values are compared."""
    for one in fields(draft.ledger):
        if one.name in draft.before:
            known = [_value(one, answers[one.name]) for answers in (draft.before, draft.typed)]
            if getattr(saved, one.name) not in known:
                yield one.label


def _value(one: Field, typed: str) -> Any:
    """What a text stands for; the text itself, if it cannot be read."""
    try:
        return one.kind.read(typed) if typed.strip() else None
    except Unreadable:
        return typed


def _name(session: Session, draft: Halfway) -> str:
    """What was typed as the name; a code in words, what cannot be read as it was typed."""
    one, typed = field(draft.ledger, draft.ledger.naming), draft.typed.get(draft.ledger.naming, "").strip()
    try:
        value = one.kind.read(typed) if typed else None
    except Unreadable:
        return typed
    names = lists.Names()
    names.learn(session, draft.ledger, [draft.ledger(**{one.name: value})])
    return names.text(one, value)
