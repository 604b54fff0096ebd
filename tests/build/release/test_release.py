"""A release names every part that the program carries, with its licence, and sums up every file."""

import hashlib
import json
from pathlib import Path

import pytest

from desktop import __version__
from freeze.freezing import ROOT
from release import bill, handing, notices, parts


def test_every_part_of_other_people_has_a_licence_and_its_words(tmp_path: Path) -> None:
    found = parts.parts()
    told = notices.write(tmp_path, found).read_text("utf-8")
    for one in found:
        assert f"{one.name} {one.version}\n  许可：{one.licence}" in told
    assert all(one.texts for one in found if one.purl)
    assert (tmp_path / "shiboken6-LGPL-3.0.txt").stat().st_size > 7000


def test_nothing_that_only_developers_use_is_in_the_bill() -> None:
    names = {one.name for one in parts.parts()}
    assert {"SQLAlchemy", "sqlcipher3", "lxml", "Qt"} <= names
    assert not names & {"pytest", "mypy", "ruff", "hypothesis"}


def test_the_bill_is_the_same_for_the_same_commit() -> None:
    first = bill.bill("0.1.0", 1760000000, parts.parts())
    assert first == bill.bill("0.1.0", 1760000000, parts.parts())
    held = json.loads(first)
    assert (held["bomFormat"], held["specVersion"]) == ("CycloneDX", "1.6")
    references = [one["bom-ref"] for one in held["components"]]
    assert len(references) == len(set(references))
    assert held["dependencies"][0]["dependsOn"] == references


def test_every_file_of_a_release_is_summed_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    (tmp_path / "setup.exe").write_bytes(b"MZ")
    lines = handing.complete(tmp_path).read_text("utf-8").splitlines()
    assert f"{hashlib.sha256(b'MZ').hexdigest()}  setup.exe" in lines
    assert len(lines) == sum(one.is_file() for one in tmp_path.rglob("*")) - 1


def test_the_changelog_begins_with_this_version() -> None:
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line[:3] == "## "]
    assert headings[0] == f"## {__version__}"
