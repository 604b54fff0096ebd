"""Where a data folder may lie: on a disk of this computer, never across a network."""

import os
import sys
from pathlib import Path

from desktop.errors import Refusal

MOUNTS = Path("/proc/mounts")
NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs", "fuse.davfs2", "fuse.sshfs")
REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW


def refuse_network(folder: Path, mounts: Path = MOUNTS) -> None:
    """Locks and the order of writes cannot be trusted across a network.

    :raises Refusal: ``folder`` lies on another computer.
    """
    if _remote(folder, mounts):
        raise Refusal(
            "未能打开数据",
            f"“{folder}”在另一台电脑或网盘上，断网时数据会损坏",
            "请把数据放在本机硬盘或 U 盘上，网络文件夹只用来放备份",
        )


def _remote(folder: Path, mounts: Path) -> bool:
    if str(folder).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        drive = folder.absolute().resolve().drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == REMOTE
    return _kind(folder, mounts) in NETWORK


def _kind(folder: Path, mounts: Path) -> str:
    """The kind of file system that ``folder`` lies on; empty where the computer does not say."""
    whole = os.path.realpath(folder)
    found, longest = "", -1
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        parts = line.split(" ")
        at = parts[1].replace("\\040", " ") if len(parts) > 2 else ""
        under = whole == at or whole.startswith(at.rstrip("/") + "/")
        if at and under and len(at) >= longest:
            found, longest = parts[2], len(at)
    return found
