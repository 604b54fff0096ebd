"""Scans and photos."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.storage import files
from desktop.storage.keys.key import Key, Role

KEY = Key(bytes(range(32)), "管理员", Role.ADMIN)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40 + b"IEND\xaeB`\x82"


def test_a_picture_is_kept_under_its_hash(session: Session, tmp_path: Path) -> None:
    source = tmp_path / "签到表.png"
    source.write_bytes(PNG)
    kept = files.attach(session, tmp_path / "data", KEY, source)
    assert kept.sha256 == hashlib.sha256(PNG).hexdigest()
    assert files.read(tmp_path / "data", KEY, kept.sha256) == PNG
    assert (kept.name, kept.media, kept.size) == ("签到表.png", "image/png", len(PNG))


def test_the_same_picture_is_stored_once(tmp_path: Path) -> None:
    assert files.store(tmp_path, KEY, PNG) == files.store(tmp_path, KEY, PNG)
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    "content", [b"", b"MZ a program", PNG[:-12], b"\xff\xd8\xff cut off", "一段文字".encode()]
)
def test_a_picture_that_is_none_is_refused(session: Session, tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "假图片.png"
    source.write_bytes(content)
    with pytest.raises(Refusal, match="不是图片也不是 PDF"):
        files.attach(session, tmp_path / "data", KEY, source)


def test_a_scan_of_200_megabytes_is_refused_before_it_is_read(session: Session, tmp_path: Path) -> None:
    source = tmp_path / "大.png"
    with source.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Refusal, match="有 200 MB，最大 20 MB"):
        files.attach(session, tmp_path / "data", KEY, source)


def test_a_file_that_is_gone_is_named(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="不存在"):
        files.attach(session, tmp_path / "data", KEY, tmp_path / "没有.png")


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_kept_file_can_neither_be_read_nor_be_known_by_its_name(tmp_path: Path) -> None:
    sha256 = files.store(tmp_path, KEY, PNG)
    (kept,) = (path for path in (tmp_path / "files").rglob("*") if path.is_file())
    assert PNG not in kept.read_bytes()
    assert sha256 not in kept.as_posix()


def test_a_flipped_bit_in_a_kept_file_is_noticed(tmp_path: Path) -> None:
    sha256 = files.store(tmp_path, KEY, PNG)
    place = files.place(tmp_path, KEY, sha256)
    whole = place.read_bytes()
    for at in range(len(whole)):
        place.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Refusal, match="保存的文件已损坏"):
            files.read(tmp_path, KEY, sha256)


def test_a_kept_file_put_in_place_of_another_is_noticed(tmp_path: Path) -> None:
    one, other = files.store(tmp_path, KEY, PNG), files.store(tmp_path, KEY, PNG + b"2")
    files.place(tmp_path, KEY, other).replace(files.place(tmp_path, KEY, one))
    with pytest.raises(Refusal, match="已损坏"):
        files.read(tmp_path, KEY, one)
    with pytest.raises(Refusal, match="不存在"):
        files.read(tmp_path, KEY, other)


def test_a_lent_copy_is_taken_back(tmp_path: Path) -> None:
    copy = files.lend(tmp_path, KEY, files.store(tmp_path, KEY, PNG), "签到表.png")
    assert (copy.name, copy.read_bytes()) == ("签到表.png", PNG)
    files.take_back(tmp_path)
    assert not copy.exists()
