"""Making backups: whole or not there, whatever happens on the way, and every flipped bit is found."""

import dataclasses
import datetime as dt
import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.records.keeping import Attachment
from desktop.storage import database, files
from desktop.storage.backups import listing, making, manifest, verifying
from desktop.storage.backups.manifest import Reason
from desktop.storage.backups.verifying import Unsound
from desktop.storage.database import Store
from desktop.storage.keys.slots import Keys
from tests.desktop.storage.conftest import Two, add_team, flip

MAKER = """
import sys
from pathlib import Path
from desktop.storage.backups import making
from desktop.storage.backups.manifest import Reason
from desktop.storage.keys.slots import Keys
folder = Path(sys.argv[1])
key = Keys(folder).unlock_open()
print("ready", flush=True)
for number in range(1000):
    making._unchanged = lambda *_: None
    print(making.make(folder, key, Reason.CHANGES).name, flush=True)
"""
PLAIN = "东湖巡逻队".encode()


def test_a_backup_says_what_is_in_it_and_why_it_was_made(two: Two) -> None:
    found = listing.listed(two.folder, two.store.key)
    assert found == [two.after, two.before]
    assert [one.counts["team"] for one in found] == [1, 0]
    assert [one.reason for one in found] == [Reason.EXIT, Reason.ASKED]
    assert all(one.sound and one.checked_at for one in found)


def test_nothing_of_the_records_stands_in_a_backup_in_clear(two: Two) -> None:
    for file in two.after.folder.iterdir():
        assert PLAIN not in file.read_bytes()
        assert b"SQLite format" not in file.read_bytes()


def test_a_backup_opens_on_another_computer_with_what_lies_in_it(two: Two) -> None:
    key = Keys(two.after.folder).unlock_open()
    assert verifying.examine(two.after.file, key).counts["team"] == 1


def test_without_a_save_in_between_the_last_backup_is_given_again(two: Two) -> None:
    again = making.make(two.folder, two.store.key, Reason.CHANGES)
    assert again.name == two.after.name
    assert len(listing.listed(two.folder, two.store.key)) == 2


def test_a_damaged_last_backup_is_made_anew(two: Two) -> None:
    flip(two.after.file, 9000)
    again = making.make(two.folder, two.store.key, Reason.CHANGES)
    assert again.name != two.after.name
    assert verifying.verify(again, two.store.key).sound


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(min_value=0, max_value=10**9))
def test_a_flipped_bit_anywhere_in_a_backup_is_found(two: Two, at: int) -> None:
    flip(two.after.file, at)
    with pytest.raises(Unsound):
        verifying.verify(two.after, two.store.key, keep=False)
    flip(two.after.file, at)
    assert verifying.verify(two.after, two.store.key, keep=False).sound


def test_the_list_says_so_once_a_backup_was_found_damaged(two: Two) -> None:
    flip(two.before.file, 5000)
    with pytest.raises(Unsound):
        verifying.verify(two.before, two.store.key)
    assert [one.sound for one in listing.listed(two.folder, two.store.key)] == [True, False]


def test_a_backup_that_is_cut_off_is_seen_without_opening_it(two: Two) -> None:
    with two.after.file.open("rb+") as opened:
        opened.truncate(8192)
    assert not listing.listed(two.folder, two.store.key)[0].sound


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"mac": 5}', b"\xff\xfe"])
def test_a_damaged_manifest_counts_as_damaged_until_the_backup_is_checked(two: Two, text: bytes) -> None:
    (two.after.folder / manifest.FILE).write_bytes(text)
    bare = listing.listed(two.folder, two.store.key)[0]
    assert (bare.sound, bare.sequence) == (False, two.after.sequence)
    assert verifying.verify(bare, two.store.key).sound
    assert listing.listed(two.folder, two.store.key)[0].counts["team"] == 1


def test_a_manifest_with_another_count_is_not_believed(two: Two) -> None:
    file = two.after.folder / manifest.FILE
    file.write_bytes(file.read_bytes().replace(b'"team": 1', b'"team": 9'))
    assert not listing.listed(two.folder, two.store.key)[0].sound


def test_a_full_disk_leaves_the_older_backups_and_nothing_half_made(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_team(two.store, "西岗巡逻队")
    fsync = os.fsync

    def full(opened: int) -> None:
        fsync(opened)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refusal, match="未能备份：磁盘已满"):
        making.make(two.folder, two.store.key, Reason.CHANGES)
    monkeypatch.undo()
    assert listing.listed(two.folder, two.store.key) == [two.after, two.before]
    assert len(list((two.folder / manifest.HOME).iterdir())) == 2


def test_a_disk_that_fills_up_while_the_copy_is_written_is_a_sentence(two: Two) -> None:
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n" + MAKER
    )
    add_team(two.store, "西岗巡逻队")
    ended = subprocess.run(
        [sys.executable, "-c", script, str(two.folder)], capture_output=True, text=True, check=False
    )
    assert "未能备份" in ended.stderr
    assert len(list((two.folder / manifest.HOME).iterdir())) == 2


def test_a_backup_that_is_killed_leaves_only_whole_ones(store: Store) -> None:
    folder, key = store.folder, store.key
    store.close()
    for pause in (0.02, 0.07, 0.13, 0.21, 0.3):
        maker = subprocess.Popen(
            [sys.executable, "-c", MAKER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert maker.stdout is not None
        maker.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            maker.wait(pause)
        maker.send_signal(signal.SIGKILL)
        told = maker.stdout.read().split()
        maker.wait()
        maker.stdout.close()
        found = listing.listed(folder, key)
        assert set(told[:-1]) <= {one.name for one in found}  # the last line may be cut
        assert all(verifying.verify(one, key).sound for one in found)
    with_open = database.open_folder(folder)
    making.make(folder, with_open.key, Reason.EXIT)
    with_open.close()
    assert not list((folder / manifest.HOME).glob(f"{making.NEW}*"))


def test_a_lost_and_a_damaged_scan_are_told(store: Store) -> None:
    kept = [files.store(store.folder, store.key, bytes([one]) * 99) for one in range(3)]
    with store.work("扫描") as (session, _):
        for sha256 in kept:
            session.add(
                Attachment(
                    sha256=sha256,
                    name="a.png",
                    media="image/png",
                    size=99,
                    added_at=dt.datetime(2026, 11, 23),
                )
            )
    files.place(store.folder, store.key, kept[0]).unlink()
    flip(files.place(store.folder, store.key, kept[1]), 40)
    backup = making.make(store.folder, store.key, Reason.ASKED)
    scans = verifying.examine(backup.file, store.key).scans
    assert backup.scans == 3
    assert verifying.lost_scans(store.folder, store.key, scans) == set(kept[:2])


def test_the_backup_of_another_unit_is_not_taken_for_ours(two: Two, tmp_path: Path) -> None:
    _, other = Keys.make(tmp_path, None)
    bare = dataclasses.replace(two.after, sha256="")
    with pytest.raises(Unsound, match="不是这个单位的备份"):
        verifying.verify(bare, other, keep=False)
    assert not listing.listed(two.folder, other)[0].sound
