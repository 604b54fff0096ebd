"""What stands beside each backup, so that a list of them opens none: counts, number, moment, reason."""

import datetime as dt
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop.storage.engine import FILE as DATA
from desktop.storage.files import write_whole
from desktop.storage.keys.key import Key

FILE = "manifest.json"
HOME = "backups"  # within a data folder, and within a second target
NAME = re.compile(r"(\d{10})-(\d{8}-\d{6})")
MOMENT = "%Y%m%d-%H%M%S"


class Reason(StrEnum):
    """Why a backup was made, as a clerk reads it."""

    EXIT = "退出时"
    CHANGES = "定时"
    IMPORT = "导入前"
    MERGE = "合并前"
    MIGRATION = "升级前"
    RESTORE = "恢复前"
    ASKED = "手动"
    UNKNOWN = "不详"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: a folder with the records, the keys they are opened with, and this.

    :param sequence: the number of the last save in it; a later backup has a higher one, whatever the clock.
    :param counts: entries that are not deleted, by ledger.
    :param unit: its name, as it stands in the files that are handed in; empty before one was given.
    :param version: the migration that the records are at.
    :param scans: how many scans the records name; they lie beside all backups, and are no part of one.
    :param checked_at: when it was last found sound, or damaged.
    """

    folder: Path
    sequence: int
    made_at: dt.datetime
    reason: Reason = Reason.UNKNOWN
    database: str = ""
    unit: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    size: int = 0
    sha256: str = ""
    version: str = ""
    scans: int = 0
    checked_at: dt.datetime | None = None
    sound: bool = False

    @property
    def file(self) -> Path:
        return self.folder / DATA

    @property
    def root(self) -> Path:
        """The data folder or second target that it belongs to, with the scans."""
        return self.folder.parent.parent

    @property
    def name(self) -> str:
        return self.folder.name


def named(sequence: int, made_at: dt.datetime) -> str:
    return f"{sequence:010d}-{made_at:{MOMENT}}"


def write(backup: Backup, key: Key) -> None:
    """Put the manifest on the disk, whole.

    :raises OSError: nothing was changed.
    """
    said = _said(backup)
    text = json.dumps({**said, "mac": _mac(said, key)}, ensure_ascii=False, indent=1)
    write_whole(backup.folder / FILE, text.encode())


def read(folder: Path, key: Key) -> Backup | None:
    """The backup in ``folder``; one whose manifest is damaged is not sound; ``None`` for no backup at all."""
    return _read(folder, lambda said, mac: hmac.compare_digest(mac, _mac(said, key)))


def claimed(folder: Path) -> Backup | None:
    """As :func:`read`, without a key: what stands there may be shown, and is proven when it is opened."""
    return _read(folder, lambda *_: True)


def _read(folder: Path, proven: Callable[[Mapping[str, Any], str], bool]) -> Backup | None:
    bare = _bare(folder)
    if bare is None:
        return None
    try:
        said = json.loads((folder / FILE).read_bytes())
        mac = said.pop("mac")
        if not proven(said, str(mac)):
            return bare
        backup = _from(said, folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return bare
    return replace(backup, sound=backup.sound and _size(backup.file) == backup.size)


def _bare(folder: Path) -> Backup | None:
    """What the name alone tells."""
    found = NAME.fullmatch(folder.name)
    try:
        moment = dt.datetime.strptime(found[2], MOMENT) if found else None
    except ValueError:
        return None
    return Backup(folder, int(found[1]), moment, size=_size(folder / DATA)) if found and moment else None


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _said(backup: Backup) -> dict[str, Any]:
    return {
        "sequence": backup.sequence,
        "made_at": backup.made_at.isoformat(),
        "reason": backup.reason.value,
        "database": backup.database,
        "unit": backup.unit,
        "counts": dict(backup.counts),
        "size": backup.size,
        "sha256": backup.sha256,
        "version": backup.version,
        "scans": backup.scans,
        "checked_at": backup.checked_at.isoformat() if backup.checked_at else "",
        "sound": backup.sound,
    }


def _from(said: Mapping[str, Any], folder: Path) -> Backup:
    checked = said["checked_at"]
    return Backup(
        folder,
        int(said["sequence"]),
        dt.datetime.fromisoformat(said["made_at"]),
        Reason(said["reason"]),
        str(said["database"]),
        str(said.get("unit", "")),  # older ones do not name it
        {str(name): int(count) for name, count in said["counts"].items()},
        int(said["size"]),
        str(said["sha256"]),
        str(said["version"]),
        int(said["scans"]),
        dt.datetime.fromisoformat(checked) if checked else None,
        bool(said["sound"]),
    )


def _mac(said: Mapping[str, Any], key: Key) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(key.sub("backup manifest"), text.encode(), "sha256").hexdigest()
