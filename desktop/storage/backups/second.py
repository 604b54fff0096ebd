"""The second target: the same backups once more on a stick or another disk, with the scans they name."""

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.errors import Refusal
from desktop.storage import files
from desktop.storage.backups import listing, making, manifest, verifying
from desktop.storage.backups.manifest import HOME, Backup
from desktop.storage.engine import FILE
from desktop.storage.files import settle, write_whole
from desktop.storage.keys import keyfile
from desktop.storage.keys.key import Key
from desktop.storage.trouble import as_refusal

WHAT = "未能备份到第二个位置"
MARK = "elsewhere.json"  # beside the local backups: when a copy was made last, and of which save
TITLE = "平安台账备份"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """When a backup was last copied to a second target, and the number of the last save in it."""

    at: dt.datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup on the second target.

    :param scans: how many scans were copied; those that lay there already are not counted.
    :param lost: scans that the records name and that are nowhere to be found.
    """

    backup: Backup
    scans: int
    lost: int


def home(target: Path, database: str) -> Path:
    """The folder on ``target`` for one unit; it is laid out as a data folder is."""
    if target.name.startswith(TITLE):  # the clerk chose the folder itself
        return target
    return target / f"{TITLE}-{database[:8]}"


def copy(backup: Backup, target: Path, key: Key) -> Copied:
    """Copy a backup and the scans it names to ``target``, and check it there.

    :raises Refusal: the stick was pulled, is full or may not be written to; the local backup stands.
    """
    root = home(target, backup.database)
    remedy = "本机的备份已经做好，不受影响。请插好 U 盘或换一个位置后再备份一次"
    try:
        with as_refusal(WHAT):
            if not target.is_dir():
                raise Refusal(WHAT, f"找不到“{target}”，U 盘可能已拔出", remedy)
            made = bring(backup, root, key)
            content = verifying.examine(made.file, key)
            scans, lost = copy_scans(backup.root, root, key, content.scans)
            listing.prune(root, key)
    except Refusal as refusal:
        raise Refusal(WHAT, refusal.why, remedy) from refusal
    return Copied(made, scans, lost)


def note(folder: Path, backup: Backup, now: dt.datetime) -> None:
    """Remember that ``backup`` lies on a second target, too."""
    with as_refusal(WHAT):
        said = {"at": now.isoformat(timespec="seconds"), "sequence": backup.sequence}
        write_whole(folder / HOME / MARK, json.dumps(said).encode())


def last(folder: Path) -> Elsewhere | None:
    """The last copy on a second target; ``None`` if there is none that we know of."""
    try:
        found = json.loads((folder / HOME / MARK).read_bytes())
        return Elsewhere(dt.datetime.fromisoformat(found["at"]), int(found["sequence"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def bring(backup: Backup, root: Path, key: Key) -> Backup:
    """The backup once more below ``root``, checked there; without the scans.

    :raises Unsound: it is damaged; then, or if the disk is full, nothing of it stays there.
    """
    place = root / HOME / backup.name
    there = next((one for one in listing.listed(root, key) if one.name == backup.name and one.sound), None)
    if there is not None and verifying.digest(there.file) == backup.sha256:
        return there
    (root / HOME).mkdir(parents=True, exist_ok=True)
    making.sweep(root)
    part = root / HOME / f"{making.NEW}{os.getpid()}"
    try:
        part.mkdir()
        for name in (FILE, keyfile.FILE, keyfile.COPY, manifest.FILE):
            if (backup.folder / name).exists():
                _copy_file(str(backup.folder / name), str(part / name))
        settle(part)
        copy = verifying.verify(replace(backup, folder=part), key)
        shutil.rmtree(place, ignore_errors=True)
        part.rename(place)
        settle(place.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return replace(copy, folder=place)


def copy_scans(
    source: Path,
    target: Path,
    key: Key,
    scans: frozenset[str],
    step: Callable[[int, int], None] = lambda *_: None,
) -> tuple[int, int]:
    """Copy what is missing; how many were copied, and how many are lost.

    :param step: told how many of how many are done.
    """
    copied = lost = 0
    for at, sha256 in enumerate(sorted(scans)):
        step(at, len(scans))
        from_, to = files.place(source, key, sha256), files.place(target, key, sha256)
        if not from_.exists():
            lost += not to.exists()
        elif not to.exists() or to.stat().st_size != from_.stat().st_size:
            to.parent.mkdir(parents=True, exist_ok=True)
            write_whole(to, from_.read_bytes())
            copied += 1
    return copied, lost


def _copy_file(source: str, target: str) -> str:
    shutil.copyfile(source, target)
    making.flush(Path(target))
    return target
