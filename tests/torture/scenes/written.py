"""Files written over older ones: exports, files of the program's own, and as it must not be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook

from desktop.excel import layout, sheet
from desktop.excel.layout import Form
from desktop.services import exporting
from desktop.storage import files
from tests.torture import subject
from tests.torture.scenes.scene import Mark, Scene, failed
from tests.torture.tally import Fate, Verdict

CHUNK = 512  # bytes
ROWS = 200  # of an export


@dataclass(frozen=True)
class Writing(Scene):
    """A file written again and again over the one before; it must be one of them, whole, at any time.

    :param write: writes a version (a number) to a file.
    :param read: the version that a file holds; raises when it is not whole.
    """

    write: Callable[[Path, int], None]
    read: Callable[[Path], int]
    name: str = "上报.xlsx"
    times: int = 4

    def prepare(self, folder: Path) -> None:
        self.write(folder / self.name, 0)

    def act(self, folder: Path, mark: Mark) -> None:
        for version in range(1, self.times + 1):
            self.write(folder / self.name, version)
            mark(str(version))

    def again(self, folder: Path, mark: Mark) -> None:
        self.write(folder / self.name, self.times + 1)
        mark(str(self.times + 1))

    def judge(self, folder: Path, marks: Sequence[str]) -> Verdict:
        try:
            version = self.read(folder / self.name)
        except (*subject.TROUBLE, EOFError) as trouble:
            return failed(trouble)
        if version < max(map(int, marks), default=0):
            return Verdict(Fate.LOST, f"version {version} after {marks[-1]} was written")
        return Verdict()


def write_naively(file: Path, version: int) -> None:
    """As no file may be written: over the one that is there."""
    with file.open("wb", buffering=CHUNK) as opened:
        for _ in range(40 + version):
            opened.write(str(version).encode() * CHUNK)


def write_kept(file: Path, version: int) -> None:
    """As the program keeps its own files."""
    files.write_whole(file, str(version).encode() * CHUNK * (40 + version))


def read_kept(file: Path) -> int:
    """The version of a file that is one digit many times; a later one is longer."""
    content = file.read_bytes()
    if len(set(content)) != 1 or len(content) != CHUNK * (40 + int(content[:1])):
        raise ValueError(f"{len(content)} bytes of {set(content)}")
    return int(content[:1])


def write_export(file: Path, version: int) -> None:
    """As the program writes a workbook for a clerk."""
    chosen = layout.load("annex4")
    profile, workbook = sheet.blank(chosen, sheet.Head("练习镇", "2026年10月"), [])
    text = {one.key for one in chosen.leaves if one.form is Form.TEXT}
    row = tuple(f"第{version}版" if key in text else None for key in profile.keys)
    exporting.write(file, profile, workbook, [row] * ROWS, {})


def read_export(file: Path) -> int:
    """The version that every row of a workbook shows."""
    grid = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    found = [{str(cell) for cell in row if str(cell).startswith("第")} for row in grid]
    versions = [one for one in found if one]
    if len(versions) != ROWS or any(one != versions[0] for one in versions):
        raise ValueError(f"{len(versions)} rows")
    return int(versions[0].pop()[1:-1])
