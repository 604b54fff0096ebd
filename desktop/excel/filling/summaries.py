"""What the plain totals over the entries come to, counted while the entries go by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.excel.filling.area import column
from desktop.excel.filling.filling import Filling, Value
from desktop.excel.filling.formulas import SUMMARY
from desktop.excel.filling.rows import is_number


@dataclass(slots=True)
class _Sums:
    total: int | Decimal = 0
    numbers: int = 0
    filled: int = 0

    def add(self, value: Value) -> None:
        if value is None or value == "":
            return
        self.filled += 1
        if is_number(value):
            self.numbers += 1
            self.total += value  # type: ignore[operator]


@dataclass(slots=True)
class Summaries:
    """The formulas are those of the template, before anything moves.

    A formula is known when it sums or counts exactly the prepared rows of one column that entries write.
    """

    filling: Filling
    _sums: dict[int, _Sums] = field(default_factory=dict)

    def watch(self, formulas: Iterable[str]) -> None:
        """Count what these formulas need, and the totals that are written anew."""
        columns = [found[1] for formula in formulas if (found := self._known(formula))]
        columns += [at for at, total in self.filling.totals.items() if total.value is None]
        self._sums = {at: _Sums() for at in columns if at in self.filling.columns}

    @property
    def watched(self) -> Mapping[int, _Sums]:
        """By place in a row of values."""
        return {list(self.filling.columns).index(at): sums for at, sums in self._sums.items()}

    def value(self, formula: str) -> str | None:
        """What a formula comes to; ``None``: somebody else must count it."""
        known = self._known(formula)
        if known is None or known[1] not in self._sums:
            return None
        sums = self._sums[known[1]]
        return {"SUM": plain(sums.total), "COUNT": str(sums.numbers), "COUNTA": str(sums.filled)}[known[0]]

    def sum(self, at: int) -> str | None:
        return plain(self._sums[at].total) if at in self._sums else None

    def _known(self, formula: str) -> tuple[str, int] | None:
        found = SUMMARY.fullmatch(formula)
        if found is None or (found["name"] == "SUBTOTAL") != bool(found["code"]):
            return None
        if found["right"] not in (None, found["column"]):
            return None
        rows = (int(found["top"]), int(found["bottom"] or found["top"]))
        if rows != (self.filling.first, self.filling.last):
            return None
        return found["name"].replace("SUBTOTAL", "SUM"), column(found["column"])


def plain(number: Decimal | int) -> str:
    """Without an exponent."""
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def rows_counted(watched: Mapping[int, _Sums], rows: Sequence[Sequence[Value]]) -> None:
    for at, sums in watched.items():
        for values in rows:
            sums.add(values[at])
