"""What is no plain workbook is refused with its cause; what is one is read whole."""

import datetime as dt
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from xlsxwriter import Workbook as Writer

from desktop.errors import Refusal
from desktop.excel import guard, headers, reader
from desktop.records import Member

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "队员 名单.xlsx"


def save(file: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(file)
    return file


def rewritten(file: Path, changes: dict[str, bytes | None]) -> Path:
    """Put other bytes in the place of parts; a part of ``None`` is left out."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | changes
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return file


def test_cells_are_read_as_they_stand(file: Path) -> None:
    save(file, ["甲", 1, 2.5], [], [None, dt.datetime(2026, 11, 5), True])
    assert reader.read(file)[0].rows == [("甲", 1, 2.5), (), (None, dt.datetime(2026, 11, 5), True)]


def test_a_dimension_that_lies_hides_nothing(file: Path) -> None:
    save(file, ["甲"], ["乙"], ["丙"])
    with zipfile.ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    rewritten(file, {"xl/worksheets/sheet1.xml": sheet.replace(b'ref="A1:A3"', b'ref="A1"')})
    assert [row[0] for row in reader.read(file)[0].rows] == ["甲", "乙", "丙"]


def test_escaped_characters_are_what_they_stand_for(file: Path) -> None:
    with Writer(str(file)) as book:
        book.add_worksheet().write_string(0, 0, "甲_x0041_乙")
    assert reader.read(file)[0].rows == [("甲_x0041_乙",)]


def test_hidden_sheets_are_not_read(file: Path) -> None:
    save(file, ["甲"])
    book = load_workbook(file)
    book.create_sheet("选项").append(["乙"])
    book["选项"].sheet_state = "hidden"
    book.save(file)
    assert [sheet.title for sheet in reader.read(file)] == ["Sheet"]


def test_a_formula_without_a_value_is_told_from_a_blank(file: Path) -> None:
    save(file, ["甲", "乙"], ["=1+1", None])
    assert reader.read(file)[0].rows[1] == (reader.Uncounted("=1+1"),)


def test_a_formula_with_a_value_is_its_value(file: Path) -> None:
    with Writer(str(file)) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1", None, 2)
    assert reader.read(file)[0].rows == [(2,)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空的"),
        (b"name,sex\n1,2\n", "不是 Excel 工作簿"),
        (b"<html><table></table></html>", "不是 Excel 工作簿"),
        (OLE + b"\0" * 600, "旧格式"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "有密码"),
        (b"PK\x03\x04" + b"\0" * 50, "不完整或已损坏"),
    ],
)
def test_what_is_no_workbook_is_named(file: Path, content: bytes, why: str) -> None:
    file.write_bytes(content)
    with pytest.raises(Refusal, match=why):
        reader.read(file)


def test_a_missing_file_is_a_sentence(file: Path) -> None:
    with pytest.raises(Refusal, match="不存在"):
        reader.read(file)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_damaged(file: Path, kept: float) -> None:
    whole = save(file, ["甲"]).read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(Refusal, match="不完整或已损坏"):
        reader.read(file)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<broken", b"\xff\xfe\0", None])
def test_a_workbook_with_a_broken_part_is_damaged(file: Path, part: str, content: bytes | None) -> None:
    rewritten(save(file, ["甲"]), {part: content})
    if part == "xl/styles.xml" and content is None:
        assert reader.read(file)[0].rows == [("甲",)]  # styles may be missing
        return
    with pytest.raises(Refusal):
        reader.read(file)


def test_a_document_type_is_refused(file: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    with pytest.raises(Refusal, match="不正常"):
        reader.read(rewritten(save(file, ["甲"]), {"xl/worksheets/sheet1.xml": bomb}))


def test_a_word_document_is_no_workbook(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(Refusal, match="不是 Excel 工作簿"):
        reader.read(file)


def test_a_bomb_is_refused_before_it_unpacks(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_UNPACKED", 2 * 1024 * 1024)
    rewritten(save(file, ["甲"]), {"xl/media/big.bin": b"\0" * (4 * 1024 * 1024)})
    with pytest.raises(Refusal, match="解开后超过 2 MB"):
        reader.read(file)


def test_a_file_too_large_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_FILE", 1024)
    with pytest.raises(Refusal, match="MB"):
        reader.read(save(file, ["甲"]))


def test_too_many_rows_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_ROWS", 3)
    with pytest.raises(Refusal, match="超过 3 行"):
        reader.read(save(file, *[["甲"]] * 4))


def test_the_header_is_found_under_titles_in_any_order(file: Path) -> None:
    save(
        file,
        ["附件2"],
        ["某镇花名册", None, None],
        ["填报单位：某镇", None, "填报时间："],
        ["序号", "联系 电话", "姓 名*", "身份证\n号码", "备  注", "血型"],
        [1, "19900000001", "张三", "x", None, "A"],
    )
    found = headers.find(reader.read(file), Member)
    assert found is not None
    assert found[1].row == 3
    named = {at: one.name for at, one in found[1].columns.items()}
    assert named == {1: "mobile", 2: "name", 3: "id_number", 4: "remark"}
    assert found[1].unknown == ["序号", "血型"]


def test_an_own_label_comes_before_another_fields_alias(file: Path) -> None:
    save(file, ["姓名", "电话", "手机"], ["张三", "1", "2"])
    found = headers.find(reader.read(file), Member)
    assert found is not None
    assert {one.name: at for at, one in found[1].columns.items()} == {"name": 0, "mobile": 2}


def test_totals_notes_and_blank_rows_are_left_out(file: Path) -> None:
    save(
        file,
        *(
            ["序号", "姓名", "手机"],
            [1, "张三", "19900000001"],
            [2, None, None],
            ["合 计", 5, 6],
            [None, " ", ""],
        ),
        *(
            ["注：1.以上为期末数", None, None],
            ["单位主要负责人签字：", None, None],
            [3, "李四", "19900000002"],
        ),
    )
    sheet, header = headers.find(reader.read(file), Member) or pytest.fail("no header")
    assert [number for number, _ in headers.entries(sheet, header, Member)] == [2, 8]


def test_a_sheet_of_something_else_has_no_header(file: Path) -> None:
    assert headers.find(reader.read(save(file, ["商品", "价格"], ["苹果", 3])), Member) is None
