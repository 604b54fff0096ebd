"""Taking back one batch of the journal, as a new operation that can itself be taken back."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.records.fields import Base, Ledger, field, fields
from desktop.records.keeping import ImportRun, JournalRow
from desktop.records.kinds import Day, Link, Moment, Money, Share, plain
from desktop.services import links, periods
from desktop.services.importing.locks import Locks
from desktop.services.importing.matching import CHUNK
from desktop.storage import bulk, preparing

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
    found = session.execute(select(JournalRow.ledger, JournalRow.entry).where(JournalRow.batch == batch))
    times = Counter((name, entry) for name, entry in found)
    if not times or batch <= 0:
        raise Refusal("未能撤销", "没有找到这次操作的记录", "请刷新列表后再试")
    Reversal(session, batch, times).run()
    for run in session.scalars(select(ImportRun).where(ImportRun.batch == batch)):
        run.undone_at = dt.datetime.now()
    session.flush()
    return len(times)


class Reversal:
    """One batch on its way back: what was made and nothing else goes in bulk, all else one by one.

    :param times: how often the batch journals an entry.
    """

    def __init__(self, session: Session, batch: int, times: Mapping[tuple[str, int], int]) -> None:
        self.session, self.batch = session, batch
        here = JournalRow.batch == batch
        operation = session.scalar(select(JournalRow.operation).where(here).limit(1))
        self.what = f"未能撤销“{operation}”"
        self.made: dict[str, set[int]] = defaultdict(set)
        for name, entry in session.execute(
            select(JournalRow.ledger, JournalRow.entry).where(here, JournalRow.before.is_(None))
        ):
            self.made[name].add(entry)
        self.alone = {name: {one for one in ids if times[name, one] == 1} for name, ids in self.made.items()}
        others = {entry for name, entry in times if entry not in self.alone.get(name, ())}
        self.rows = [
            row
            for some in _chunks(others)
            for row in session.scalars(select(JournalRow).where(here, JournalRow.entry.in_(some)))
            if row.entry not in self.alone.get(row.ledger, ())
        ]
        self.rows.sort(key=lambda row: row.id, reverse=True)
        self.entries: dict[tuple[str, int], Ledger] = {}
        self.locks = Locks(session)
        self.now = dt.datetime.now()

    def run(self) -> None:
        self._load()
        self._refuse_pointed_at()
        with self.session.no_autoflush:
            for row in self.rows:
                self._reverse(row)
        self.session.flush()
        for name, ids in self.alone.items():
            self._refuse_changed(ledgers()[name], ids)
        for name, ids in self.alone.items():
            bulk.delete(self.session, ledgers()[name], sorted(ids), self.now)

    def _refuse_changed(self, ledger: type[Ledger], ids: Collection[int]) -> None:
        """What was made must be as it was made, and not in a period that was sent."""
        answers = preparing.journalled(ledger)
        columns = [getattr(ledger, one) for one in answers]
        query = select(ledger.id, JournalRow.after, *columns).join(ledger, ledger.id == JournalRow.entry)
        query = query.where(JournalRow.batch == self.batch, JournalRow.ledger == ledger.__tablename__)
        left = set(ids)
        for entry, after, *found in self.session.execute(query.execution_options(yield_per=CHUNK)):
            if entry not in left:
                continue
            left.discard(entry)
            values = {one: value for one, value in zip(answers, found, strict=True) if value is not None}
            if {one: plain(value) for one, value in values.items()} != after:
                raise self._changed(self.session.get(ledger, entry))
            if self.locks.periods:
                self._refuse_locked(ledger(**values), dict.fromkeys(ledger.dated))
        if left:
            raise self._changed(None)

    def _load(self) -> None:
        wanted: dict[str, set[int]] = defaultdict(set)
        for row in self.rows:
            wanted[row.ledger].add(row.entry)
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
                        if entry not in self.made.get(other.__tablename__, ()):
                            raise Refusal(
                                self.what,
                                f"{self._title(ledgers()[name], owner)}已有别的{other.caption}",
                                f"请先删除或改到别处这些{other.caption}",
                            )

    def _reverse(self, row: JournalRow) -> None:
        entry = self.entries.get((row.ledger, row.entry))
        after = row.after or {}
        if entry is None or not _stands(entry, after, whole=row.before is None):
            raise self._changed(entry)
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

    def _changed(self, entry: Ledger | None) -> Refusal:
        title = self._title(type(entry), entry.id) if entry is not None else "其中一条记录"
        return Refusal(self.what, f"{title}在这以后又改动过", "请在那条记录里直接改正")

    def _title(self, ledger: type[Ledger], entry: int) -> str:
        found = self.session.get_one(ledger, entry)
        return f"{ledger.caption}“{links.title(self.session, found)}”"


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


def _chunks(ids: Collection[int]) -> list[list[int]]:
    found = sorted(ids)
    return [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)]
