"""A month's work on a unit with a password, by one process that ends like a crash: it closes nothing.

``python -m tests.torture.journey FOLDER`` keeps the records in ``FOLDER/data`` and what the clerk asked
for in ``FOLDER/exports`` and ``FOLDER/inputs``; it prints, one a line, what must be found nowhere else.
"""

import dataclasses
import datetime as dt
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desktop.excel import block
from desktop.excel.block import Paste
from desktop.records import Member, Team
from desktop.services import (
    checks,
    demo,
    entries,
    exporting,
    importing,
    invented,
    pasting,
    setup,
    submitting,
    township,
)
from desktop.services.invented import Person
from desktop.storage import files
from desktop.storage.backups import making
from desktop.storage.backups.manifest import Reason
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from tests.desktop.services.importing import rosters
from ui.crash import CrashHook

TODAY = dt.date(2026, 11, 23)
MONTHS = ("2026-10", "2026-11")
REAL = "341398"  # a county that is invented, too, but not the one for practice: it may submit
OFFICE = {**demo.OFFICE, "practice": "否"}
NAMES = ("欧阳慕白", "司马青岚", "上官云舟")
SECRET = Secret("王主任", "柳树-Liushu-2026")
FIELDS = ("team_id", "name", "id_number", "mobile", "duty")
TEAM = "东湖巡逻队"


def main() -> None:
    place = Path(sys.argv[1])
    exports, inputs = place / "exports", place / "inputs"
    inputs.mkdir()
    listed = invented.area_list(8, REAL)
    store = setup.start(place / "data", listed, f"{REAL}101000", OFFICE, SECRET)
    with store.work("录入") as (session, _):
        township.records(session, TODAY, 60)
        demo.explain_last_month(session, TODAY)
    with store.work("上报") as (session, _):
        submitting.submit(session, store, MONTHS[0], out=exports, today=TODAY)
    invent = invented.People(7)
    people = [
        dataclasses.replace(invent.one(), name=name, mobile=f"1987654321{at}")
        for at, name in enumerate(NAMES)
    ]
    with store.work("录入") as (session, _):
        _record(session, people, inputs)
        files.store(store.folder, store.key, f"{people[0].name}{people[0].id_number}".encode())
    making.make(store.folder, store.key, Reason.ASKED)
    with store.work("导出") as (session, _):
        for month in MONTHS:
            checks.check(session, month, TODAY)
        exporting.export_all(session, MONTHS[1], exports, TODAY)
        submitting.draft(session, store.folder, MONTHS[1], out=exports, today=TODAY)
        numbers = session.scalars(select(Member.id_number)).all()
    _crash(store, people[0], place / "logs" / "crash.log")
    making.make(store.folder, store.key, Reason.EXIT)
    found = [text for one in people for text in (one.name, one.id_number, one.mobile)]
    print(*found, *filter(None, numbers), SECRET.password, sep="\n", flush=True)
    os._exit(0)


def _record(session: Session, people: Sequence[Person], inputs: Path) -> None:
    """One typed, one imported, one pasted."""
    typed, imported, pasted = people
    team = entries.save(session, Team, {"team_name": TEAM})
    answers = {"name": typed.name, "team_id": str(team), "id_number": typed.id_number, "mobile": typed.mobile}
    entries.save(session, Member, answers)
    file = rosters.table(inputs, rosters.HEADINGS, rosters.member(imported))
    importing.carry_out(session, importing.plan(session, Member, file, TODAY))
    rows = block.read(f"{TEAM}\t{pasted.name}\t{pasted.id_number}\t{pasted.mobile}\t成员")
    paste = Paste(rows, headed=False, names=pasting.columns(Member, FIELDS, len(FIELDS)))
    pasting.carry_out(session, pasting.plan(session, Member, paste, TODAY))


def _crash(store: Store, person: Person, log: Path) -> None:
    """A bug whose own words hold what a clerk typed, and one in the database, reported as the window does."""
    application = QApplication([])
    hook = CrashHook(log)
    for fault in (_typed, _twice):
        QTimer.singleShot(0, application.closeAllWindows)
        try:
            fault(store, person)
        except (ValueError, IntegrityError) as trouble:
            hook(type(trouble), trouble, trouble.__traceback__)
            if isinstance(trouble, IntegrityError):  # as a library would
                logging.getLogger("sqlalchemy").exception("not saved")


def _typed(store: Store, person: Person) -> None:
    raise ValueError(f"{person.name} {person.id_number} {person.mobile}")


def _twice(store: Store, person: Person) -> None:
    with store.work("录入") as (session, _):
        session.add(Member(id=1, name=person.name, id_number=person.id_number))


if __name__ == "__main__":
    main()
