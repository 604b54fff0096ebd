"""Reads a workbook as tables of entries of one ledger."""

import re

from desktop.excel.reading.grid import Book, Sheet
from desktop.excel.understanding.header import ALIKE, Header, Headers
from desktop.excel.understanding.headings import vocabulary
from desktop.excel.understanding.learnt import Learnt
from desktop.excel.understanding.rows import Rows
from desktop.excel.understanding.sections import IsPlace
from desktop.excel.understanding.table import Table
from desktop.records.fields import Ledger

EXAMPLES = re.compile(
    r".*(?:示例|样表|样例|范例|范本|填写说明|填表说明|填报说明|模板说明|使用说明|说明|样本).*"
)


def tables(
    book: Book,
    ledger: type[Ledger],
    is_place: IsPlace,
    *,
    sheet: str | None = None,
    learnt: Learnt = Learnt(),  # noqa: B008 - frozen, corrects nothing
) -> list[Table]:
    """All tables of entries of ``ledger``, in the order of the workbook.

    :param is_place: whether a text names a village of this unit.
    :param sheet: title of the only sheet to look at, which may be hidden; an unknown one has no tables.
    :returns: nothing where no row of headings is found.
    """
    found = [
        (one, headers, header)
        for one in book.sheets
        if sheet is None or one.title == sheet
        if (header := (headers := Headers(one, vocabulary(ledger), learnt)).first()) is not None
    ]
    if sheet is None:
        found = _visible(found)
    if not found:
        return []
    best = max((header for _, _, header in found), key=lambda header: header.score)
    return [
        table
        for _, headers, header in found
        if _alike(header, best)
        for table in Rows(headers, is_place).read(header)
    ]


def _visible(
    found: list[tuple[Sheet, Headers, Header]],
) -> list[tuple[Sheet, Headers, Header]]:
    """The sheets that are shown, else the hidden ones; examples and instructions only if alone."""
    shown = [one for one in found if not one[0].hidden] or found
    return [one for one in shown if not EXAMPLES.fullmatch(one[0].title)] or shown


def _alike(header: Header, best: Header) -> bool:
    """Whether a sheet holds the same kind of table as the best one."""
    named = best.naming not in best.known or header.naming in header.known
    return named and len(header.known) >= ALIKE * len(best.known)
