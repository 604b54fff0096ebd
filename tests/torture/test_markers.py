"""Nobody is found outside the encrypted files, and the search finds people where they are."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.torture import markers

NAME = "欧阳慕白"


def test_a_month_of_work_leaves_nobody_outside_the_encrypted_files(tmp_path: Path) -> None:
    left = markers.travel(tmp_path)
    assert left.leaks == []
    assert left.files > 10
    assert left.asked_for > 60, "the exports hold them, so the search would have found them"


@pytest.mark.parametrize("coding", markers.CODINGS)
def test_a_name_is_found_in_every_coding(tmp_path: Path, coding: str) -> None:
    (tmp_path / "log").write_bytes(b"\x00" + f"错误：{NAME}".encode(coding))
    assert markers.look(tmp_path, [NAME]).leaks == [f"log: {NAME}"]


def test_a_name_is_found_in_json_and_in_workbooks(tmp_path: Path) -> None:
    (tmp_path / "drafts.json").write_text(json.dumps({"name": NAME}))
    with zipfile.ZipFile(tmp_path / "left.part", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{NAME}</t>")
    assert markers.look(tmp_path, [NAME]).leaks == [f"drafts.json: {NAME}", f"left.part: {NAME}"]


def test_what_the_clerk_asked_for_is_no_leak(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "花名册.csv").write_text(NAME, "gbk")
    left = markers.look(tmp_path, [NAME])
    assert (left.leaks, left.asked_for) == ([], 1)
