"""Every part of other people's that the program carries: name, version, licence, source, and its words."""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).parent / "licences"  # of parts whose wheels do not bring their own
LICENCE = re.compile(r"(?:licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
LGPL = ("LGPL-3.0.txt", "GPL-3.0.txt")
PYPI = "https://pypi.org/project/"


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    :param licence: an SPDX expression.
    :param texts: file name to the words of its licence.
    :param purl: what a vulnerability scanner knows it by; empty where there is no such name.
    """

    name: str
    version: str
    licence: str
    source: str
    texts: tuple[tuple[str, str], ...] = ()
    purl: str = ""


SPDX = {"PySide6-Essentials": "LGPL-3.0-only", "shiboken6": "LGPL-3.0-only", "sqlcipher3": "Zlib"}
WITHIN = (  # libraries compiled into wheels or beside Python; (name, licence, source, of which part)
    ("Qt", "LGPL-3.0-only", "https://download.qt.io/official_releases/qt/6.8/6.8.3/", "PySide6-Essentials"),
    ("SQLCipher", "BSD-3-Clause", "https://github.com/sqlcipher/sqlcipher", "sqlcipher3"),
    ("SQLite", "blessing", "https://sqlite.org", "sqlcipher3"),
    ("OpenSSL", "Apache-2.0", "https://www.openssl.org", "cryptography"),
    ("calamine", "MIT", "https://github.com/tafia/calamine", "python-calamine"),
    ("libxml2、libxslt", "MIT", "https://gitlab.gnome.org/GNOME/libxml2", "lxml"),
    ("ICU", "Unicode-3.0", "https://icu.unicode.org", "PySide6-Essentials"),
    ("PyInstaller bootloader", "GPL-2.0-or-later WITH Bootloader-exception", "https://pyinstaller.org", ""),
)


def parts() -> list[Part]:
    """Python, then the libraries by name, then what is compiled into them."""
    libraries = [_of(one) for one in runtime()]
    versions = {one.name: one.version for one in libraries}
    python = Part(
        "Python",
        sys.version.split()[0],
        "PSF-2.0",
        "https://www.python.org",
        (("Python.txt", (TEXTS / "Python.txt").read_text("utf-8")),),
    )
    within = [
        Part(name, f"随 {of} {versions[of]}" if of else metadata.version("pyinstaller"), licence, source)
        for name, licence, source, of in WITHIN
    ]
    return [python, *libraries, *within]


def runtime() -> list[metadata.Distribution]:
    """What pyproject.toml asks for, and what that asks for, by name; nothing that only developers use."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    found: dict[str, metadata.Distribution] = {}
    waiting = [Requirement(one) for one in wanted]
    while waiting:
        asked = waiting.pop()
        if asked.marker is not None and not asked.marker.evaluate({"extra": ""}):
            continue
        distribution = metadata.distribution(asked.name)
        if distribution.name not in found:
            found[distribution.name] = distribution
            waiting += [Requirement(one) for one in distribution.requires or ()]
    return sorted(found.values(), key=lambda one: one.name.casefold())


def _of(one: metadata.Distribution) -> Part:
    name = one.name.replace("_", "-") if one.name.startswith("PySide6") else one.name
    texts = tuple(_texts(one))
    if name in SPDX and SPDX[name].startswith("LGPL"):
        texts += tuple((text, (TEXTS / text).read_text("utf-8")) for text in LGPL)
    purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{one.version}"
    return Part(name, one.version, _licence(name, one), f"{PYPI}{name}/{one.version}/", texts, purl)


def _licence(name: str, one: metadata.Distribution) -> str:
    about = one.metadata
    said = SPDX.get(name) or about["License-Expression"] or about["License"]
    if not said or "\n" in said:
        raise ValueError(f"{name} {one.version}: no licence is known, add it to SPDX")
    return said


def _texts(one: metadata.Distribution) -> Iterator[tuple[str, str]]:
    for file in one.files or ():
        if ".dist-info" in str(file.parts[0]) and LICENCE.search(file.name):
            yield file.name, Path(str(file.locate())).read_text("utf-8", "replace")
