"""A block of cells on the clipboard: as Excel and WPS put it there, and as they keep its numbers whole."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

Rows = Sequence[Sequence[str]]

# A quoted cell may hold tabs, line breaks and doubled quotation marks. A mark that no other one closes at
# the end of a cell is part of the text: Excel quotes only cells with a break in them.
CELL = re.compile(r'(?:"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*))(\t|\r\n|\r|\n|\Z)')
TEXT = r"""style='mso-number-format:"\@"'"""
BREAK = '<br style="mso-data-placement:same-cell"/>'


@dataclass(frozen=True, slots=True)
class Paste:
    """A block that was read, and what the clerk says about it.

    :param rows: its cells, all rows equally long.
    :param headed: its first row has the headings.
    :param names: of the target that each column answers; empty for one that is left aside.
    :param village: code of the village that a new entry gets where the block names none.
    :param over: ids of the entries that are written over, one a row; one row is for all of them. Without
        any the rows are new entries, or those that they are found to stand for.
    :param words: target name to what the block writes to the clean value as text.
    :param confirmed: (sheet, row, target) to the full number that the clerk confirmed.
    """

    rows: Rows
    headed: bool
    names: Sequence[str]
    village: str = ""
    over: Sequence[int] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    confirmed: Mapping[tuple[str, int, str], str] = field(default_factory=dict)

    @property
    def body(self) -> Rows:
        """The rows without the headings."""
        return self.rows[1:] if self.headed else self.rows


def read(text: str) -> list[list[str]]:
    """The cells of tab-separated text: no blank rows or columns at its end, every row equally long."""
    rows: list[list[str]] = [[]]
    for found in CELL.finditer(text):
        quoted, plain, end = found.groups()
        rows[-1].append(plain if quoted is None else quoted.replace('""', '"').replace("\r\n", "\n"))
        if not end:
            break
        if end != "\t":
            rows.append([])
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell.strip()), default=0)
    return [[*row, *[""] * width][:width] for row in rows]


def written(rows: Rows) -> str:
    """Tab-separated text that :func:`read`, Excel and WPS read back."""
    into = io.StringIO()
    csv.writer(into, "excel-tab").writerows(rows)
    return into.getvalue()


def html(rows: Rows, texts: Sequence[bool]) -> str:
    """The same as a table; Excel and WPS take this one where they find both.

    :param texts: which columns are text to a spreadsheet, so that an identity number keeps its digits and
        a word that begins with ``=`` stays a word.
    """
    marks = [f" {TEXT}" if one else "" for one in texts]
    lines = (
        "".join(f"<td{mark}>{_cell(cell)}</td>" for mark, cell in zip(marks, row, strict=True))
        for row in rows
    )
    return f'<meta charset="utf-8"/><table>{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'


def _cell(text: str) -> str:
    return escape(text).replace("\n", BREAK)
