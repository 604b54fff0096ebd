"""The command line on a new computer: what is on a stick is listed without a password, and taken in."""

import datetime as dt
import json
from pathlib import Path

import pytest

from desktop import cli
from desktop.services import backups, invented, setup
from desktop.storage import database
from desktop.storage.keys.key import Secret
from tests.conftest import EARNEST, OFFICE
from tests.desktop.storage.conftest import add_team, teams

ADMIN = Secret("李敏", "fuli2026ok")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    store = setup.start(tmp_path / "old", invented.area_list(1, EARNEST), f"{EARNEST}101000", OFFICE, ADMIN)
    add_team(store)
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.copy(store, stick, dt.datetime(2026, 11, 23))
    store.close()
    return stick


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PINGAN_PASSWORD", ADMIN.password)
    return tmp_path / "here" / "data"


def _listed(folder: Path, stick: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert cli.main(["--data", str(folder), "backups", "--in", str(stick), "--json"]) == 0
    return str(json.loads(capsys.readouterr().out)[0]["folder"])


def test_a_backup_of_a_stick_is_restored_into_an_empty_folder(
    folder: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = _listed(folder, stick, capsys)
    assert cli.main(["--data", str(folder), "restore", backup]) == 0
    assert capsys.readouterr().out.startswith("已恢复到")
    store = database.open_folder(folder, ADMIN)
    assert teams(store) == 1
    store.close()


def test_the_list_names_the_unit_and_the_folder(
    folder: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--data", str(folder), "backups", "--in", str(stick)]) == 0
    told = capsys.readouterr().out
    assert OFFICE["report_unit"] in told
    assert str(stick) in told


def test_what_is_refused_leaves_no_folder(
    folder: Path, stick: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = _listed(folder, stick, capsys)
    assert cli.main(["--data", str(folder), "restore", str(stick)]) == 1
    assert "不是一份备份" in capsys.readouterr().err
    monkeypatch.delenv("PINGAN_PASSWORD")
    assert cli.main(["--data", str(folder), "restore", backup]) == 1
    assert "没有给出密码" in capsys.readouterr().err
    assert list(folder.parent.iterdir()) == []
