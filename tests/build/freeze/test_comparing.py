"""Whatever is not the same in two builds is named."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from freeze import comparing


def build(root: Path) -> Path:
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "file").write_bytes(b"same")
    (root / "link").symlink_to("sub/file")
    for one in (root / "link", root / "sub" / "file"):
        os.utime(one, (0, 0), follow_symlinks=False)
    return root


def changed(file: Path) -> None:
    file.write_bytes(b"Same")


def gone(file: Path) -> None:
    file.unlink()


def later(file: Path) -> None:
    os.utime(file, (1, 1))


def executable(file: Path) -> None:
    file.chmod(0o755)


def test_two_equal_builds_have_no_difference(tmp_path: Path) -> None:
    assert comparing.differences(build(tmp_path / "one"), build(tmp_path / "other")) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (changed, "sub/file 内容不同"),
        (gone, "sub/file 只有一次有"),
        (later, "sub/file 时间不同"),
        (executable, "sub/file 权限不同"),
    ],
)
def test_each_kind_of_difference_is_named(tmp_path: Path, change: Callable[[Path], None], told: str) -> None:
    one, other = build(tmp_path / "one"), build(tmp_path / "other")
    change(other / "sub" / "file")
    assert comparing.differences(one, other) == [told]


def test_a_link_that_leads_elsewhere_is_named(tmp_path: Path) -> None:
    one, other = build(tmp_path / "one"), build(tmp_path / "other")
    (other / "link").unlink()
    (other / "link").symlink_to("elsewhere")
    os.utime(other / "link", (0, 0), follow_symlinks=False)
    assert comparing.differences(one, other) == ["link 内容不同"]
