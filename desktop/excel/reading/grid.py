"""A workbook as it stands: sheets of raw cells, nothing rounded and nothing understood."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

EPOCH_1900, EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class Number:
    """A number cell.

    :param text: as the file has it, every digit of it: ``341302199001011234``, ``45000.5``, ``1.2E+17``.
    :param dated: its number format shows a date or a time, so it is a serial counted from the sheet's epoch.
    """

    text: str
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A formula whose value the file does not hold: nobody has counted it out yet."""

    formula: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The error of a formula, such as ``#REF!``."""

    text: str


Cell = str | Number | bool | Uncounted | Fault | None


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells, counted from 1, both ends in."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    :param rows: cells by row number, counted from 1 and ascending; a row begins at column A, blanks at its
        end are cut, rows without any content are left out. A blank cell is ``None``, never an empty text;
        the cells that a merged one covers are ``None`` too.
    :param hidden_rows: numbers of rows with content that are hidden, by hand or by a filter.
    :param hidden_columns: counted from 1.
    :param epoch: day 0 of its date serials.
    :param hidden: the sheet itself is hidden.
    :param merges_known: the kind of file tells which cells are merged (a CSV does not).
    """

    title: str
    rows: Mapping[int, Sequence[Cell]]
    merges: Sequence[Span] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    epoch: dt.datetime = EPOCH_1900
    hidden: bool = False
    merges_known: bool = True


@dataclass(frozen=True, slots=True)
class Book:
    """One file, its sheets in their order.

    :param name: of the file, without its folder.
    :param kind: its real format, whatever its name says: ``xlsx``, ``xls``, ``ods`` or ``csv``.
    :param sha256: of its bytes.
    """

    name: str
    kind: str
    sheets: Sequence[Sheet] = field(default_factory=tuple)
    sha256: str = ""
