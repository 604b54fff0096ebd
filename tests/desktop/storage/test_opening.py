"""Opening what a crash, a copy or a disk has left: nothing is lost in silence, and nothing made worse."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.errors import Refusal
from desktop.records import Team
from desktop.services import invented, setup
from desktop.storage import aside, beginning, database, journal, opening, state
from desktop.storage import engine as engines
from desktop.storage.database import FILE, Store
from desktop.storage.keys.slots import Keys
from desktop.storage.opening import Damaged

WAL = f"{FILE}-wal"


def save(store: Store, *names: str) -> None:
    for name in names:
        with store.work("录入") as (session, _):
            session.add(Team(team_name=name))


def teams(folder: Path, **how: Any) -> int:
    store = database.open_folder(folder, **how)
    try:
        with store.read() as session:
            return session.scalar(select(func.count(Team.id))) or 0
    finally:
        store.close()


def kept(folder: Path) -> dict[str, bytes]:
    """Every file of the database as it lies on the disk."""
    return {name: (folder / name).read_bytes() for name in (FILE, WAL) if (folder / name).exists()}


def later_log(folder: Path) -> bytes:
    """The log of twenty more saves."""
    store = database.open_folder(folder)
    save(store, *(f"后来{number}队" for number in range(20)))
    log = (folder / WAL).read_bytes()
    store.close()
    return log


@pytest.fixture
def crashed(store: Store, tmp_path: Path) -> Path:
    """A folder with three saves as a power cut leaves it: the last of them only in the log."""
    save(store, "一队", "二队", "三队")
    folder = tmp_path / "crashed"
    shutil.copytree(store.folder, folder)
    (folder / "app.lock").unlink()
    return folder


@pytest.fixture
def closed(store: Store) -> Path:
    """A folder with three saves that was closed properly."""
    save(store, "一队", "二队", "三队")
    store.close()
    return store.folder


def test_after_a_crash_every_save_is_there_and_a_copy_is_kept(crashed: Path) -> None:
    before = kept(crashed)
    assert teams(crashed) == 3
    (copy,) = (crashed / "backups").glob("aside-*")
    assert {name: (copy / name).read_bytes() for name in before} == before


def test_only_the_last_few_copies_are_kept(crashed: Path) -> None:
    for _ in range(aside.KEPT + 2):
        aside.copy(crashed)
    teams(crashed)
    assert len(list((crashed / "backups").glob("aside-*"))) == aside.KEPT


def test_after_a_proper_close_nothing_is_left_in_the_log(closed: Path) -> None:
    assert not (closed / WAL).exists()
    assert teams(closed) == 3
    assert not (closed / "backups").exists()


def test_a_log_beside_a_properly_closed_database_is_set_aside(closed: Path) -> None:
    log = later_log(closed)
    (closed / WAL).write_bytes(log)
    assert teams(closed) == 23
    (moved,) = (closed / "backups").glob("aside-*")
    assert (moved / WAL).read_bytes() == log


def test_a_database_copied_without_its_log_is_refused(crashed: Path) -> None:
    (crashed / WAL).unlink()
    (crashed / f"{FILE}-shm").unlink()
    with pytest.raises(Damaged, match="少了最近的 4 次保存"):
        database.open_folder(crashed)


def test_an_old_database_put_in_place_of_the_new_is_refused_but_shown(closed: Path) -> None:
    old = (closed / FILE).read_bytes()
    store = database.open_folder(closed)
    save(store, "四队", "五队")
    store.close()
    (closed / FILE).write_bytes(old)
    for exclusive in (True, False):
        with pytest.raises(Damaged, match=r"少了最近的 2 次保存.*只读方式"):
            database.open_folder(closed, exclusive=exclusive)
    assert (closed / FILE).read_bytes() == old
    assert teams(closed, read_only=True) == 3
    assert teams(closed, accept=True) == 3
    assert teams(closed) == 3


def test_the_log_of_a_later_day_does_no_harm_to_an_earlier_database(closed: Path, tmp_path: Path) -> None:
    store = database.open_folder(closed)
    earlier = tmp_path / "earlier"
    shutil.copytree(closed, earlier, ignore=shutil.ignore_patterns("app.lock"))
    store.close()
    store = database.open_folder(closed)
    with store.work("删除") as (session, _):
        for number in range(400):
            session.add(Team(team_name=f"{number}队"))
    store.close()
    (earlier / WAL).write_bytes(later_log(closed))
    before = kept(earlier)
    with pytest.raises(Damaged):
        database.open_folder(earlier)
    assert kept(earlier) == before


def test_the_log_of_another_unit_does_no_harm(crashed: Path, tmp_path: Path) -> None:
    other = setup.start(tmp_path / "other", invented.area_list(6), f"{invented.PREFIX}101000", {})
    save(other, "他们的队")
    (crashed / WAL).write_bytes((other.folder / WAL).read_bytes())
    other.close()
    before = kept(crashed)
    with pytest.raises(Damaged):
        database.open_folder(crashed)
    assert kept(crashed) == before


def test_a_state_that_is_gone_or_forged_is_refused(closed: Path) -> None:
    file = closed / state.FILE
    good = file.read_bytes()
    for bad in (
        None,
        b"",
        good[:40],
        good.replace(b'"clean": true', b'"clean": false'),
        b"[]",
        b"\xff" * 256,
    ):
        file.unlink(missing_ok=True)
        if bad is not None:
            file.write_bytes(bad)
        with pytest.raises(Damaged, match=r"state\.json 不见了或被改动过"):
            database.open_folder(closed)
    file.write_bytes(good)
    assert teams(closed) == 3


def test_an_empty_or_lost_database_is_never_begun_anew(closed: Path) -> None:
    (closed / FILE).write_bytes(b"")
    with pytest.raises(Damaged, match="0 字节"):
        database.open_folder(closed)
    (closed / FILE).unlink()
    with pytest.raises(Damaged, match="不见了"):
        database.open_folder(closed)
    with pytest.raises(Refusal, match="已经有数据"):
        beginning.create(closed)
    assert not (closed / FILE).exists()


def test_the_database_of_another_unit_is_named(closed: Path, tmp_path: Path) -> None:
    beginning.create(tmp_path / "other").close()
    shutil.copyfile(tmp_path / "other" / FILE, closed / FILE)
    with pytest.raises(Damaged, match="不是这个单位的"):
        database.open_folder(closed)


def _cut(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def _zeros(whole: bytes) -> bytes:
    return whole[:8192] + bytes(4096) + whole[12288:]


def _swapped(whole: bytes) -> bytes:
    return whole[:4096] + whole[8192:12288] + whole[4096:8192] + whole[12288:]


def _no_head(whole: bytes) -> bytes:
    return bytes(16) + whole[16:]


@pytest.mark.parametrize("spoil", [_cut, _zeros, _swapped, _no_head])
def test_pages_that_are_not_as_written_are_noticed(closed: Path, spoil: Callable[[bytes], bytes]) -> None:
    spoilt = spoil((closed / FILE).read_bytes())
    (closed / FILE).write_bytes(spoilt)
    with pytest.raises(Damaged):
        database.open_folder(closed)
    assert (closed / FILE).read_bytes() == spoilt


def test_every_one_of_sixty_flipped_bits_is_noticed(closed: Path) -> None:
    dice, whole = random.Random(4), (closed / FILE).read_bytes()
    for _ in range(60):
        spoilt = bytearray(whole)
        spoilt[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        (closed / FILE).write_bytes(spoilt)
        with pytest.raises(Damaged):
            database.open_folder(closed)
    (closed / FILE).write_bytes(whole)
    assert teams(closed) == 3


def test_old_records_without_encryption_are_named(tmp_path: Path) -> None:
    head = b"SQLite format 3\x00" + bytes(52) + database.APPLICATION_ID.to_bytes(4, "big") + bytes(4024)
    (tmp_path / FILE).write_bytes(head)
    with pytest.raises(Refusal, match="没有加密的旧数据"):
        database.open_folder(tmp_path)


def test_records_that_may_not_be_written_to_are_shown(closed: Path) -> None:
    store = database.open_folder(closed, read_only=True)
    with pytest.raises(Refusal, match="以只读方式打开"):
        save(store, "四队")
    store.close()
    assert teams(closed, read_only=True) == 3
    assert state.read(closed, database.open_folder(closed, read_only=True).key) is not None


def test_a_reader_after_a_crash_sees_every_save(crashed: Path) -> None:
    assert teams(crashed, exclusive=False) == 3
    assert (crashed / "backups").exists()


def cut_tail(folder: Path, rows: int) -> None:
    """Take the last rows out of the journal of a closed folder and let the stamp agree with what is left."""
    keys = Keys(folder)
    engine = engines.engine(folder / FILE, keys.unlock_open())
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("DROP TRIGGER journal_undeleted")
        connection.exec_driver_sql(
            "DELETE FROM journal WHERE id > (SELECT max(id) FROM journal) - ?", (rows,)
        )
        connection.exec_driver_sql(
            "UPDATE stamp SET chain = (SELECT chain FROM journal ORDER BY id DESC LIMIT 1)"
        )
    opening.settle(engine)
    engine.dispose()


def broken(store: Store) -> int | None:
    with store.read() as session:
        return journal.verify(session)


def test_a_journal_whose_tail_was_cut_with_its_stamp_is_told_but_the_records_open(closed: Path) -> None:
    cut_tail(closed, 1)
    beside = database.open_folder(closed, exclusive=False)
    assert beside.cut
    beside.close()
    store = database.open_folder(closed)
    assert store.cut
    save(store, "四队")
    assert broken(store) is not None
    store.close()


def test_the_gap_of_a_cut_journal_shows_for_ever(closed: Path) -> None:
    cut_tail(closed, 2)
    database.open_folder(closed).close()
    store = database.open_folder(closed)
    assert not store.cut  # it was told
    save(store, "四队", "五队")
    assert broken(store) is not None
    store.close()


def test_a_journal_cut_while_the_state_lags_behind_is_found(closed: Path) -> None:
    store = database.open_folder(closed)
    key, before = store.key, state.read(closed, store.key)
    save(store, "四队")
    store.close()
    assert before is not None
    state.write(closed, key, before)
    store = database.open_folder(closed)
    assert not store.cut
    store.close()
    cut_tail(closed, 2)
    state.write(closed, key, before)
    store = database.open_folder(closed)
    assert store.cut
    store.close()
