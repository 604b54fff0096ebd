"""Profiles and exports on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.cli import main
from desktop.excel.layout import LAYOUTS
from tests.desktop.upload import SHEET, upload


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("练习") / "data"
    said = ["--data", str(folder), "--today", "2026-11-23", "demo", "--members", "30"]
    assert main([*said, "--out", str(folder.parent / "out")]) == 0
    return folder


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "市里的模板.xlsx"
    file.write_bytes(upload(prepared=40))
    return file


def run(capsys: pytest.CaptureFixture[str], data: Path, *arguments: object, code: int = 0) -> Any:
    capsys.readouterr()
    assert main(["--data", str(data), "--today", "2026-11-23", *(str(one) for one in arguments)]) == code
    printed = capsys.readouterr()
    return json.loads(printed.out) if "--json" in arguments and code == 0 else printed.out + printed.err


def test_the_shipped_profiles_are_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, data, "profiles", "--json")
    assert [one["code"] for one in found][: len(LAYOUTS)] == list(LAYOUTS)
    assert set(found[0]) == {
        *("name", "code", "title", "source", "caption", "file", "sheet", "columns", "row_limit"),
    }
    assert "群防群治队伍花名册" in run(capsys, data, "profiles")


def test_a_profile_is_made_checked_kept_and_used(
    data: Path, tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "登记表.pazb"
    said = run(capsys, data, "profile", "make", template, "--source", "member", "--out", file)
    assert "第 1 列“姓名*”：姓名" in said
    assert "队伍类型" in run(capsys, data, "profile", "check", file, code=1)
    added = run(capsys, data, "profile", "add", file).splitlines()
    assert added[0] == "市里的模板"
    assert "守楼护院人员" in added[1]  # what check says is said here too
    assert "同名" in run(capsys, data, "profile", "add", file, code=1)
    run(capsys, data, "profile", "add", file, "--replace")
    assert run(capsys, data, "profiles", "--json")[-1]["name"] == "市里的模板"
    out = tmp_path / "out.xlsx"
    for named in ("市里的模板", file):
        (made,) = run(capsys, data, "export", named, "--out", out, "--period", "2026-10", "--json")["files"]
        assert (made["path"], made["rows"]) == (str(out), 30)
        assert load_workbook(out)[SHEET]["A6"].value
    again = tmp_path / "again.pazb"
    run(capsys, data, "profile", "save", "市里的模板", "--out", again)
    assert again.exists()


def test_a_shipped_profile_goes_into_a_file_or_a_folder(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, data, "export", "annex2", "--out", tmp_path / "名册.xlsx")
    assert said.strip() == str(tmp_path / "名册.xlsx")
    said = run(capsys, data, "export", "群防群治队伍花名册", "--out", tmp_path)
    assert said.strip() == str(tmp_path / "练习县练习镇群防群治队伍花名册（2026年11月）.xlsx")


def test_a_sound_profile_has_nothing_to_say(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, data, "profile", "save", "annex1", "--out", tmp_path / "x.pazb")
    assert "没有发现问题" in run(capsys, data, "profile", "check", tmp_path / "x.pazb")


def test_a_profile_saved_to_a_folder_lies_in_it(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "模板"
    folder.mkdir()
    said = run(capsys, data, "profile", "save", "annex6", "--out", folder).strip()
    assert [str(one) for one in folder.iterdir()] == [said]
    assert list(tmp_path.glob("*.pazb")) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "没有的", "--out", "x.xlsx"],
        ["export", "没有的.pazb", "--out", "x.xlsx"],
        ["export", "annex2", "--out", "x.xlsx", "--period", "十一月"],
        ["profile", "check", "没有的.pazb"],
        ["profile", "make", "没有的.xlsx", "--source", "member", "--out", "x.pazb"],
        ["profile", "make", "没有的.xlsx", "--source", "dragon", "--out", "x.pazb"],
        ["profile", "save", "没有的", "--out", "x.pazb"],
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(capsys, data, *arguments, code=1)
    assert said.startswith("未能")
    assert len(said.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("header", ["0", "x", "5-4", "1-2-3"])
def test_impossible_header_rows_are_wrong_usage(data: Path, header: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["profile", "make", "x.xlsx", "--source", "member", "--out", "x", "--header", header])
    assert left.value.code == 2
