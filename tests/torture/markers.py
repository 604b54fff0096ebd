"""Looks for people in everything that a month's work leaves on a computer."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASKED_FOR = ("exports", "inputs")  # folders of the clerk's own files
CODINGS = ("utf-8", "gbk", "utf-16-le", "utf-16-be")
LONGEST = 180  # seconds


@dataclass(frozen=True, slots=True)
class Left:
    """What a journey left.

    :param files: looked through.
    :param leaks: file and marker of each that was found where it may not be.
    :param asked_for: markers found in the files that the clerk asked for.
    """

    files: int
    leaks: Sequence[str]
    asked_for: int


def travel(place: Path) -> Left:
    """Make the journey with every folder of the account within ``place``, and look through all of it."""
    home, temporary = place / "home", place / "tmp"
    for folder in (home, temporary):
        folder.mkdir()
    kept = {"PATH", "LANG", "LC_ALL", "SYSTEMROOT", "LD_LIBRARY_PATH"}
    env = {name: value for name, value in os.environ.items() if name.upper() in kept}
    env |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    env |= dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(home))
    env |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    env |= {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.torture.journey", str(place)]
    done = subprocess.run(command, cwd=place, env=env, capture_output=True, timeout=LONGEST, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    (place / "said by the window").write_bytes(done.stderr)
    return look(place, done.stdout.decode().split())


def look(place: Path, markers: Sequence[str]) -> Left:
    """Search every file below ``place`` for every marker in every form."""
    searched = {form: marker for marker in markers for form in forms(marker)}
    found = {
        (file.relative_to(place), marker)
        for file in files(place)
        for content in contents(file)
        for form, marker in searched.items()
        if form in content
    }
    asked = {one for one in found if one[0].parts[0] in ASKED_FOR}
    leaks = sorted(f"{file}: {marker}" for file, marker in found - asked)
    return Left(len(files(place)), leaks, len({marker for _, marker in asked}))


def forms(marker: str) -> set[bytes]:
    """The bytes that a text may be, as text of any coding and as JSON."""
    written = {marker.encode(coding) for coding in CODINGS}
    return written | {json.dumps(marker)[1:-1].encode()}


def files(place: Path) -> list[Path]:
    return sorted(one for one in place.rglob("*") if one.is_file())


def contents(file: Path) -> Iterator[bytes]:
    """The bytes of a file, and of each part if it is an archive, as every workbook is; and its name."""
    yield os.fsencode(file.name)
    yield file.read_bytes()
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            yield from (archive.read(one) for one in archive.infolist())
