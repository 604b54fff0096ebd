"""The Windows setup compiles with any payload; what its uninstaller deletes is named file by file."""

import zipfile
from pathlib import Path

import pytest

from release import parts
from windows import compiling, runtime

FILES = ("pingan.exe", "pingan-window.exe", "_internal/licences/LICENSE", "_internal/licences/NOTICES.txt")


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    folder = tmp_path / "payload"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"许可 {name}", "utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_the_setup_compiles_twice_to_the_same_bytes(
    payload: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if why := compiling.missing():
        with capsys.disabled():
            print(f"\n没有编译 Windows 安装程序：{why}")
        return
    first = compiling.setup(payload, out, "0.1.0").read_bytes()
    assert first[:2] == b"MZ"
    assert "没有安装：安装程序不完整".encode("utf-16-le") in first
    assert compiling.setup(payload, out, "0.1.0").read_bytes() == first


def test_a_payload_without_a_licence_is_no_setup(payload: Path, out: Path) -> None:
    (payload / "_internal/licences/LICENSE").unlink()
    with pytest.raises(FileNotFoundError):
        compiling.setup(payload, out, "0.1.0")


def test_a_payload_whose_paths_are_too_long_for_windows_is_no_setup(payload: Path, out: Path) -> None:
    (payload / "_internal" / ("n" * 110)).write_bytes(b"")
    with pytest.raises(compiling.Uncompiled, match=r"260.*nnn"):
        compiling.setup(payload, out, "0.1.0")


def test_the_uninstaller_names_each_file_and_never_a_whole_folder(payload: Path) -> None:
    lines = compiling.removal(payload).splitlines()
    assert 'Delete "$INSTDIR\\_internal\\licences\\LICENSE"' in lines
    assert len([line for line in lines if line.startswith("Delete")]) == len(FILES)
    assert lines[-2:] == ['RMDir "$INSTDIR\\_internal\\licences"', 'RMDir "$INSTDIR\\_internal"']
    assert 'RMDir /r "$INSTDIR"' not in compiling.SCRIPT.read_text("utf-8")


def test_the_portable_archive_is_marked_and_the_same_each_time(payload: Path, out: Path) -> None:
    made = compiling.portable(payload, out, "0.1.0")
    first = made.read_bytes()
    with zipfile.ZipFile(made) as archive:
        assert "平安台账/portable.txt" in archive.namelist()
        assert len(archive.namelist()) == len(FILES) + 1
    assert compiling.portable(payload, out, "0.1.0").read_bytes() == first


def test_every_wheel_for_windows_is_pinned_by_its_hash() -> None:
    pinned = runtime.pinned(runtime.LOCK.read_text("utf-8"))
    entries = [one for one in pinned.splitlines() if "==" in one]
    assert len(entries) == len(parts.runtime()) + len(runtime.TOOLS)
    assert not any(";" in one for one in entries)
    assert pinned.count("--hash=sha256:") >= len(entries)


def test_a_wheel_that_the_lock_does_not_know_is_named() -> None:
    with pytest.raises(ValueError, match="pyinstaller"):
        runtime.pinned("alembic==1 \\\n    --hash=sha256:00\n")
