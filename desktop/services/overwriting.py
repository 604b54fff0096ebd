"""The rows of a block over entries that are there: each cell read and checked, nothing written yet."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel.block import Paste
from desktop.excel.plan import Outcome, Plan, RowPlan
from desktop.excel.reading.grid import EPOCH_1900, Cell
from desktop.excel.understanding.learnt import Learnt
from desktop.excel.understanding.table import Column, Line, Table, Target
from desktop.excel.understanding.targets import place, targets
from desktop.records import LEDGERS
from desktop.records.fields import Ledger, field, fields
from desktop.records.kinds import Link
from desktop.services import blocks, links
from desktop.services.gazetteer import Gazetteer
from desktop.services.importing import since
from desktop.services.importing.checks import Checks
from desktop.services.importing.links import Links
from desktop.services.importing.lost import Lost
from desktop.services.importing.reading import Page, Reading, Reference
from desktop.services.locks import Locks

TITLE = "剪贴板"
EVERY = 100  # rows between two words of progress

Steps = Callable[[int, int], None]


def field_of(ledger: type[Ledger], target: Target) -> str:
    """The field of an entry that a target answers, be it by the name of another entry; else empty."""
    if target.ledger == ledger.__tablename__:
        return "" if target.field == blocks.NUMBERED_BY_US or target.name != target.field else target.field
    for one in fields(ledger):
        if isinstance(one.kind, Link) and one.kind.ledger == target.ledger and "." not in target.name:
            return one.name if LEDGERS[target.ledger].naming == target.field else ""
    return ""


def plan(
    session: Session, ledger: type[Ledger], paste: Paste, today: dt.date, progress: Steps | None = None
) -> Plan:
    """What each row changes in its entry; a blank cell changes nothing.

    :raises Refusal: there are not as many rows as entries, and not one for all; an entry is gone.
    """
    body = paste.body if len(paste.body) != 1 else [paste.body[0]] * len(paste.over)
    if len(body) != len(paste.over):
        why = f"剪贴板里有 {len(body)} 行，选中的是 {len(paste.over)} 行"
        raise Refusal("未能粘贴", why, "请选中同样多的行，或作为新记录粘贴")
    over = _Over(session, ledger, paste, today)
    wanted = (entry for some in blocks.fetched(session, ledger, paste.over) for entry in some)
    rows, lines = [], []
    for done, (entry, cells) in enumerate(zip(wanted, body, strict=True), 1):
        lines.append(over.line(entry, cells, done + 1 if paste.headed else done))
        rows.append(over.plan(entry, lines[-1]))
        if progress is not None and (done % EVERY == 0 or done == len(body)):
            progress(done, len(body))
    table = replace(over.page.table, lines=lines)
    return Plan(ledger.__tablename__, TITLE, (table,), rows, mark=since.mark(session))


class _Over:
    """Reads the rows of one block, as an import does, and compares each with its entry."""

    def __init__(self, session: Session, ledger: type[Ledger], paste: Paste, today: dt.date) -> None:
        self.session, self.ledger = session, ledger
        self.where = place(ledger)
        by_name = {one.name: field_of(ledger, one) for one in targets(ledger)}
        names = [by_name.get(name, "") for name in paste.names]
        self.targets = {name: _target(ledger, name) for name in names if name}
        self.columns = {at: name for at, name in enumerate(names) if name}
        if self.where:  # tells entries of one name apart, whatever the block says
            self.targets[self.where] = _target(ledger, self.where)
        columns = [Column(at + 1, name, self.targets[name]) for at, name in self.columns.items()]
        learnt = Learnt(words={by_name.get(name, name): words for name, words in paste.words.items()})
        reference = Reference(
            Gazetteer(session, today), Links(session, self.where), Lost(session), learnt, paste.confirmed
        )
        table = Table(TITLE, EPOCH_1900, 1, 1, columns, ())
        self.page = Page(table, self.targets, reference, ledger.naming, several=False)
        self.checks, self.locks = Checks(ledger, today), Locks(session)

    def line(self, entry: Ledger, row: Sequence[str], number: int) -> Line:
        """The cells of a row; the entry's own village stands where the block names none."""
        here = {self.where: getattr(entry, self.where)} if self.where else {}
        cells: dict[str, Cell] = {name: code for name, code in here.items() if code}
        cells |= {name: row[at] for at, name in self.columns.items() if row[at].strip()}
        return Line(number, cells)

    def plan(self, entry: Ledger, line: Line) -> RowPlan:
        """What a row changes in its entry."""
        reading = self.page.read(line)
        before = {one.name: getattr(entry, one.name) for one in fields(self.ledger)}
        found = {name: (before[name], one) for name, one in reading.values.items() if one != before[name]}
        self.checks.numbers_hold(reading, before)
        if trouble := self.locks.trouble(self.ledger, before | reading.values, before, found):
            reading.tell(self.ledger.dated[0], trouble, grave=True)
        outcome = Outcome.WRONG if reading.wrong else Outcome.CHANGED if found else Outcome.SAME
        if outcome is Outcome.CHANGED:
            self._tell_links(reading, found)
        known = {self.ledger.naming: before[self.ledger.naming], **reading.values}
        values = {name: one for name, one in known.items() if one is not None}
        changes = {} if reading.wrong else found
        return RowPlan(line.row, outcome, values, changes, reading.findings, entry.id, TITLE)

    def _tell_links(self, reading: Reading, difference: Mapping[str, tuple[Any, Any]]) -> None:
        """A link is an id in the difference; a clerk is told the names."""
        for name, pair in difference.items():
            target = self.targets[name]
            if isinstance(target.kind, Link):
                titles = links.titles(self.session, target.kind.ledger, [one for one in pair if one])
                before, after = (titles.get(one, "空白") for one in pair)
                reading.tell(name, f"{target.label}：{before} → {after}")


def _target(ledger: type[Ledger], name: str) -> Target:
    one = field(ledger, name)
    return Target(name, one.label, ledger.__tablename__, name, one.kind, (one.label,))
