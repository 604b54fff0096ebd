"""Folders for what a torture test makes up."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev", "shm")


def lasting() -> Path:
    """A folder that stays until this process ends."""
    place = Path(tempfile.mkdtemp(prefix="torture-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder in memory where there is one: neither a kill nor a disk that is made up needs a real one."""
    with tempfile.TemporaryDirectory(prefix="torture-", dir=MEMORY if MEMORY.is_dir() else None) as place:
        yield Path(place).resolve()
