"""Two builds from one commit, compared file for file."""

import hashlib
from pathlib import Path


def differences(first: Path, second: Path) -> list[str]:
    """A sentence for each file, link or folder that is not the same in both, by path: bytes, rights, time."""
    one, other = _told(first), _told(second)
    names = sorted(one.keys() | other.keys())
    return [
        f"{name} {_how(one.get(name), other.get(name))}" for name in names if one.get(name) != other.get(name)
    ]


Told = tuple[
    int, float, str
]  # rights and kind, seconds since 1970, digest of the content or where a link leads


def _told(root: Path) -> dict[str, Told]:
    found = [one for one in root.rglob("*") if not one.is_dir() or one.is_symlink()]
    return {one.relative_to(root).as_posix(): _one(one) for one in found}


def _one(path: Path) -> Told:
    state = path.lstat()
    if path.is_symlink():
        return state.st_mode, state.st_mtime, str(path.readlink())
    with path.open("rb") as stream:
        return state.st_mode, state.st_mtime, hashlib.file_digest(stream, "sha256").hexdigest()


def _how(one: Told | None, other: Told | None) -> str:
    if one is None or other is None:
        return "只有一次有"
    if one[2] != other[2]:
        return "内容不同"
    return "权限不同" if one[0] != other[0] else "时间不同"
