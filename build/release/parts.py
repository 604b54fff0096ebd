"""Every part of other people's that the program carries: name, version, licence, source, and its words."""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from release.part import Part, texts
from release.within import within

ROOT = Path(__file__).resolve().parents[2]
LICENCE = re.compile(r"(?:licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
LGPL = ("LGPL-3.0.txt", "GPL-3.0.txt")
PYPI = "https://pypi.org/project/"


SPDX = {"PySide6-Essentials": "LGPL-3.0-only", "shiboken6": "LGPL-3.0-only", "sqlcipher3": "Zlib"}


def parts() -> list[Part]:
    """Python, then the libraries by name, then what is compiled into them or lies beside them."""
    version = sys.version.split()[0]
    python = Part("Python", version, "PSF-2.0", "https://www.python.org", texts("Python.txt"))
    libraries = runtime()
    return [python, *map(_of, libraries), *within(libraries)]


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
    words = tuple((f"{name}-{file}", text) for file, text in _texts(one))
    if SPDX.get(name, "").startswith("LGPL"):
        words += texts(*LGPL)
    purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{one.version}"
    return Part(name, one.version, _licence(name, one), f"{PYPI}{name}/{one.version}/", words, purl)


def _licence(name: str, one: metadata.Distribution) -> str:
    about = one.metadata
    said = SPDX.get(name) or about["License-Expression"] or about["License"]
    if not said or "\n" in said:
        raise ValueError(f"{name} {one.version}: no licence is known, add it to SPDX")
    return said


def _texts(one: metadata.Distribution) -> Iterator[tuple[str, str]]:
    for file in one.files or ():
        if ".dist-info" in str(file.parts[0]) and LICENCE.search(file.name) and "Commercial" not in file.name:
            yield file.name, Path(str(file.locate())).read_text("utf-8", "replace")
