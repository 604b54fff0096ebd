"""Taking back one batch of the journal, as a new operation that can itself be taken back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.records.fields import Base, Ledger, field, fields
from desktop.records.keeping import ImportRun, JournalRow
from desktop.records.kinds import Day, Link, Moment, Money, Share, plain
from desktop.services import links, periods
from desktop.services.importing.matching import CHUNK

RECENT = 50  # imports that are listed
DELETED = "deleted_at"


def runs(session: Session, most: int = RECENT) -> Sequence[ImportRun]:
    """The last imports, the latest first."""
    return session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(most)).all()


def take_back(session: Session, batch: int) -> int:
    """Reverse every change of ``batch``, the last one first: made is deleted, changed is as before.

    :returns: how many entries were reversed.
    :raises Refusal: an entry changed since, others now point to it, or it lies in a period that was sent;
        nothing is taken back.
    """
    rows = session.scalars(
        select(JournalRow).where(JournalRow.batch == batch).order_by(JournalRow.id.desc())
    ).all()
    if not rows or batch <= 0:
        raise Refusal("未能撤销", "没有找到这次操作的记录", "请刷新列表后再试")
    Reversal(session, rows).run()
    for run in session.scalars(select(ImportRun).where(ImportRun.batch == batch)):
        run.undone_at = dt.datetime.now()
    session.flush()
    return len({(row.ledger, row.entry) for row in rows})


class Reversal:
    """One batch on its way back."""

    def __init__(self, session: Session, rows: Sequence[JournalRow]) -> None:
        self.session, self.rows = session, rows
        self.what = f"未能撤销“{rows[0].operation}”"
        self.entries: dict[tuple[str, int], Ledger] = {}
        self.made: dict[str, set[int]] = defaultdict(set)
        self.now = dt.datetime.now()

    def run(self) -> None:
        self._load()
        self._refuse_pointed_at()
        with self.session.no_autoflush:
            for row in self.rows:
                self._reverse(row)
        self.session.flush()

    def _load(self) -> None:
        wanted: dict[str, set[int]] = defaultdict(set)
        for row in self.rows:
            wanted[row.ledger].add(row.entry)
            if row.before is None:
                self.made[row.ledger].add(row.entry)
        known = ledgers()
        for name, ids in wanted.items():
            ledger = known[name]
            for some in _chunks(ids):
                for entry in self.session.scalars(select(ledger).where(ledger.id.in_(some))):
                    self.entries[name, entry.id] = entry

    def _refuse_pointed_at(self) -> None:
        """What was made must not have got parts or links since, but for those that go with it."""
        for name, ids in self.made.items():
            for other, link in _links_to(name):
                for some in _chunks(ids):
                    pointing = select(other.id, getattr(other, link)).where(
                        getattr(other, link).in_(some), other.deleted_at.is_(None)
                    )
                    for entry, owner in self.session.execute(pointing):
                        if entry not in self.made[other.__tablename__]:
                            raise Refusal(
                                self.what,
                                f"{self._title(self.entries[name, owner])}已有别的{other.caption}",
                                f"请先删除或改到别处这些{other.caption}",
                            )

    def _reverse(self, row: JournalRow) -> None:
        entry = self.entries.get((row.ledger, row.entry))
        after = row.after or {}
        if entry is None or not _stands(entry, after, whole=row.before is None):
            title = self._title(entry) if entry is not None else "其中一条记录"
            raise Refusal(self.what, f"{title}在这以后又改动过", "请在那条记录里直接改正")
        ledger = type(entry)
        if row.before is None:
            changed: dict[str, Any] = {DELETED: self.now}
            self._refuse_locked(entry, dict.fromkeys(ledger.dated))
        else:
            changed = {name: _value(ledger, name, row.before.get(name)) for name in after}
            if DELETED in changed:
                self._refuse_locked(entry, {name: getattr(entry, name) for name in ledger.dated})
            self._refuse_locked(entry, {name: value for name, value in changed.items() if name != DELETED})
        for name, value in changed.items():
            setattr(entry, name, value)

    def _refuse_locked(self, entry: Ledger, changed: Mapping[str, Any]) -> None:
        try:
            periods.refuse_locked(self.session, entry, changed)
        except Refusal as refusal:
            raise Refusal(self.what, refusal.why, refusal.remedy) from refusal

    def _title(self, entry: Ledger) -> str:
        return f"{type(entry).caption}“{links.title(self.session, entry)}”"


def ledgers() -> dict[str, type[Ledger]]:
    """Every table that is journalled, by name; more than the ledgers that are listed."""
    mapped = (one.class_ for one in Base.registry.mappers)
    return {one.__tablename__: one for one in mapped if issubclass(one, Ledger)}


def _links_to(name: str) -> list[tuple[type[Ledger], str]]:
    return [
        (other, one.name)
        for other in LEDGERS.values()
        for one in fields(other)
        if isinstance(one.kind, Link) and one.kind.ledger == name
    ]


def _stands(entry: Ledger, after: Mapping[str, Any], *, whole: bool) -> bool:
    """Whether an entry is as the journal left it; a new one in all of its answers."""
    names = [*(one.name for one in fields(type(entry))), DELETED] if whole else after
    return all(plain(getattr(entry, name)) == after.get(name) for name in names)


def _value(ledger: type[Ledger], name: str, kept: Any) -> Any:
    """A value as an entry holds it, from what the journal keeps of it."""
    if kept is None or not isinstance(kept, str):
        return kept
    if name == DELETED:
        return dt.datetime.fromisoformat(kept)
    kind = field(ledger, name).kind
    return kind.read(kept) if isinstance(kind, (Day, Moment, Money, Share)) else kept


def _chunks(ids: set[int]) -> list[list[int]]:
    found = sorted(ids)
    return [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)]
