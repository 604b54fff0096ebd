"""A backup comes to a new computer: all of it or none, whatever is wrong with stick, disk or password."""

import datetime as dt
import errno
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import Refusal
from desktop.records.keeping import Attachment
from desktop.services import accounts, backups, invented, moving, setup
from desktop.services.backups import Backup, Reason
from desktop.storage import database, files, journal, state
from desktop.storage.backups import arriving, listing, second
from desktop.storage.database import Store
from desktop.storage.keys import attempts
from desktop.storage.keys.key import Role, Secret
from desktop.storage.lock import FolderLock
from desktop.storage.opening import HEAD
from tests.conftest import EARNEST, OFFICE
from tests.desktop.storage.conftest import add_team, flip, teams
from tests.torture import subject

ADMIN, CLERK = Secret("李敏", "fuli2026ok"), Secret("张爱民", "luru2026ok")
NOW = dt.datetime(2026, 11, 23, 17, 30)
SCAN = b"scan" * 50


def _unit(folder: Path, name: str = OFFICE["report_unit"]) -> Store:
    office = {**OFFICE, "report_unit": name}
    return setup.start(folder, invented.area_list(1, EARNEST), f"{EARNEST}101000", office, ADMIN)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick with the backup of a unit with two accounts, a team and a scan; the unit itself is lost."""
    store = _unit(tmp_path / "old")
    with store.work("新增账号") as (session, _):
        accounts.add(session, accounts.Keys(store.folder), CLERK.user, Role.ENTER, CLERK.password)
    add_team(store)
    sha256 = files.store(store.folder, store.key, SCAN)
    with store.work("扫描") as (session, _):
        session.add(Attachment(sha256=sha256, name="a.png", media="image/png", size=200, added_at=NOW))
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.copy(store, stick, NOW)
    store.close()
    shutil.rmtree(store.folder)
    return stick


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the records of this computer are to be."""
    return tmp_path / "here" / "data"


@pytest.fixture
def backup(stick: Path) -> Backup:
    return moving.found(stick)[0]


def _on(place: Path) -> dict[str, bytes]:
    return {str(one.relative_to(place)): one.read_bytes() for one in place.rglob("*") if one.is_file()}


def _refused(folder: Path, backup: Backup, match: str, secret: Secret = ADMIN) -> None:
    """What came of it is a sentence; nothing stays here, and the stick is as it was."""
    before = _on(backup.root)
    with pytest.raises(Refusal, match=match):
        moving.take_in(folder, backup, secret)
    assert {one.name for one in arriving.beside(folder).iterdir()} <= {*arriving.KEYS, attempts.FILE}
    assert not database.exists(folder)
    assert _on(backup.root) == (before if backup.root.exists() else {})
    moving.give_up(folder)


def test_everything_is_there_and_the_work_goes_on(folder: Path, stick: Path, backup: Backup) -> None:
    before = _on(stick)
    moving.lay_out(folder, backup)
    store, done = moving.take_in(folder, backup, ADMIN)
    assert teams(store) == 1
    assert files.read(folder, store.key, next(iter(_scans(store)))) == SCAN
    assert done.lost == 0
    add_team(store, "西岗巡逻队")
    made = backups.make(store, Reason.ASKED)
    assert made.sequence > backup.sequence
    assert made.counts["team"] == 2
    assert _on(stick) == before
    backups.copy(store, stick, NOW)
    store.close()
    assert [one.counts["team"] for one in moving.found(stick)] == [2, 1]
    database.open_folder(folder, CLERK).close()
    assert [one.name for one in folder.parent.iterdir()] == ["data"]


def _scans(store: Store) -> list[str]:
    with store.read() as session:
        return [one.sha256 for one in session.query(Attachment)]


def test_the_journal_names_the_backup_and_the_computer(folder: Path, backup: Backup) -> None:
    moving.lay_out(folder, backup)
    store, _ = moving.take_in(folder, backup, ADMIN)
    with store.read() as session:
        told = [str(row) for row in journal.export(session)]
    store.close()
    assert any(f"{backups.moment(backup)} 的备份，恢复到电脑“" in row for row in told)


