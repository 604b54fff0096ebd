"""Which backups stay: all of two days, then one a day, a week, a month, by their number and not by clock."""

import datetime as dt
from collections.abc import Callable, Hashable, Sequence

from desktop.storage.backups.manifest import Backup

WHOLE_DAYS = 2  # of which every backup stays
DAYS, WEEKS, MONTHS = 14, 10, 12  # of each of which the last one stays
LEAST = 5  # verified backups that are never taken away

Period = Callable[[dt.date], Hashable]
TIERS: tuple[tuple[int, Period], ...] = (
    (DAYS, lambda day: day),
    (WEEKS, lambda day: day.isocalendar()[:2]),
    (MONTHS, lambda day: (day.year, day.month)),
)


def kept(backups: Sequence[Backup]) -> set[str]:
    """The names of the backups that stay.

    The newest is the one with the highest number, and a day is as far back as other days are newer: no clock
    is asked what day it is, so one that was set wrong for an hour takes nothing away. One that is
    damaged counts for nothing, and goes with its day.
    """
    newest = sorted(backups, key=lambda one: (one.sequence, one.made_at), reverse=True)
    sound = [one for one in newest if one.sound]
    whole = list(dict.fromkeys(one.made_at.date() for one in newest))[:WHOLE_DAYS]
    stay = {one.name for one in newest if one.made_at.date() in whole}
    stay |= {one.name for one in sound[:LEAST]}
    for most, period in TIERS:
        last: dict[Hashable, str] = {}
        for one in sound:
            last.setdefault(period(one.made_at.date()), one.name)
        stay |= set(list(last.values())[:most])
    return stay
