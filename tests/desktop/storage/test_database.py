"""Opening, making and refusing data folders."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, func, select, update
from sqlalchemy.exc import IntegrityError

from desktop.errors import Refusal
from desktop.records import Ledger, Member, Team
from desktop.records.fields import Base
from desktop.records.keeping import JournalRow
from desktop.services import entries
from desktop.storage import beginning, database
from desktop.storage.database import FILE, Store
from desktop.storage.migrations.runner import include_name


def test_the_migrations_make_what_the_models_declare(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": include_name})
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_the_head_we_ask_for(store: Store) -> None:
    with store.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == database.HEAD


def test_saves_are_durable_and_journalled_in_wal_mode(store: Store) -> None:
    with store.read() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_a_folder_with_records_is_not_begun_anew(store: Store) -> None:
    with pytest.raises(Refusal, match="已经有数据"):
        beginning.create(store.folder)


def test_a_second_program_on_the_same_folder_is_refused(store: Store) -> None:
    with pytest.raises(Refusal, match="已经在这台电脑上打开"):
        database.open_folder(store.folder)


def test_reading_beside_the_window_is_allowed(store: Store) -> None:
    other = database.open_folder(store.folder, exclusive=False)
    with other.read() as session:
        assert session.scalar(select(func.count(Team.id))) == 0
    other.close()


def test_a_folder_without_records_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="没有平安台账的数据"):
        database.open_folder(tmp_path)


def _save(store: Store, *entries: Ledger, then: Exception | None = None) -> None:
    with store.work("录入") as (session, _):
        session.add_all(entries)
        session.flush()
        if then is not None:
            raise then


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _words(file: Path) -> None:
    file.write_text("这不是数据库，" * 500, "utf-8")


def _other_program(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE theirs (id)")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "said"), [(_empty, "0 字节"), (_words, "钥匙文件"), (_other_program, "其他程序")]
)
def test_a_foreign_file_is_named_and_left_alone(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    file = tmp_path / FILE
    spoil(file)
    before = file.read_bytes()
    with pytest.raises(Refusal, match=said):
        database.open_folder(tmp_path)
    assert file.read_bytes() == before


def test_a_database_of_a_newer_version_is_left_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(Refusal, match="更新版本"):
        database.open_folder(store.folder)


def test_after_a_refusal_the_folder_is_not_locked(tmp_path: Path) -> None:
    _other_program(tmp_path / FILE)
    for _ in range(2):
        with pytest.raises(Refusal, match="其他程序"):
            database.open_folder(tmp_path)


def test_a_path_with_chinese_and_blanks_works(tmp_path: Path) -> None:
    folder = tmp_path / "张 三 的电脑" / "平安 台账%20#1?"
    beginning.create(folder).close()
    store = database.open_folder(folder)
    with store.work("录入") as (session, _):
        session.add(Team(team_name="巡逻队"))
    store.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refusal, match="不是文件夹"):
        beginning.create(tmp_path / "file" / "data")


def test_a_full_disk_keeps_what_was_saved(store: Store) -> None:
    with store.work("录入") as (session, _):
        session.add(Team(team_name="巡逻队"))
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Refusal, match="磁盘已满"):
        _save(store, *(Team(team_name=f"巡逻队{at}", main_function="巡" * 300) for at in range(500)))
    with store.read() as session:
        assert session.scalar(select(func.count(Team.id))) == 1


def test_a_read_only_database_is_named(store: Store) -> None:
    event.listen(store.engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA query_only=ON"))
    with pytest.raises(Refusal, match="只读"):
        _save(store, Team(team_name="巡逻队"))


def test_a_refused_operation_leaves_nothing(store: Store) -> None:
    with pytest.raises(Refusal, match="因为"):
        _save(store, Team(team_name="巡逻队"), then=Refusal("未能", "因为", "请"))
    with store.read() as session:
        assert session.scalar(select(func.count(Team.id))) == 0
        assert session.scalar(select(func.count(JournalRow.id)).where(JournalRow.ledger == "team")) == 0


def test_changes_past_the_journal_are_a_bug(store: Store) -> None:
    with store.work("录入") as (session, _), pytest.raises(RuntimeError, match="journal"):
        session.execute(update(Member).values(name="某人"))


def test_a_traceback_shows_no_values(store: Store) -> None:
    number = "110105194912310021"
    with store.work("录入") as (session, _):
        entries.save(session, Member, {"name": "张三", "id_number": number})
    with pytest.raises(IntegrityError, match="UNIQUE") as trouble:
        _save(store, Member(id=1, name="李四", id_number=number))
    assert number not in str(trouble.value)
