"""The verb import: its ways to choose, its exit codes, what it prints and where."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.cli import main
from desktop.errors import Refusal
from desktop.services import importing

TOWN = "341302100000"
HEADINGS = ["队伍名称", "姓名", "手机", "入队时间"]
GOOD = ["护村队", "张三", "19900000001", "2024.1.5"]
BAD = ["护村队", "李四", "19900000002", "2024.13.5"]


@pytest.fixture
def data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    folder = str(tmp_path / "台账")
    assert main(["--data", folder, "init", "--unit", TOWN]) == 0
    capsys.readouterr()
    return ["--data", folder]


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A workbook with a sheet of one good row and one of a good and a wrong one."""
    book = openpyxl.Workbook()
    for sheet, rows in (
        (book.worksheets[0], [GOOD]),
        (book.create_sheet("二组"), [BAD, ["护村队", "王五", "19900000003", None]]),
    ):
        for row in (HEADINGS, *rows):
            sheet.append(row)
    book.save(tmp_path / "花名册.xlsx")
    return str(tmp_path / "花名册.xlsx")


def members(data: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main([*data, "list", "member", "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_a_wrong_row_is_exit_1_and_the_plan_and_the_errors_are_there_all_the_same(
    data: list[str], file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "错误.xlsx"
    assert main([*data, "import", "member", file, "--json", "--errors", str(out)]) == 1
    printed = capsys.readouterr()
    plan = json.loads(printed.out)
    assert (plan["read"], plan["new"], plan["wrong"]) == (3, 2, 1)
    assert [(row["sheet"], row["row"]) for row in plan["rows"]] == [("Sheet", 2), ("二组", 2), ("二组", 3)]
    assert plan["rows"][0]["values"]["team_name"] == "护村队"
    assert plan["rows"][0]["values"]["joined_on"] == "2024-01-05"
    assert "有 1 行需要改正" in printed.err
    assert out.exists()
    assert members(data, capsys) == []


def test_only_good_writes_the_rest_and_marks_it_in_the_file_that_comes_back(
    data: list[str], file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "错误.xlsx"
    assert main([*data, "import", "member", file, "--only-good", "--errors", str(out)]) == 0
    assert "二组\tD2\t" in capsys.readouterr().out
    assert [one["name"] for one in members(data, capsys)] == ["张三", "王五"]
    assert main([*data, "import", "member", str(out), "--dry-run", "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert [(row["row"], row["outcome"]) for row in plan["rows"]] == [(2, "wrong")]


def test_a_sheet_is_chosen_and_without_wrong_rows_there_is_no_file_of_errors(
    data: list[str], file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "错误.xlsx"
    arguments = [*data, "import", "member", file, "--sheet"]
    assert main([*arguments, "Sheet", "--errors", str(out)]) == 0
    assert "没有有错的行" in capsys.readouterr().out
    assert not out.exists()
    assert main([*arguments, "三组"]) == 1
    assert "Sheet、二组" in capsys.readouterr().err


def test_a_map_says_what_a_column_means_and_is_remembered(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    for row in (["队伍名称", "姓名", "号头"], ["护村队", "张三", "19900000001"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "名单.xlsx")
    (tmp_path / "map.json").write_text('{"号头": "手机"}', "utf-8")
    arguments = [*data, "import", "member", str(tmp_path / "名单.xlsx")]
    assert main([*arguments, "--map", str(tmp_path / "map.json")]) == 0
    assert members(data, capsys)[0]["mobile"] == "19900000001"
    assert main([*arguments, "--dry-run", "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert (plan["unknown"], plan["rows"][0]["outcome"]) == ([], "same")
    (tmp_path / "map.json").write_text('{"号头": "血型"}', "utf-8")
    assert main([*arguments, "--map", str(tmp_path / "map.json")]) == 1
    assert "没有这个栏目" in capsys.readouterr().err


def test_a_file_of_errors_that_cannot_be_written_says_what_was_imported_all_the_same(
    data: list[str],
    file: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Refusal("未能写出", "磁盘已满", "请换一个地方")

    monkeypatch.setattr(importing, "write_errors", full)
    asked = [*data, "import", "member", file, "--sheet", "二组", "--errors", str(tmp_path / "错误.xlsx")]
    assert main(asked) == 1
    assert "未能导入" in capsys.readouterr().err
    assert main([*asked, "--only-good"]) == 1
    assert "没有错的行已经导入" in capsys.readouterr().err
    assert len(members(data, capsys)) == 1
