"""Every file that is exported is read back, cell for cell, by programs that know nothing of ours."""

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from desktop.excel.layout import LAYOUTS
from desktop.services import demo, filled, profiles, proposing
from tests.conftest import TODAY
from tests.desktop.upload import upload

PERIOD = "2026-10"
SHOWN = 2_000  # more rows than the township has
LIBRE_OFFICE = shutil.which("soffice")
Grid = list[list[Any]]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Grid]]:
    """Each shipped profile and one for an upload template: the file, and the rows that it was filled with."""
    store = demo.begin(tmp_path_factory.mktemp("records"), TODAY, 60)
    folder = tmp_path_factory.mktemp("exported")
    with store.work("测试") as (session, _):
        found = {code: _export(session, code, folder / f"{code}.xlsx") for code in LAYOUTS}
        header = proposing.header(upload(), "", "member")
        profiles.store(session, proposing.propose(upload(), "", header, "member").renamed("成员"), upload())
        found["upload"] = _export(session, "成员", folder / "upload.xlsx")
    store.close()
    return found


def _export(session: Session, name: str, target: Path) -> tuple[Path, Grid]:
    made = filled.export_named(session, name, PERIOD, target=target, today=TODAY)
    profile, _ = profiles.get(session, name)
    return made[0].path, filled.preview(session, profile, PERIOD, SHOWN, TODAY)


def by_openpyxl(file: Path) -> list[Grid]:
    book = load_workbook(file, data_only=True)
    return [[[_plain(cell) for cell in row] for row in sheet.values] for sheet in book.worksheets]


def by_calamine(file: Path) -> list[Grid]:
    book = CalamineWorkbook.from_path(str(file))
    return [
        [[_plain(cell) for cell in row] for row in book.get_sheet_by_name(title).to_python(False)]
        for title in book.sheet_names
    ]


def by_libre_office(file: Path) -> list[Grid]:
    """As it stands in the file that LibreOffice saves after it has read ours."""
    folder = file.parent / "saved"
    command = [str(LIBRE_OFFICE), f"-env:UserInstallation=file://{folder}/settings", "--headless"]
    command += ["--convert-to", "ods", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return by_calamine(folder / f"{file.stem}.ods")


READERS: Sequence[Callable[[Path], list[Grid]]] = (
    by_calamine,
    *([by_libre_office] if LIBRE_OFFICE else []),  # where it is installed
)


def _plain(cell: Any) -> Any:
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.time() == dt.time() else cell
    return "" if cell is None else float(cell) if isinstance(cell, int) else cell


def _trimmed(grid: Grid) -> Grid:
    """Without the blank cells at the right and at the bottom, of which each reader has its own idea."""
    rows = [row[: max((at for at, cell in enumerate(row, 1) if cell != ""), default=0)] for row in grid]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _word(cell: Any) -> Any:
    """A cell as text, however many zeros its number ends in."""
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    text = str(cell)
    return float(text) if text.replace(".", "", 1).isdigit() and not text.startswith("00") else text


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", [*LAYOUTS, "upload"])
def test_two_readers_see_the_same_in_every_cell(
    exported: dict[str, tuple[Path, Grid]], name: str, reader: Callable[[Path], list[Grid]]
) -> None:
    file, _ = exported[name]
    assert [_trimmed(one) for one in reader(file)] == [_trimmed(one) for one in by_openpyxl(file)]


@pytest.mark.parametrize("name", [*LAYOUTS, "upload"])
def test_every_row_that_was_previewed_stands_in_the_file(
    exported: dict[str, tuple[Path, Grid]], name: str
) -> None:
    file, rows = exported[name]
    there = {tuple(_word(cell) for cell in row if cell != "") for row in by_openpyxl(file)[0]}
    assert rows
    for row in rows:
        assert tuple(_word(cell) for cell in row if cell) in there
