"""A release names every part that the program carries, with its licence, and sums up every file."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from desktop import __version__
from freeze.freezing import ROOT
from release import bill, handing, notices, parts, telling


def test_every_part_of_other_people_has_a_licence_and_its_words(tmp_path: Path) -> None:
    found = parts.parts()
    told = notices.write(tmp_path, found).read_text("utf-8")
    for one in found:
        assert f"{one.name} {one.version}".strip() + "\n" in told
        assert one.licence
        assert one.source.startswith("http")
        assert one.texts, one.name
        for name, words in one.texts:
            assert (tmp_path / name).read_text("utf-8") == words
    lines = [line.partition("：")[2] for line in told.splitlines() if line.startswith("  全文：")]
    assert {*lines} == {file.name for file in tmp_path.iterdir()} - {"NOTICES.txt"}


def test_the_duties_of_the_lgpl_are_told(tmp_path: Path) -> None:
    told = notices.write(tmp_path, parts.parts()).read_text("utf-8")
    for words in ("Copyright (C) The Qt Company", "没有修改", "替换", "反向工程", "源代码：https", "三年内"):
        assert words in told
    for name, size in (("LGPL-3.0.txt", 7000), ("GPL-3.0.txt", 34000), ("LGPL-2.1.txt", 25000)):
        assert (tmp_path / name).stat().st_size > size


def test_no_address_of_a_person_is_handed_out(tmp_path: Path) -> None:
    assert "@" not in "".join(one.holder for one in parts.parts())


def test_nothing_that_only_developers_use_is_in_the_bill() -> None:
    names = {one.name for one in parts.parts()}
    assert {"SQLAlchemy", "sqlcipher3", "lxml", "Qt", "openssl", "calamine", "libiconv"} <= names
    assert not names & {
        "pytest",
        "mypy",
        "ruff",
        "hypothesis",
        "signify",
        "setuptools",
        "syn",
        "cc",
        "pyo3-macros",
    }


def test_the_bill_is_the_same_for_the_same_commit() -> None:
    first = bill.bill("0.1.0", 1760000000, parts.parts())
    assert first == bill.bill("0.1.0", 1760000000, parts.parts())
    held = json.loads(first)
    assert (held["bomFormat"], held["specVersion"]) == ("CycloneDX", "1.6")
    references = [one["bom-ref"] for one in held["components"]]
    assert len(references) == len({*references, bill.NAME}) - 1
    below = [one for each in held["dependencies"] for one in each["dependsOn"]]
    assert sorted(below) == sorted(references)  # each part is in one other, or in the program
    assert {each["ref"] for each in held["dependencies"]} <= {*references, bill.NAME}
    assert held["dependencies"][0]["ref"] == bill.NAME


def test_every_file_of_a_release_is_summed_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    (tmp_path / "setup.exe").write_bytes(b"MZ")
    lines = handing.complete(tmp_path, telling.Facts()).read_text("utf-8").splitlines()
    assert f"{hashlib.sha256(b'MZ').hexdigest()}  setup.exe" in lines
    assert len(lines) == sum(one.is_file() for one in tmp_path.rglob("*")) - 1


def test_the_bill_and_the_notices_of_the_windows_program_are_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    with zipfile.ZipFile(tmp_path / "pingan-portable.zip", "w") as archive:
        archive.writestr(f"平安台账/_internal/licences/{bill.FILE}", "{}")
        archive.writestr("平安台账/_internal/licences/NOTICES.txt", "Microsoft Visual C++ runtime")
    handing.complete(tmp_path, telling.Facts())
    assert (tmp_path / "sbom-windows.cdx.json").read_text("utf-8") == "{}"
    assert (tmp_path / "licences/windows/NOTICES.txt").read_text("utf-8") == "Microsoft Visual C++ runtime"
    assert (tmp_path / "licences" / handing.SYSTEM / "NOTICES.txt").exists()


def test_the_changelog_begins_with_this_version() -> None:
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line[:3] == "## "]
    assert headings[0] == f"## {__version__}"
