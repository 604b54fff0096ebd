"""The corpus: workbooks as strangers make them, each with what must come of it.

To add a believable file: in ``rosters.py`` (队员花名册), ``answers.py`` (how answers are written),
``habits.py``, ``lists.py`` (what no form foresees),
``villages.py`` (sections, sheets and names of villages), ``registers.py`` (四议两公开), ``agreements.py``
(共建协议), ``teams.py`` (队伍、村情), ``ledgers.py`` (all but rosters) or ``files.py`` (other formats),
write a function that returns :class:`Made`, the bytes of the file and what is expected of each row, and put
``@believable("文件名.xlsx", "一句话：这个文件有什么特别", ledger="member")`` above it.

To add a hostile one: in ``zips.py``, ``xml.py``, ``values.py`` or ``formats.py`` the same with ``@hostile``;
it may say what it is refused with instead of rows, or both where either is right.

People come from :func:`people`: none of them exists. Nothing depends on the clock or on chance: the same
call gives the same bytes. ``python -m tests.corpus FOLDER`` writes every file into a folder, to be tried
by hand. What is expected comes from what a clerk needs; when a test is red, it is the program that is wrong,
unless the expectation can be shown to be unreasonable.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.services import invented
from desktop.services.invented import Person

DAY = dt.datetime(2026, 11, 2, 9, 0)
FIXTURES = Path(__file__).with_name("files")

Key = int | tuple[str, int]
Grid = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """What must come of one row.

    :param outcome: one or several of new, changed, same, wrong, joined by ``|`` where each is right.
    :param values: clean values that it must have, among others; ``None`` for one that it must not have,
        a tuple where each of several is right.
    :param cells: cell to a pattern that one finding about it must hold.
    :param offer: field to the number that is offered for the clerk to confirm.
    :param never: a pattern that no finding may hold.
    """

    outcome: str = "new"
    values: Mapping[str, Any] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    offer: Mapping[str, str] = field(default_factory=dict)
    never: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A file and what must come of it.

    :param rows: by row number, or by sheet and row number where several sheets hold entries; all of them.
    :param notes: a pattern that the notes of the plan must hold.
    :param aside: headings that must be named as left aside.
    :param refused: a pattern of the sentence that it may be refused with instead.
    """

    content: bytes
    rows: Mapping[Any, Row] | None = None
    notes: str = ""
    aside: Sequence[str] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One file of the corpus.

    :param unit: ``town`` or ``county``, whose data folder it is imported into (see ``unit.py``).
    """

    file: str
    about: str
    ledger: str
    make: Callable[[], Made]
    unit: str = "town"


BELIEVABLE: list[Case] = []
HOSTILE: list[Case] = []

Maker = Callable[[], Made]


def _register(cases: list[Case], file: str, about: str, ledger: str, unit: str) -> Callable[[Maker], Maker]:
    def add(make: Maker) -> Maker:
        if any(one.file == file for one in cases):
            raise ValueError(file)
        cases.append(Case(file, about, ledger, make, unit))
        return make

    return add


def believable(
    file: str, about: str, *, ledger: str = "member", unit: str = "town"
) -> Callable[[Maker], Maker]:
    """Put a file that a clerk may well have into the corpus."""
    return _register(BELIEVABLE, file, about, ledger, unit)


def hostile(file: str, about: str, *, ledger: str = "member") -> Callable[[Maker], Maker]:
    """Put a broken or hostile file into the corpus."""
    return _register(HOSTILE, file, about, ledger, "town")


def people(seed: int, number: int) -> list[Person]:
    """Invented people, the same for the same seed."""
    made = invented.People(seed)
    return [made.one() for _ in range(number)]


def known(person: Person, team: str = "", **more: Any) -> dict[str, Any]:
    """The clean values of a person whose row has a name, a number and a mobile phone."""
    values = {
        "name": person.name,
        "id_number": person.id_number,
        "gender": person.gender,
        "birth_date": person.born.isoformat(),
        "mobile": person.mobile,
    }
    return values | ({"team_name": team} if team else {}) | more


def put(sheet: Worksheet, rows: Iterable[Sequence[Any]], top: int = 1) -> None:
    """Write rows from ``top`` on, blanks left out, long numbers that are text as text cells."""
    for number, row in enumerate(rows, top):
        for column, value in enumerate(row, 1):
            if value is not None:
                cell = sheet.cell(number, column, value)
                if isinstance(value, str):
                    cell.number_format = "@"
                    cell.data_type = "s"


def workbook(rows: Grid, *, title: str = "Sheet1", merges: Sequence[str] = ()) -> Workbook:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    put(sheet, rows)
    for span in merges:
        sheet.merge_cells(span)
    return book


def sheets(pages: Mapping[str, Grid]) -> Workbook:
    """A workbook of several sheets by title."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in pages.items():
        put(book.create_sheet(title), rows)
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook, the same whenever it is made."""
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    made_at = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    parts["docProps/core.xml"] = made_at.sub(b"2026-11-02T09:00:00Z", parts["docProps/core.xml"])
    return zipped(parts)


def zipped(parts: Mapping[str, bytes] | Sequence[tuple[str, bytes]]) -> bytes:
    """A zip of parts in their order, without a clock in it."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            made.writestr(stamped(name), content)
    return raw.getvalue()


def stamped(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """A zip member dated on a fixed day."""
    info = zipfile.ZipInfo(name, (DAY.year, DAY.month, DAY.day, DAY.hour, DAY.minute, 0))
    info.compress_type = method
    return info


def fixture(name: str) -> bytes:
    """A small file made once by an office program, kept beside this module."""
    return (FIXTURES / name).read_bytes()
