"""练习乡镇: a believable township of invented people, the same on every machine for the same day."""

import datetime as dt
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.rules.rulebook import Grade
from desktop.services import checks, invented, periods, reasons, setup, submitting, township
from desktop.services.submitting import Sent
from desktop.storage import database
from desktop.storage.database import Store

TOWN = f"{invented.PREFIX}101000"
OFFICE = {
    "report_unit": "练习县练习镇人民政府",
    "leader": "张伟",
    "filler": "李敏",
    "reviewer": "王建国",
    "contact_phone": "0557-0000000",
    "practice": "是",
}
MEMBERS = 620


def practice(folder: Path, today: dt.date) -> Store:
    """The practice township in ``folder``, filled on its first opening."""
    if database.exists(folder):
        return database.open_folder(folder)
    store, _ = make(folder, today, folder / "上报文件")
    return store


def make(folder: Path, today: dt.date, out: Path, members: int = MEMBERS) -> tuple[Store, Sent]:
    """Start the practice township: last month recorded, checked and sent to ``out``, this month begun.

    :raises Refusal: ``folder`` or ``out`` cannot be written to; then no half-made township is left.
    """
    store = begin(folder, today, members)
    try:
        with store.work("练习：上报上月") as (session, _):
            sent = submit_last_month(session, folder, out, today)
        with store.work("练习：录入本月") as (session, _):
            township.this_month(session, today)
    except BaseException:
        store.close()
        database.discard(folder)
        raise
    return store, sent


def begin(folder: Path, today: dt.date, members: int = MEMBERS) -> Store:
    """Start the practice township and record everything up to the end of last month.

    :param members: about how many people its teams have together.
    """
    villages = max(8, members // 1500)
    store = setup.start(folder, invented.area_list(villages), TOWN, OFFICE)
    with store.work("练习：录入数据") as (session, _):
        township.records(session, today, members)
    return store


def submit_last_month(session: Session, folder: Path, out: Path, today: dt.date) -> Sent:
    """Check last month, give a reason where one is asked for, and submit."""
    period = periods.before(periods.of(today))
    for finding in checks.check(session, period, today):
        if finding.grade in (Grade.B, Grade.C):
            reasons.give(session, finding, period, "已与村里核实，情况属实")
    return submitting.submit(session, folder, period, out=out, today=today)
