"""Accounts from the command line: the password never stands among the arguments."""

import json
from pathlib import Path

import pytest

from desktop.cli import main

TOWN = "341302100000"
MINE, THEIRS = "fuli2026ok", "gongzuo2026"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PINGAN_USER", "李敏")
    monkeypatch.setenv("PINGAN_PASSWORD", MINE)
    monkeypatch.setenv("PINGAN_NEW_PASSWORD", THEIRS)
    assert main(["--data", str(tmp_path / "data"), "init", "--unit", TOWN]) == 0
    return str(tmp_path / "data")


def listed(data: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    capsys.readouterr()
    assert main(["--data", data, "user", "list", "--json"]) == 0
    return {one["name"]: one["role"] for one in json.loads(capsys.readouterr().out)}


def test_a_colleague_is_added_listed_and_removed(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "user", "add", "张爱民", "--role", "enter"]) == 0
    assert listed(data, capsys) == {"李敏": "admin", "张爱民": "enter"}
    assert main(["--data", data, "user", "remove", "张爱民"]) == 0
    assert listed(data, capsys) == {"李敏": "admin"}


def test_ones_own_password_is_changed_and_the_old_one_opens_no_more(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "new.txt"
    file.write_text("xinmima2027\n", "utf-8")
    assert main(["--data", data, "user", "passwd", "--new-password-file", str(file)]) == 0
    assert main(["--data", data, "user", "list"]) == 1
    assert "还可以试 4 次" in capsys.readouterr().err
    monkeypatch.setenv("PINGAN_PASSWORD", "xinmima2027")
    assert listed(data, capsys) == {"李敏": "admin"}


def test_a_clerk_adds_nobody(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", data, "user", "add", "张爱民", "--role", "enter"]) == 0
    clerk = Path(data).parent / "clerk.txt"
    clerk.write_text(THEIRS, "utf-8")
    capsys.readouterr()
    come = ["--data", data, "--user", "张爱民", "--password-file", str(clerk)]
    assert main([*come, "user", "add", "王五", "--role", "admin"]) == 1
    assert "请由角色为管理的同事登录后办理" in capsys.readouterr().err


def test_a_weak_or_missing_new_password_is_refused(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for password, said in (("12345678", "既有字母又有数字"), ("", "没有给出新密码")):
        monkeypatch.setenv("PINGAN_NEW_PASSWORD", password)
        assert main(["--data", data, "user", "add", "王五", "--role", "read"]) == 1
        assert said in capsys.readouterr().err
    assert listed(data, capsys) == {"李敏": "admin"}


def test_a_role_may_be_named_by_its_word_and_is_recording_by_itself(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", data, "user", "add", "张爱民"]) == 0
    assert main(["--data", data, "user", "add", "王五", "--role", "查阅"]) == 0
    assert listed(data, capsys) == {"李敏": "admin", "张爱民": "enter", "王五": "read"}
    with pytest.raises(SystemExit):
        main(["--data", data, "user", "add", "赵六", "--role", "领导"])
