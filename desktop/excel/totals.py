"""The row 合计: each column's formula, and the value it has, for readers that do not calculate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from desktop.excel.layout import Column, Layout

NOTHING = "—"  # a share of nothing


@dataclass(frozen=True, slots=True)
class Total:
    """A formula and its value now."""

    formula: str
    value: Decimal | str


def totals(
    layout: Layout, rows: Sequence[Mapping[str, Any]], first: int, last: int, own: int
) -> dict[str, Total]:
    """The totals of a sheet by the key of their column.

    :param first, last, own: rows of the sheet as a formula counts them, from 1: of the data and of 合计.
    """
    found: dict[str, Total] = {}
    names = {one.key: xl_col_to_name(at) for at, one in enumerate(layout.leaves)}
    for one in layout.leaves:
        if one.total:
            name = names[one.key]
            found[one.key] = _total(one, rows, f"{name}{first}:{name}{last}", names, own)
    return found


def _total(
    column: Column, rows: Sequence[Mapping[str, Any]], cells: str, names: Mapping[str, str], own: int
) -> Total:
    if column.total == "sum":
        return Total(f"=SUM({cells})", _sum(rows, column.key))
    if column.total.startswith("count "):
        word = column.total.removeprefix("count ")
        return Total(f'=COUNTIF({cells},"{word}")', Decimal(sum(row[column.key] == word for row in rows)))
    above, below = column.total.split(" / ")
    top, bottom = f"{names[above]}{own}", f"{names[below]}{own}"
    formula = f'=IF({bottom}=0,"{NOTHING}",ROUND({top}/{bottom},0))'
    return Total(formula, ratio(_sum(rows, above), _sum(rows, below)))


def ratio(above: Decimal | int, below: Decimal | int) -> Decimal | str:
    """``above`` for each of ``below``, rounded half up to a whole number; a dash over nothing."""
    if not below:
        return NOTHING
    return (Decimal(above) / Decimal(below)).quantize(Decimal(1), ROUND_HALF_UP)


def _sum(rows: Sequence[Mapping[str, Any]], key: str) -> Decimal:
    """As SUM does: what is no number does not count."""
    return sum((Decimal(row[key]) for row in rows if isinstance(row[key], (int, Decimal))), Decimal(0))
