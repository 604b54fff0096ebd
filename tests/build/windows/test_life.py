"""The whole life of the setup under this system's own Wine, with a stand-in for the program."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from linux import debian
from tests.build.windows.stand_in import stand_in
from windows import compiling
from windows.computer import Computer, install
from windows.life import STEPS, Life, Unfit, Version, live, whole
from windows.wine import Wine

STAND_IN = "里面是替身程序；真的程序要 Wine 10，由 dev.py installer --full 试"
RECORDS = {"data.db": b"SQLCipher" * 100, "keyslots.json": b"{}"}


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder without a blank in its path."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    with tempfile.TemporaryDirectory(prefix="pingan-life-") as folder:
        yield Path(folder)


def missing() -> str:
    if why := compiling.missing() or debian.missing(made=False):
        return why
    return "" if shutil.which("wine") else "没有 Wine（Debian：apt-get install wine wine64）"


def record(computer: Computer, program: Path) -> None:
    folder = computer.local / "PinganTaizhang/data"
    folder.mkdir(parents=True)
    for name, content in RECORDS.items():
        (folder / name).write_bytes(content)


def recorded(computer: Computer, program: Path) -> object:
    folder = computer.local / "PinganTaizhang/data"
    return {name: (folder / name).read_bytes() for name in RECORDS}


def version(room: Path, number: str) -> Version:
    program = stand_in(room / number, number)
    return Version(number, compiling.setup(program, room, number), program)


def changed(of: Version, folder: Path, name: str, text: str, *, left: int = compiling.ROOM) -> Path:
    """A setup of the same version with one file more, which asks for ``left`` times its size of the disk."""
    program = folder / "program"
    shutil.copytree(of.program, program)
    (program / name).write_text(text, "ascii")
    return compiling.setup(program, folder, of.number, room=left)


def test_the_setup_installs_refuses_updates_and_leaves_the_records(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if why := missing():
        with capsys.disabled():
            print(f"\n没有试运行 Windows 安装程序：{why}")
        return
    newer = version(room, "0.2.0")
    wine = Wine(debian.HERE, room / "home")
    wine.prepare()
    life = Life(
        computer=Computer(wine),
        older=version(room, "0.1.0"),
        newer=newer,
        lacking=changed(newer, room / "lacking", "exit.txt", "1"),
        blind=changed(newer, room / "blind", "same.txt", "", left=0),
        foreign=changed(newer, room / "foreign", "_internal/foreign.txt", ""),
        record=record,
        recorded=recorded,
    )
    assert len([*live(life)]) == len(STEPS)
    with capsys.disabled():
        print(f"\nWindows 安装程序在本机的 Wine 里试了 {len(STEPS)} 步，{STAND_IN}")


def test_an_installed_program_that_is_not_whole_is_noticed(tmp_path: Path) -> None:
    if why := compiling.missing():
        assert "makensis" in why
        return
    program = stand_in(tmp_path / "made", "0.1.0")
    one = Version("0.1.0", tmp_path, program)
    installed = tmp_path / "installed"
    shutil.copytree(program, installed)
    whole(installed, one)
    (installed / "_old").mkdir()
    with pytest.raises(Unfit, match="没有清理"):
        whole(installed, one)
    (installed / "_internal" / "version.txt").write_text("0.0.9", "ascii")
    with pytest.raises(Unfit, match=r"version\.txt"):
        whole(installed, one)


def test_a_folder_with_blanks_reaches_the_setup_as_it_wants_it() -> None:
    assert install(Path("s.exe"), r"C:\我的 程序\a b") == r"wine s.exe /S '/D=C:\我的' '程序\a' b"
