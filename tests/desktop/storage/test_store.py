"""An open store: its counter, its lock, its room on the disk, and nothing readable beside it."""

import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop.errors import Refusal
from desktop.records import Member, Team
from desktop.services import invented, setup
from desktop.storage import ballast, beginning, database, files, lock, places, state
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from desktop.storage.lock import Elsewhere
from desktop.storage.opening import Damaged

SECRET = Secret("王主任", "huangshan-2026")
MARKER = "独一无二的暗号"
PNG = b"\x89PNG\r\n\x1a\n" + MARKER.encode() + b"IEND\xaeB`\x82"


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Store]:
    """A folder with an administrator, which opens by a password only."""
    store = setup.start(tmp_path / "real", invented.area_list(2), f"{invented.PREFIX}101000", {}, SECRET)
    yield store
    store.close()


def save(store: Store, name: str = "一队") -> None:
    with store.work("录入") as (session, _):
        session.add(Team(team_name=name))


def sequence(store: Store) -> int:
    with store.engine.connect() as connection:
        return state.stamped(connection)[1]


def known(store: Store) -> state.State:
    found = state.read(store.folder, store.key)
    assert found is not None
    return found


def test_every_save_is_counted_in_the_database_and_beside_it(store: Store) -> None:
    first = sequence(store)
    for number in range(3):
        save(store, f"{number}队")
    assert sequence(store) == known(store).sequence == first + 3
    assert not known(store).clean
    assert (store.folder / state.FILE).stat().st_size == state.SIZE


def test_an_operation_that_changes_nothing_is_not_counted(store: Store) -> None:
    first = sequence(store)
    with store.work("看看") as (session, _):
        session.scalars(select(Team)).all()
    with pytest.raises(Refusal):
        _save_and_refuse(store)
    assert sequence(store) == known(store).sequence == first


def _save_and_refuse(store: Store) -> None:
    with store.work("录入") as (session, _):
        session.add(Team(team_name="一队"))
        session.flush()
        raise Refusal("未能", "因为", "请")


def test_the_later_of_two_saves_stays_in_the_state(store: Store) -> None:
    witness = state.Witness(store.folder, store.key, known(store))
    witness.saw(9, "later")
    witness.saw(8, "earlier")
    assert (known(store).sequence, known(store).chain) == (9, "later")


def test_a_closed_folder_is_marked_clean(store: Store) -> None:
    key = store.key
    save(store)
    store.close()
    found = state.read(store.folder, key)
    assert found is not None
    assert found.clean


def test_a_real_folder_opens_by_its_password_only(real: Store) -> None:
    save(real)
    real.close()
    for secret, said in ((None, "没有给出密码"), (Secret("王主任", "wrong-2026"), "密码不对")):
        with pytest.raises(Refusal, match=said):
            database.open_folder(real.folder, secret)
    store = database.open_folder(real.folder, SECRET)
    assert store.key.user == "王主任"
    store.close()


def test_a_locked_program_neither_saves_nor_reads_until_it_is_unlocked(real: Store) -> None:
    save(real)
    real.lock_up()
    assert real.locked_up
    with pytest.raises(Refusal, match="程序已锁定"):
        save(real)
    with pytest.raises(Refusal, match="程序已锁定"), real.read():
        pass
    with pytest.raises(Refusal, match="已经在这台电脑上打开"):
        database.open_folder(real.folder, SECRET)
    with pytest.raises(Refusal, match="密码不对"):
        real.unlock(Secret("王主任", "wrong-2026"))
    real.unlock(SECRET)
    save(real, "二队")
    with real.read() as session:
        assert session.scalar(select(func.count(Team.id))) == 2


def test_a_program_closed_while_locked_leaves_the_folder_clean(real: Store) -> None:
    key = real.key
    save(real)
    real.lock_up()
    real.close()
    found = state.read(real.folder, key)
    assert found is not None
    assert found.clean


def test_the_recovery_code_of_a_new_unit_opens_it(real: Store) -> None:
    code = real.new_recovery()
    assert len(code) == 29
    assert not any(code.encode() in file.read_bytes() for file in real.folder.rglob("*") if file.is_file())


