"""Putting another database file in the place of the one in force: a crash leaves the old or the new."""

import shutil
from pathlib import Path

from desktop.storage import engine as engines
from desktop.storage import opening, state
from desktop.storage.aside import PARTS
from desktop.storage.backups.making import flush
from desktop.storage.engine import FILE
from desktop.storage.files import settle
from desktop.storage.keys.key import Key
from desktop.storage.state import State


def beside(folder: Path, source: Path) -> Path:
    """A copy of ``source`` on the disk, beside the place of the database."""
    part = folder / f"{FILE}.part"
    for left in folder.glob(f"{part.name}*"):
        left.unlink()
    shutil.copyfile(source, part)
    flush(part)
    return part


def renumber(part: Path, key: Key, beyond: int) -> int:
    """Count the exchange as a save, above every number ever given; returns its number."""
    engine = engines.engine(part, key)
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            number = state.advance(connection, beyond=beyond)
        opening.settle(engine)
    finally:
        engine.dispose()
    flush(part)
    return number


def put_in_place(folder: Path, key: Key, part: Path, now: State | None = None) -> None:
    """Put ``part`` in force. The folder's lock is held, the database closed, and copied where it matters.

    The log goes first: beside another database it would ruin it. The state comes last: until then a
    database without its log is found to be behind it, and the start offers the backups.

    :param now: ``None`` where the records are the same, and the state holds for them.
    """
    for name in PARTS[1:]:
        (folder / name).unlink(missing_ok=True)
    settle(folder)
    part.replace(folder / FILE)
    for left in folder.glob(f"{part.name}-*"):  # of whoever has looked at it; all of it is in the file
        left.unlink()
    settle(folder)
    if now is not None:
        state.write(folder, key, now)
