"""The blank workbook of every ledger."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from sqlalchemy.orm import Session

from desktop.excel import template
from desktop.records import LEDGERS, Team, kinds
from desktop.records.fields import Ledger, fields
from desktop.records.kinds import Kind
from desktop.services import exporting, invented

ALL = list(LEDGERS.values())


def blank(session: Session, ledger: type[Ledger], folder: Path) -> Workbook:
    target = folder / f"{ledger.__tablename__}.xlsx"
    exporting.template(session, ledger, target)
    return load_workbook(target)


@pytest.mark.parametrize("ledger", ALL)
def test_every_field_that_a_cell_can_hold_has_a_column(
    session: Session, tmp_path: Path, ledger: type[Ledger]
) -> None:
    sheet = blank(session, ledger, tmp_path).worksheets[0]
    labels = [str(cell.value) for cell in sheet[1]]
    asked = [one for one in fields(ledger) if not isinstance(one.kind, kinds.Scans)]
    assert [label.rstrip("*") for label in labels] == [one.label for one in asked]
    assert [label.endswith("*") for label in labels] == [one.required for one in asked]
    assert sheet.freeze_panes == "A2"
    assert sheet.max_row == template.ROWS + 1


@pytest.mark.parametrize("ledger", ALL)
def test_codes_are_text_and_dates_are_dates_down_to_the_last_row(
    session: Session, tmp_path: Path, ledger: type[Ledger]
) -> None:
    sheet = blank(session, ledger, tmp_path).worksheets[0]
    for at, (one, how) in enumerate(template.columns(ledger), 1):
        formats = {sheet.cell(row, at).number_format for row in (2, template.ROWS + 1)}
        assert formats == {how.number_format}
        if isinstance(one.kind, (kinds.ResidentId, kinds.CreditCode, kinds.Phone, kinds.Area)):
            assert how.number_format == "@"
        if isinstance(one.kind, kinds.Day):
            assert how.number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("ledger", ALL)
def test_drop_downs_live_on_a_hidden_sheet(session: Session, tmp_path: Path, ledger: type[Ledger]) -> None:
    book = blank(session, ledger, tmp_path)
    sheet, told, lists = book.worksheets
    assert (sheet.title, told.title) == (ledger.caption, "填写说明")
    assert lists.sheet_state == "hidden"
    offered = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): str(rule.formula1)
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    for at, (one, how) in enumerate(template.columns(ledger), 1):
        if how.options:
            place = offered[get_column_letter(at)]
            assert place.startswith("'选项'!$")
            listed = [cell.value for (cell,) in lists[place.removeprefix("'选项'!")]]
            assert listed == list(how.options), one.name


def test_places_and_teams_of_this_unit_are_offered(session: Session, tmp_path: Path) -> None:
    session.add(Team(team_name="东湖巡逻队", village_code=invented.area_list(1)[3]["code"]))
    session.flush()
    lists = blank(session, LEDGERS["member"], tmp_path)["选项"]
    columns = {row[0].value: [cell.value for cell in row[1:] if cell.value] for row in lists.iter_cols()}
    assert len(columns["村（社区）"]) == 6
    assert any("东湖巡逻队" in str(title) for title in columns["队伍"])


@pytest.mark.parametrize("kind", sorted(Kind.__subclasses__(), key=str))
def test_every_kind_is_known_here(kind: type[Kind]) -> None:
    assert template.answer.dispatch(kind) is not template.answer.dispatch(object)


def test_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(TypeError):
        template.answer(Kind())
