"""Writing workbooks: the sheets of a period, and blank templates."""

import dataclasses
import datetime as dt
import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.excel import layout, profiled, sheet
from desktop.excel import template as blank
from desktop.excel.filling.fill import fill
from desktop.excel.profile import Profile
from desktop.excel.safely import Shape, write_whole
from desktop.records import Ledger, Office
from desktop.records.fields import fields
from desktop.records.kinds import Area, Link
from desktop.services import areas, links, periods, places, reports

LONGEST_NAME = 100  # characters, with the ending
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')

Steps = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """One file as it lies there.

    :param rows: of data, without headings and totals.
    """

    path: Path
    rows: int
    sha256: str


def export(
    session: Session, layout_code: str, period: str, target: Path, today: dt.date, *, note: str = ""
) -> Exported:
    """Write one sheet of ``period``; an older file of its name is replaced whole.

    :param layout_code: one of :data:`desktop.excel.layout.LAYOUTS`.
    :param target: a file (.xlsx); or a folder, in which it has its usual name.
    :param today: the day of filling in that the sheet names.
    :param note: stands at the end of the file's name, as （草稿） or （第2版）.
    :raises Refusal: it cannot be written; an older file stays as it was.
    """
    chosen = layout.load(layout_code)
    rows = reports.cells(session, layout_code, period, [one.key for one in chosen.leaves])
    first = next(rows, None)
    notes = [said] if (said := reports.note(session, layout_code, period)) else []
    head = _head(words(session, chosen.title, period, today))
    profile, workbook = sheet.blank(chosen, head, notes, empty=first is None)
    if target.suffix.casefold() != ".xlsx" or target.is_dir():
        target /= f"{file_name(session, chosen.title, period, note)}.xlsx"
    return write(
        target, profile, workbook, itertools.chain([first] if first else [], rows), {}, empty=first is None
    )


def write(
    target: Path,
    profile: Profile,
    workbook: bytes,
    rows: Iterable[Sequence[Any]],
    said: Mapping[str, str],
    *,
    empty: bool = False,
) -> Exported:
    """Fill ``workbook`` with ``rows`` as ``profile`` says; an older file of its name is replaced whole.

    :param rows: each with the values of ``profile.keys``.
    :param said: what the placeholders stand for.
    :param empty: there are no rows, and the prepared one says so by itself.
    :raises Refusal: the template or the disk does not let it; an older file stays as it was.
    """
    if profiled.counts_rows(profile):
        rows = list(rows)
    known = rows if isinstance(rows, list) else None
    written = 0

    def make(part: Path) -> Shape:
        nonlocal written
        cells = profiled.values(profile, rows, said)
        filling = profiled.filling(profile, known, said)
        written = fill(workbook, part, dataclasses.replace(filling, columns=()) if empty else filling, cells)
        return Shape(profile.first + max(written, 1) - 1)

    write_whole(target, make)
    with target.open("rb") as file:
        return Exported(target, written, hashlib.file_digest(file, "sha256").hexdigest())


def export_all(
    session: Session,
    period: str,
    folder: Path,
    today: dt.date,
    progress: Steps | None = None,
    *,
    note: str = "",
) -> list[Exported]:
    """Write every sheet of ``period``, in the order they are handed in.

    :param progress: told how many of how many are done.
    """
    made = []
    for number, code in enumerate(layout.LAYOUTS, 1):
        made.append(export(session, code, period, folder, today, note=note))
        if progress is not None:
            progress(number, len(layout.LAYOUTS))
    return made


def file_name(session: Session, table: str, period: str, note: str = "") -> str:
    """The name of a file without its ending: 埇桥区符离镇群防群治队伍花名册（2026年11月）.

    :param note: stands at its end; one that is too long is cut before the period.
    """
    end = f"（{periods.words(period)}）{note}"
    room = LONGEST_NAME - len(".xlsx") - len(end)
    return FORBIDDEN.sub("", f"{''.join(_names(session))}{table}"[:room] + end)


def template(session: Session, ledger: type[Ledger], target: Path) -> None:
    """Write the blank workbook of ``ledger``, with this unit's villages and entries in its drop-downs.

    :raises Refusal: it cannot be written.
    """
    offers = {
        one.name: offered(session, one.kind) for one in fields(ledger) if isinstance(one.kind, (Area, Link))
    }
    write_whole(target, lambda part: blank.write(part, ledger, offers))


def offered(session: Session, kind: Area | Link) -> list[str]:
    """What a drop-down of places or entries offers."""
    if isinstance(kind, Link):
        return [title for _, title in links.offered(session, kind.ledger)]
    where = places.of_unit(session, dt.date.today())
    return [where.name(code) for code in (where.villages if kind.level == "village" else where.towns)]


def words(session: Session, title: str, period: str, today: dt.date) -> dict[str, str]:
    """What the placeholders of a profile stand for, but for the sentence about a report's figures."""
    office = session.scalars(select(Office)).first() or Office()
    county, town = _names(session)
    return {
        "unit": _unit(office),
        "county": county or town,
        "town": town if county else "",
        "place": town,
        "period": periods.words(period),
        "year": period[:4],
        "month": str(int(period[5:])),
        "filler": office.filler or "",
        "reviewer": office.reviewer or "",
        "phone": office.contact_phone or "",
        "date": f"{today.year}年{today.month}月{today.day}日",
        "title": title,
    }


def _head(said: Mapping[str, str]) -> sheet.Head:
    return sheet.Head(**{one.name: said[one.name] for one in dataclasses.fields(sheet.Head)})


def _names(session: Session) -> tuple[str, str]:
    """The county and the town of this unit; a county has no town, so it stands alone."""
    unit = areas.get(session, areas.unit_code(session))
    if unit is None:
        return "", ""
    own = areas.named(session, unit.code)
    return (areas.named(session, unit.parent_code) if unit.level == "township" else "", own)


def _unit(office: Office) -> str:
    """The unit's name; what comes out of a practice unit says so, whatever name was typed."""
    name = office.report_unit or ""
    return f"{name}（练习数据）" if office.practice and "练习" not in name else name
