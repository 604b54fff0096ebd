"""What becomes of each row of a file: read its cells, find its entry, compare, judge."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Refusal, Unreadable
from desktop.excel import cells
from desktop.excel.headers import Header
from desktop.excel.plan import CellFinding, Outcome, RowPlan
from desktop.records import identity, kinds
from desktop.records.common import Reported
from desktop.records.fields import Field, Ledger, fields
from desktop.records.keeping import Submission
from desktop.records.member import RESIDENT_CARD
from desktop.services import matching, periods
from desktop.services.understanding import Understanding


@dataclass(slots=True)
class Reading:
    """One row on its way: what could be read, and what is wrong."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[CellFinding] = field(default_factory=list)
    wrong: bool = False


class Planner:
    """Reads the rows of one sheet and decides what becomes of each."""

    def __init__(
        self, session: Session, ledger: type[Ledger], header: Header, today: dt.date, epoch: dt.datetime
    ) -> None:
        self.session, self.ledger, self.today, self.epoch = session, ledger, today, epoch
        self.letters = {one.name: get_column_letter(at + 1) for at, one in header.columns.items()}
        self.words = Understanding(session, today)
        self.locked = locked_periods(session)

    def read(self, number: int, answers: Mapping[Field, Any]) -> Reading:
        """Read the cells of one row; places come before links, to tell entries of one name apart."""
        reading = Reading(number)
        for one, raw in sorted(answers.items(), key=lambda pair: isinstance(pair[0].kind, kinds.Link)):
            try:
                value = self._value(one, raw, reading.values)
            except Unreadable as trouble:
                self._wrong(reading, one, f"“{one.label}”{trouble}")
            else:
                if value not in (None, "", []):
                    reading.values[one.name] = value
        return reading

    def _value(self, one: Field, raw: Any, values: Mapping[str, Any]) -> Any:
        kind = one.kind
        if isinstance(kind, kinds.Area):
            return self.words.area(cells.typed(kind, raw, self.epoch), kind.level)
        if isinstance(kind, kinds.Link):
            where = self.ledger.where if issubclass(self.ledger, Reported) else ""
            return self.words.link(cells.typed(kind, raw, self.epoch), kind.ledger, values.get(where))
        return cells.value(kind, raw, self.epoch)

    def decide(self, readings: list[Reading]) -> list[RowPlan]:
        """Compare the rows with the records and with one another."""
        index = matching.Index(self.session, self.ledger)
        matches = {reading.row: index.find(reading.values) for reading in readings}
        entries = matching.load(
            self.session, self.ledger, [one for ids in matches.values() for one in ids[:1]]
        )
        seen: dict[matching.Key, int] = {}
        return [self._decide(reading, matches[reading.row], entries, seen) for reading in readings]

    def _decide(
        self,
        reading: Reading,
        ids: Sequence[int],
        entries: Mapping[int, Ledger],
        seen: dict[matching.Key, int],
    ) -> RowPlan:
        entry = entries.get(ids[0]) if ids else None
        self._check_numbers(reading, entry)
        self._check_key(reading, ids, seen)
        before = {one.name: getattr(entry, one.name, None) for one in fields(self.ledger)}
        known = {name: value for name, value in before.items() if value is not None}
        settled = self.ledger(**(known | reading.values))
        settled.settle()
        after = {name: getattr(settled, name) for name in before}
        difference = {name: (before[name], value) for name, value in after.items() if value != before[name]}
        self._check_missing(reading, after)
        if difference:
            self._check_locked(reading, entry or settled, {name: after[name] for name in difference})
        values = reading.values | {name: after[name] for name in difference}
        if reading.wrong:
            return RowPlan(reading.row, Outcome.WRONG, reading.values, {}, reading.findings)
        if entry is None:
            return RowPlan(reading.row, Outcome.NEW, values, {}, reading.findings)
        outcome = Outcome.CHANGED if difference else Outcome.SAME
        return RowPlan(reading.row, outcome, values, difference, reading.findings, entry.id)

    def _check_numbers(self, reading: Reading, entry: Ledger | None) -> None:
        for one in fields(self.ledger):
            number = reading.values.get(one.name)
            if number is None:
                continue
            fault = None
            if isinstance(one.kind, kinds.ResidentId):
                card = reading.values.get("id_type", getattr(entry, "id_type", None))
                fault = identity.resident_fault(number, self.today) if card in (None, RESIDENT_CARD) else None
            elif isinstance(one.kind, kinds.CreditCode):
                fault = identity.credit_fault(number)
            if fault:
                self._wrong(reading, one, f"“{one.label}”填写为“{number}”，{fault}")

    def _check_key(self, reading: Reading, ids: Sequence[int], seen: dict[matching.Key, int]) -> None:
        """An entry must be named, belong somewhere, and stand once in the file and in the records."""
        for one in fields(self.ledger):
            owner = one.name in self.ledger.key and isinstance(one.kind, kinds.Link)
            unread = any(finding.field == one.name for finding in reading.findings)
            if (owner or one.name == self.ledger.naming) and one.name not in reading.values and not unread:
                self._wrong(reading, one, f"“{one.label}”没有填写，不知道这一行是谁的")
        if reading.wrong:
            return
        names = matching.names(self.ledger, reading.values)
        labels = "、".join(one.label for one in fields(self.ledger) if one.name in names)
        last = next(one for one in fields(self.ledger) if one.name == names[-1])
        key = matching.key(self.ledger, reading.values)
        first = seen.setdefault((names, *key), reading.row)
        if first != reading.row:
            self._wrong(reading, last, f"与第 {first} 行重复（{labels}相同），请只留一行")
        elif len(ids) > 1:
            self._wrong(reading, last, f"记录中已有 {len(ids)} 条{labels}相同的，请先删去多余的")
        elif ids and (first := seen.setdefault(("entry", ids[0]), reading.row)) != reading.row:
            self._wrong(reading, last, f"与第 {first} 行对应记录中的同一条，请核对这两行是不是同一个人（事）")

    def _check_missing(self, reading: Reading, after: Mapping[str, Any]) -> None:
        told = {finding.field for finding in reading.findings}
        for one in fields(self.ledger):
            if one.required and after[one.name] is None and one.name not in told:
                self._tell(reading, one, f"“{one.label}”没有填写，可以先导入，上报前要补上")

    def _check_locked(self, reading: Reading, entry: Ledger, changed: Mapping[str, Any]) -> None:
        try:
            refuse_locked(self.session, entry, changed, self.locked)
        except Refusal as refusal:
            one = next(one for one in fields(self.ledger) if one.name in self.ledger.dated)
            self._wrong(reading, one, f"{refusal.why}，{refusal.remedy}")

    def _wrong(self, reading: Reading, one: Field, message: str) -> None:
        reading.wrong = True
        self._tell(reading, one, message)

    def _tell(self, reading: Reading, one: Field, message: str) -> None:
        cell = f"{self.letters.get(one.name, '')}{reading.row}"
        reading.findings.append(CellFinding(cell, one.name, message))


def locked_periods(session: Session) -> set[str]:
    """The periods that were ever sent and not returned; nearly always few, so most rows need no query."""
    return set(session.scalars(select(Submission.period).where(Submission.returned_at.is_(None))))


def refuse_locked(session: Session, entry: Ledger, changed: Mapping[str, Any], locked: set[str]) -> None:
    dates = [getattr(entry, name) for name in entry.dated] + [changed.get(name) for name in entry.dated]
    if any(date is not None and periods.of(date) in locked for date in dates):
        periods.refuse_locked(session, entry, changed)