def test_no_file_of_the_folder_can_be_read_without_the_key(real: Store, tmp_path: Path) -> None:
    source = tmp_path / "签到表.png"
    source.write_bytes(PNG)
    for number in range(3):
        with real.work(f"录入{MARKER}") as (session, _):
            session.add(Team(team_name=f"{MARKER}{number}"))
            session.add(Member(name=MARKER))
            files.attach(session, real.folder, real.key, source)
        _scan(real.folder)
    real.lock_up()
    _scan(real.folder)
    real.unlock(SECRET)
    real.close()
    _scan(real.folder)


def _scan(folder: Path) -> None:
    marks = [MARKER.encode(form) for form in ("utf-8", "utf-16-le", "gb18030")]
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert not any(mark in content or mark in file.name.encode() for mark in marks), file


def test_a_lock_of_another_computer_is_asked_about(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    (store.folder / lock.FILE).write_text(json.dumps({"host": "OFFICE-PC", "pid": 1}), "utf-8")
    with pytest.raises(Elsewhere, match="电脑“OFFICE-PC”上次没有正常关闭"):
        database.open_folder(store.folder)
    database.open_folder(store.folder, take_over=True).close()
    database.open_folder(store.folder).close()


def test_a_lock_that_a_crash_left_on_this_computer_is_taken(store: Store) -> None:
    store.close()
    (store.folder / lock.FILE).write_text(json.dumps({"host": platform.node(), "pid": 1}), "utf-8")
    database.open_folder(store.folder).close()
    (store.folder / lock.FILE).write_text("不是 JSON", "utf-8")
    database.open_folder(store.folder).close()
    assert (store.folder / lock.FILE).read_bytes() == b""


@pytest.mark.parametrize(
    ("at", "kind", "refused"),
    [("/", "ext4", False), ("/", "nfs4", True), ("{folder}", "cifs", True), ("{folder}x", "cifs", False)],
)
def test_a_folder_across_a_network_is_refused(tmp_path: Path, at: str, kind: str, *, refused: bool) -> None:
    mounts = tmp_path / "mounts"
    place = at.format(folder=tmp_path).replace(" ", "\\040")
    mounts.write_text(f"root / ext4 rw 0 0\nshare {place} {kind} rw 0 0\n", "utf-8")
    if refused:
        with pytest.raises(Refusal, match="在另一台电脑或网盘上"):
            places.refuse_network(tmp_path / "data", mounts)
    else:
        places.refuse_network(tmp_path / "data", mounts)


def test_a_shared_folder_of_windows_is_refused() -> None:
    for create in (beginning.create, database.open_folder):
        with pytest.raises(Refusal, match="本机硬盘或 U 盘"):
            create(Path("//server/share/data"))


def test_room_is_held_back_for_real_records_only(real: Store, store: Store) -> None:
    assert (real.folder / ballast.FILE).stat().st_size == ballast.SIZE
    assert not (store.folder / ballast.FILE).exists()


def test_on_a_nearly_full_disk_the_ballast_finishes_the_save(
    real: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(ballast, "tight", lambda _: True)
        patch.setattr(ballast, "ROOMY", 1 << 62)
        save(real)
        assert not (real.folder / ballast.FILE).exists()
        assert "磁盘快满了" in real.warning
    save(real, "二队")
    assert (real.folder / ballast.FILE).exists()
    assert real.warning == ""


def test_a_disk_that_fills_up_on_the_way_gives_the_ballast_to_the_next_try(real: Store) -> None:
    with real.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Refusal, match="磁盘已满。已腾出预留的备用空间，请再保存一次"):
        save(real, "巡" * 20000)
    with pytest.raises(Refusal, match="磁盘已满。请删除一些不用的文件"):
        save(real, "巡" * 20000)


def test_the_program_writes_nothing_about_a_wrong_file_to_its_output(tmp_path: Path) -> None:
    beginning.create(tmp_path).close()
    spoilt = bytearray((tmp_path / database.FILE).read_bytes())
    spoilt[100] ^= 1
    (tmp_path / database.FILE).write_bytes(spoilt)
    code = (
        "import pathlib, sys; from desktop.storage.database import *; open_folder(pathlib.Path(sys.argv[1]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert Damaged.__name__ in ran.stderr
    assert "hmac" not in ran.stderr.casefold()
