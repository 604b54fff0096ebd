"""Bringing an older folder up to date: a backup first, then all of it or nothing."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from desktop.errors import Refusal
from desktop.storage import database, journal, opening
from desktop.storage import engine as engines
from desktop.storage.backups import listing, verifying, viewing
from desktop.storage.backups.manifest import Reason
from desktop.storage.keys.slots import Keys
from desktop.storage.migrations import runner
from tests.desktop.storage.conftest import Two, teams
from tests.torture import subject

OLDER, TEAMS = "0005", len(subject.OLDER)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A practice folder with a few teams, as a program of :data:`OLDER` left it."""
    subject.make_older(tmp_path / "older", OLDER)
    return tmp_path / "older"


def version(folder: Path) -> str:
    return verifying.examine(folder / database.FILE, Keys(folder).unlock_open()).version


def test_an_older_folder_is_brought_up_to_date_with_a_backup_before(older: Path) -> None:
    store = database.open_folder(older)
    assert version(older) == opening.HEAD
    assert teams(store) == TEAMS
    (backup,) = listing.listed(older, store.key)
    assert (backup.version, backup.reason, backup.counts["team"]) == (OLDER, Reason.MIGRATION, TEAMS)
    store.close()


def test_a_migration_that_fails_changes_nothing(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = runner.upgrade
    was = (older / database.FILE).read_bytes()

    def half(engine: Engine, application: int, revision: str = "head") -> None:
        upgrade(engine, application, revision)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(runner, "upgrade", half)
    with pytest.raises(Refusal, match="磁盘已满"):
        database.open_folder(older)
    assert (older / database.FILE).read_bytes() == was
    assert not list(older.glob("*.part*"))
    monkeypatch.undo()
    database.open_folder(older).close()
    assert version(older) == opening.HEAD


def test_a_migration_that_loses_rows_is_not_put_in_force(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = runner.upgrade

    def lossy(engine: Engine, application: int, revision: str = "head") -> None:
        upgrade(engine, application, revision)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.exec_driver_sql("DELETE FROM team")

    monkeypatch.setattr(runner, "upgrade", lossy)
    with pytest.raises(Refusal, match="原来的数据没有改动"):
        database.open_folder(older)
    assert version(older) == OLDER


def test_an_older_backup_is_looked_into_on_a_copy_that_is_up_to_date(older: Path) -> None:
    store = database.open_folder(older)
    (backup,) = listing.listed(older, store.key)
    was = backup.file.read_bytes()
    past = viewing.opened(backup, store.key, older)
    assert teams(past) == TEAMS
    past.close()
    assert backup.file.read_bytes() == was
    store.close()


def test_an_older_program_meets_newer_records_with_a_sentence(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.store.close()
    monkeypatch.setattr(opening, "HEAD", "0001")
    with pytest.raises(Refusal, match="更新版本的平安台账"):
        database.open_folder(two.folder)


def test_lost_saves_are_not_accepted_by_way_of_a_migration(older: Path) -> None:
    from desktop.storage import state

    key = Keys(older).unlock_open()
    known = state.read(older, key)
    assert known is not None
    state.write(older, key, state.State(known.database, known.sequence + 3, clean=True))
    for _ in range(2):
        with pytest.raises(opening.Damaged):
            database.open_folder(older)


def test_the_backup_before_a_migration_can_be_restored(older: Path) -> None:
    from desktop.services import backups

    store = database.open_folder(older)
    backups.restore(store, listing.listed(older, store.key)[0])
    assert teams(store) == TEAMS
    assert version(older) == opening.HEAD
    store.close()


ROWS = 3
ANY: dict[str, object] = {
    "INTEGER": 1,
    "BOOLEAN": 1,
    "DATE": "2026-11-23",
    "DATETIME": "2026-11-23 08:00:00.000000",
    "JSON": "{}",
}


def _tables(connection: Connection) -> list[str]:
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
    return [one for one in found if not one.startswith(("finder", "sqlite", "alembic", "stamp"))]


def _fill(connection: Connection, name: str) -> None:
    """Some rows in plain SQL; row 2 points at rows 2."""
    columns = connection.exec_driver_sql(f"PRAGMA table_info({name})").all()
    pointing = {one[3] for one in connection.exec_driver_sql(f"PRAGMA foreign_key_list({name})").all()}
    for row in range(1, ROWS + 1):
        values = [
            row
            if one.name in pointing or (one.pk and one.type == "INTEGER")
            else ANY.get(one.type, f"练习{row}")
            for one in columns
        ]
        marks = ", ".join("?" * len(values))
        connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({marks})", tuple(values))  # noqa: S608


def _rows(connection: Connection, name: str, columns: str) -> list[tuple[object, ...]]:
    found = connection.exec_driver_sql(f"SELECT {columns} FROM {name} ORDER BY 1, 2")  # noqa: S608
    return [tuple(row) for row in found]


@pytest.mark.parametrize("revision", ["0005", "0006"])
def test_every_row_of_a_filled_older_file_is_kept_and_its_journal_holds_together(
    tmp_path: Path, revision: str
) -> None:
    folder = tmp_path / "filled"
    subject.make_older(folder, revision, numbers=())
    engine = engines.engine(folder / database.FILE, Keys(folder).unlock_open())
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        names = _tables(connection)
        for name in names:
            _fill(connection, name)
        if revision >= "0006":
            _link(connection)
        held = {
            name: ", ".join(one.name for one in connection.exec_driver_sql(f"PRAGMA table_info({name})"))
            for name in names
        }
        if revision < "0006":
            held["journal"] = "id, at, operation, batch, ledger, entry, before, after"
        before = {name: _rows(connection, name, held[name]) for name in names}
    opening.settle(engine)
    engine.dispose()
    store = database.open_folder(folder)
    with store.read() as session:
        assert {name: _rows(session.connection(), name, held[name]) for name in names} == before
        assert all(len(rows) == ROWS for rows in before.values())
        assert journal.verify(session) is None
    store.close()


def _link(connection: Connection) -> None:
    """Give rows that were written by hand the chain that the program would have written."""
    connection.exec_driver_sql("DROP TRIGGER journal_unchanged")
    for row, _, chain in list(journal.chained(connection)):
        connection.exec_driver_sql("UPDATE journal SET chain = ? WHERE id = ?", (chain, row))
        journal.go_on(connection, chain)