def test_saves_that_go_missing_later_are_found(folder: Path, backup: Backup) -> None:
    moving.lay_out(folder, backup)
    store, _ = moving.take_in(folder, backup, ADMIN)
    store.close()
    old = (folder / database.FILE).read_bytes()
    store = database.open_folder(folder, ADMIN)
    known = state.read(folder, store.key)
    assert known is not None
    assert known.sequence > backup.sequence
    assert known.chain
    add_team(store, "西岗巡逻队")
    store.close()
    (folder / database.FILE).write_bytes(old)
    with pytest.raises(Refusal, match="少了最近的 1 次保存"):
        database.open_folder(folder, ADMIN)


def test_the_weekly_reminder_counts_from_the_backup_that_was_taken_in(folder: Path, backup: Backup) -> None:
    moving.lay_out(folder, backup)
    store, _ = moving.take_in(folder, backup, ADMIN)
    add_team(store, "西岗巡逻队")
    backups.make(store, Reason.ASKED)
    store.close()
    assert backups.reminder(folder, backup.made_at + dt.timedelta(days=1)) == ""
    assert "已经 8 天" in backups.reminder(folder, backup.made_at + dt.timedelta(days=8))


@pytest.mark.parametrize("within", [".", "*", "*/backups", "*/backups/*"])
def test_a_backup_is_found_whichever_folder_is_chosen(stick: Path, within: str) -> None:
    (chosen,) = stick.glob(within) if within != "." else [stick]
    assert [moving.unit(one) for one in moving.found(chosen)] == [OFFICE["report_unit"]]


def test_two_units_on_a_stick_are_told_apart(stick: Path, tmp_path: Path) -> None:
    other = _unit(tmp_path / "other", "练习县另一镇人民政府")
    backups.copy(other, stick, NOW)
    other.close()
    named = [moving.unit(one) for one in moving.found(stick)]
    assert named == ["练习县另一镇人民政府", OFFICE["report_unit"]]
    nameless = [replace(one, unit="") for one in moving.found(stick)]
    assert len({moving.unit(one) for one in nameless}) == 2


def test_a_folder_without_backups_is_said_to_have_none(tmp_path: Path) -> None:
    for chosen in (tmp_path, tmp_path / "none"):
        with pytest.raises(Refusal, match="没有平安台账的备份"):
            moving.found(chosen)


def test_a_wrong_password_is_counted_until_it_must_wait_also_with_another_try(
    folder: Path, backup: Backup
) -> None:
    for _ in range(attempts.MOST):
        moving.lay_out(folder, backup)
        _refused(folder, backup, "密码不对", Secret(ADMIN.user, "nonsense1"))
    moving.lay_out(folder, backup)
    assert moving.waits(folder, ADMIN.user) > 0
    _refused(folder, backup, "连续输错")


def test_who_may_not_restore_is_refused(folder: Path, backup: Backup) -> None:
    moving.lay_out(folder, backup)
    _refused(folder, backup, "不能恢复和抢救数据", CLERK)
    assert not arriving.beside(folder).exists()


def test_a_damaged_backup_is_refused(folder: Path, backup: Backup) -> None:
    flip(backup.file, 9000)
    moving.lay_out(folder, backup)
    _refused(folder, backup, "没有通过核对")


def test_a_backup_whose_manifest_is_gone_comes_in_all_the_same(folder: Path, backup: Backup) -> None:
    (backup.folder / "manifest.json").unlink()
    (bare,) = moving.found(backup.root)
    moving.lay_out(folder, bare)
    store, _ = moving.take_in(folder, bare, ADMIN)
    assert teams(store) == 1
    store.close()


def test_a_backup_without_a_key_file_takes_that_of_another(folder: Path, stick: Path, backup: Backup) -> None:
    older = backup.folder.with_name("0000000001-20260101-080000")
    shutil.copytree(backup.folder, older)
    for name in arriving.KEYS:
        (backup.folder / name).unlink()
    assert moving.lay_out(folder, backup).users()
    shutil.rmtree(older)
    with pytest.raises(Refusal, match="没有能读的钥匙文件"):
        moving.lay_out(folder, backup)
    assert not arriving.beside(folder).exists()


