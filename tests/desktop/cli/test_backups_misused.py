"""Backup verbs given what is no backup: one sentence, exit 1, and nothing is left behind."""

from pathlib import Path

import pytest

from desktop import cli
from desktop.services import invented, setup
from desktop.storage.backups import making
from desktop.storage.backups.manifest import Reason
from desktop.storage.database import Store


@pytest.fixture
def folder(store: Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PINGAN_PASSWORD", raising=False)
    making.make(store.folder, store.key, Reason.ASKED)
    store.close()
    return store.folder


def _refused(folder: Path, capsys: pytest.CaptureFixture[str], *typed: str) -> str:
    before = {one.relative_to(folder.parent) for one in folder.parent.rglob("*") if one.name != "app.lock"}
    assert cli.main(["--data", str(folder), *typed]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    after = {one.relative_to(folder.parent) for one in folder.parent.rglob("*") if one.name != "app.lock"}
    assert {one for one in after - before if not one.name.endswith(("-wal", "-shm"))} == set()
    return told


@pytest.mark.parametrize("typed", ["没有", "../..", "/", ""])
def test_what_is_no_backup_is_not_restored(
    folder: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    assert "未能恢复备份" in _refused(folder, capsys, "restore", typed)


def test_a_backup_and_undo_together_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "只写其中一个" in _refused(folder, capsys, "restore", "--undo", "没有")


@pytest.mark.parametrize("verb", ["backups", "verify", "restore", "journal", "undo", "backup"])
def test_an_empty_place_is_said_to_be_empty_and_stays_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    typed = (verb, "--undo") if verb == "restore" else (verb,)
    assert "没有平安台账的数据" in _refused(tmp_path / "elsewhere" / "none", capsys, *typed)


def test_a_list_of_no_folder_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "这个文件夹" in _refused(folder, capsys, "backups", "--in", str(folder / "none"))


def test_the_backup_of_another_unit_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = setup.start(tmp_path / "other", invented.area_list(2), f"{invented.PREFIX}101000", {})
    backup = making.make(other.folder, other.key, Reason.ASKED)
    other.close()
    before = (folder / "data.db").read_bytes()
    _refused(folder, capsys, "restore", str(backup.folder))
    assert (folder / "data.db").read_bytes() == before


def test_a_restore_leaves_no_part_of_its_work(folder: Path) -> None:
    (backup,) = [one.name for one in (folder / "backups").iterdir() if one.is_dir()]
    assert cli.main(["--data", str(folder), "restore", backup]) == 0
    assert not list(folder.glob("*.part*"))
