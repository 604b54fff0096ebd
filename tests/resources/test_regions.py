"""The areas shipped with the program form one whole tree."""

import csv
from collections import Counter

from desktop.paths import resources

PARENT = {"city": None, "county": "city", "township": "county", "village": "township"}


def rows(name: str) -> list[dict[str, str]]:
    with (resources() / "regions" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_level_is_complete() -> None:
    counted = Counter(row["level"] for row in rows("regions_suzhou.csv"))
    assert counted == {"city": 1, "county": 7, "township": 122, "village": 1358}


def test_a_code_is_twelve_digits_and_stands_once() -> None:
    codes = [row["code"] for row in rows("regions_suzhou.csv")]
    assert all(len(code) == 12 and code.isdecimal() for code in codes)
    assert len(set(codes)) == len(codes)


def test_every_parent_exists_one_level_up() -> None:
    areas = {row["code"]: row for row in rows("regions_suzhou.csv")}
    for row in areas.values():
        parent = areas.get(row["parent_code"])
        assert (parent["level"] if parent else None) == PARENT[row["level"]]


def test_the_units_that_report_to_the_city_are_areas_of_the_city() -> None:
    areas = {row["code"]: row["name"] for row in rows("regions_suzhou.csv")}
    units = rows("reporting_units.csv")
    assert len(units) == 8
    assert {row["code"] for row in units} <= set(areas)
    assert {areas[row["report_parent_code"]] for row in units} == {"宿州市"}
