"""Cells that count for rows below their own: merged ones, and ones that a blank repeats."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.excel.reading.grid import Cell, Sheet
from desktop.excel.understanding.table import Column
from desktop.excel.understanding.targets import carried, identity
from desktop.records.fields import Ledger

Lent = dict[str, tuple[Cell, str]]  # target name to a cell and where it was taken from


def merged(sheet: Sheet, columns: Sequence[Column], ledger: type[Ledger], below: int) -> Mapping[int, Lent]:
    """What the rows under a merged cell take from it, by row; only for what says whose a row is."""
    wanted = identity(ledger)
    names = {one.number: one.target.name for one in columns if one.target and one.target.name in wanted}
    found: dict[int, Lent] = defaultdict(dict)
    last = max(sheet.rows, default=0)
    reached = dict.fromkeys(names, below)  # by column: merged cells never overlap, whatever a file says
    for span in sorted(sheet.merges, key=lambda one: one.top):
        name = names.get(span.left)
        if name is None or span.top <= reached[span.left] or span.bottom == span.top:
            continue
        reached[span.left] = span.bottom
        cells = sheet.rows.get(span.top, ())
        cell = cells[span.left - 1] if span.left <= len(cells) else None
        if cell is None:
            continue
        for row in range(span.top + 1, min(span.bottom, last) + 1):
            found[row][name] = cell, f"第 {span.top} 行的合并单元格"
    return found


@dataclass(slots=True)
class Above:
    """The last filled cells of a file that cannot say which cells are merged."""

    ledger: type[Ledger]
    _last: Lent = field(default_factory=dict)

    def forget(self) -> None:
        self._last.clear()

    def lend(self, row: int, cells: Mapping[str, Cell]) -> Lent:
        """What a row takes from the rows above it, which then learn from this one.

        A row that names another team takes nothing else of the team above.
        """
        names = carried(self.ledger)
        if (
            "team_name" in cells
            and "team_name" in self._last
            and cells["team_name"] != self._last["team_name"][0]
        ):
            kept = ("town_code", "village_code")
            self._last = {name: lent for name, lent in self._last.items() if name in kept}
        lent = {name: one for name, one in self._last.items() if name not in cells}
        for name in names & cells.keys():
            self._last[name] = cells[name], f"第 {row} 行“{_shown(cells[name])}”"
        return lent


def _shown(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else getattr(cell, "text", str(cell))
