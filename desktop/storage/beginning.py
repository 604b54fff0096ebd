"""The data folder of a new unit: made whole, or taken away again."""

import shutil
from pathlib import Path

from desktop.errors import Refusal
from desktop.storage import aside, ballast, database, files, opening, places, state
from desktop.storage import engine as engines
from desktop.storage.database import Store
from desktop.storage.engine import FILE
from desktop.storage.keys import attempts, keyfile
from desktop.storage.keys.key import Key, Secret
from desktop.storage.keys.slots import Keys
from desktop.storage.lock import FolderLock
from desktop.storage.opening import APPLICATION_ID
from desktop.storage.trouble import as_refusal


def create(folder: Path, secret: Secret | None = None) -> Store:
    """Start an empty data folder, opened by its first administrator.

    :param secret: ``None`` makes a practice folder, which opens without a password.
    :raises Refusal: it already holds records, lies on a network, or cannot be written to.
    """
    what = "未能新建数据"
    places.refuse_network(folder)
    if database.exists(folder) or any(folder.glob(f"{aside.FOLDER}/*")):
        raise Refusal(what, f"“{folder}”里已经有数据", "请直接打开它，或另选一个空文件夹")
    with as_refusal(what):
        folder.mkdir(parents=True, exist_ok=True)
        held = FolderLock(folder)
        try:
            keys, key = Keys.make(folder, secret)
            _make(folder, key, keys.database)
            opened = opening.again(folder, key, keys.database)
        except BaseException:
            held.release()
            raise
    return database.started(folder, opened, held)


def discard(folder: Path) -> None:
    """Take away records that were only just begun."""
    names = (state.FILE, keyfile.FILE, keyfile.COPY, attempts.FILE, ballast.FILE)
    for left in (*folder.glob(f"{FILE}*"), *(folder / name for name in names)):
        left.unlink(missing_ok=True)
    shutil.rmtree(folder / files.FOLDER, ignore_errors=True)


def _make(folder: Path, key: Key, name: str) -> None:
    """Make the database beside its place and move it there; the state comes last and says it is whole.

    :param name: its id, which the key file names.
    """
    from desktop.storage.migrations import runner

    part = folder / f"{FILE}.part"
    for left in folder.glob(f"{part.name}*"):
        left.unlink()
    part.touch()
    made = engines.engine(part, key)
    try:
        runner.upgrade(made, APPLICATION_ID)
        with made.connect().execution_options(writes=True) as connection, connection.begin():
            state.begin(connection, name)
        opening.settle(made)
    finally:
        made.dispose()
    part.rename(folder / FILE)
    files.settle(folder)
    state.write(folder, key, state.State(name, 0, clean=True))
