"""The command line as other programs use it."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.cli import main
from desktop.records import LEDGERS

TOWN = "341302100000"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that was begun for a real town, with a Chinese name and a blank in its path."""
    folder = tmp_path / "张三 的台账"
    assert main(["--data", str(folder), "init", "--unit", TOWN]) == 0
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> Any:
    capsys.readouterr()
    assert main([str(one) for one in arguments]) == code
    printed = capsys.readouterr()
    return json.loads(printed.out) if code == 0 and "--json" in arguments else printed.err


def fill(file: Path, *rows: dict[str, Any]) -> None:
    """Write rows by heading into a blank template."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    for line in sheet.iter_rows(max_row=20):
        headings = {str(cell.value).strip("*"): at for at, cell in enumerate(line, 1) if cell.value}
        if all(heading in headings for row in rows for heading in row):
            for number, row in enumerate(rows, (line[0].row or 0) + 1):
                for heading, value in row.items():
                    sheet.cell(number, headings[heading], value)
            book.save(file)
            return
    raise AssertionError("no such headings")


def test_an_unknown_unit_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, "--data", str(tmp_path / "new"), "init", "--unit", "999999999999", code=1)
    assert said.startswith("未能初始化：")
    assert len(said.strip().splitlines()) == 1


def test_a_folder_is_begun_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "已经有数据" in run(capsys, "--data", str(data), "init", "--unit", TOWN, code=1)


def test_wrong_usage_is_exit_2() -> None:
    with pytest.raises(SystemExit) as left:
        main(["fly"])
    assert left.value.code == 2


def test_ledgers_and_fields_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert [one["name"] for one in run(capsys, "ledgers", "--json")] == list(LEDGERS)
    for name in LEDGERS:
        for one in run(capsys, "fields", name, "--json"):
            assert set(one) == {"name", "label", "kind", "required", "list"}


@pytest.mark.parametrize("ledger", LEDGERS)
def test_every_ledger_has_a_template_that_imports_as_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ledger: str
) -> None:
    file = tmp_path / f"{ledger}.xlsx"
    run(capsys, "--data", data, "template", ledger, "--out", file)
    plan = run(capsys, "--data", str(data), "import", ledger, str(file), "--dry-run", "--json")
    assert plan["read"] == 0


def test_a_filled_template_goes_in_once(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    village = run(capsys, "--data", str(data), "list", "region", "--find", "北元", "--json")
    places = [one["name"] for one in village if one["code"].startswith(TOWN[:9])]
    file = tmp_path / "队伍.xlsx"
    run(capsys, "--data", data, "template", "team", "--out", file)
    place = places[0] if places else ""
    fill(file, {"村（社区）": place, "队伍名称": "巡逻一队", "队伍类型": "平安志愿者", "负责人": "李四"})
    for outcome in ("new", "same"):
        plan = run(capsys, "--data", str(data), "import", "team", str(file), "--json")
        assert [row["outcome"] for row in plan["rows"]] == [outcome]
    teams = run(capsys, "--data", str(data), "list", "team", "--json")
    assert [(one["team_name"], one["team_type"]) for one in teams] == [("巡逻一队", "05")]


def test_one_wrong_row_keeps_the_whole_file_out(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "队伍.xlsx"
    run(capsys, "--data", data, "template", "team", "--out", file)
    fill(file, {"队伍名称": "巡逻一队"}, {"队伍名称": "巡逻二队", "成立日期": "2026-02-30"})
    plan = run(capsys, "--data", str(data), "import", "team", str(file), "--dry-run", "--json")
    assert (plan["read"], plan["new"], plan["wrong"]) == (2, 1, 1)
    assert "2 月 30 日" in plan["rows"][1]["findings"][0]["message"]
    assert "未能导入" in run(capsys, "--data", str(data), "import", "team", str(file), code=1)
    assert run(capsys, "--data", str(data), "list", "team", "--json") == []


def test_a_file_that_is_no_workbook_is_named(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "假.xlsx"
    file.write_bytes(b"not a workbook")
    said = run(capsys, "--data", str(data), "import", "team", str(file), code=1)
    assert said.startswith("未能")


def test_an_empty_month_cannot_be_sent_and_says_what_is_missing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    said = run(capsys, "--data", str(data), "submit", "--period", "2026-10", "--out", str(out), code=1)
    assert "填报人" in said
    assert not out.exists()


def test_the_program_checks_itself(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "--data", str(data), "self-check", "--json")
    assert found["integrity"] == "ok"
    assert list(found["ledgers"]) == list(LEDGERS)
    assert all(found["resources"].values())


@pytest.mark.parametrize(
    "arguments", [["demo", "--members", "0"], ["demo", "--members", "-5"], ["--data", "", "ledgers"]]
)
def test_impossible_arguments_are_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2


@pytest.mark.parametrize("verb", [["init", "--unit", TOWN], ["demo"], ["self-check"], ["list", "team"]])
def test_a_file_where_a_folder_should_be_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: list[str]
) -> None:
    (tmp_path / "file").write_text("x")
    for data in (tmp_path / "file", tmp_path / "file" / "data"):
        capsys.readouterr()
        if main(["--data", str(data), *verb]) == 1:
            assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_demo_whose_files_cannot_be_written_can_be_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    data = str(tmp_path / "data")
    assert "未能" in run(
        capsys, "--data", data, "demo", "--members", "30", "--out", tmp_path / "file", code=1
    )
    assert main(["--data", data, "demo", "--members", "30", "--out", str(tmp_path / "out")]) == 0
