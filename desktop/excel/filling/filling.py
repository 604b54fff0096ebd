"""What is written where in a workbook that somebody else made."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

Value = str | int | Decimal | dt.date | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Total:
    """One cell of the row 合计.

    :param formula: without the equals sign; ``{first}`` and ``{last}`` stand for the rows of the entries as
        they come to lie, ``{own}`` for the total's own row: ``SUM(D{first}:D{last})``.
    :param value: what the formula comes to, kept beside it; ``None``: the sum of the column's numbers.
    """

    formula: str
    value: Decimal | int | str | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """How one sheet is filled. Rows and columns are counted from 1.

    :param sheet: its title.
    :param first, last: the rows prepared for entries. Entries beyond them are written into new rows with the
        styles of row ``first``, and what stands below moves down; rows that stay unused are left as they are.
    :param columns: one for each value of a row; columns not named keep what row ``first`` has in them.
    :param total: the row 合计, above or below the entries; formulas there already are kept and moved.
    :param totals: cells of that row that are written anew, by column.
    :param cells: other cells, by reference such as ``B3``: the unit, the period, who filled it in.
    :param fit: a row becomes as high as the lines of its text, at least as high as in the template.
    """

    sheet: str
    first: int
    last: int
    columns: Sequence[int]
    total: int | None = None
    totals: Mapping[int, Total] = field(default_factory=dict)
    cells: Mapping[str, Value] = field(default_factory=dict)
    fit: bool = False
