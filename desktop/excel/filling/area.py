"""A place or a range of a sheet in numbers."""

import re
from typing import NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
PLACES = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d{0,7})(?::\$?([A-Za-z]{0,3})\$?(\d{0,7}))?")


class Area(NamedTuple):
    """Rows and columns from 1, both ends in."""

    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


def area(text: str) -> Area | None:
    """``B3``, ``B3:D9``, ``B:D`` or ``3:9`` in numbers; ``None`` if it is none of these."""
    found = PLACES.fullmatch(text.strip())
    if found is None or not (found[1] or found[2]):
        return None
    left, top, right, bottom = found[1], found[2], found[3], found[4]
    if right is None:
        right, bottom = left, bottom or top
    begin, end = (column(left) if left else 1), (column(right) if right else MOST_COLUMNS)
    first, last = int(top or 1), int(bottom or MOST_ROWS)
    within = 1 <= begin <= end <= MOST_COLUMNS and 1 <= first <= last <= MOST_ROWS
    return Area(begin, first, end, last) if within else None


def column(name: str) -> int:
    """The number of a column, 0 of a name that is none."""
    try:
        return column_index_from_string(name)
    except ValueError:
        return 0


def letters(number: int) -> str:
    return str(get_column_letter(number))


def place(at: int, row: int) -> str:
    """Column and row as a reference."""
    return f"{letters(at)}{row}"
