"""A workbook is whole, or the old one stays."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from desktop.errors import Refusal
from desktop.excel.safely import Shape, write_whole

OLD = b"the old file"


def book(path: Path) -> Shape:
    with Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        sheet.write_string(0, 0, "甲")
        sheet.write_string(1, 0, "乙")
    return Shape(2, 1, ["甲"])


def failing(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.fixture
def target(tmp_path: Path) -> Path:
    place = tmp_path / "张三 的表" / "表.xlsx"
    place.parent.mkdir()
    place.write_bytes(OLD)
    return place


def kept(target: Path) -> bool:
    return target.read_bytes() == OLD and [one.name for one in target.parent.iterdir()] == [target.name]


def test_a_whole_workbook_takes_the_place_of_the_old_one(target: Path) -> None:
    write_whole(target, book)
    assert target.read_bytes()[:2] == b"PK"
    assert [one.name for one in target.parent.iterdir()] == [target.name]


def test_the_folder_is_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "新" / "表.xlsx", book)
    assert (tmp_path / "新" / "表.xlsx").exists()


def test_a_full_disk_keeps_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    with pytest.raises(Refusal, match="磁盘已满"):
        write_whole(target, book)
    assert kept(target)


def test_a_disk_that_fills_while_the_workbook_is_written_keeps_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workbook, "_store_workbook", failing(errno.ENOSPC))
    with pytest.raises(Refusal, match="磁盘已满"):
        write_whole(target, book)
    assert kept(target)


def test_a_target_open_elsewhere_keeps_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", failing(errno.EACCES))
    with pytest.raises(Refusal, match="正被其他程序打开"):
        write_whole(target, book)
    assert kept(target)


def test_a_disk_that_went_away_is_a_sentence(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(Refusal, match="读写出错"):
        write_whole(target, book)
    assert kept(target)


def test_a_read_only_folder_is_a_sentence(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workbook, "_store_workbook", failing(errno.EROFS))
    with pytest.raises(Refusal, match="只读"):
        write_whole(target, book)
    assert kept(target)


@pytest.mark.parametrize("shape", [Shape(3, 1, ["甲"]), Shape(2, 1, ["丙"]), Shape(2, 2, ["甲"]), Shape(3)])
def test_what_does_not_read_back_is_not_kept(target: Path, shape: Shape) -> None:
    def wrong(path: Path) -> Shape:
        book(path)
        return shape

    with pytest.raises(Refusal, match="内容不完整"):
        write_whole(target, wrong)
    assert kept(target)


def test_a_torn_file_is_not_kept(target: Path) -> None:
    def torn(path: Path) -> Shape:
        shape = book(path)
        path.write_bytes(path.read_bytes()[:-200])
        return shape

    with pytest.raises(Refusal, match="内容不完整"):
        write_whole(target, torn)
    assert kept(target)


def test_a_bug_while_writing_leaves_no_part_behind(target: Path) -> None:
    def stumble(path: Path) -> Shape:
        book(path)
        raise LookupError

    with pytest.raises(LookupError):
        write_whole(target, stumble)
    assert kept(target)