def test_the_backup_of_a_newer_program_is_refused(
    folder: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving.lay_out(folder, backup)
    monkeypatch.setattr("desktop.storage.opening.HEAD", f"{int(HEAD) - 1:04}")
    _refused(folder, backup, "更新版本的平安台账")


def test_the_backup_of_the_practice_township_is_refused(store: Store, folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "practice"
    stick.mkdir()
    backups.copy(store, stick, NOW)
    with pytest.raises(Refusal, match="练习乡镇"):
        moving.lay_out(folder, moving.found(stick)[0])
    assert not arriving.beside(folder).exists()


def test_a_full_disk_leaves_nothing(folder: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch) -> None:
    moving.lay_out(folder, backup)
    monkeypatch.setattr(second, "write_whole", _failing(OSError(errno.ENOSPC, "No space left on device")))
    _refused(folder, backup, "磁盘已满")
    moving.lay_out(folder, backup)
    monkeypatch.setattr(second, "_copy_file", _failing(OSError(errno.ENOSPC, "No space left on device")))
    _refused(folder, backup, "磁盘已满")


def _failing(trouble: OSError, first: Callable[[], object] = lambda: None) -> Callable[..., object]:
    def fail(*_: object) -> object:
        first()
        raise trouble

    return fail


def test_a_stick_that_is_pulled_leaves_nothing(
    folder: Path, stick: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving.lay_out(folder, backup)
    pulled = _failing(OSError(errno.EIO, "Input/output error"), lambda: shutil.rmtree(stick))
    monkeypatch.setattr(second, "_copy_file", pulled)
    _refused(folder, backup, "U 盘可能已拔出")


def test_a_stick_that_is_pulled_among_the_scans_leaves_nothing(
    folder: Path, stick: Path, backup: Backup
) -> None:
    moving.lay_out(folder, backup)
    with pytest.raises(Refusal, match="U 盘可能已拔出"):
        moving.take_in(folder, backup, ADMIN, lambda *_: shutil.rmtree(stick, ignore_errors=True))
    assert not database.exists(folder)


def test_scans_that_the_stick_does_not_have_are_told(folder: Path, stick: Path, backup: Backup) -> None:
    shutil.rmtree(backup.root / files.FOLDER)
    moving.lay_out(folder, backup)
    store, done = moving.take_in(folder, backup, ADMIN)
    store.close()
    assert "有 1 个扫描件备份里没有" in backups.restored_words(done)


def test_a_scan_that_lost_a_bit_on_the_stick_is_told(folder: Path, stick: Path, backup: Backup) -> None:
    (scan,) = [one for one in (backup.root / files.FOLDER).rglob("*") if one.is_file()]
    flip(scan, 40)
    moving.lay_out(folder, backup)
    store, done = moving.take_in(folder, backup, ADMIN)
    store.close()
    assert done.lost == 1


def test_a_folder_with_something_in_it_is_left_alone(folder: Path, backup: Backup) -> None:
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("a")
    with pytest.raises(Refusal, match="已经有文件"):
        moving.lay_out(folder, backup)
    (folder / "a.txt").unlink()
    (folder / "app.lock").write_text("")
    moving.lay_out(folder, backup)
    moving.take_in(folder, backup, ADMIN)[0].close()


def test_what_a_power_cut_left_is_taken_away_before_the_next_try(folder: Path, backup: Backup) -> None:
    moving.lay_out(folder, backup)
    (arriving.beside(folder) / database.FILE).write_bytes(b"half")
    (arriving.beside(folder) / "files").mkdir()
    moving.lay_out(folder, backup)
    store, _ = moving.take_in(folder, backup, ADMIN)
    assert listing.highest(folder) == backup.sequence
    store.close()


def test_an_older_backup_is_brought_up_to_date_on_the_way(folder: Path, tmp_path: Path) -> None:
    subject.make_older(tmp_path / "older", "0005")
    store = database.open_folder(tmp_path / "older")
    (backup,) = backups.listed(store)
    store.close()
    assert backup.version < HEAD
    moving.lay_out(folder, backup, practice=True)
    store, _ = moving.take_in(folder, backup, None)
    assert teams(store) == len(subject.OLDER)
    assert {one.reason for one in backups.listed(store)} == {Reason.MIGRATION}
    store.close()


def test_two_windows_do_not_restore_into_one_folder(folder: Path, backup: Backup) -> None:
    moving.lay_out(folder, backup)
    held = FolderLock(arriving.beside(folder))
    with pytest.raises(Refusal, match="另一个窗口正在"):
        moving.lay_out(folder, backup)
    moving.give_up(folder)
    assert accounts.Keys(arriving.beside(folder)).users()
    held.release()
    moving.give_up(folder)
    assert not arriving.beside(folder).exists()
