"""The entries that a row feeds beside its own: steps of a matter, items and activities of an agreement."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.excel.plan import Outcome, PartPlan
from desktop.excel.understanding.table import Target
from desktop.records import LEDGERS, Item, Step
from desktop.records.fields import Ledger, field
from desktop.services.importing import matching
from desktop.services.importing.reading import Reading
from desktop.services.locks import Locks

NUMBERS: Mapping[type[Ledger], str] = {Step: "step_no", Item: "list_kind"}  # what the prefix's number says
NUMBERED = re.compile(r"\D+(\d+)\.")

Owner = int | matching.Key  # an entry of the records, or the key of one that the file brings


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of a row that make one part.

    :param fixed: answers that the prefix says: ``step3.`` is step 3, ``item1.`` is on the first list.
    :param names: target name to field name.
    """

    prefix: str
    ledger: type[Ledger]
    fixed: Mapping[str, Any]
    names: dict[str, str]

    @property
    def key(self) -> tuple[str, ...]:
        """What tells one part of an entry from the others."""
        return tuple(name for name in self.ledger.key if name != self.ledger.part_of)


def groups(targets: Iterable[Target]) -> list[Group]:
    """The parts that a row may carry, in the order of its targets."""
    found: dict[str, Group] = {}
    for one in targets:
        prefix = one.name.rpartition(".")[0]
        if not prefix:
            continue
        prefix += "."
        if prefix not in found:
            ledger = LEDGERS[one.ledger]
            numbered = NUMBERED.fullmatch(prefix)
            found[prefix] = Group(prefix, ledger, {NUMBERS[ledger]: numbered[1]} if numbered else {}, {})
        found[prefix].names[one.name] = one.field
    return list(found.values())


class Parts:
    """Plans the parts of rows against those that are on file and those of earlier rows."""

    def __init__(self, session: Session, found: list[Group], locks: Locks) -> None:
        self.session, self.groups, self.locks = session, found, locks
        self._saved: dict[tuple[str, Owner, matching.Key], tuple[int, matching.Values]] = {}
        self._planned: dict[tuple[str, Owner, matching.Key], matching.Values] = {}

    def load(self, owners: Iterable[int]) -> None:
        """Read the parts of some entries."""
        wanted = list(owners)
        for ledger in dict.fromkeys(group.ledger for group in self.groups):
            keys = next(group.key for group in self.groups if group.ledger is ledger)
            for entry, values in matching.parts(self.session, ledger, wanted).items():
                place = (ledger.__tablename__, values[ledger.part_of], tuple(values[name] for name in keys))
                self._saved.setdefault(place, (entry, values))

    def plan(self, reading: Reading, owner: Owner) -> list[PartPlan]:
        """What becomes of the parts of a row; what is wrong with them is said of the row."""
        found = []
        for group in self.groups:
            values = {
                name: reading.values[target]
                for target, name in group.names.items()
                if target in reading.values
            }
            if values:
                found.append(self._plan(reading, group, owner, {**values, **group.fixed}))
        return found

    def _plan(self, reading: Reading, group: Group, owner: Owner, values: matching.Values) -> PartPlan:
        ledger = group.ledger
        self._named(reading, group, values)
        place = (ledger.__tablename__, owner, tuple(values.get(name) for name in group.key))
        saved = self._saved.get(place)
        entry, before = saved or (None, self._planned.get(place, {}))
        difference = {
            name: (before.get(name), value) for name, value in values.items() if before.get(name) != value
        }
        if difference:
            target = next(iter(group.names))
            if trouble := self.locks.trouble(ledger, {**before, **values}, before, difference):
                reading.tell(target, trouble, grave=True)
        if not saved and not before:
            outcome = Outcome.NEW
            self._planned[place] = values
            difference = {}
        else:
            outcome = Outcome.CHANGED if difference else Outcome.SAME
            before.update({name: after for name, (_, after) in difference.items()})
        return PartPlan(ledger.__tablename__, group.prefix, outcome, values, difference, entry)

    def _named(self, reading: Reading, group: Group, values: matching.Values) -> None:
        naming = group.ledger.naming
        if naming not in values and not any(reading.said(target) for target in group.names):
            target = next((one for one, name in group.names.items() if name == naming), group.prefix + naming)
            label = field(group.ledger, naming).label
            reading.tell(target, f"{group.ledger.caption}的“{label}”没有填写", grave=True)


def by_ledger(found: Iterable[PartPlan]) -> dict[str, list[PartPlan]]:
    """Parts by the name of their table."""
    sorted_out: dict[str, list[PartPlan]] = defaultdict(list)
    for part in found:
        sorted_out[part.ledger].append(part)
    return sorted_out
