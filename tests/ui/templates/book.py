"""A register as a county hands it down, and people to fill it with."""

import datetime as dt
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from sqlalchemy.orm import Session

from desktop.records import Member, Team
from desktop.services import invented

SHEET = "队员登记"
HEADINGS = ("序号", "村（社区）", "姓名", "性别", "身份证号码", "入队日期")
FIRST, LAST = 5, 24
EAST = invented.area_list(6)[3]["code"]


def book(target: Path, *, first_name: str = "姓名") -> Path:
    """A title, a unit cell, headings on two levels (rows 3 and 4), a drop-down 男性、女性, and 合计."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = SHEET
    sheet["A1"] = "群防群治队员登记表"
    sheet.merge_cells("A1:I1")
    sheet["A2"] = "填报单位："
    sheet.merge_cells("A2:D2")
    sheet["G2"] = "填报人"
    for at, words in enumerate(HEADINGS, 1):
        sheet.cell(3, at, first_name if words == "姓名" else words)
        sheet.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)
    sheet["G3"] = "联系方式"
    sheet.merge_cells("G3:H3")
    sheet["G4"], sheet["H4"] = "手机号码", "家庭住址"
    sheet["I3"] = "是否纳入积分管理"
    sheet.merge_cells("I3:I4")
    for row in range(FIRST, LAST + 1):
        for at in range(1, 10):
            sheet.cell(row, at).alignment = Alignment(wrap_text=True)
    sheet.cell(LAST + 1, 1, "合计")
    offered = DataValidation(type="list", formula1='"男性,女性"')
    offered.add(f"D{FIRST}:D{LAST}")
    sheet.add_data_validation(offered)
    made.save(target)
    return target


def people(session: Session, number: int = 3) -> None:
    """A team with ``number`` people, men and women by turns."""
    team = Team(team_name="东湖巡逻队", team_type="05", village_code=EAST)
    session.add(team)
    session.flush()
    session.add_all(
        Member(
            team_id=team.id,
            village_code=EAST,
            name=f"张{at}",
            id_number=f"3413991990010{at:05}",
            gender="12"[at % 2],
            birth_date=dt.date(1990, 1, 1),
            joined_on=dt.date(2024, 5, 1),
            mobile=f"199{at:08}",
            duty="09",
        )
        for at in range(number)
    )
