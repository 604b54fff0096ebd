"""Where the checks find fault: findings that stop a period, counted by village and ledger."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import LEDGERS
from desktop.records.common import Reported
from desktop.rules.rulebook import Finding, Grade
from desktop.services import checks, reasons
from desktop.services.checks import Progress
from desktop.services.overview import Cell, CellState, Grid

GRAVE = (Grade.A, Grade.B)
OWNER = {"step": "matter", "item": "agreement", "activity": "agreement"}  # whose column they count in
CHUNK = 500  # ids in one statement

Place = tuple[str, str]  # village code, table name of a column


def find(session: Session, period: str, today: dt.date, progress: Progress | None = None) -> Counter[Place]:
    """Check ``period`` and count what :func:`of_cells` counts."""
    found = checks.check(session, period, today, progress)
    return of_cells(session, found, reasons.given(session, period))


def of_cells(session: Session, found: Iterable[Finding], given: Mapping[str, str]) -> Counter[Place]:
    """How many findings of grade A, or B without its reason, each cell of the grid has."""
    grave = [one for one in checks.stopping(found, given) if one.grade in GRAVE]
    entries: dict[str, set[int]] = {}
    for one in grave:
        if one.entry is not None:
            entries.setdefault(one.ledger, set()).add(one.entry)
    village = {ledger: _villages(session, ledger, sorted(ids)) for ledger, ids in entries.items()}
    counted: Counter[Place] = Counter()
    for one in grave:
        code = one.village or village.get(one.ledger, {}).get(one.entry or 0)
        if code:
            counted[code, OWNER.get(one.ledger, one.ledger)] += 1
    return counted


def marked(grid: Grid, faults: Mapping[Place, int]) -> Grid:
    """``grid`` with the cells that have entries with faults marked as such."""
    cells = {place: _marked(cell, faults.get(place, 0)) for place, cell in grid.cells.items()}
    return replace(grid, cells=cells)


def _marked(cell: Cell, wrong: int) -> Cell:
    return replace(cell, state=CellState.WRONG, wrong=wrong) if wrong and cell.count else cell


def _villages(session: Session, ledger: str, ids: list[int]) -> dict[int, str]:
    """The village codes of entries by id: their own, or of the matter or agreement they are part of."""
    part, owner = LEDGERS[ledger], LEDGERS[OWNER.get(ledger, ledger)]
    if not issubclass(owner, Reported):
        return {}
    query = select(part.id, getattr(owner, owner.where))
    if part is not owner:
        query = query.join(owner, getattr(part, part.part_of) == owner.id)
    found: dict[int, str] = {}
    for at in range(0, len(ids), CHUNK):
        chunk = query.where(part.id.in_(ids[at : at + CHUNK]))
        found |= dict(iter(session.execute(chunk)))
    return found
