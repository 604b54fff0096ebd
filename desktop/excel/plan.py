"""What an import would do, row by row, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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
    :param field: name of the field.
    """

    cell: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What happens to one row.

    :param row: its number in the sheet, from 1.
    :param values: clean values by field name, of the cells that could be read and of what follows from them.
    :param difference: values before and after by field name, of a changed entry.
    :param entry: id of the entry that it changes or repeats.
    """

    row: int
    outcome: Outcome
    values: Mapping[str, Any]
    difference: Mapping[str, tuple[Any, Any]]
    findings: Sequence[CellFinding]
    entry: int | None = None


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
    :param unknown: headings that were left aside.
    """

    ledger: str
    file: str
    sheet: str
    unknown: Sequence[str]
    rows: Sequence[RowPlan]

    @property
    def counts(self) -> Counts:
        by = {outcome: self.of(outcome) for outcome in Outcome}
        return Counts(len(self.rows), **{outcome.value: len(rows) for outcome, rows in by.items()})

    def of(self, outcome: Outcome) -> list[RowPlan]:
        return [row for row in self.rows if row.outcome is outcome]

    def as_json(self) -> dict[str, Any]:
        """The plan as the command line prints it: dates in ISO form, list answers by code."""
        counts = self.counts
        return {
            "read": counts.read,
            "new": counts.new,
            "changed": counts.changed,
            "same": counts.same,
            "wrong": counts.wrong,
            "rows": [
                {
                    "row": row.row,
                    "outcome": row.outcome.value,
                    "values": {name: plain(value) for name, value in row.values.items()},
                    "findings": [
                        {"cell": one.cell, "field": one.field, "message": one.message} for one in row.findings
                    ],
                }
                for row in self.rows
            ],
        }
