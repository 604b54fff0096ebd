"""Every code list can be read, names each code once, and reads common words one way only."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from desktop.paths import resources

LISTS = sorted((resources() / "codes").glob("*.json"))


@pytest.fixture(params=LISTS, ids=lambda path: path.stem)
def code_list(request: pytest.FixtureRequest) -> dict[str, Any]:
    path: Path = request.param
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def names(code_list: dict[str, Any]) -> dict[str, str]:
    return {item["code"]: item["name"] for item in code_list["items"]}


def alike(words: str) -> str:
    """Words as a careless reader sees them: full and half width, capital and small letters are one."""
    return unicodedata.normalize("NFKC", words).casefold()


def test_none_is_missing() -> None:
    assert len(LISTS) >= 62


def test_a_list_says_what_it_is_and_where_it_comes_from(code_list: dict[str, Any]) -> None:
    assert code_list["title"]
    assert code_list["source"]
    assert code_list["status"]


def test_no_code_and_no_name_stands_twice(code_list: dict[str, Any]) -> None:
    items = code_list["items"]
    assert items
    assert len({item["code"] for item in items}) == len(items)
    assert len({alike(item["name"]) for item in items}) == len(items)


def test_an_alias_stands_for_a_code_of_its_list(code_list: dict[str, Any]) -> None:
    assert set(code_list.get("aliases", {}).values()) <= set(names(code_list))


def test_an_alias_is_no_items_name_and_no_number(code_list: dict[str, Any]) -> None:
    taken = {alike(name) for name in names(code_list).values()}
    for alias in code_list.get("aliases", {}):
        assert alias == alias.strip()
        assert alike(alias) not in taken
        assert not alias.isdecimal()  # a bare number is read as a code


def test_words_that_look_alike_mean_one_code(code_list: dict[str, Any]) -> None:
    meant: dict[str, str] = {}
    for alias, code in code_list.get("aliases", {}).items():
        assert meant.setdefault(alike(alias), code) == code


def test_the_codes_offered_first_exist(code_list: dict[str, Any]) -> None:
    assert set(code_list.get("ui", [])) <= set(names(code_list))


@pytest.mark.parametrize(
    ("stem", "words", "name"),
    [
        ("gender", "男同志", "男"),
        ("political", "中共党员", "中国共产党党员"),
        ("political", "普通居民", "群众"),
        ("education_simple", "高中/中专", "高中"),
        ("education_simple", "大专", "大学专科"),
        ("education", "中专", "中等专科毕业"),
        ("yes_no", "√", "是"),
        ("syl_form", "村民代表大会", "村民代表会议"),
        ("syl_form", "户代表会议", "村民会议（户代表）"),
        ("disclosure_channel", "大喇叭", "广播（村村响）"),
    ],
)
def test_the_words_of_real_rosters_are_understood(stem: str, words: str, name: str) -> None:
    code_list = json.loads((resources() / "codes" / f"{stem}.json").read_text(encoding="utf-8"))
    assert names(code_list)[code_list["aliases"][words]] == name
