"""What a crash left behind is copied away before it is touched, and put back if it proves unsound."""

import datetime as dt
import os
import shutil
from pathlib import Path

from desktop.storage.engine import FILE
from desktop.storage.files import settle

FOLDER, FRONT = "backups", "aside-"
WAL, PARTS = f"{FILE}-wal", (FILE, f"{FILE}-wal", f"{FILE}-shm")
KEPT = 3


def left_over(folder: Path) -> bool:
    """Whether a write-ahead log holds saves that are not in the database file."""
    wal = folder / WAL
    return wal.exists() and wal.stat().st_size > 0


def copy(folder: Path) -> Path:
    """After an unclean exit: database and log, both as they are; a log of other data would ruin the database.

    :raises OSError: there is no room for it.
    """
    aside = _new(folder)
    for name in PARTS:
        if (folder / name).exists():
            shutil.copyfile(folder / name, aside / name)
            with (aside / name).open("rb+") as copied:
                os.fsync(copied.fileno())
    settle(aside)
    return aside


def move(folder: Path) -> Path:
    """After a clean exit: the log, which cannot be of this database."""
    aside = _new(folder)
    for name in PARTS[1:]:
        if (folder / name).exists():
            (folder / name).replace(aside / name)
    settle(folder)
    return aside


def put_back(folder: Path, aside: Path) -> None:
    """Make the folder what it was."""
    for name in PARTS:
        if (aside / name).exists():
            (aside / name).replace(folder / name)
        elif name != FILE:
            (folder / name).unlink(missing_ok=True)
    aside.rmdir()


def prune(folder: Path) -> None:
    """Keep the last few."""
    for old in sorted((folder / FOLDER).glob(f"{FRONT}*"))[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _new(folder: Path) -> Path:
    aside = folder / FOLDER / f"{FRONT}{dt.datetime.now():%Y%m%d-%H%M%S-%f}"
    aside.mkdir(parents=True)
    return aside
