"""练习乡镇: a believable township of invented people, the same on every machine for the same day."""

import datetime as dt
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.rules.rulebook import Grade
from desktop.services import checks, invented, periods, reasons, setup, submitting, township
from desktop.storage import beginning, database
from desktop.storage.database import Store

OFFICE = {
    "report_unit": "练习县练习镇人民政府",
    "leader": "张伟",
    "filler": "李敏",
    "reviewer": "王建国",
    "contact_phone": "0557-0000000",
    "practice": "是",
}
MEMBERS = 620


def practice(folder: Path, today: dt.date, *, take_over: bool = False) -> Store:
    """The practice township in ``folder``, filled on its first opening."""
    if database.exists(folder):
        return database.open_folder(folder, None, take_over=take_over)
    store, _ = make(folder, today, folder / "练习文件")
    return store


def make(folder: Path, today: dt.date, out: Path, members: int = MEMBERS) -> tuple[Store, list[Path]]:
    """Start the practice township: last month recorded and checked, its drafts in ``out``, this month begun.

    :raises Refusal: ``folder`` or ``out`` cannot be written to; then no half-made township is left.
    """
    store = begin(folder, today, members)
    try:
        with store.work("练习：说明上月") as (session, _):
            explain_last_month(session, today)
        with store.read() as session:
            drafts = submitting.draft(session, folder, last_month(today), out=out, today=today)
        with store.work("练习：录入本月") as (session, _):
            township.this_month(session, today)
    except BaseException:
        store.close()
        beginning.discard(folder)
        raise
    return store, drafts


def begin(folder: Path, today: dt.date, members: int = MEMBERS, county: str = invented.PREFIX) -> Store:
    """Start the practice township and record everything up to the end of last month.

    :param members: about how many people its teams have together.
    :param county: of a township for tests, in which a submission is tried; it opens without a password too.
    """
    villages = max(8, members // 1500)
    office = OFFICE if county == invented.PREFIX else {**OFFICE, "practice": ""}
    store = setup.start(folder, invented.area_list(villages, county), f"{county}101000", office)
    with store.work("练习：录入数据") as (session, _):
        township.records(session, today, members)
    return store


def last_month(today: dt.date) -> str:
    """The period that the practice township has finished."""
    return periods.before(periods.of(today))


def explain_last_month(session: Session, today: dt.date) -> None:
    """Check last month, and give a reason where one is asked for, as for a submission."""
    period = last_month(today)
    for finding in checks.check(session, period, today):
        if finding.grade in (Grade.B, Grade.C):
            reasons.give(session, finding, period, "已与村里核实，情况属实")
