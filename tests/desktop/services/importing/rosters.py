"""What the tests of importing share: files of a few rows, plans of them."""

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy.orm import Session

from desktop.excel.plan import Plan
from desktop.records import Member
from desktop.records.fields import Ledger
from desktop.services import importing, invented

TODAY = dt.date(2026, 11, 23)
EAST, WEST = (area["code"] for area in invented.area_list(6)[3:5])
HEADINGS = ["队伍*", "姓名*", "身份证号*", "手机*", "职务", "入队日期"]


def table(folder: Path, *rows: list[Any], name: str = "名单.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / name)
    return folder / name


def member(person: invented.Person, **other: Any) -> list[Any]:
    row = {"队伍": "东湖巡逻队", "姓名": person.name, "身份证号": person.id_number, "手机": person.mobile}
    row |= {"职务": "成员", "入队日期": "2024.1.5"} | other
    return [row[name.rstrip("*")] for name in HEADINGS]


def planned(session: Session, file: Path, ledger: type[Ledger] = Member, **how: Any) -> Plan:
    return importing.plan(session, ledger, file, TODAY, **how)


def outcomes(plan: Plan) -> list[str]:
    return [row.outcome.value for row in plan.rows]


def said(plan: Plan, row: int = 0) -> str:
    return "；".join(one.message for one in plan.rows[row].findings)
