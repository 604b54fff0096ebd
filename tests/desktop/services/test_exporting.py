"""The files of a period, and blank templates."""

import datetime as dt
import errno
import hashlib
import os
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS, Ledger, Member, Office, Region, Team
from desktop.services import exporting, invented

TODAY = dt.date(2026, 11, 23)
EAST = invented.area_list(6)[3]["code"]


@pytest.fixture
def filled(session: Session) -> Session:
    team = Team(team_name="东湖巡逻队", village_code=EAST)
    session.add(team)
    session.flush()
    people = invented.People(3)
    session.add_all(
        Member(team_id=team.id, village_code=EAST, name=one.name, id_number=one.id_number, mobile=one.mobile)
        for one in (people.one() for _ in range(3))
    )
    session.flush()
    return session


def test_every_sheet_of_a_period_is_written_in_order(filled: Session, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    made = exporting.export_all(
        filled, "2026-11", tmp_path / "上报", TODAY, lambda done, of: told.append((done, of))
    )
    assert [one.path.name for one in made] == [
        "练习县练习镇群防群治队伍情况汇总表（2026年11月）.xlsx",
        "练习县练习镇群防群治队伍花名册（2026年11月）.xlsx",
        "练习县练习镇“四议两公开”落实情况统计表（2026年11月）.xlsx",
        "练习县练习镇村级重大事项台账（2026年11月）.xlsx",
        "练习县练习镇共建协议台账（2026年11月）.xlsx",
    ]
    assert [one.rows for one in made] == [1, 3, 6, 0, 0]
    assert told == [(number, 5) for number in range(1, 6)]
    assert all(hashlib.sha256(one.path.read_bytes()).hexdigest() == one.sha256 for one in made)


def test_the_sheet_names_the_unit_and_who_filled_it_in(filled: Session, tmp_path: Path) -> None:
    made = exporting.export(filled, "annex2", "2026-11", tmp_path, TODAY)
    sheet = load_workbook(made.path).worksheets[0]
    assert sheet["A2"].value == "练习镇群防群治队伍花名册（2026年11月）"
    line = "".join(str(cell.value or "") for cell in sheet[3])
    for part in ("练习县练习镇人民政府", "填报人：李敏", "审核人：王建国", "0557-0000000", "2026年11月23日"):
        assert part in line
    numbers = [sheet.cell(row, 10) for row in range(5, 8)]
    assert all(
        cell.data_type == "s" and cell.number_format == "@" and len(str(cell.value)) == 18 for cell in numbers
    )


def test_an_older_file_is_replaced_whole(filled: Session, tmp_path: Path) -> None:
    first = exporting.export(filled, "annex1", "2026-11", tmp_path, TODAY)
    filled.add(Team(team_name="二队", village_code=EAST))
    filled.flush()
    second = exporting.export(filled, "annex1", "2026-11", tmp_path, TODAY)
    assert first.path == second.path
    assert first.sha256 != second.sha256
    assert len(list(tmp_path.glob("*.xlsx*"))) == 1


def test_a_full_disk_keeps_the_older_file(
    filled: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = exporting.export(filled, "annex1", "2026-11", tmp_path, TODAY)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refusal, match="磁盘已满"):
        exporting.export(filled, "annex1", "2026-11", tmp_path, TODAY)
    monkeypatch.undo()  # closing the records writes, too
    assert hashlib.sha256(first.path.read_bytes()).hexdigest() == first.sha256
    assert len(list(tmp_path.glob("*.part"))) == 0


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ('甲/乙\\丙:丁*戊?己"庚<辛>壬|癸', "练习县练习镇甲乙丙丁戊己庚辛壬癸（2026年11月）"),
        ("表" * 200, "练习县练习镇" + "表" * 79 + "（2026年11月）"),
    ],
)
def test_a_file_name_is_clean_and_not_too_long(session: Session, table: str, name: str) -> None:
    found = exporting.file_name(session, table, "2026-11")
    assert found == name
    assert len(f"{found}.xlsx") <= exporting.LONGEST_NAME


def test_a_county_stands_alone_in_names_and_has_a_row_for_each_town(session: Session, tmp_path: Path) -> None:
    office = session.query(Office).one()
    office.unit_code = f"{invented.PREFIX}000000"
    session.add(
        Region(code=f"{invented.PREFIX}102000", name="演练镇", level="township", parent_code=office.unit_code)
    )
    session.flush()
    made = exporting.export(session, "annex1", "2026-11", tmp_path, TODAY)
    assert made.path.name == "练习县群防群治队伍情况汇总表（2026年11月）.xlsx"
    sheet = load_workbook(made.path).worksheets[0]
    assert [sheet.cell(row, 2).value for row in (6, 7)] == ["练习镇", "演练镇"]
    assert made.rows == 2


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=list(LEDGERS))
def test_every_ledger_has_a_template(session: Session, tmp_path: Path, ledger: type[Ledger]) -> None:
    exporting.template(session, ledger, tmp_path / "模板 一.xlsx")
    assert load_workbook(tmp_path / "模板 一.xlsx").sheetnames == [ledger.caption, "填写说明", "选项"]


def test_an_unknown_layout_is_a_bug(session: Session, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        exporting.export(session, "annex9", "2026-11", tmp_path, TODAY)
