"""Backups by the command line."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.storage import database
from desktop.storage.database import Store
from tests.desktop.storage.conftest import add_team, flip


@pytest.fixture
def data(store: Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A practice folder with one team, closed; it opens without a password."""
    monkeypatch.delenv("PINGAN_PASSWORD", raising=False)
    add_team(store)
    store.close()
    return store.folder


def run(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str | Path, code: int = 0) -> Any:
    capsys.readouterr()
    assert main(["--data", str(data), *(str(one) for one in arguments)]) == code
    printed = capsys.readouterr()
    return json.loads(printed.out) if "--json" in arguments else printed.out + printed.err


def team_count(data: Path) -> int:
    from tests.desktop.storage.conftest import teams

    store = database.open_folder(data)
    found = teams(store)
    store.close()
    return found


def change(data: Path) -> None:
    store = database.open_folder(data)
    add_team(store, "西岗巡逻队")
    store.close()


def test_a_backup_is_made_listed_and_verified(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "已备份并核对" in run(capsys, data, "backup")
    (listed,) = run(capsys, data, "backups", "--json")
    assert (listed["sound"], listed["counts"]["team"], listed["reason"]) == (True, 1, "手动")
    assert "全部完好" in run(capsys, data, "verify")


def test_verify_fails_on_a_flipped_bit(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, data, "backup")
    (listed,) = run(capsys, data, "backups", "--json")
    flip(Path(listed["folder"]) / database.FILE, 5555)
    found = run(capsys, data, "verify", "--json", code=1)
    assert [one["sound"] for one in found["backups"]] == [False]
    assert "损坏" in run(capsys, data, "backups")


def test_a_backup_is_restored_by_its_name_and_undone(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, data, "backup")
    (listed,) = run(capsys, data, "backups", "--json")
    change(data)
    assert "可以撤销" in run(capsys, data, "restore", listed["name"])
    assert team_count(data) == 1
    run(capsys, data, "restore", "--undo")
    assert team_count(data) == 2


def test_a_backup_on_a_stick_starts_a_new_computer(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick, new = tmp_path / "stick", tmp_path / "new"
    stick.mkdir()
    made = run(capsys, data, "backup", "--to", stick, "--json")
    run(capsys, new, "restore", made["folder"])
    assert team_count(new) == 1


def test_the_backup_of_a_day_is_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, data, "backup")
    assert run(capsys, data, "backups", "--on", "2020-01-01", "--json") == []
    assert len(run(capsys, data, "backups", "--on", "2999-01-01", "--json")) == 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("restore",), "没有写明恢复哪一份"),
        (("restore", "nothing"), "没有“nothing”这份备份"),
        (("restore", "--undo"), "没有可以撤销的恢复"),
        (("backup", "--to", "nowhere"), "U 盘可能已拔出"),
        (("salvage", "nowhere", "--out", "nowhere-too"), "不存在"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    said = run(capsys, data, *arguments, code=1)
    assert why in said
    assert len(said.strip().splitlines()) == 1


def test_a_file_of_random_bytes_is_one_sentence(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "junk.db").write_bytes(os.urandom(20_000))
    said = run(capsys, data, "salvage", tmp_path / "junk.db", "--out", tmp_path / "out", code=1)
    assert "没有一页能用这份数据的钥匙读出" in said


def test_salvage_prints_what_it_read(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flip(data / database.FILE, 10)
    said = run(capsys, data, "salvage", data / database.FILE, "--out", tmp_path / "out")
    assert "群防群治队伍：读出 1 条" in said
    assert team_count(tmp_path / "out") == 1
