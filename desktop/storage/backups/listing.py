"""The backups that there are, and the one of a given day."""

import datetime as dt
import shutil
from pathlib import Path

from desktop.storage.backups import manifest, tiers
from desktop.storage.backups.manifest import HOME, NAME, Backup
from desktop.storage.keys.key import Key

DEPTH = 3  # folders down from a stick to a list of backups


def listed(root: Path, key: Key) -> list[Backup]:
    """The backups in a data folder or a second target, the newest first; none of them is opened."""
    try:
        folders = [one for one in (root / HOME).iterdir() if one.is_dir()]
    except OSError:
        return []
    found = [backup for one in folders if (backup := manifest.read(one, key)) is not None]
    return sorted(found, key=lambda one: (one.sequence, one.made_at), reverse=True)


def claimed(chosen: Path) -> list[Backup]:
    """The backups of every unit that are found without a key, the newest first; nothing they say is proven.

    :param chosen: a stick, a data folder, a folder down to three above a list of backups, or one of them.
    """
    homes = {one for one in (chosen, chosen.parent) if one.name == HOME}
    try:
        for depth in range(DEPTH):
            homes.update(chosen.glob("*/" * depth + HOME))
        folders = [one for home in homes if home.is_dir() for one in home.iterdir()]
    except OSError:
        return []
    found = [backup for one in folders if (backup := manifest.claimed(one)) is not None]
    return sorted(found, key=lambda one: (one.made_at, one.sequence), reverse=True)


def highest(root: Path) -> int:
    """The highest number of a backup, known without a key; 0 without any."""
    try:
        names = [NAME.fullmatch(one.name) for one in (root / HOME).iterdir()]
    except OSError:
        return 0
    return max((int(name[1]) for name in names if name), default=0)


def on(backups: list[Backup], day: dt.date) -> Backup | None:
    """The records as they were on the evening of ``day``: the last sound backup of that day or before."""
    before = [one for one in backups if one.sound and one.made_at.date() <= day]
    return max(before, key=lambda one: (one.made_at.date(), one.sequence), default=None)


def prune(root: Path, key: Key) -> None:
    """Take away the backups that no tier keeps."""
    found = listed(root, key)
    stay = tiers.kept(found)
    for one in found:
        if one.name not in stay:
            shutil.rmtree(one.folder, ignore_errors=True)
