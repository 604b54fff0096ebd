"""Rows of one file about the same entry: each brings a part or a further answer, or stands there twice."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.records.fields import Ledger, fields
from desktop.records.kinds import Several
from desktop.services.importing import matching
from desktop.services.importing.reading import Reading


@dataclass(slots=True)
class Joined:
    """A row that goes with an earlier one.

    :param adds: answers before and after by name, where it completes the earlier one's.
    """

    first: Reading
    adds: dict[str, tuple[Any, Any]] = field(default_factory=dict)


class Repeats:
    """Finds the rows that go with earlier ones, and lays what they add upon the first."""

    def __init__(self, ledger: type[Ledger]) -> None:
        self.ledger = ledger
        self.fields = {one.name: one for one in fields(ledger)}
        self.joined: dict[int, Joined] = {}  # by id() of the later reading
        self._first: dict[matching.Key, Reading] = {}
        self._loosely: dict[matching.Key, list[Reading]] = defaultdict(list)
        self._carried: dict[int, set[frozenset[tuple[str, str]]]] = defaultdict(set)

    def gather(self, readings: Sequence[Reading]) -> None:
        """Look at every row once, in the file's order."""
        for reading in readings:
            if reading.wrong or reading.values.get(self.ledger.naming) is None:
                continue
            first = self._earlier(reading)
            carried = frozenset((name, repr(one)) for name, one in reading.values.items() if "." in name)
            if first is not None:
                self._join(reading, first, carried)
            else:
                first = reading
            self._carried[id(first)].add(carried)

    def _earlier(self, reading: Reading) -> Reading | None:
        ledger, values = self.ledger, reading.values
        names = matching.names(ledger, values)
        loose = tuple(values.get(name) for name in ledger.otherwise)
        if names != ledger.key and len(self._loosely[loose]) == 1:
            return self._loosely[loose][0]
        first = self._first.setdefault((names, *matching.key(ledger, values)), reading)
        if first is not reading:
            return first
        if ledger.otherwise:
            self._loosely[loose].append(reading)
        return None

    def _join(self, reading: Reading, first: Reading, carried: frozenset[tuple[str, str]]) -> None:
        joined = Joined(first)
        caption = self.ledger.caption
        for name, value in reading.values.items():
            one = self.fields.get(name)
            before = first.values.get(name)
            if one is None or value == before:
                continue
            if before is None:
                joined.adds[name] = (None, value)
            elif isinstance(one.kind, Several):
                chosen = {*before, *value}
                union = [code for code in one.kind.codes.items if code in chosen]
                if union != before:
                    joined.adds[name] = (before, union)
            else:
                said = f"与{first.place}是同一条{caption}，“{one.label}”却不同，请核对后改成一样的"
                reading.tell(name, said, grave=True)
        if reading.wrong:
            return
        if not joined.adds and (not carried or carried in self._carried[id(first)]):
            self._twice(reading, first)
            return
        first.values.update({name: after for name, (_, after) in joined.adds.items()})
        for name in self.ledger.key:
            if name in first.values:
                reading.values.setdefault(name, first.values[name])
        self.joined[id(reading)] = joined

    def _twice(self, reading: Reading, first: Reading) -> None:
        names = matching.names(self.ledger, reading.values)
        labels = "、".join(one.label for name, one in self.fields.items() if name in names)
        reading.tell(names[-1], f"与{first.place}重复（{labels}相同），请只留一行", grave=True)
