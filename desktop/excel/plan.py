"""What an import would do, row by row, before anything is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.excel.understanding.learnt import Learnt
from desktop.excel.understanding.table import Table
from desktop.records.kinds import plain


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"

    @property
    def word(self) -> str:
        return {"new": "新增", "changed": "有变化", "same": "无变化", "wrong": "有错"}[self.value]


@dataclass(frozen=True, slots=True)
class CellFinding:
    """What is to be said about one cell.

    :param cell: such as C7; of the row as a whole when its column is missing, only 7.
    :param field: name of the target.
    :param grave: it keeps the row out of the import; else it is only told.
    :param offer: the value that the clerk may confirm instead, as typed text; never taken without.
    """

    cell: str
    field: str
    message: str
    grave: bool = False
    offer: str = ""


@dataclass(frozen=True, slots=True)
class PartPlan:
    """What happens to one entry that a row feeds beside its own: a step, an item, the team of a member.

    :param ledger: table name.
    :param prefix: of its values' names in the row, such as ``step3.``.
    :param values: clean values by field name.
    :param entry: id of the entry that it changes or repeats.
    """

    ledger: str
    prefix: str
    outcome: Outcome
    values: Mapping[str, Any]
    difference: Mapping[str, tuple[Any, Any]]
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What happens to one row.

    :param row: its number in the sheet, from 1.
    :param values: clean values by target name, of the cells that could be read and of what follows from them.
    :param difference: values before and after by target name, of a changed entry.
    :param entry: id of the entry that it changes or repeats.
    :param joined: it goes with an earlier row, upon whose entry its own answers were laid.
    """

    row: int
    outcome: Outcome
    values: Mapping[str, Any]
    difference: Mapping[str, tuple[Any, Any]]
    findings: Sequence[CellFinding]
    entry: int | None = None
    sheet: str = ""
    parts: Sequence[PartPlan] = ()
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    read: int
    new: int
    changed: int
    same: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to a file.

    :param ledger: table name.
    :param file: name of the file, without its folder.
    :param tables: the tables that were understood, in the file's order.
    :param rows: of all tables; ``sheet`` of a row names its table.
    :param notes: sentences about the file as a whole: what was left aside, hidden rows that were read.
    :param learnt: what was said or remembered about its columns and words.
    :param sha256: of the file's bytes; empty for a book that did not come from a file.
    :param sources: SHA-256 of the headings of its tables, by which a source is known again.
    :param mark: the last row of the journal when it was planned.
    :param counts: of its rows; counted once, as a window asks for them again and again.
    """

    ledger: str
    file: str
    tables: Sequence[Table]
    rows: Sequence[RowPlan]
    notes: Sequence[str] = ()
    learnt: Learnt = field(default_factory=Learnt)
    sha256: str = ""
    sources: Sequence[str] = ()
    mark: int = 0
    counts: Counts = field(init=False)

    @property
    def unknown(self) -> list[str]:
        """Headings that were left aside, each once."""
        return list(dict.fromkeys(heading for table in self.tables for heading in table.unknown))

    def __post_init__(self) -> None:
        by = Counter(row.outcome for row in self.rows)
        counts = Counts(len(self.rows), **{outcome.value: by[outcome] for outcome in Outcome})
        object.__setattr__(self, "counts", counts)

    def of(self, outcome: Outcome) -> list[RowPlan]:
        return [row for row in self.rows if row.outcome is outcome]

    def as_json(self) -> dict[str, Any]:
        """The plan as the command line prints it: dates in ISO form, list answers by code."""
        several = len({row.sheet for row in self.rows}) > 1
        counts = self.counts
        return {
            "read": counts.read,
            "new": counts.new,
            "changed": counts.changed,
            "same": counts.same,
            "wrong": counts.wrong,
            "unknown": self.unknown,
            "notes": list(self.notes),
            "rows": [_row_as_json(row, several=several) for row in self.rows],
        }


def _row_as_json(row: RowPlan, *, several: bool) -> dict[str, Any]:
    return {
        **({"sheet": row.sheet} if several else {}),
        "row": row.row,
        "outcome": row.outcome.value,
        "values": {name: plain(value) for name, value in row.values.items()},
        "findings": [
            {"cell": one.cell, "field": one.field, "message": one.message}
            | ({"offer": one.offer} if one.offer else {})
            for one in row.findings
        ],
    }
