"""What is written into a template of any ledger is what import reads."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import singledispatch
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.excel.plan import Outcome
from desktop.excel.understanding.changes import LIST_NO
from desktop.records import LEDGERS, kinds
from desktop.records.fields import Field, Ledger, fields
from desktop.records.kinds import Kind
from desktop.services import exporting, importing, invented, links
from tests.desktop.excel.filling import fill, written

TODAY = dt.date(2026, 11, 23)
EAST = invented.area_list(1)[3]["code"]
dates = st.dates(dt.date(1920, 1, 1), dt.date(2100, 12, 31))  # a smaller number in a cell is a year


@singledispatch
def answers(kind: Kind, session: Session) -> st.SearchStrategy[Any]:
    raise TypeError(kind)


@answers.register
def _(kind: kinds.Words, session: Session) -> st.SearchStrategy[Any]:
    marks = "北元村天abc12=+-@（）·“”、/\\_x" + ("\n" if kind.lines else "")
    text = st.text(marks, min_size=1, max_size=min(kind.longest, 40)).map(str.strip).filter(bool)
    return text.filter(lambda words: kind.read(words) == words and any(map(str.isalpha, words)))


@answers.register
def _(kind: kinds.Whole, session: Session) -> st.SearchStrategy[Any]:
    return st.integers(kind.least, kind.most)


@answers.register
def _(kind: kinds.Money, session: Session) -> st.SearchStrategy[Any]:
    return st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)


@answers.register
def _(kind: kinds.Day, session: Session) -> st.SearchStrategy[Any]:
    return dates


@answers.register
def _(kind: kinds.Moment, session: Session) -> st.SearchStrategy[Any]:
    minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: dt.time(minute // 60, minute % 60))
    return st.builds(dt.datetime.combine, dates, minutes)


@answers.register
def _(kind: kinds.Truth, session: Session) -> st.SearchStrategy[Any]:
    return st.booleans()


@answers.register
def _(kind: kinds.Choice, session: Session) -> st.SearchStrategy[Any]:
    return st.sampled_from([one.value for one in kind.options])


@answers.register
def _(kind: kinds.Listed, session: Session) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(kind.codes.items))


@answers.register
def _(kind: kinds.Several, session: Session) -> st.SearchStrategy[Any]:
    chosen = st.sets(st.sampled_from(list(kind.codes.items)), min_size=1)
    return chosen.map(lambda codes: [code for code in kind.codes.items if code in codes])


@answers.register
def _(kind: kinds.ResidentId, session: Session) -> st.SearchStrategy[Any]:
    return st.integers(1, 400).map(lambda seed: invented.People(seed).one().id_number)


@answers.register
def _(kind: kinds.CreditCode, session: Session) -> st.SearchStrategy[Any]:
    return st.integers(1, 9_999_999).map(invented.credit_code)


@answers.register
def _(kind: kinds.Phone, session: Session) -> st.SearchStrategy[Any]:
    return st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@answers.register
def _(kind: kinds.Area, session: Session) -> st.SearchStrategy[Any]:
    return st.just(EAST if kind.level == "village" else "341399101000")


@answers.register
def _(kind: kinds.Link, session: Session) -> st.SearchStrategy[Any]:
    return st.sampled_from([entry for entry, _ in links.offered(session, kind.ledger)])


def entry(session: Session, ledger: type[Ledger]) -> st.SearchStrategy[dict[str, Any]]:
    """Answers of one entry; what names it and what it belongs to are always there."""
    asked = [one for one in fields(ledger) if not isinstance(one.kind, kinds.Scans)]
    needed = {one.name for one in asked if one.name in (*ledger.key, *ledger.otherwise, ledger.naming)}
    typed = {one.name: answers(one.kind, session) for one in asked}
    if "record_no" in typed:  # a short one only counts the rows of a clerk's own list, and is not taken
        typed["record_no"] = typed["record_no"].filter(lambda words: not LIST_NO.fullmatch(words))
    return st.fixed_dictionaries(
        {name: one for name, one in typed.items() if name in needed},
        optional={name: one for name, one in typed.items() if name not in needed},
    )


def as_cell(session: Session, one: Field, value: Any) -> Any:
    """How a clerk writes a value: places by name, other entries as the drop-down offers them."""
    if isinstance(one.kind, kinds.Area):
        return exporting.offered(session, one.kind)[0]
    if isinstance(one.kind, kinds.Link):
        return dict(links.offered(session, one.kind.ledger))[value]
    return written(one, value)


def as_row(session: Session, ledger: type[Ledger], values: Mapping[str, Any]) -> dict[str, Any]:
    return {one.name: as_cell(session, one, values[one.name]) for one in fields(ledger) if one.name in values}


@pytest.fixture(params=LEDGERS.values(), ids=list(LEDGERS))
def blank(request: pytest.FixtureRequest, entries: Session, tmp_path: Path) -> tuple[type[Ledger], Path]:
    """A ledger with its blank template, cut short so that filling it is quick."""
    target = tmp_path / "blank.xlsx"
    exporting.template(entries, request.param, target)
    return request.param, fill(target, request.param, [], tmp_path / "short.xlsx")


@given(data=st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_filled_template_reads_back(
    entries: Session, blank: tuple[type[Ledger], Path], tmp_path: Path, data: st.DataObject
) -> None:
    ledger, empty = blank
    values = data.draw(entry(entries, ledger))
    file = fill(empty, ledger, [as_row(entries, ledger, values)], tmp_path / "filled.xlsx")
    (row,) = importing.plan(entries, ledger, file, TODAY).rows
    assert {name: row.values[name] for name in values} == values, row.findings
    assert row.outcome is Outcome.NEW


@given(data=st.data())
@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_imported_file_says_same_the_second_time(
    entries: Session, blank: tuple[type[Ledger], Path], tmp_path: Path, data: st.DataObject
) -> None:
    ledger, empty = blank
    values = data.draw(entry(entries, ledger))
    file = fill(empty, ledger, [as_row(entries, ledger, values)], tmp_path / "filled.xlsx")
    before = entries.scalar(select(func.count(ledger.id))) or 0
    assert importing.carry_out(entries, importing.plan(entries, ledger, file, TODAY)).new == 1
    assert importing.plan(entries, ledger, file, TODAY).counts.same == 1
    assert importing.carry_out(entries, importing.plan(entries, ledger, file, TODAY)).same == 1
    assert entries.scalar(select(func.count(ledger.id))) == before + 1
