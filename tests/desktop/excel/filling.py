"""Fills a template as a clerk would: answers by field name, as values or as words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from desktop.excel.template import heading
from desktop.records.fields import Ledger, fields


def fill(template: Path, ledger: type[Ledger], rows: Sequence[Mapping[str, Any]], target: Path) -> Path:
    """Write ``rows`` below the headings of ``template`` and save as ``target``."""
    book = load_workbook(template)
    book.worksheets[0].delete_rows(len(rows) + 2, 1100)
    put(book, ledger, rows)
    book.save(target)
    return target


def put(book: Workbook, ledger: type[Ledger], rows: Sequence[Mapping[str, Any]]) -> None:
    sheet = book.worksheets[0]
    labels = {heading(one): one for one in fields(ledger)}
    columns = {labels[str(cell.value)].name: cell.column for cell in sheet[1] if cell.value in labels}
    for number, row in enumerate(rows, 2):
        for name, column in columns.items():
            value = row.get(name)
            cell = sheet.cell(number, column)
            cell.value = float(value) if isinstance(value, Decimal) else value
            if isinstance(value, str):
                cell.data_type = "s"  # openpyxl takes "=1+1" for a formula; a clerk typed it


def written(one: Any, value: Any) -> Any:
    """A clean value as a clerk's cell holds it: numbers and dates as such, everything else as its words."""
    native = isinstance(value, (int, Decimal, dt.date)) and not isinstance(value, bool)
    return value if native else one.kind.show(value)
