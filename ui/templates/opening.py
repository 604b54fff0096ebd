"""A workbook that was handed down, opened on the worker: how it looks, and how it would be filled."""

from dataclasses import dataclass
from pathlib import Path

from desktop.errors import Refusal
from desktop.excel import bundle
from desktop.excel.handed import Handed
from desktop.excel.profile import Profile
from desktop.services import proposing
from desktop.services.sources import sources
from desktop.storage.trouble import as_refusal


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the clerk has said; the rest is guessed.

    :param rows: first and last row of the headings.
    """

    sheet: str = ""
    source: str = ""
    rows: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook with the profile that is proposed for it.

    :param doubt: why its headings had to be guessed without understanding them.
    """

    workbook: bytes
    handed: Handed
    profile: Profile
    doubt: Refusal | None = None


def read(file: Path) -> bytes:
    """What a file holds.

    :raises Refusal: it cannot be read, or is far too large for a template.
    """
    what = f"未能打开“{file.name}”"
    with as_refusal(what):
        if file.stat().st_size > bundle.LARGEST[bundle.WORKBOOK]:
            raise Refusal(what, "文件太大，不像是空白模板", "请删去里面的数据，另存后再选择")
        return file.read_bytes()


def opened(workbook: bytes, wanted: Wanted) -> Opened:
    """Look at a workbook, and propose how it is filled.

    :raises Refusal: it cannot be read, or there are no texts where the headings should be.
    """
    handed, doubt = Handed(workbook), None
    sheet, source = wanted.sheet, wanted.source
    if not source:
        try:
            sheet, source = proposing.likeliest(handed)
        except Refusal as refusal:
            source, doubt = sources()[0].name, refusal
    sheet = sheet or next((one.title for one in handed.sheets.values() if one.rows and not one.hidden), "")
    rows = wanted.rows
    if rows is None:
        try:
            rows = proposing.header(workbook, sheet, source)
        except Refusal as refusal:
            rows, doubt = _fullest(handed, sheet), doubt or refusal
    return Opened(workbook, handed, proposing.propose(workbook, sheet, rows, source), doubt)


def _fullest(handed: Handed, sheet: str) -> tuple[int, int]:
    """The row of a sheet with most texts in it, as its headings."""
    found = list(handed.sheets[sheet].rows)[: proposing.DEEPEST] if sheet in handed.sheets else []
    row = max(found, key=lambda one: len(handed.row(sheet, one)), default=1)
    return row, row
