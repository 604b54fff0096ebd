"""The files of the frozen program as they were made: none may be missing, changed or left over."""

import hashlib
import sys
from pathlib import Path

LIST = "payload.sha256"  # lines as sha256sum writes them, paths from the program's folder
INTERNAL = "_internal"  # beside the programs; holds nothing that was not shipped
CHUNK = 1 << 20  # bytes


def folder() -> Path | None:
    """The folder of the frozen program; ``None`` in the source tree."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def write(root: Path) -> int:
    """List every file under ``root``, the list itself left out.

    :returns: how many there are.
    """
    listed = sorted(name for name in _found(root) if name != f"{INTERNAL}/{LIST}")
    text = "".join(f"{_sum(root / name)}  {name}\n" for name in listed)
    (root / INTERNAL / LIST).write_text(text, "utf-8", newline="\n")
    return len(listed)


def faults(root: Path) -> list[str]:
    """A sentence for each file under ``root`` that is missing, not as shipped, or left by another version."""
    try:
        lines = (root / INTERNAL / LIST).read_text("utf-8").splitlines()
    except OSError:
        return ["缺少程序文件清单，请重新安装"]
    wanted = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    told = []
    for name, digest in wanted.items():
        if not (root / name).is_file():
            told.append(f"缺少程序文件 {name}")
        elif _sum(root / name) != digest:
            told.append(f"程序文件 {name} 已损坏或被改动")
    inside = {name for name in _found(root) if name.startswith(f"{INTERNAL}/")}
    return told + [f"多出程序文件 {name}" for name in sorted(inside - {*wanted, f"{INTERNAL}/{LIST}"})]


def _found(root: Path) -> list[str]:
    return [file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()]


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
