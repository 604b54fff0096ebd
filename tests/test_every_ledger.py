"""Laws that hold for every ledger, found by introspection."""

import pytest

from desktop.records import LEDGERS, Ledger, Office, kinds
from desktop.records.codes import code_list, plain
from desktop.records.common import Reported
from desktop.records.fields import Base, derived, fields
from desktop.storage import finder

ALL = [*LEDGERS.values(), Office]


@pytest.fixture(params=ALL, ids=lambda ledger: str(ledger.__tablename__))
def ledger(request: pytest.FixtureRequest) -> type[Ledger]:
    found: type[Ledger] = request.param
    return found


def test_the_command_line_names_are_stable() -> None:
    assert " ".join(LEDGERS) == "region village team member matter step agreement item activity"


def test_every_declared_ledger_is_listed() -> None:
    leaves = {mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Ledger)}
    assert leaves == set(ALL)


def test_naming_key_and_dates_are_fields(ledger: type[Ledger]) -> None:
    names = {one.name for one in fields(ledger)}
    assert {ledger.naming, *ledger.key, *ledger.dated} <= names
    if issubclass(ledger, Reported):
        assert ledger.where in names or ledger.__tablename__ in ("step", "item", "activity")


def test_labels_are_told_apart(ledger: type[Ledger]) -> None:
    labels = [one.label for one in fields(ledger)] + [one.label for one in derived(ledger)]
    assert len(labels) == len(set(labels))


def test_no_alias_means_another_label(ledger: type[Ledger]) -> None:
    labels = {plain(one.label): one.name for one in fields(ledger)}
    for one in fields(ledger):
        for alias in one.aliases:
            assert labels.get(plain(alias), one.name) == one.name, (one.name, alias)


def test_every_list_is_shipped(ledger: type[Ledger]) -> None:
    for one in fields(ledger):
        if isinstance(one.kind, (kinds.Listed, kinds.Several)):
            assert code_list(one.kind.name).items


def test_every_link_leads_to_a_ledger(ledger: type[Ledger]) -> None:
    for one in fields(ledger):
        if isinstance(one.kind, kinds.Link):
            assert one.kind.ledger in LEDGERS


def test_every_answer_may_be_blank(ledger: type[Ledger]) -> None:
    columns = ledger.__table__.columns
    assert all(column.nullable for column in columns if "field" in column.info)


def test_a_blank_entry_can_be_settled(ledger: type[Ledger]) -> None:
    ledger().settle()


def test_there_is_room_in_the_search_index() -> None:
    assert len(finder.NUMBERS) < 1 << finder.BITS


def test_printed_numbers_differ_by_ledger() -> None:
    marks = [ledger.mark for ledger in LEDGERS.values() if issubclass(ledger, Reported)]
    assert len(marks) == len(set(marks))
