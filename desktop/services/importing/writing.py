"""Carrying a plan out: new entries in bulk, changed ones one by one, in one transaction and one batch."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel.plan import Outcome, Plan, RowPlan
from desktop.records import LEDGERS, Member, Team
from desktop.records.fields import Ledger, fields
from desktop.services.importing import matching, teams
from desktop.services.locks import Locks
from desktop.storage import bulk

TEAM = Team.__tablename__

Steps = Callable[[int, int], None]
Values = Mapping[str, Any]


class Writer:
    """Writes the rows of one plan that go in."""

    def __init__(self, session: Session, plan: Plan, rows: Sequence[RowPlan], progress: Steps | None) -> None:
        self.session, self.plan, self.progress = session, plan, progress
        self.ledger = LEDGERS[plan.ledger]
        self.what = f"未能导入“{plan.file}”"
        self.locks = Locks(session)
        self.new = [row for row in rows if row.outcome is Outcome.NEW and not row.joined]
        self.changed = [
            row
            for row in rows
            if row.outcome is Outcome.CHANGED or (row.outcome is Outcome.NEW and row.joined)
        ]
        self.done = 0

    def write(self) -> None:
        """Teams first, then the entries, then their parts.

        :raises Refusal: a period is locked, or an entry changed since; the caller rolls back.
        """
        made = self._teams()
        ids = bulk.add(self.session, self.ledger, self._entries(made), self._step)
        self.done = len(self.new)
        with self.session.no_autoflush:
            self._change(self.ledger, [(row, row.entry, _own(row)) for row in self.changed if row.entry])
        owners = {
            matching.key(self.ledger, row.values): entry
            for row, entry in zip(self.new, ids, strict=True)
            if row.parts or self.changed
        }
        self._parts(owners)
        self.session.flush()

    def _step(self, done: int) -> None:
        if self.progress is not None:
            self.progress(self.done + done, len(self.new) + len(self.changed))

    def _origin(self, row: RowPlan) -> str:
        return f"导入 {self.plan.file} 第{row.row}行"[:100]

    def _teams(self) -> dict[tuple[str | None, str], int]:
        """The ids of the teams that the file brings, by village and name in plain form."""
        found = [
            (row, part)
            for row in (*self.new, *self.changed)
            for part in row.parts
            if part.ledger == TEAM and self.ledger is Member
        ]
        rows = [{**part.values, "origin": self._origin(row)} for row, part in found]
        return {
            teams.place(part.values): made
            for (_, part), made in zip(found, bulk.add(self.session, Team, rows), strict=True)
        }

    def _entries(self, made: Mapping[tuple[str | None, str], int]) -> Iterator[dict[str, Any]]:
        for row in self.new:
            values = dict(row.values.items()) | {"origin": self._origin(row)}
            if made and teams.LINK not in values:
                values[teams.LINK] = made.get(teams.place(values))
            self._refuse_locked(self.ledger, row, values, {}, values)
            yield values

    def _refuse_locked(
        self, ledger: type[Ledger], row: RowPlan, values: Values, before: Values, changed: Values
    ) -> None:
        if self.locks.periods:
            names = [one.name for one in fields(ledger)]
            known = {name: values[name] for name in names if name in values}
            try:
                self.locks.refuse(
                    ledger, known, before, {name: changed[name] for name in known if name in changed}
                )
            except Refusal as refusal:
                raise Refusal(self.what, f"第 {row.row} 行：{refusal.why}", refusal.remedy) from refusal

    def _change(
        self, ledger: type[Ledger], wanted: Sequence[tuple[RowPlan, int, Mapping[str, tuple[Any, Any]]]]
    ) -> None:
        """Put new values into entries that are on file."""
        for start in range(0, len(wanted), matching.CHUNK):
            some = wanted[start : start + matching.CHUNK]
            query = select(ledger).where(ledger.id.in_([entry for _, entry, _ in some]))
            found = {one.id: one for one in self.session.scalars(query.where(ledger.deleted_at.is_(None)))}
            for row, entry, difference in some:
                self._set(ledger, row, found.get(entry), difference)
            self.session.flush()
            self.done += len(some)
            self._step(0)

    def _set(
        self,
        ledger: type[Ledger],
        row: RowPlan,
        entry: Ledger | None,
        difference: Mapping[str, tuple[Any, Any]],
    ) -> None:
        if entry is None or any(getattr(entry, name) != before for name, (before, _) in difference.items()):
            happened = "已被删除" if entry is None else "在读取文件以后改动过"
            raise Refusal(self.what, f"第 {row.row} 行对应的{ledger.caption}{happened}", "请重新选择文件")
        before = {one.name: getattr(entry, one.name) for one in fields(ledger)}
        after = {name: value for name, (_, value) in difference.items()}
        self._refuse_locked(ledger, row, before | after, before, after)
        for name, value in after.items():
            setattr(entry, name, value)

    def _parts(self, owners: Mapping[matching.Key, int]) -> None:
        """Steps, items and activities: new ones of one ledger together, in the order of the rows."""
        new: dict[str, list[dict[str, Any]]] = defaultdict(list)
        changed: dict[str, list[tuple[RowPlan, int, Mapping[str, tuple[Any, Any]]]]] = defaultdict(list)
        planned: dict[tuple[str, matching.Key], dict[str, Any]] = {}
        for row in (*self.new, *self.changed):
            for part in row.parts:
                ledger = LEDGERS[part.ledger]
                if not ledger.part_of:
                    continue
                owner = row.entry or owners[matching.key(self.ledger, row.values)]
                values = {**part.values, ledger.part_of: owner, "origin": self._origin(row)}
                place = (part.ledger, matching.key(ledger, values))
                if part.outcome is Outcome.NEW:
                    self._refuse_locked(ledger, row, values, {}, values)
                    planned[place] = values
                    new[part.ledger].append(values)
                elif part.outcome is Outcome.CHANGED and part.entry is not None:
                    changed[part.ledger].append((row, part.entry, part.difference))
                elif part.outcome is Outcome.CHANGED:
                    planned[place] |= {name: value for name, (_, value) in part.difference.items()}
        for name, rows in new.items():
            bulk.add(self.session, LEDGERS[name], rows)
        for name, some in changed.items():
            self._change(LEDGERS[name], some)


def _own(row: RowPlan) -> dict[str, tuple[Any, Any]]:
    return {name: change for name, change in row.difference.items() if "." not in name}
