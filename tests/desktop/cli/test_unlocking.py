"""The password of the command line: from the environment or a file, never among the arguments."""

import json
import re
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.storage.keys.key import Role, Secret
from desktop.storage.keys.keyfile import FILE
from desktop.storage.keys.slots import Keys

TOWN = "341302100000"
RIGHT = "huangshan-2026"


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PINGAN_PASSWORD", "PINGAN_USER", "PINGAN_DATA"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder that ``init`` made; its password is no longer in the environment."""
    with monkeypatch.context() as environment:
        environment.setenv("PINGAN_PASSWORD", RIGHT)
        assert main(["--data", str(tmp_path / "data"), "init", "--unit", TOWN]) == 0
    return tmp_path / "data"


def test_init_names_the_administrator_and_prints_the_recovery_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = capsys.readouterr().out
    assert "管理账号是“管理员”" in said
    found = re.search(r"恢复码：(\S+)", said)
    assert found is not None
    assert Keys(folder).unlock_recovery(found[1]).role is Role.ADMIN
    assert RIGHT not in said


def test_init_with_json_gives_the_recovery_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PINGAN_PASSWORD", RIGHT)
    assert main(["--data", str(tmp_path / "d"), "--user", "王主任", "init", "--unit", TOWN, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["user"] == "王主任"
    assert Keys(tmp_path / "d").unlock_recovery(said["recovery_code"]).role is Role.ADMIN


def test_init_without_a_password_is_refused_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path / "data"), "init", "--unit", TOWN]) == 1
    assert "未能初始化：没有给出管理员的密码" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_every_other_verb_asks_for_the_password(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    verb = ["--data", str(folder), "list", "team"]
    assert main(verb) == 1
    assert "没有给出密码" in capsys.readouterr().err
    monkeypatch.setenv("PINGAN_PASSWORD", "wrong-2026")
    assert main(verb) == 1
    said = capsys.readouterr().err
    assert "密码不对" in said
    assert "wrong-2026" not in said
    monkeypatch.setenv("PINGAN_PASSWORD", RIGHT)
    assert main(verb) == 0


def test_a_password_file_may_end_in_a_line_and_begin_with_a_mark(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "密码.txt"
    file.write_bytes(b"\xef\xbb\xbf" + RIGHT.encode() + b"\r\n")
    assert main(["--data", str(folder), "--password-file", str(file), "list", "team"]) == 0


def test_a_password_file_that_is_not_there_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(folder), "--password-file", "/没有/密码.txt", "list", "team"]) == 1
    assert "未能读取密码文件" in capsys.readouterr().err


def test_with_several_accounts_the_names_are_told_and_one_is_chosen(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = Keys(folder)
    keys.add(keys.open(Secret("", RIGHT)), "王主任", Role.ADMIN, "taishan-2026")
    monkeypatch.setenv("PINGAN_PASSWORD", "taishan-2026")
    assert main(["--data", str(folder), "list", "team"]) == 1
    assert "有几个账号：管理员、王主任" in capsys.readouterr().err
    monkeypatch.setenv("PINGAN_USER", "王主任")
    assert main(["--data", str(folder), "list", "team"]) == 0
    assert main(["--data", str(folder), "--user", "管理员", "list", "team"]) == 1


def test_five_wrong_passwords_keep_the_right_one_waiting(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    verb = ["--data", str(folder), "list", "team"]
    monkeypatch.setenv("PINGAN_PASSWORD", "wrong-2026")
    assert [main(verb) for _ in range(5)] == [1] * 5
    monkeypatch.setenv("PINGAN_PASSWORD", RIGHT)
    assert main(verb) == 1
    assert "连续输错 5 次" in capsys.readouterr().err
    assert RIGHT.encode() not in (folder / FILE).read_bytes()
