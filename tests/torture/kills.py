"""Kills the process that plays a scene, again and again at random points, and looks at what it left."""

import random
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from tests.torture import playing
from tests.torture.place import workplace
from tests.torture.scenes import SCENES
from tests.torture.tally import Tally

A_FOLDER = 50  # kills; then a new one is begun, so that looking at it stays quick
ENOUGH = 40  # saves; what goes on without an end is struck within the time that these take
PATIENCE = 60  # seconds that a scene may take


@dataclass(frozen=True, slots=True)
class Played:
    """What a scene had acknowledged, and how long it lasted."""

    marks: list[str]
    seconds: float


def kill(scene: str, kills: int, *, keep: bool, seed: int = 0) -> Tally:
    """Deal ``kills`` blows to ``scene``.

    :param keep: the next process goes on with what the last one left, as a clerk does; otherwise each
        begins with a prepared folder.
    """
    tally, dice = Tally(f"SIGKILL, {scene}"), random.Random(seed)
    played = SCENES[scene]
    longest = _lasts(scene)
    with workplace() as place:
        marks: list[str] = []
        for at in range(kills):
            begun = not keep or at % A_FOLDER == 0
            folder = place / str(at if begun else at - at % A_FOLDER)
            if begun:
                folder.mkdir()
                played.prepare(folder)
                marks = []
            new = _struck(scene, folder, dice.uniform(0, longest)).marks
            tally.acknowledged += len(new)
            marks += new
            tally.add(played.judge(folder, marks))
    return tally


def _lasts(scene: str) -> float:
    """How long a scene takes that nobody disturbs, or the first of it that is worth a blow, in seconds."""
    with workplace() as place:
        SCENES[scene].prepare(folder := place)
        return _struck(scene, folder, PATIENCE, ENOUGH).seconds


def _struck(scene: str, folder: Path, after: float, enough: int | None = None) -> Played:
    """Play ``scene``, and kill it so many seconds after it began, or once it has acknowledged ``enough``."""
    hearing, telling = playing.context().Pipe(duplex=False)
    process = playing.started(_play, scene, folder, telling)
    telling.close()
    marks: list[str] = []
    with hearing:
        hearing.recv()
        begun = time.perf_counter()
        try:
            while (left := begun + after - time.perf_counter()) > 0 and len(marks) != enough:
                if hearing.poll(left):
                    marks.append(hearing.recv())
            process.kill()
            while True:
                marks.append(hearing.recv())
        except EOFError:
            process.join(PATIENCE)
    return Played(marks, time.perf_counter() - begun)


def _play(scene: str, folder: Path, telling: Connection) -> None:
    telling.send("started")
    SCENES[scene].act(folder, telling.send)
