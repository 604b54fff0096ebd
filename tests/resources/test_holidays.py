"""The holiday table holds only days that differ from the plain week."""

import datetime as dt
import json
from typing import Any

from desktop.paths import resources

SATURDAY = 5


def years() -> dict[str, dict[str, dict[str, str]]]:
    table: dict[str, Any] = json.loads((resources() / "rules" / "holidays.json").read_text(encoding="utf-8"))
    years: dict[str, dict[str, dict[str, str]]] = table["years"]
    return years


def test_three_years_are_known() -> None:
    assert sorted(years()) == ["2024", "2025", "2026"]


def test_dragon_boat_festival_is_off() -> None:
    assert years()["2026"]["off"]["2026-06-19"] == "端午节"


def test_only_weekdays_are_taken_off_and_only_weekends_worked() -> None:
    for year, days in years().items():
        off, work = map(dt.date.fromisoformat, days["off"]), map(dt.date.fromisoformat, days["work"])
        assert all(day.weekday() < SATURDAY and str(day.year) == year for day in off)
        assert all(day.weekday() >= SATURDAY and str(day.year) == year for day in work)
