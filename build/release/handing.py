"""What lies beside the packages in a release: checksums, bill of materials, notices, checklist."""

import hashlib
import shutil
from pathlib import Path

from desktop import __version__
from freeze.freezing import ROOT, moment
from release import bill, notices, parts

SUMS = "SHA256SUMS"
CHECKLIST = Path(__file__).with_name("CHECKLIST.md")


def complete(folder: Path) -> Path:
    """Write everything that goes with the packages in ``folder``, the checksums last.

    :returns: the list of checksums, which ``sha256sum -c`` reads.
    """
    found = parts.parts()
    (folder / "sbom.cdx.json").write_text(bill.bill(__version__, moment(), found), "utf-8", newline="\n")
    shutil.rmtree(folder / "licences", ignore_errors=True)
    notices.write(folder / "licences", found)
    shutil.copyfile(CHECKLIST, folder / CHECKLIST.name)
    shutil.copyfile(ROOT / "CHANGELOG.md", folder / "CHANGELOG.md")
    files = sorted(one for one in folder.rglob("*") if one.is_file() and one.name != SUMS)
    lines = [f"{_sum(one)}  {one.relative_to(folder).as_posix()}\n" for one in files]
    (folder / SUMS).write_text("".join(lines), "utf-8", newline="\n")
    return folder / SUMS


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
