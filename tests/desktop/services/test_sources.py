"""Every source gives every column it names, as things stood at the end of the period."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session

from desktop.excel.profile import ColumnRule, Profile
from desktop.records import LEDGERS, Activity, Agreement, Item, Ledger, Matter, Member, Step, Team, Village
from desktop.records import kinds as k
from desktop.records.fields import fields
from desktop.records.step import StepNo
from desktop.services import extracts, filled, invented, sources
from desktop.services.sources import Source, SourceColumn, form_of
from tests.conftest import TODAY

PERIOD = "2026-11"
DAY = dt.date(2026, 11, 5)
AREAS = invented.area_list(6)
TOWN, EAST, WEST = (AREAS[at]["code"] for at in (2, 3, 4))
LEAVING = ("left_on", "closed_on", "terminated_on", "deleted_at")


def answer(one: k.Kind) -> Any:
    if isinstance(one, k.Area):
        return EAST if one.level == "village" else TOWN
    if isinstance(one, k.Listed):
        return next(iter(one.codes.items))
    if isinstance(one, k.Several):
        return list(one.codes.items)[:2]
    plain = {
        k.Words: "甲",
        k.Whole: 3,
        k.Money: Decimal("12.34"),
        k.Day: DAY,
        k.Moment: dt.datetime(2026, 11, 5, 9),
        k.Truth: True,
        k.ResidentId: "341399199001011234",
        k.CreditCode: "123413990000000000",
        k.Phone: "13800000000",
        k.Scans: [],
    }
    return next(iter(one.options)).value if isinstance(one, k.Choice) else plain[type(one)]


def full(ledger: type[Ledger], **known: Any) -> Any:
    """An entry with an answer in every field, and still counting."""
    answers = {
        one.name: answer(one.kind)
        for one in fields(ledger)
        if one.name not in LEAVING and not isinstance(one.kind, k.Link)
    }
    return ledger(**(answers | known))


@pytest.fixture
def whole(session: Session) -> Session:
    """One entry of every ledger, with every answer."""
    team, matter, agreement = full(Team), full(Matter), full(Agreement, valid_to=dt.date(2027, 1, 1))
    session.add_all([team, matter, agreement, full(Village)])
    session.flush()
    session.add(full(Member, team_id=team.id, status="1"))
    session.add_all(full(Step, matter_id=matter.id, step_no=number.value) for number in StepNo)
    session.add_all([full(Item, agreement_id=agreement.id), full(Activity, agreement_id=agreement.id)])
    session.flush()
    return session


ALWAYS_BLANK = {"closed_on", "left_on", "terminated_on", "remark"}


@pytest.mark.parametrize("source", sources.sources(), ids=lambda one: one.name)
def test_every_column_of_every_source_is_written(whole: Session, tmp_path: Path, source: Source) -> None:
    book = Workbook()
    book.worksheets[0].title = "表"
    for at, one in enumerate(source.columns, 1):
        book.worksheets[0].cell(1, at, one.label)
    book.save(tmp_path / "template.xlsx")
    columns = {at: ColumnRule(one.key) for at, one in enumerate(source.columns, 1)}
    profile = Profile("x", source.name, "表", 1, 1, 2, 2, columns)
    template = (tmp_path / "template.xlsx").read_bytes()
    (made,) = filled.export(whole, profile, template, PERIOD, target=tmp_path / "out.xlsx", today=TODAY)
    assert made.rows == sources.count(whole, source.name, PERIOD) > 0
    cells = list(load_workbook(made.path).worksheets[0].iter_rows(min_row=2, values_only=True))
    written = {one.key: cells[0][at] for at, one in enumerate(source.columns)}
    blank = {key for key, value in written.items() if value is None}
    assert blank <= ALWAYS_BLANK, blank


@pytest.mark.parametrize("source", sources.sources(), ids=lambda one: one.name)
def test_asking_for_one_column_gives_what_all_give(whole: Session, source: Source) -> None:
    every = list(sources.rows(whole, source.name, PERIOD))
    for one in source.columns:
        assert list(sources.cells(whole, source.name, PERIOD, [one.key])) == [
            (row[one.key],) for row in every
        ]


@pytest.mark.parametrize("source", sources.sources(), ids=lambda one: one.name)
def test_columns_are_told_apart_by_key_and_label(source: Source) -> None:
    assert len({one.key for one in source.columns}) == len(source.columns)
    assert len({one.label for one in source.columns}) == len(source.columns)
    assert source.columns[0].key == "no"


def test_every_ledger_but_the_areas_is_a_source() -> None:
    assert {one.name for one in sources.sources()} >= set(LEDGERS) - {"region"}


def test_every_field_of_a_ledger_is_a_column() -> None:
    for name in set(LEDGERS) - {"region"}:
        keys = sources.source(name).by_key
        assert {one.name for one in fields(LEDGERS[name]) if not isinstance(one.kind, k.Scans)} <= set(keys)


def test_an_unknown_kind_is_a_bug() -> None:
    for look_up in (form_of, extracts.shown):
        with pytest.raises(TypeError):
            look_up(k.Kind())


def rows(session: Session, name: str) -> list[Any]:
    session.flush()
    return list(sources.rows(session, name, PERIOD))


def test_a_member_shows_the_answers_of_the_team(whole: Session) -> None:
    (row,) = rows(whole, "member")
    assert (row["team_name"], row["county"], row["town_code"], row["village_code"]) == (
        "甲",
        "练习县",
        "练习镇",
        "东湖村",
    )
    assert row["village_code.code"] == EAST
    assert row["age"] == 0
    assert row["is_patrol_team"] == "是"


def test_who_has_left_by_the_last_day_is_left_out(whole: Session) -> None:
    whole.query(Member).one().left_on = dt.date(2026, 11, 30)
    assert rows(whole, "member") == []
    whole.query(Member).one().left_on = dt.date(2026, 12, 1)
    assert len(rows(whole, "member")) == 1


def test_a_team_counts_its_roster_and_what_is_typed_without_one(whole: Session) -> None:
    whole.add(full(Team, team_name="乙", member_count=12))
    assert {row["team_name"]: row["member_count"] for row in rows(whole, "team")} == {"甲": 1, "乙": 12}


def test_village_figures_are_the_last_before_the_end(whole: Session) -> None:
    whole.add_all(
        [
            full(Village, as_of=dt.date(2026, 11, 30), population=5),
            full(Village, as_of=dt.date(2026, 12, 1), population=7),
            full(Village, village_code=WEST, as_of=DAY, population=9),
        ]
    )
    assert [row["population"] for row in rows(whole, "village")] == [5, 9]


def test_a_matter_stands_as_it_stood_at_the_end_of_the_period(whole: Session) -> None:
    last = whole.query(Step).filter(Step.step_no == "6").one()
    last.open_from = last.open_to = dt.date(2026, 12, 2)
    last.held_at = None
    (row,) = rows(whole, "matter")
    assert (row["progress"], row["step"], row["state"]) == ("5/6", 5, "进行中")
    assert (row["step3.n_due"], row["step6.open_from"], row["amount_wan"]) == (3, None, Decimal("12.34"))


def test_numbers_run_from_one(whole: Session) -> None:
    whole.add(full(Team, team_name="乙"))
    assert [row["no"] for row in rows(whole, "team")] == [1, 2]


def test_a_list_tells_its_options_and_another_kind_has_none() -> None:
    columns: dict[str, SourceColumn] = dict(sources.source("member").by_key)
    assert columns["gender"].options["1"] == "男"
    assert columns["consent"].options == {"1": "是", "0": "否"}
    assert columns["name"].options == {}
