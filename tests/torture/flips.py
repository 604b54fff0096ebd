"""Turns single bits of what the program keeps, one at a time, and asks whether it notices."""

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desktop.errors import Refusal
from tests.torture import subject
from tests.torture.place import workplace
from tests.torture.tally import Fate, Tally, Verdict

SAVED = 40  # entries, one in five with a scan

Look = Callable[[Path], bool]  # whether all is well in a folder, as far as the program can tell


def starts(folder: Path) -> bool:
    """The program opens the records."""
    subject.opened(folder).close()
    return True


def reads_scans(folder: Path) -> bool:
    """Every scan opens as it was added."""
    with closing(subject.opened(folder)) as store:
        return len(subject.kept(store)) == SAVED


def verifies(folder: Path) -> bool:
    """Every backup is found whole."""
    return all(len(subject.verify(folder, one)) == SAVED for one in subject.backups(folder))


KINDS: dict[str, tuple[Callable[[Path], list[Path]], Look]] = {
    "data.db": (lambda folder: [subject.database_file(folder)], starts),
    "scans": (subject.scans, reads_scans),
    "backups": (lambda folder: [one.file for one in subject.backups(folder)], verifies),
}


def flip(kind: str, flips: int, seed: int = 0) -> Tally:
    """Turn one bit of one of the files of ``kind``, as many times, each time in an untouched copy."""
    tally, dice = Tally(f"bit flips, {kind}"), random.Random(seed)
    files_of, look = KINDS[kind]
    with workplace() as place:
        subject.filled(whole := place / "whole", SAVED)
        if not look(whole):
            raise AssertionError(f"{kind} are not well before anything is turned")
        files = [one.relative_to(whole) for one in files_of(whole)]
        for at in range(flips):
            shutil.copytree(whole, folder := place / str(at))
            file = folder / dice.choice(files)
            bit = dice.randrange(file.stat().st_size * 8)
            turn(file, bit)
            tally.add(Verdict(Fate.BROKEN, f"bit {bit} unnoticed") if _passes(look, folder) else Verdict())
            shutil.rmtree(folder)
    return tally


def turn(file: Path, bit: int) -> None:
    """Turn one bit, counted from the start of ``file``."""
    content = bytearray(file.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    file.write_bytes(content)


def _passes(look: Look, folder: Path) -> bool:
    try:
        return look(folder)
    except Refusal:
        return False
