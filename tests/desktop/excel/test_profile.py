"""A profile is the same after any journey, and nothing that is not understood is taken for one."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.excel import bundle
from desktop.excel.profile import ColumnRule, Identity, Profile
from desktop.excel.profile_json import from_json

words = st.text(max_size=12)
rules = st.builds(
    ColumnRule,
    key=words,
    identity=st.sampled_from(Identity),
    parts=st.integers(1, 18),
    date_format=words,
    values=st.dictionaries(words, words, max_size=3),
    constant=words,
)
profiles = st.builds(
    Profile,
    name=words,
    source=words,
    sheet=words,
    header_top=st.just(3),
    header_bottom=st.integers(3, 5),
    first=st.integers(6, 9),
    last=st.integers(9, 500),
    columns=st.dictionaries(st.integers(1, 300), rules, max_size=4),
    title=words,
    headings=st.dictionaries(st.integers(1, 300), words, max_size=4),
    row_limit=st.none() | st.integers(1, 1000),
    total_row=st.none() | st.integers(501, 502),
    totals=st.dictionaries(st.integers(1, 300), st.sampled_from(["sum", "count 是", "a / b"]), max_size=3),
    cells=st.dictionaries(st.from_regex(r"[A-Z][1-9]", fullmatch=True), words, max_size=3),
    blank_text=words,
    file_name=words,
    fit=st.booleans(),
)
PLAIN = Profile("花名册", "member", "表", 4, 5, 6, 30, {2: ColumnRule("name")})


@given(profiles)
def test_a_profile_reads_back_from_its_json(profile: Profile) -> None:
    assert from_json(json.loads(json.dumps(profile.as_json()))) == profile


def test_what_stays_at_its_default_is_not_written() -> None:
    assert PLAIN.as_json()["columns"] == {"2": {"key": "name"}}
    assert "row_limit" not in PLAIN.as_json()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, "colour"),
        ({"version": 2}, "新版程序"),
        ({"version": "1"}, "版本"),
        ({"version": True}, "版本"),
        ({"first": "6"}, "first"),
        ({"first": 0}, "first"),
        ({"first": 6.0}, "first"),
        ({"last": 2_000_000}, "last"),
        ({"last": 5}, "先后"),
        ({"header_bottom": 2}, "先后"),
        ({"total_row": 7}, "合计"),
        ({"columns": []}, "columns"),
        ({"columns": {"A": {"key": "name"}}}, "列号"),
        ({"columns": {"2": {"key": "name", "colour": 1}}}, "colour"),
        ({"columns": {"2": {"identity": "hidden"}}}, "identity"),
        ({"columns": {"16384": {"key": "id_number", "parts": 18}}}, "列号"),
        ({"cells": {"3B": "x"}}, "B3"),
        ({"cells": {"B3": None}}, "cells"),
        ({"name": "长" * 2001}, "2000"),
        ({"fit": 1}, "fit"),
        ({"headings": {str(at): "" for at in range(1, 600)}}, "500"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(change: dict[str, Any], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        from_json({**PLAIN.as_json(), **change})


@pytest.mark.parametrize("missing", ["version", "name", "source", "sheet", "first", "columns"])
def test_what_is_missing_is_named(missing: str) -> None:
    data = PLAIN.as_json()
    del data[missing]
    with pytest.raises(Refusal):
        from_json(data)


@pytest.mark.parametrize("data", [None, [], "x", 3, {}])
def test_other_json_is_no_profile(data: object) -> None:
    with pytest.raises(Refusal):
        from_json(data)


def test_a_split_number_takes_its_columns() -> None:
    profile = Profile(
        "x",
        "member",
        "表",
        1,
        1,
        2,
        2,
        {1: ColumnRule("name"), 3: ColumnRule("id_number", Identity.SPLIT, 4)},
    )
    assert profile.targets == (1, 3, 4, 5, 6)
    assert profile.keys == ("name", "id_number")


def test_a_bundle_gives_back_what_was_put_in(tmp_path: Path) -> None:
    target = tmp_path / "新 文件夹" / "花名册.pazb"
    bundle.save(PLAIN, b"the workbook", target)
    assert bundle.load(target) == (PLAIN, b"the workbook")
    assert [one.name for one in target.parent.iterdir()] == [target.name]


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


GOOD = json.dumps(PLAIN.as_json()).encode()


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"profile.json": GOOD},
        {"profile.json": GOOD, "template.xlsx": b"", "../evil": b""},
        {"profile.json": GOOD, "Template.xlsx": b""},
        {"profile.json": b"{", "template.xlsx": b""},
        {"profile.json": b"\xff\xfe", "template.xlsx": b""},
        {"profile.json": b"[" * 100_000, "template.xlsx": b""},
        {"profile.json": b" " * 2_000_000, "template.xlsx": b""},
        {"profile.json": GOOD.replace(b"1", b"1" * 5000), "template.xlsx": b""},
    ],
)
def test_any_other_zip_is_refused(tmp_path: Path, members: dict[str, bytes]) -> None:
    with pytest.raises(Refusal):
        bundle.load(packed(tmp_path / "x.pazb", members))


@given(content=st.binary(max_size=200))
def test_any_other_bytes_are_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("x") / "x.pazb"
    path.write_bytes(content)
    with pytest.raises(Refusal):
        bundle.load(path)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        bundle.load(tmp_path / "x.pazb")
