"""Formulas whose references move when rows are added: outside the entries, and repeated on each entry."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from desktop.excel.filling.area import MOST_ROWS, area

PLACE = r"(\$?[A-Za-z]{1,3})?(\$?)(\d{1,7})?"
REFERENCE = re.compile(rf"{PLACE}(?::{PLACE})?")
OWN_ROW = re.compile(r"ROW\(\)\s*(?:([-+])\s*(\d{1,7}))?")
SUMMARY = re.compile(
    r"(?P<name>SUM|COUNT|COUNTA|SUBTOTAL)\((?P<code>(?:10)?9,)?\$?(?P<column>[A-Z]{1,3})\$?(?P<top>\d{1,7})"
    r"(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d{1,7}))?\)"
)


@dataclass(frozen=True, slots=True)
class Shift:
    """Rows that are added to a sheet behind its prepared ones.

    :param title: of the sheet.
    :param first, last: the prepared rows.
    :param extra: how many are added.
    """

    title: str
    first: int
    last: int
    extra: int

    def row(self, row: int) -> int:
        return min(row + self.extra, MOST_ROWS) if row > self.last else row

    def span(self, top: int, bottom: int) -> tuple[int, int]:
        """A range that covers the prepared rows covers all entries afterwards."""
        grows = top <= self.first and bottom == self.last
        return self.row(top), min(bottom + self.extra, MOST_ROWS) if grows else self.row(bottom)

    def covering(self, text: str) -> str:
        """References with blanks between them, as ``sqref`` has them; one prepared row becomes a range."""
        return " ".join(self._covering(one) for one in text.split())

    def _covering(self, place: str) -> str:
        alone = self.first == self.last and REFERENCE.fullmatch(place)
        if alone and alone[1] and alone[3] and not alone[6] and int(alone[3]) == self.first:
            return self.reference(f"{place}:{place}", own=True)
        return self.reference(place, own=True)

    def reference(self, text: str, *, own: bool) -> str:
        """One reference or range; on another sheet only what names this one moves."""
        sheet, mark, place = text.rpartition("!")
        named = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        if named.casefold() != self.title.casefold() if mark else not own:
            return text
        found = REFERENCE.fullmatch(place)
        if found is None or not found[3]:
            return text
        column, fixed, top, right, pinned, bottom = (found[at] or "" for at in range(1, 7))
        if not bottom:
            return f"{sheet}{mark}{column}{fixed}{self.row(int(top))}" if column else text
        upper, lower = self.span(int(top), int(bottom))
        return f"{sheet}{mark}{column}{fixed}{upper}:{right}{pinned}{lower}"

    def formula(self, formula: str, *, own: bool) -> str:
        """A formula without its equals sign; what cannot be read as one stays as it is."""
        if self.extra == 0:
            return formula
        total = SUMMARY.fullmatch(formula)
        if (
            own
            and total
            and total["top"]
            and not total["bottom"]
            and self.first == self.last == int(total["top"])
        ):
            place = f"{total['column']}{total['top']}"  # the one prepared row, summed by itself
            formula = formula.replace(f"{place})", f"{place}:{place})")
        return rewritten(formula, lambda text: self.reference(text, own=own))


def tokens(formula: str) -> list[Token]:
    """The parts of a formula without its equals sign; none when it cannot be read."""
    try:
        found: list[Token] = Tokenizer(f"={formula}").items
        return found
    except (TokenizerError, IndexError):
        return []


def rewritten(formula: str, change: Callable[[str], str]) -> str:
    """``formula`` with each of its references changed."""
    parts = tokens(formula)
    if not parts:
        return formula
    return "".join(change(one.value) if is_reference(one) else one.value for one in parts)


def is_reference(token: Token) -> bool:
    return token.type == Token.OPERAND and token.subtype == Token.RANGE


def rows_of(formula: str) -> list[tuple[int, int]]:
    """The rows that a formula reaches on its own sheet or on others, each as first and last."""
    found = []
    for one in tokens(formula):
        if is_reference(one):
            reached = area(one.value.rpartition("!")[2])  # a name or a table may reach anywhere
            found.append((reached.top, reached.bottom) if reached else (1, MOST_ROWS))
        elif one.value.upper().startswith(("INDIRECT(", "OFFSET(")):
            found.append((1, MOST_ROWS))
    return found


def repeated(formula: str, origin: int, mark: Callable[[int], str]) -> str:
    """A formula of row ``origin`` for any row: each relative row becomes ``mark(distance)``.

    The literal text around the marks is doubled where it has a percent sign, ready for ``%``.
    """

    def relative(place: str) -> str:
        sheet, exclaim, rest = place.rpartition("!")
        found = REFERENCE.fullmatch(rest)
        if found is None or not found[3]:
            return place
        column, fixed, top, right, pinned, bottom = (found[at] or "" for at in range(1, 7))
        begin = f"{column}{fixed}{top if fixed else mark(int(top) - origin)}"
        if not bottom:
            return f"{sheet}{exclaim}{begin}" if column else place
        return f"{sheet}{exclaim}{begin}:{right}{pinned}{bottom if pinned else mark(int(bottom) - origin)}"

    return rewritten(formula, relative)
