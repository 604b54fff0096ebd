"""The workbook that the city sent is filled, and nothing else in it changes."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.excel.profile import ColumnRule, Identity, Profile
from desktop.records import Member, Team
from desktop.services import exporting, filled, invented, profiles, proposing
from tests.conftest import TODAY
from tests.desktop.upload import FIRST, HEADINGS, PREPARED, SHEET, parts, upload

PERIOD = "2026-11"
EAST = invented.area_list(6)[3]["code"]
UNIT_CELLS = {"B3": "安徽省", "D3": "宿州市", "F3": "{县区}", "H3": "{town}"}


@pytest.fixture
def people(session: Session) -> Session:
    """230 people in one team."""
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
            mobile=f"199{at:08}",
            duty="09",
        )
        for at in range(230)
    )
    session.flush()
    return session


@pytest.fixture
def profile() -> Profile:
    proposed = proposing.propose(upload(), SHEET, (5, 5), "member")
    return replace(proposed, name="成员登记", cells=UNIT_CELLS, row_limit=100)


def run(session: Session, profile: Profile, folder: Path, **more: Any) -> list[exporting.Exported]:
    target = folder / "成员.xlsx"
    return filled.export(session, profile, upload(), PERIOD, target=target, today=TODAY, **more)


def sheet_cells(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(SHEET).to_python(skip_empty_area=False)


def test_a_roster_beyond_the_limit_goes_into_numbered_files(
    people: Session, profile: Profile, tmp_path: Path
) -> None:
    made = run(people, profile, tmp_path)
    assert [(one.path.name, one.rows) for one in made] == [
        ("成员（1）.xlsx", 100),
        ("成员（2）.xlsx", 100),
        ("成员（3）.xlsx", 30),
    ]
    names = [
        row[0] for one in made for row in sheet_cells(one.path)[FIRST - 1 : FIRST - 1 + PREPARED] if row[0]
    ]
    assert names == [f"张{at}" for at in range(230)]


def test_a_roster_within_the_limit_is_one_file_without_number(
    people: Session, profile: Profile, tmp_path: Path
) -> None:
    for limit in (230, 5000, None):
        made = run(people, replace(profile, row_limit=limit), tmp_path)
        assert [(one.path.name, one.rows) for one in made] == [("成员.xlsx", 230)]


def test_two_readers_see_each_answer_where_it_belongs(
    people: Session, profile: Profile, tmp_path: Path
) -> None:
    made = run(people, profile, tmp_path)[0]
    page = load_workbook(made.path)[SHEET]
    theirs = sheet_cells(made.path)
    mine = [["" if cell is None else cell for cell in row] for row in page.iter_rows(values_only=True)]
    assert [row[: len(HEADINGS)] for row in mine[: len(theirs)]] == [row[: len(HEADINGS)] for row in theirs]
    assert not any(any(row) for row in mine[len(theirs) :])
    assert theirs[FIRST] == [
        *("张1", "2-女", "1990-01-01", "", "成员", "平安志愿者", "东湖巡逻队", "19900000001"),
        *("341399199001000001", ""),
    ]
    assert all(cell.data_type == "s" and cell.number_format == "@" for cell in page[FIRST] if cell.value)
    assert [page[place].value for place in ("A1", "B3", "F3", "H3")] == ["1.0", "安徽省", "练习县", "练习镇"]
    assert (
        page.data_validations.dataValidation[0].sqref
        == load_workbook(made.path)[SHEET].data_validations.dataValidation[0].sqref
    )


def test_every_other_part_stays_byte_for_byte(people: Session, profile: Profile, tmp_path: Path) -> None:
    made = run(people, profile, tmp_path)[2]
    before, after = parts(upload()), parts(made.path.read_bytes())
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {"xl/worksheets/sheet1.xml"}
    assert after.keys() == before.keys()
    book = load_workbook(made.path)
    assert (book.sheetnames, book["lists"].sheet_state) == ([SHEET, "lists", "bean"], "hidden")


@pytest.mark.parametrize(
    ("identity", "shown"),
    [(Identity.SPACED, "341399 19900100 0000"), (Identity.MASKED, "341***********0000")],
)
def test_identity_numbers_are_written_as_the_profile_says(
    people: Session, profile: Profile, tmp_path: Path, identity: Identity, shown: str
) -> None:
    columns = {**profile.columns, 9: ColumnRule("id_number", identity)}
    made = run(people, replace(profile, columns=columns), tmp_path)
    assert sheet_cells(made[0].path)[FIRST - 1][8] == shown


def test_a_number_may_take_a_column_for_each_digit(people: Session, tmp_path: Path) -> None:
    rules = {1: ColumnRule("name"), 3: ColumnRule("id_number", Identity.SPLIT, 18), 21: ColumnRule("mobile")}
    split = Profile("x", "member", SHEET, 5, 5, 6, 1005, rules, row_limit=3)
    row = sheet_cells(run(people, split, tmp_path)[0].path)[FIRST - 1]
    assert (row[0], row[1], "".join(row[2:20]), row[20]) == ("张0", "", "341399199001000000", "19900000000")


def test_values_may_be_given_by_code(people: Session, profile: Profile, tmp_path: Path) -> None:
    columns = {2: ColumnRule("gender", values={"1": "M", "女": "F"})}
    made = run(people, replace(profile, columns=columns), tmp_path)
    assert [row[1] for row in sheet_cells(made[0].path)[FIRST - 1 : FIRST + 1]] == ["M", "F"]


def test_the_folder_gets_a_file_named_by_the_profile(
    people: Session, profile: Profile, tmp_path: Path
) -> None:
    named = replace(profile, row_limit=None, title="成员/登记表")
    (made,) = filled.export(people, named, upload(), PERIOD, target=tmp_path / "上报", today=TODAY)
    assert made.path == tmp_path / "上报" / "练习县练习镇成员登记表（2026年11月）.xlsx"


def test_progress_counts_rows(people: Session, profile: Profile, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    run(people, profile, tmp_path, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 230), (230, 230)]


def test_a_preview_shows_what_would_stand_there(people: Session, profile: Profile) -> None:
    found = filled.preview(people, profile, PERIOD, 2, TODAY)
    assert [row[:3] for row in found] == [["张0", "1-男", "1990-01-01"], ["张1", "2-女", "1990-01-01"]]
    assert len(found[0]) == len(profile.targets)


def test_a_profile_of_something_else_is_refused(people: Session, profile: Profile, tmp_path: Path) -> None:
    for wrong in (
        replace(profile, source="dragon"),
        replace(profile, columns={1: ColumnRule("dragon")}),
        replace(profile, columns={}),
        replace(profile, sheet="没有"),
    ):
        with pytest.raises(Refusal):
            run(people, wrong, tmp_path)
    assert list(tmp_path.glob("*.xlsx*")) == []


def test_no_entries_make_a_file_without_rows(session: Session, profile: Profile, tmp_path: Path) -> None:
    (made,) = run(session, profile, tmp_path)
    assert (made.path.name, made.rows) == ("成员.xlsx", 0)
    assert sheet_cells(made.path)[FIRST - 1 :] == []


def test_a_shipped_profile_saved_as_a_file_fills_what_the_shipped_one_fills(
    people: Session, tmp_path: Path
) -> None:
    shipped, workbook = profiles.get(people, "annex2")
    (own,) = filled.export(people, shipped, workbook, PERIOD, target=tmp_path / "own.xlsx", today=TODAY)
    (made,) = filled.export_named(people, "annex2", PERIOD, target=tmp_path / "shipped.xlsx", today=TODAY)
    assert own.rows == made.rows == 230
    words = [
        [
            str(cell)
            for row in load_workbook(one.path).worksheets[0].iter_rows(values_only=True)
            for cell in row
            if cell
        ]
        for one in (own, made)
    ]
    assert words[0] == words[1]
