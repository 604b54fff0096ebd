"""The frozen program finds what is missing, changed or left over, and says so in a clerk's words."""

from pathlib import Path

import pytest

from desktop.services import contents, payload


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / payload.INTERNAL).mkdir()
    (tmp_path / "pingan").write_bytes(b"program")
    (tmp_path / payload.INTERNAL / "a.so").write_bytes(b"library")
    payload.write(tmp_path)
    return tmp_path


def test_a_program_as_it_was_made_has_no_fault(program: Path) -> None:
    assert payload.faults(program) == []


def test_what_is_missing_changed_or_left_over_is_named(program: Path) -> None:
    (program / "pingan").unlink()
    (program / payload.INTERNAL / "a.so").write_bytes(b"other")
    (program / payload.INTERNAL / "old.so").touch()
    assert payload.faults(program) == [
        "程序文件 _internal/a.so 已损坏或被改动",
        "缺少程序文件 pingan",
        "多出程序文件 _internal/old.so",
    ]


def test_the_records_of_a_portable_program_are_no_fault(program: Path) -> None:
    (program / "data").mkdir()
    (program / "data" / "data.db").touch()
    assert payload.faults(program) == []


def test_a_program_without_its_list_is_to_be_installed_anew(program: Path) -> None:
    (program / payload.INTERNAL / payload.LIST).unlink()
    assert payload.faults(program) == ["缺少程序文件清单，或清单已损坏"]


def test_a_list_that_is_no_text_is_a_fault(program: Path) -> None:
    (program / payload.INTERNAL / payload.LIST).write_bytes(b"\xff\xfe")
    assert payload.faults(program) == ["缺少程序文件清单，或清单已损坏"]


def test_the_contents_hold_every_module_ledger_and_page() -> None:
    found = contents.contents()
    assert {"desktop.services.contents", "ui.pages.help", "ui.app"} <= found["modules"].keys()
    assert all(found[key] for key in contents.WORDS)
    assert contents.differences(found, contents.contents()) == []


@pytest.mark.parametrize(
    ("key", "change", "told"),
    [
        ("ledgers", {}, "缺少台账 member"),
        ("resources", {"codes/gender.json": "0"}, "资源文件 codes/gender.json 与发布时不一致"),
        ("modules", {"ui.extra": ""}, "多出程序模块 ui.extra"),
    ],
)
def test_a_difference_is_a_sentence(key: str, change: dict[str, str], told: str) -> None:
    expected = contents.contents()
    other = {**expected, key: {**expected[key], **change} if change else {}}
    assert told in contents.differences(expected, other)


def test_another_migration_head_is_a_difference() -> None:
    expected = contents.contents()
    assert contents.differences(expected, {**expected, "migration_head": "0001"}) == [
        f"数据库版本应为 {expected['migration_head']}，实际是 0001"
    ]
