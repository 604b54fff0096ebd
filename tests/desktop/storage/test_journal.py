"""The journal only grows, and shows every way of changing it."""

import datetime as dt

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from desktop.records import Member, Team
from desktop.services import entries
from desktop.storage import bulk, journal
from desktop.storage.database import Store

UNCHANGED, UNDELETED = "DROP TRIGGER journal_unchanged", "DROP TRIGGER journal_undeleted"


@pytest.fixture
def written(store: Store) -> Store:
    """A store with rows of every road: flush, bulk, deletion."""
    with store.work("录入") as (session, _):
        team = entries.save(session, Team, {"team_name": "巡逻队"})
        entries.save(session, Team, {"team_name": "夜巡队"}, entry=team)
    with store.work("导入") as (session, _):
        ids = bulk.add(session, Member, [{"name": f"张{at}"} for at in range(5)])
    with store.work("删除") as (session, _):
        bulk.delete(session, Member, list(ids)[:2], dt.datetime(2026, 11, 23))
    return store


def _verified(store: Store) -> int | None:
    with store.read() as session:
        return journal.verify(session)


def _spoil(store: Store, *statements: str) -> None:
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        for one in statements:
            connection.exec_driver_sql(one)


def _last(store: Store) -> int:
    with store.read() as session:
        return int(session.scalar(text("SELECT max(id) FROM journal")) or 0)


def test_a_journal_that_nobody_touched_is_whole(written: Store) -> None:
    assert _verified(written) is None


@pytest.mark.parametrize(
    "change",
    [
        "operation = '别的'",
        "who = '别人'",
        "at = '2026-01-01 00:00:00.000000'",
        "after = '{}'",
        "entry = 99",
        "batch = 99",
        "kind = 'event'",
        "root = 1",
        "chain = 'ff'",
    ],
)
def test_a_changed_row_is_found(written: Store, change: str) -> None:
    row = _last(written) - 3
    _spoil(written, UNCHANGED, f"UPDATE journal SET {change} WHERE id = {row}")  # noqa: S608
    assert _verified(written) == row


def test_a_row_taken_out_of_the_middle_is_found(written: Store) -> None:
    row = _last(written) - 3
    _spoil(written, UNDELETED, f"DELETE FROM journal WHERE id = {row}")  # noqa: S608
    assert _verified(written) == row + 1


def test_a_tail_cut_off_is_found_also_when_work_went_on(written: Store) -> None:
    last = _last(written)
    _spoil(written, UNDELETED, f"DELETE FROM journal WHERE id > {last - 2}")  # noqa: S608
    assert _verified(written) == last - 1
    with written.work("录入") as (session, _):
        entries.save(session, Team, {"team_name": "后来的"})
    assert _verified(written) == last - 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal SET who = '别人'",
        "DELETE FROM journal WHERE id = 1",
        "REPLACE INTO journal SELECT * FROM journal WHERE id = 1",
    ],
)
def test_the_database_refuses_to_change_the_journal(written: Store, change: str) -> None:
    def attempt(connection: Connection) -> None:
        connection.exec_driver_sql(change)

    with pytest.raises(IntegrityError, match="only grows"), written.engine.connect() as connection:
        attempt(connection)
    assert _verified(written) is None


def test_every_row_says_who_wrote_it(written: Store) -> None:
    with written.read() as session:
        assert {row["who"] for row in journal.export(session)} == {written.key.user}
