"""What lies beside the packages in a release: notes, bill of materials, notices, checklist, checksums."""

import hashlib
import shutil
import sys
import zipfile
from pathlib import Path, PurePosixPath

from desktop import __version__
from freeze.freezing import ROOT, moment
from release import bill, notices, parts, telling

SUMS = "SHA256SUMS"
BILL = "sbom-{}.cdx.json"
SYSTEM = "windows" if sys.platform == "win32" else "linux"
CHECKLIST = Path(__file__).with_name("CHECKLIST.md")


def complete(folder: Path, facts: telling.Facts) -> Path:
    """Write everything that goes with the packages in ``folder``, the checksums last.

    :param facts: what only those know who made the packages.
    :returns: the list of checksums, which ``sha256sum -c`` reads.
    """
    found = parts.parts()
    (folder / BILL.format(SYSTEM)).write_text(bill.bill(__version__, moment(), found), "utf-8", newline="\n")
    texts = folder / "licences"
    shutil.rmtree(texts, ignore_errors=True)
    notices.write(texts / SYSTEM, found)
    for archive in folder.glob("*-portable.zip"):
        _unpack(archive, texts / "windows")
        (texts / "windows" / bill.FILE).replace(folder / BILL.format("windows"))
    shutil.copyfile(CHECKLIST, folder / CHECKLIST.name)
    shutil.copyfile(ROOT / "CHANGELOG.md", folder / "CHANGELOG.md")
    (folder / SUMS).unlink(missing_ok=True)
    telling.write(folder, facts, moment())
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    lines = [f"{_sum(one)}  {one.relative_to(folder).as_posix()}\n" for one in files]
    (folder / SUMS).write_text("".join(lines), "utf-8", newline="\n")
    return folder / SUMS


def _unpack(archive: Path, target: Path) -> None:
    """Take out what the frozen program says of itself: Windows has other parts, under a Python of its own."""
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive) as held:
        for name in held.namelist():
            if PurePosixPath(name).parent.name == "licences":
                (target / PurePosixPath(name).name).write_bytes(held.read(name))


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
