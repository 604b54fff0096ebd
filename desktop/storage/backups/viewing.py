"""Looking into a backup: a store that reads it and writes nothing."""

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop.storage import database, opening
from desktop.storage import engine as engines
from desktop.storage.backups import exchanging, making
from desktop.storage.backups.manifest import HOME, Backup
from desktop.storage.database import Store
from desktop.storage.keys.key import Key, Role
from desktop.storage.trouble import as_refusal

WHAT = "未能打开备份"
LOOK = f"{making.NEW}look-"  # an older backup is brought up to date on a copy; swept away as what was begun


def opened(backup: Backup, key: Key, folder: Path) -> Store:
    """The records of a backup, to be looked at only; close the store afterwards.

    :param folder: where its scans lie.
    :raises Refusal: it is damaged, or of a newer program.
    """
    with as_refusal(WHAT):
        file = backup.file
        if backup.version and backup.version < opening.HEAD:
            file = _up_to_date(backup, key, folder)
        return Store(folder, opening.for_reading(file, replace(key, role=Role.READ)), None)


def _up_to_date(backup: Backup, key: Key, folder: Path) -> Path:
    from desktop.storage.migrations import runner

    look = folder / HOME / f"{LOOK}{os.getpid()}"
    with suppress(FileNotFoundError):
        shutil.rmtree(look)
    look.mkdir(parents=True)
    part = exchanging.beside(look, backup.file)
    engine = engines.engine(part, key)
    try:
        runner.upgrade(engine, opening.APPLICATION_ID)
        opening.settle(engine)
    finally:
        engine.dispose()
    return part.rename(look / database.FILE)
