"""What is kept of an import: the file, its counts, and the text of its cells as they stood in it."""

import datetime as dt
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from desktop.excel.plan import Counts, Plan
from desktop.excel.reading.grid import Cell, Fault, Number, Uncounted
from desktop.excel.understanding.table import Table
from desktop.records.keeping import ImportRun
from desktop.storage import preparing

LEVEL = 1  # of zlib: the text of cells is short-lived, and a large roster should not wait for it
LONGEST_NAME = 255


def keep(session: Session, plan: Plan, counts: Counts) -> None:
    """Write the record of an import that was just carried out."""
    session.add(
        ImportRun(
            at=dt.datetime.now(),
            batch=preparing.batch_of(session),
            ledger=plan.ledger,
            file=plan.file[-LONGEST_NAME:],
            sha256=plan.sha256,
            counts=asdict(counts),
            raw=packed(plan.tables),
        )
    )
    session.flush()


def packed(tables: Sequence[Table]) -> bytes:
    """The raw cells of every row, zlib of JSON: ``[[sheet, row, {target: cell}], ...]``."""
    press = zlib.compressobj(LEVEL)
    return b"".join((*(press.compress(part.encode()) for part in _parts(tables)), press.flush()))


def unpacked(raw: bytes) -> list[list[Any]]:
    """What :func:`packed` was given, cells as text or ``true`` and ``false``."""
    found: list[list[Any]] = json.loads(zlib.decompress(raw))
    return found


def _parts(tables: Sequence[Table]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
    comma = "["
    for table in tables:
        for line in table.lines:
            yield comma + encode([table.sheet, line.row, dict(line.cells)])
            comma = ","
    yield "[]" if comma == "[" else "]"


def _plain(cell: Cell) -> str:
    if isinstance(cell, Number | Fault):
        return cell.text
    if isinstance(cell, Uncounted):
        return f"={cell.formula.removeprefix('=')}"
    raise TypeError(cell)
