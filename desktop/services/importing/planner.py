"""What becomes of each row of a file: find its entry, compare, judge."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

from sqlalchemy.orm import Session

from desktop.excel.compact import Compact
from desktop.excel.plan import Outcome, PartPlan, RowPlan
from desktop.excel.understanding import targets
from desktop.excel.understanding.table import Table
from desktop.records import Member
from desktop.records.fields import Ledger, fields
from desktop.services.importing import matching, near
from desktop.services.importing.checks import Checks
from desktop.services.importing.parts import Parts, groups
from desktop.services.importing.reading import Page, Reading, Reference
from desktop.services.importing.repeats import Joined, Repeats
from desktop.services.importing.teams import LINK, Teams
from desktop.services.locks import Locks

CHUNK = 1000  # rows between two words of progress
UNCHANGED: Mapping[str, tuple[Any, Any]] = MappingProxyType({})  # one for all rows: most change nothing

Steps = Callable[[int, int], None]


class Planner:
    """Reads the rows of a file's tables and decides what becomes of each."""

    def __init__(self, session: Session, ledger: type[Ledger], reference: Reference, today: dt.date) -> None:
        self.session, self.ledger, self.reference = session, ledger, reference
        self.targets = {one.name: one for one in targets.targets(ledger)}
        self.fields = fields(ledger)
        self.blank: dict[str, Any] = dict.fromkeys(one.name for one in self.fields)
        self.checks = Checks(ledger, today)
        self.locks = Locks(session)
        self.index = matching.Index(session, ledger)
        self.teams = Teams(session, reference.places, self.targets) if ledger is Member else None
        self.parts = Parts(session, groups(self.targets.values()), self.locks)
        self.repeats = Repeats(ledger) if self.parts.groups else None
        self.near = near.KINDS[ledger](session) if ledger in near.KINDS else None
        self._seen: dict[matching.Key, str] = {}
        self._decided: dict[int, RowPlan] = {}  # by id() of the reading that others go with

    def rows(self, tables: Sequence[Table], progress: Steps | None = None) -> list[RowPlan]:
        """What becomes of every row of ``tables``.

        :param progress: told how many of how many are planned; what it raises ends the work.
        """
        total = sum(len(table.lines) for table in tables)
        size = CHUNK if self.repeats is None else max(total, 1)
        waiting = self._readings(tables)
        found: list[RowPlan] = []
        while readings := list(islice(waiting, size)):
            found += self._chunk(readings)
            if progress is not None:
                progress(len(found), total)
        return found

    def _readings(self, tables: Sequence[Table]) -> Iterator[Reading]:
        several = len({table.sheet for table in tables}) > 1
        for table in tables:
            page = Page(table, self.targets, self.reference, self.ledger.naming, several=several)
            for line in table.lines:
                reading = page.read(line)
                if self.teams is not None:
                    self.teams.link(reading)
                yield reading

    def _chunk(self, readings: list[Reading]) -> list[RowPlan]:
        if self.repeats is not None:
            self.repeats.gather(readings)
        matches = [self.index.find(reading.values) for reading in readings]
        entries = [ids[0] for ids in matches if ids]
        held = matching.held(self.session, self.ledger, entries)
        if self.parts.groups:
            self.parts.load(entries)
        return [self._decide(reading, ids, held) for reading, ids in zip(readings, matches, strict=True)]

    def _decide(self, reading: Reading, ids: Sequence[int], held: Mapping[int, matching.Values]) -> RowPlan:
        if self.repeats is not None and (joined := self.repeats.joined.get(id(reading))):
            return self._goes_with(reading, self._decided[id(joined.first)], joined)
        entry = ids[0] if ids else None
        before = held[entry] if entry is not None else {}
        sound = self.checks.numbers_hold(reading, before)
        self.checks.ages_ago(reading)
        self.checks.named(reading)
        if not reading.wrong:
            self._stands_once(reading, ids)
        after = self._settled(reading, before)
        self.checks.missing(reading, after)
        difference = {name: (one, after[name]) for name, one in before.items() if after[name] != one}
        self._let_in(reading, before, after, difference)
        if self.near is not None and entry is None:
            self._near(reading, after, sound=sound)
        parts = self._parts(reading, entry, after)
        plan = self._row(reading, entry, after, difference, parts)
        if self.repeats is not None:
            self._decided[id(reading)] = plan
        return plan

    def _stands_once(self, reading: Reading, ids: Sequence[int]) -> None:
        """An entry must stand once in the file and in the records."""
        names = matching.names(self.ledger, reading.values)
        key = (names, *map(reading.values.get, names))
        first = self._seen.setdefault(key, reading.place)
        if first != reading.place:
            said = f"与{first}重复（{self._labels(names)}相同），请只留一行"
        elif len(ids) > 1:
            said = f"记录中已有 {len(ids)} 条{self._labels(names)}相同的，请先删去多余的"
        elif ids and (first := self._seen.setdefault(("entry", ids[0]), reading.place)) != reading.place:
            said = f"与{first}对应记录中的同一条，请核对这两行是不是同一个人（事）"
        else:
            return
        reading.tell(names[-1], said, grave=True)

    def _labels(self, names: Sequence[str]) -> str:
        return "、".join(one.label for one in self.fields if one.name in names)

    def _settled(self, reading: Reading, before: matching.Values) -> dict[str, Any]:
        """The entry as it will be: what it holds, what the row answers, and what follows from both."""
        known = {name: one for name, one in before.items() if one is not None}
        entry = SimpleNamespace(**{**self.blank, **known, **reading.values})
        self.ledger.settle(cast("Ledger", entry))
        return vars(entry)

    def _let_in(
        self,
        reading: Reading,
        before: matching.Values,
        after: Mapping[str, Any],
        difference: Mapping[str, Any],
    ) -> None:
        if not self.locks.periods or (before and not difference):
            return
        values = {name: after[name] for name in self.blank if name != LINK}
        changed = difference or {name: one for name, one in values.items() if one is not None}
        if trouble := self.locks.trouble(self.ledger, values, before, changed):
            reading.tell(self.ledger.dated[0], trouble, grave=True)

    def _near(self, reading: Reading, after: Mapping[str, Any], *, sound: bool) -> None:
        """What a new row may be a second time; one that stays out is not remembered."""
        assert self.near is not None
        found = [*self.near.doubt(after, reading.place, sound=sound)]
        if not reading.wrong:
            found += self.near.look(after, reading.place)
        for name, said in found:
            reading.tell(name, said)

    def _parts(self, reading: Reading, entry: int | None, values: Mapping[str, Any]) -> list[PartPlan]:
        """:param values: of the entry that they are parts of, which tell it where it has no id yet."""
        found: list[PartPlan] = []
        if self.parts.groups:
            found += self.parts.plan(reading, matching.key(self.ledger, values) if entry is None else entry)
        if self.teams is not None and not reading.wrong and (team := self.teams.part(reading)):
            found.append(team)
        return found

    def _row(
        self,
        reading: Reading,
        entry: int | None,
        after: Mapping[str, Any],
        difference: Mapping[str, tuple[Any, Any]],
        parts: Sequence[PartPlan],
    ) -> RowPlan:
        if reading.wrong:
            return self._wrong(reading, entry)
        if entry is None:
            values = {name: one for name, one in after.items() if one is not None}
            if values.get(LINK, 0) < 0:
                del values[LINK]  # the token of a team that has no id yet
            outcome, difference = Outcome.NEW, UNCHANGED
        else:
            values = reading.values | {name: one for name, (_, one) in difference.items()}
            difference = {**difference, **_of_parts(parts)}
            moved = difference or any(part.outcome is Outcome.NEW for part in parts)
            outcome = Outcome.CHANGED if moved else Outcome.SAME
        return RowPlan(
            *(reading.row, outcome, Compact(tuple(values), tuple(values.values()))),
            *(difference or UNCHANGED, tuple(reading.findings), entry),
            *(reading.sheet, parts or ()),
        )

    def _goes_with(self, reading: Reading, first: RowPlan, joined: Joined) -> RowPlan:
        """A further row of an entry: its answers were laid upon the first, its parts are its own."""
        if first.outcome is Outcome.WRONG:
            reading.tell(
                self.ledger.naming, f"与它同属一条的{joined.first.place}有错，请先改正那一行", grave=True
            )
            return self._wrong(reading, first.entry)
        new = first.outcome is Outcome.NEW
        parts = self._parts(reading, None if new else first.entry or 0, first.values)
        if reading.wrong:
            return self._wrong(reading, first.entry)
        difference = {
            name: change for name, change in joined.adds.items() if new or name in first.difference
        } | _of_parts(parts)
        moved = difference or any(part.outcome is Outcome.NEW for part in parts)
        outcome = first.outcome if new else Outcome.CHANGED
        if not moved:
            outcome = Outcome.SAME
        reading.tell(self.ledger.naming, f"与{joined.first.place}是同一条{self.ledger.caption}，并入那一行")
        return RowPlan(
            *(reading.row, outcome, reading.values, difference, reading.findings, first.entry),
            *(reading.sheet, parts, True),
        )

    def _wrong(self, reading: Reading, entry: int | None) -> RowPlan:
        """The findings that keep the row out come first."""
        values = reading.values
        if values.get(LINK, 0) < 0:
            del values[LINK]
        findings = sorted(reading.findings, key=lambda one: not one.grave)
        return RowPlan(reading.row, Outcome.WRONG, values, {}, findings, entry, reading.sheet)


def _of_parts(parts: Sequence[PartPlan]) -> dict[str, tuple[Any, Any]]:
    """What changes in the parts of a row, by target name."""
    return {
        part.prefix + name: change
        for part in parts
        if part.outcome is Outcome.CHANGED
        for name, change in part.difference.items()
    }
