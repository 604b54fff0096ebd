"""Workbooks that were handed down, filled by a profile from the entries of a period."""

import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel import profiled
from desktop.excel.layout import LAYOUTS
from desktop.excel.profile import Profile
from desktop.services import exporting, profiles, reports, sources, vetting
from desktop.services.exporting import Exported, Steps
from desktop.storage.rights import Right, needs

TOLD = 1_000  # rows between two words of progress
ENDINGS = (".xlsx", ".xlsm")
Row = Sequence[Any]


@needs(Right.FULL, "未能导出")
def export(
    session: Session,
    profile: Profile,
    workbook: bytes,
    period: str,
    *,
    target: Path,
    today: dt.date,
    progress: Steps | None = None,
) -> list[Exported]:
    """Fill the workbook with what stood at the end of ``period``; what a file may not hold goes into more.

    :param target: a file; or a folder, in which the profile names the file. Several files are numbered
        名称（1）.xlsx, 名称（2）.xlsx.
    :param progress: told how many rows of how many are written.
    :raises Refusal: the profile is faulty, the template cannot be filled, or a file cannot be written.
    """
    _refuse_faulty(profile, f"未能按模板方案“{profile.name}”导出")
    said = words(session, profile, period, today)
    rows = _rows(session, profile, period)
    if progress is not None:
        rows = _told(rows, progress, sources.count(session, profile.source, period))
    place = _place(target, profile, workbook, said)
    ready = understood(profile)
    made = []
    for path, some in _files(place, rows, profile.row_limit):
        made.append(exporting.write(path, ready, workbook, some, said))
    return made


@needs(Right.FULL, "未能导出")
def export_named(
    session: Session, name: str, period: str, *, target: Path, today: dt.date, progress: Steps | None = None
) -> list[Exported]:
    """As :func:`export`, of the profile called ``name``; a shipped one is drawn for this unit and period."""
    code = profiles.shipped_code(name)
    if code is None:
        profile, workbook = profiles.get(session, name)
        return export(session, profile, workbook, period, target=target, today=today, progress=progress)
    return [exporting.export(session, code, period, target, today)]


def preview(session: Session, profile: Profile, period: str, number: int, today: dt.date) -> list[list[str]]:
    """The first ``number`` rows as they would stand in the template, a text for each of ``profile.targets``.

    :raises Refusal: the profile is faulty by itself.
    """
    _refuse_faulty(profile, "未能预览")
    said = words(session, profile, period, today)
    rows = itertools.islice(_rows(session, profile, period), number)
    return [[shown(cell) for cell in cells] for cells in profiled.values(understood(profile), rows, said)]


def file_name(profile: Profile, workbook: bytes, said: Mapping[str, str]) -> str:
    """The name of the file that is written; its ending is what the workbook is, for Excel opens no other.

    :param said: as :func:`words` gives it.
    """
    ending = ENDINGS[_has_macros(workbook)]
    named = exporting.FORBIDDEN.sub("", profiled.put_in(profile.file_name, said)).strip(" .") or "导出"
    return f"{named[: exporting.LONGEST_NAME - len(ending)]}{ending}"


def words(session: Session, profile: Profile, period: str, today: dt.date) -> dict[str, str]:
    """What the placeholders of a profile stand for in a period."""
    said = exporting.words(session, profile.title or profile.name, period, today)
    if profile.source in LAYOUTS and _asks_for_note(profile):
        return {**said, "note": reports.note(session, profile.source, period)}
    return {**said, "note": ""}


def understood(profile: Profile) -> Profile:
    """The profile with its values by what the source shows, where they were given by its codes."""
    by_key = sources.source(profile.source).by_key
    columns = {}
    for at, rule in profile.columns.items():
        options = by_key[rule.key].options if rule.key else {}
        by_word = {options.get(word, word): wanted for word, wanted in rule.values.items()}
        columns[at] = replace(rule, values={**by_word, **rule.values}) if rule.values else rule
    return replace(profile, columns=columns)


def shown(cell: Any) -> str:
    """A value in a preview."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _asks_for_note(profile: Profile) -> bool:
    patterns = (*profile.cells.values(), *(rule.constant for rule in profile.columns.values()))
    return any("{note}" in one or "{说明}" in one for one in patterns)


def _refuse_faulty(profile: Profile, what: str) -> None:
    if wrong := vetting.faults(profile):
        raise Refusal(what, wrong[0], "请打开模板方案改正")


def _rows(session: Session, profile: Profile, period: str) -> Iterator[Row]:
    return sources.cells(session, profile.source, period, profile.keys)


def _told(rows: Iterable[Row], progress: Steps, total: int) -> Iterator[Row]:
    for done, row in enumerate(rows):
        if done % TOLD == 0:
            progress(done, total)
        yield row
    progress(total, total)


def _place(target: Path, profile: Profile, workbook: bytes, said: Mapping[str, str]) -> Path:
    """The file to write."""
    name = file_name(profile, workbook, said)
    if target.suffix.casefold() in ENDINGS and not target.is_dir():
        return target.with_suffix(Path(name).suffix)
    return target / name


def _has_macros(workbook: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            return b"macroEnabled" in archive.read("[Content_Types].xml")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError):
        return False  # filling it says what is wrong with it


def _files(place: Path, rows: Iterator[Row], limit: int | None) -> Iterator[tuple[Path, Iterable[Row]]]:
    """Each file with its rows: one, or as many as the limit asks for, numbered."""
    if limit is None:
        yield place, rows
        return
    first, second = _some(rows, limit), _some(rows, limit)
    if not second:
        yield place, first
        return
    number, some = 1, first
    while some:
        yield place.with_stem(f"{place.stem}（{number}）"), some
        number, some, second = number + 1, second, _some(rows, limit)


def _some(rows: Iterator[Row], limit: int) -> Sequence[Row]:
    return list(itertools.islice(rows, limit))
