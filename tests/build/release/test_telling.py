"""The release notes say what is there, what was tried, and what is not known yet."""

import hashlib
from pathlib import Path

import pytest

from desktop import __version__
from release import telling

MOMENT = 1760000000
SETUP = f"pingan-taizhang-{__version__}-setup.exe"
WORDS = "在真的 Windows 上运行过"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / SETUP).write_bytes(b"MZ" * 1_000_000)
    (tmp_path / f"pingan-taizhang_{__version__}_amd64.deb").write_bytes(b"deb")
    (tmp_path / "licences").mkdir()
    return tmp_path


def told(folder: Path, facts: telling.Facts | None = None) -> str:
    return telling.write(folder, facts or telling.Facts(), MOMENT).read_text("utf-8")


def test_every_file_is_there_with_its_size_and_digest(folder: Path) -> None:
    digest = hashlib.sha256(b"MZ" * 1_000_000).hexdigest()
    line = next(line for line in told(folder).splitlines() if line.startswith(f"| {SETUP} |"))
    assert "双击安装" in line
    assert line.endswith(f"| 2.0 MB | `{digest}` |")
    assert f"# 平安台账 {__version__} 发布说明\n\n源代码的时间：2025-10-09 08:53（世界时）" in told(folder)


def test_the_notes_are_the_same_when_written_again(folder: Path) -> None:
    assert told(folder) == told(folder)


def test_what_was_tried_and_left_out_stands_there_with_its_reason(folder: Path) -> None:
    facts = telling.Facts(["在 Wine 10 里装过"], [("Windows 10 真机", "这里没有")], glibc="2.28")
    said = told(folder, facts)
    assert "- 在 Wine 10 里装过\n" in said
    assert "- Windows 10 真机：这里没有\n" in said
    assert "glibc 2.28 或更新" in said


def test_a_release_for_windows_says_that_no_windows_ran_it(folder: Path) -> None:
    stdlib = "python311.zip（SHA-256 00）本身没有签名"
    said = told(folder, telling.Facts(stdlib=stdlib))
    assert WORDS in said
    assert stdlib in said
    assert WORDS not in told(folder, telling.Facts(wine=False, stdlib=stdlib))
    (folder / SETUP).unlink()
    said = told(folder, telling.Facts(stdlib=stdlib))
    assert WORDS not in said
    assert "Windows 10" not in said


def test_the_state_of_both_signatures_is_told(folder: Path) -> None:
    said = told(folder)
    assert telling.UNSIGNED in said
    assert telling.OPEN in said
    said = told(folder, telling.Facts(key="0123 4567", authenticode=True))
    assert telling.SIGNED in said
    assert "`0123 4567`" in said
    assert telling.OPEN not in said
