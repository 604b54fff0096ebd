"""Writing workbooks: the sheets of a period, and blank templates."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.excel import layout, sheet
from desktop.excel import template as blank
from desktop.excel.safely import write_whole
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
    session: Session, layout_code: str, period: str, folder: Path, today: dt.date, *, note: str = ""
) -> Exported:
    """Write one sheet of ``period`` into ``folder``; an older file of its name is replaced whole.

    :param layout_code: one of :data:`desktop.excel.layout.LAYOUTS`.
    :param today: the day of filling in that the sheet names.
    :param note: stands at the end of the file's name, as （草稿） or （第2版）.
    :raises Refusal: it cannot be written; an older file stays as it was.
    """
    chosen = layout.load(layout_code)
    found = reports.rows(session, layout_code, period, today)
    notes = reports.notes(layout_code, found)
    head = _head(session, period, today)
    target = folder / f"{file_name(session, chosen.title, period, note)}.xlsx"
    write_whole(target, lambda part: sheet.write(part, chosen, head, found, notes))
    return Exported(target, len(found), hashlib.sha256(target.read_bytes()).hexdigest())


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


def _head(session: Session, period: str, today: dt.date) -> sheet.Head:
    office = session.scalars(select(Office)).first() or Office()
    return sheet.Head(
        place=_names(session)[1],
        period=periods.words(period),
        unit=office.report_unit or "",
        filler=office.filler or "",
        reviewer=office.reviewer or "",
        phone=office.contact_phone or "",
        date=f"{today.year}年{today.month}月{today.day}日",
    )


def _names(session: Session) -> tuple[str, str]:
    """The county and the town of this unit; a county has no town, so it stands alone."""
    unit = areas.get(session, areas.unit_code(session))
    if unit is None:
        return "", ""
    own = areas.named(session, unit.code)
    return (areas.named(session, unit.parent_code) if unit.level == "township" else "", own)
