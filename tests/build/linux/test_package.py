"""The .deb is the same from the same program, and says what it needs."""

import subprocess
from pathlib import Path

import pytest

from desktop import __version__
from linux import package


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    folder = tmp_path / "program"
    (folder / "_internal" / "licences").mkdir(parents=True)
    (folder / "_internal" / "licences" / "NOTICES.txt").write_text("许可", "utf-8")
    (folder / "pingan-window").write_text("#!/bin/sh\n", "utf-8")
    (folder / "pingan-window").chmod(0o755)
    (folder / "pingan").symlink_to("pingan-window")
    return folder


def left_out(capsys: pytest.CaptureFixture[str]) -> bool:
    """Say that no package is made here, where it cannot be."""
    if why := package.missing():
        with capsys.disabled():
            print(f"\n没有制作 .deb：{why}")
    return bool(why)


def made(program: Path, out: Path) -> bytes:
    out.mkdir()
    return package.build(program, out).read_bytes()


def test_two_packages_of_one_program_are_the_same_bytes(
    program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if left_out(capsys):
        return
    first = made(program, tmp_path / "first")
    (program / "pingan-window").touch()
    assert made(program, tmp_path / "second") == first
    (program / "pingan-window").write_text("#!/bin/sh \n", "utf-8")
    assert made(program, tmp_path / "third") != first


def test_the_package_names_its_version_and_puts_the_program_where_menu_and_shell_find_it(
    program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if left_out(capsys):
        return
    deb = package.build(program, tmp_path, f"{__version__}+1")
    folder = tmp_path / "unpacked"
    subprocess.run(["dpkg-deb", "-R", deb, folder], check=True)
    control = (folder / "DEBIAN/control").read_text("utf-8")
    assert f"Version: {__version__}+1\n" in control
    files = f"/{package.HOME}"
    assert (folder / "usr/bin/pingan").readlink() == Path(f"{files}/pingan")
    assert f"Exec={files}/pingan-window %f\n" in (
        folder / f"usr/share/applications/{package.ID}.desktop"
    ).read_text("utf-8")
    for name in ("preinst", "prerm"):
        script = folder / "DEBIAN" / name
        subprocess.run(["sh", "-n", script], check=True)
        assert script.stat().st_mode & 0o777 == 0o755
