"""Taking back one batch of the journal, as a new operation that can itself be taken back."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS
from desktop.records.fields import Base, Ledger, fields
from desktop.records.keeping import ImportRun, JournalRow
from desktop.records.kinds import Link, plain
from desktop.services import audit, links, operations, periods
from desktop.services.locks import Locks
from desktop.storage import bulk, journal, preparing
from desktop.storage.journal import DELETED, Kind
from desktop.storage.rights import Right, needs

RECENT = 50  # imports that are listed
CHUNK = 500  # ids in one query


def runs(session: Session, most: int = RECENT) -> Sequence[ImportRun]:
    """The last imports, the latest first."""
    return session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(most)).all()


@needs(Right.ENTER, "未能撤销")
def take_back(session: Session, batch: int) -> int:
    """Reverse every change of ``batch``, the last one first: made is deleted, changed is as before.

    A batch that itself took something back is reversed by doing that again.

    :returns: how many entries were reversed.
    :raises Refusal: an entry changed since, others now point to it, it lies in a period that was sent, or it
        is nothing that can be taken back; nothing is taken back.
    """
    first = session.scalars(select(JournalRow).where(JournalRow.batch == batch).limit(1)).first()
    if first is None or batch <= 0:
        raise Refusal("未能撤销", "没有找到这次操作的记录", "请刷新列表后再试")
    if first.kind == Kind.EVENT:
        raise Refusal(
            f"未能撤销“{first.operation}”", "它不能撤销", audit.instead((first.after or {}).get("event", ""))
        )
    undoing = first.kind != Kind.UNDONE
    session.info["kind"] = Kind.UNDONE if undoing else Kind.REDONE
    session.info["root"] = root = first.root or batch
    found = session.execute(select(JournalRow.ledger, JournalRow.entry).where(JournalRow.batch == batch))
    times = Counter((name, entry) for name, entry in found)
    Reversal(session, batch, times).run()
    for run in session.scalars(select(ImportRun).where(ImportRun.batch == root)):
        run.undone_at = dt.datetime.now() if undoing else None
    session.flush()
    return len(times)


class Reversal:
    """One batch on its way back: what was made and nothing else goes in bulk, all else one by one.

    :param times: how often the batch journals an entry.
    """

    def __init__(self, session: Session, batch: int, times: Mapping[tuple[str, int], int]) -> None:
        self.session, self.batch = session, batch
        here = JournalRow.batch == batch
        word = "撤销" if session.info["kind"] is Kind.UNDONE else "恢复"
        self.what = f"未能{word}“{operations.named(session, session.info['root'])}”"
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
        self.gone = [row for row in self.rows if _only_deletes(row) and times[row.ledger, row.entry] == 1]
        self.together = {row.id for row in self.gone}
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
        back: dict[str, list[Ledger]] = defaultdict(list)
        for row in reversed(self.gone):  # by ids upwards: else the index takes three times as long
            back[row.ledger].append(self.entries[row.ledger, row.entry])
        for name, entries in back.items():
            bulk.restore(self.session, ledgers()[name], entries, self.now)
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
            changed = {name: journal.value(ledger, name, row.before.get(name)) for name in after}
            if DELETED in changed:
                self._refuse_locked(entry, {name: getattr(entry, name) for name in ledger.dated})
            self._refuse_locked(entry, {name: value for name, value in changed.items() if name != DELETED})
        if row.id in self.together:
            return  # all of these together, at the end
        for name, value in changed.items():
            setattr(entry, name, value)

    def _refuse_locked(self, entry: Ledger, changed: Mapping[str, Any]) -> None:
        try:
            periods.refuse_locked(self.session, entry, changed)
        except Refusal as refusal:
            raise Refusal(self.what, refusal.why, refusal.remedy) from refusal

    def _changed(self, entry: Ledger | None) -> Refusal:
        if entry is None:
            return Refusal(self.what, "其中一条记录已不在", "请在“最近的操作”里看看它以后做过什么")
        later = self.session.scalars(
            select(JournalRow)
            .where(JournalRow.ledger == entry.__tablename__, JournalRow.entry == entry.id)
            .order_by(JournalRow.id.desc())
            .limit(1)
        ).one()
        since = f"{later.at:%Y-%m-%d %H:%M} {later.who}".rstrip()
        why = f"{self._title(type(entry), entry.id)}在这以后又改动过（{since} {later.operation}）"
        return Refusal(self.what, why, "请先撤销那次操作，或在那条记录里直接改正")

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


def _only_deletes(row: JournalRow) -> bool:
    return row.before == {DELETED: None}


def _chunks(ids: Collection[int]) -> list[list[int]]:
    found = sorted(ids)
    return [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)]
