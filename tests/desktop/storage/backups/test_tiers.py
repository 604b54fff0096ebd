"""Which backups stay: the newest always, five that are sound always, whatever the clock said."""

import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.storage.backups import tiers
from desktop.storage.backups.manifest import Backup, named

START = dt.datetime(2026, 1, 1, 8)


def made(sequence: int, moment: dt.datetime, *, sound: bool = True) -> Backup:
    return Backup(Path("backups") / named(sequence, moment), sequence, moment, sound=sound)


def daily(days: int, a_day: int = 3) -> list[Backup]:
    return [
        made(day * 10 + one, START + dt.timedelta(days=day, hours=one))
        for day in range(days)
        for one in range(a_day)
    ]


moments = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 12, 31))
any_backups = st.lists(st.tuples(moments, st.booleans()), max_size=80).map(
    lambda drawn: [made(at + 1, moment, sound=sound) for at, (moment, sound) in enumerate(drawn)]
)


@given(any_backups)
def test_never_fewer_than_five_sound_ones_stay(backups: list[Backup]) -> None:
    stay = tiers.kept(backups)
    sound = [one for one in backups if one.sound]
    assert {one.name for one in sound[-tiers.LEAST :]} <= stay


@given(any_backups)
def test_the_newest_stays_whatever_the_clock_says(backups: list[Backup]) -> None:
    assert not backups or backups[-1].name in tiers.kept(backups)


@given(any_backups)
def test_pruning_again_takes_nothing_more_away(backups: list[Backup]) -> None:
    stay = tiers.kept(backups)
    assert tiers.kept([one for one in backups if one.name in stay]) == stay


@given(any_backups)
def test_the_order_of_the_folder_does_not_matter(backups: list[Backup]) -> None:
    assert tiers.kept(backups[::-1]) == tiers.kept(backups)


def test_after_two_years_there_are_days_weeks_and_months() -> None:
    backups = daily(730)
    stay = [one for one in backups if one.name in tiers.kept(backups)]
    days = {one.made_at.date() for one in stay}
    last = max(days)
    assert {last - dt.timedelta(days=back) for back in range(14)} <= days
    assert min(days) < last - dt.timedelta(days=330)
    assert 14 + 3 <= len(stay) <= 2 * 3 + 14 + 10 + 12
    assert sum(one.made_at.date() == last for one in stay) == 3


def test_an_hour_with_the_clock_in_2099_takes_nothing_else_away() -> None:
    backups = daily(30)
    before = tiers.kept(backups)
    wild = made(1000, dt.datetime(2099, 5, 1))
    after = made(1001, START + dt.timedelta(days=30))
    assert {wild.name, after.name} <= tiers.kept([*backups, wild, after])
    assert len(before - tiers.kept([*backups, wild, after])) <= 6


def test_a_damaged_one_goes_with_its_day_and_counts_for_nothing() -> None:
    damaged = [made(5000 + one, START + dt.timedelta(days=40, minutes=one), sound=False) for one in range(9)]
    later = [made(6000 + day, START + dt.timedelta(days=41 + day)) for day in range(3)]
    stay = tiers.kept([*daily(30), *damaged, *later])
    assert not stay & {one.name for one in damaged}
