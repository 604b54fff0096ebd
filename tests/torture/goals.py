"""Every goal of the torture tests: what is dealt out, how often, and what must come of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tests.torture import flips, full, kills, playing, subject
from tests.torture.power import cuts
from tests.torture.tally import Tally

MIGRATIONS = [f"migrating from {one}" for one in subject.OLDER_REVISIONS]


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table.

    :param run: deals that many blows.
    :param short: as many in the suite.
    :param full: as many by ``dev.py torture --full``.
    :param control: it must come out badly, or the others prove nothing.
    :param why_not: why it cannot be tried on this computer; empty where it can.
    """

    name: str
    run: Callable[[int], Tally]
    short: int
    full: int
    control: bool = False
    why_not: Callable[[], str] = str


def _killed(scene: str, short: int, many: int, *, keep: bool = False) -> Goal:
    return Goal(f"SIGKILL, {scene}", partial(kills.kill, scene, keep=keep), short, many)


def _cut(scene: str, short: int, many: int, *, control: bool = False) -> Goal:
    return Goal(
        f"power loss, {scene}", partial(cuts.cut, scene), short, many, control, playing.why_not_recorded
    )


def _cut_twice(scene: str, short: int, many: int) -> Goal:
    return Goal(
        f"power loss twice, {scene}",
        partial(cuts.cut_twice, scene),
        short,
        many,
        why_not=playing.why_not_recorded,
    )


def _each(scene: str, short: int, many: int) -> Goal:
    run = partial(cuts.kill_at_each_write, scene)
    return Goal(f"killed at each write, {scene}", run, short, many, why_not=playing.why_not_recorded)


def _filled(scene: str, rooms: Sequence[int], short: int, *, control: bool = False) -> Goal:
    """With ``rooms`` KiB left on the disk; in short the first few of them, well spread."""

    def run(many: int) -> Tally:
        return full.fill(scene, rooms[:: max(1, len(rooms) // many)])

    return Goal(f"full disk, {scene}", run, short, len(rooms), control, full.why_not)


def _flipped(kind: str) -> Goal:
    return Goal(f"bit flips, {kind}", partial(flips.flip, kind), 30, 300)


GOALS: Sequence[Goal] = (
    _killed("saving for a long time", 40, 2000, keep=True),
    *(_killed(one, 4, 120) for one in MIGRATIONS),
    _killed("backing up", 4, 120),
    _killed("restoring", 4, 120),
    _killed("exporting", 4, 120),
    _cut("saving", 100, 4000),
    _cut_twice("saving", 50, 3000),
    _cut("beginning", 6, 400),
    _cut("backing up", 12, 800),
    _cut_twice("backing up", 6, 400),
    _cut("restoring", 10, 800),
    _cut_twice("restoring", 4, 400),
    _cut("exporting", 20, 800),
    _cut_twice("exporting", 6, 400),
    _cut("keeping a file", 20, 800),
    *(_cut(one, 4, 400) for one in MIGRATIONS),
    _each("exporting", 30, 1000),
    _each("backing up", 10, 1000),
    _filled("exporting", range(0, 80, 4), 5),
    _filled("keeping a file", range(0, 80, 4), 5),
    _filled("saving", range(0, 4000, 200), 3),
    _filled("backing up", range(0, 8000, 400), 3),
    *(_flipped(kind) for kind in flips.KINDS),
    _cut("saving, synchronous NORMAL", 20, 200, control=True),
    _cut("saving, synchronous OFF", 20, 200, control=True),
    _cut("writing over a file", 15, 200, control=True),
    _filled("writing over a file", range(0, 40, 2), 5, control=True),
)
