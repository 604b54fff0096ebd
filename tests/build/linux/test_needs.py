"""What a program asks of the system is read from the program."""

import shutil
import sys
from pathlib import Path

import PySide6
import pytest

from freeze.freezing import Unmade
from linux import needs

QT = Path(PySide6.__path__[0]) / "Qt" / "lib"


def left_out(capsys: pytest.CaptureFixture[str]) -> bool:
    """Say that no program for Linux is read here, where that cannot be."""
    why = "只在有 readelf（binutils）的 Linux 上做"
    if unfit := sys.platform != "linux" or not shutil.which("readelf"):
        with capsys.disabled():
            print(f"\n没有查 Linux 程序要用的库：{why}")
    return unfit


def test_a_library_that_the_program_carries_is_not_asked_of_the_system(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if left_out(capsys):
        return
    shutil.copy(QT / "libQt6Core.so.6", tmp_path)
    with pytest.raises(Unmade, match="libicu"):
        needs.libraries(tmp_path)
    for one in QT.glob("libicu*"):
        (tmp_path / one.name).touch()
    found = needs.libraries(tmp_path)
    assert "libstdc++.so.6" in found
    assert not {one for one in found if one.startswith(("libicu", "libc.", "ld-"))}


def test_two_libraries_of_one_package_name_it_once() -> None:
    asked = {"libglib-2.0.so.0", "libgthread-2.0.so.0", "libX11.so.6", "libcups.so.2"}
    assert needs.packages(asked, needs.DEPENDS) == ["libglib2.0-0", "libx11-6"]
    assert needs.packages(asked, needs.RECOMMENDS) == ["libcups2"]


def test_the_newest_glibc_that_is_named_counts(tmp_path: Path) -> None:
    assert needs.glibc(tmp_path) == 0
    (tmp_path / "one").write_bytes(b"\0GLIBC_2.9\0GLIBC_2.28\0")
    (tmp_path / "other").write_bytes(b"\0GLIBC_2.17\0")
    assert needs.glibc(tmp_path) == 28
