"""Names of teams that are nearly the same are seen, those that only differ by number are not."""

import pytest

from desktop.services.importing.naming import Names, alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("沈圩巡逻队", "沈圩村巡逻队"),
        ("沈圩村委会巡逻队", "巡逻队"),
        ("义务巡逻队", "义务巡罗队"),
        ("平安志愿者队", "平安志愿队"),
        ("巡逻队伍", "巡逻队"),
    ],
)
def test_one_character_or_the_village_in_front_makes_no_other_name(one: str, other: str) -> None:
    assert alike(one, other, "沈圩")
    assert alike(other, one, "沈圩")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("巡逻一队", "巡逻二队"),
        ("巡逻队", "巡逻2队"),
        ("巡逻大队", "巡逻小队"),
        ("男子巡逻队", "女子巡逻队"),
        ("巡逻队", "志愿队"),
        ("义务巡逻队", "专职巡逻队"),
    ],
)
def test_teams_told_apart_by_number_or_kind_are_two(one: str, other: str) -> None:
    assert not alike(one, other, "沈圩")


def test_a_name_is_only_near_to_those_of_its_own_village() -> None:
    names = Names()
    names.add("341399101201", "巡逻队", "巡逻队")
    assert names.near("341399101201", "沈圩巡逻队", "沈圩村") == "巡逻队"
    assert names.near("341399101202", "沈圩巡逻队", "沈圩村") == ""
    assert names.near("341399101201", "巡逻队", "沈圩村") == ""
