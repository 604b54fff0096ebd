"""A program that was frozen elsewhere is packed only when it is whole and of this source tree."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.services import contents, payload, self_check
from release.making import Failed, Making
from windows import compiling, releasing


def frozen(folder: Path, **other: Any) -> Path:
    inside = folder / payload.INTERNAL
    inside.mkdir(parents=True)
    for name in ("pingan.exe", "pingan-window.exe"):
        (folder / name).write_bytes(b"MZ")
    held = json.dumps(contents.contents() | other, ensure_ascii=False)
    (inside / self_check.MANIFEST).write_text(held, "utf-8")
    payload.write(folder)
    return folder


def test_a_program_of_this_source_tree_is_taken_and_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    monkeypatch.setattr(compiling, "missing", lambda: "没有 makensis")
    given, made = frozen(tmp_path / "given"), Making(tmp_path / "out", tmp_path / "work")
    made.out.mkdir()
    before = (given / "pingan.exe").stat().st_mtime
    releasing.look_at(given)
    releasing.make(made, given)
    assert (given / "pingan.exe").stat().st_mtime == before
    assert [one.suffix for one in made.out.iterdir()] == [".zip"]


def test_a_program_of_another_version_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"不是这份源代码冻结出来的.*版本号"):
        releasing.look_at(frozen(tmp_path / "given", version="0.0.9"))


@pytest.mark.parametrize("change", [lambda one: one.unlink(), lambda one: one.write_bytes(b"other")])
def test_a_program_with_a_missing_or_changed_file_is_not_packed(tmp_path: Path, change: Any) -> None:
    given = frozen(tmp_path / "given")
    change(given / payload.INTERNAL / self_check.MANIFEST)
    with pytest.raises(Failed, match=self_check.MANIFEST):
        releasing.look_at(given)


def test_a_folder_with_something_else_is_no_program(tmp_path: Path) -> None:
    for one in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(Failed, match="没有在 Windows 上冻结好的程序"):
            releasing.look_at(one)
