"""Restoring: the drill, its undoing, and nothing changed where it is refused."""

import json
import shutil
from pathlib import Path

import pytest

from desktop.errors import Refusal
from desktop.records.keeping import Attachment
from desktop.services import backups
from desktop.storage import beginning, database, files, state
from desktop.storage.backups import listing, making, restoring, second, verifying, viewing
from desktop.storage.backups.manifest import HOME, Reason
from desktop.storage.keys.key import Role
from desktop.storage.keys.slots import Keys
from desktop.storage.opening import Damaged
from tests.desktop.storage.conftest import Two, add_team, flip, teams


def test_a_restored_backup_holds_what_it_held_and_takes_new_saves(two: Two) -> None:
    backups.restore(two.store, two.before)
    assert teams(two.store) == 0
    add_team(two.store, "西岗巡逻队")
    two.store.close()
    store = database.open_folder(two.folder)
    assert teams(store) == 1
    store.close()


def test_a_restore_is_undone_and_that_is_undone_again(two: Two) -> None:
    backups.restore(two.store, two.before)
    assert backups.can_undo(two.store)
    backups.undo_restore(two.store)
    assert teams(two.store) == 1
    backups.undo_restore(two.store)
    assert teams(two.store) == 0


def test_what_was_saved_after_the_last_backup_is_in_the_one_made_before_the_restore(two: Two) -> None:
    add_team(two.store, "西岗巡逻队")
    done = backups.restore(two.store, two.before)
    assert done.before is not None
    assert done.before.counts["team"] == 2
    assert done.before.reason is Reason.RESTORE


def test_the_old_files_are_kept(two: Two) -> None:
    old = (two.folder / database.FILE).read_bytes()
    two.store.lock_up()
    settled = (two.folder / database.FILE).read_bytes()
    done = restoring.restore(two.folder, Keys(two.folder).unlock_open(), two.before)
    assert done.kept is not None
    assert (done.kept / database.FILE).read_bytes() == settled
    assert len(old) <= len(settled)


def test_saves_after_a_restore_count_above_every_number_ever_given(two: Two) -> None:
    backups.restore(two.store, two.before)
    made = making.make(two.folder, two.store.key, Reason.ASKED)
    assert made.sequence > two.after.sequence
    assert listing.listed(two.folder, two.store.key)[0] == made


def test_a_restore_is_written_down_in_the_journal(two: Two) -> None:
    backups.restore(two.store, two.before)
    with two.store.read() as session:
        rows = session.connection().exec_driver_sql("SELECT operation FROM journal").scalars().all()
    assert "恢复备份" in rows


def test_a_damaged_backup_is_refused_and_nothing_is_changed(two: Two) -> None:
    flip(two.before.file, 9000)
    with pytest.raises(Refusal, match="没有通过核对"):
        backups.restore(two.store, two.before)
    assert teams(two.store) == 1
    assert not backups.can_undo(two.store)


def test_who_may_not_restore_is_refused(two: Two) -> None:
    import dataclasses

    clerk = dataclasses.replace(two.store.key, role=Role.ENTER)
    with pytest.raises(Refusal, match="不能恢复和抢救数据"):
        restoring.restore(two.folder, clerk, two.before)


def test_damaged_records_are_restored_and_the_damaged_file_is_kept(two: Two) -> None:
    two.store.close()
    for at in range(4096, 60_000, 4096):
        flip(two.folder / database.FILE, at)
    with pytest.raises(Damaged):
        database.open_folder(two.folder)
    store, done = backups.restore_closed(two.folder, None, two.after)
    assert teams(store) == 1
    assert done.before is None
    assert done.kept is not None
    with pytest.raises(Refusal, match="抢救"):
        backups.undo_restore(store)
    assert teams(store) == 1
    store.close()


@pytest.mark.parametrize("gone", [database.FILE, state.FILE, "keyslots.json"])
def test_a_missing_file_is_made_good_by_a_restore(two: Two, gone: str) -> None:
    two.store.close()
    (two.folder / gone).unlink()
    if gone == "keyslots.json":
        (two.folder / f"{gone}.bak").unlink()
    store, _ = backups.restore_closed(two.folder, None, two.after)
    assert teams(store) == 1
    store.close()


def test_a_damaged_key_file_is_made_good_by_the_one_in_the_backup(two: Two) -> None:
    two.store.close()
    for name in ("keyslots.json", "keyslots.json.bak"):
        flip(two.folder / name, 300)
    with pytest.raises(Refusal, match="钥匙文件"):
        database.open_folder(two.folder)
    store, _ = backups.restore_closed(two.folder, None, two.after)
    assert teams(store) == 1
    store.close()


def test_a_stick_alone_brings_everything_back_on_a_new_computer(two: Two, tmp_path: Path) -> None:
    sha256 = files.store(two.folder, two.store.key, b"scan" * 50)
    with two.store.work("扫描") as (session, _):
        session.add(
            Attachment(sha256=sha256, name="a.png", media="image/png", size=200, added_at=two.after.made_at)
        )
    stick, new = tmp_path / "stick", tmp_path / "new"
    stick.mkdir()
    copied = backups.copy(two.store, stick, two.after.made_at)
    assert copied.scans == 1
    store, _ = backups.restore_closed(new, None, copied.backup)
    assert teams(store) == 1
    assert files.read(new, store.key, sha256) == b"scan" * 50
    store.close()


def test_the_backup_of_another_unit_is_refused(two: Two, tmp_path: Path) -> None:
    other = beginning.create(tmp_path / "other", None)
    with pytest.raises(Refusal, match=r"未能恢复备份|没有通过核对"):
        backups.restore(other, two.after)
    assert teams(other) == 0
    other.close()


def test_a_stick_that_is_pulled_says_so_and_the_local_backup_stands(
    two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def pulled(source: str, target: str) -> str:
        shutil.rmtree(stick)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(second, "_copy_file", pulled)
    with pytest.raises(Refusal, match="本机的备份已经做好"):
        backups.copy(two.store, stick, two.after.made_at)
    assert listing.listed(two.folder, two.store.key)[0].sound
    assert second.last(two.folder) is None
    with pytest.raises(Refusal, match="U 盘可能已拔出"):
        backups.copy(two.store, stick, two.after.made_at)


def test_a_copy_on_the_stick_that_lost_a_bit_is_copied_again(two: Two, tmp_path: Path) -> None:
    first = backups.copy(two.store, tmp_path, two.after.made_at)
    flip(first.backup.file, 7000)
    again = backups.copy(two.store, tmp_path, two.after.made_at)
    assert verifying.verify(again.backup, two.store.key).sound


def test_a_backup_is_looked_into_without_changing_it(two: Two) -> None:
    was = verifying.digest(two.before.file)
    past = viewing.opened(two.before, two.store.key, two.folder)
    assert teams(past) == 0
    with pytest.raises(Refusal), past.work("改"):
        pass
    past.close()
    assert verifying.digest(two.before.file) == was
    assert teams(two.store) == 1


def test_a_mark_of_a_restore_that_makes_no_sense_offers_nothing(two: Two) -> None:
    for text in ("", "[]", json.dumps({"before": "../../etc"})):
        (two.folder / HOME / restoring.MARK).write_text(text)
        with pytest.raises(Refusal):
            restoring.undo(two.folder, two.store.key)
