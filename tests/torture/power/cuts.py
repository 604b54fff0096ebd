"""Cuts the power of a recorded scene at many points, once or twice, and judges each disk."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.torture import playing
from tests.torture.place import workplace
from tests.torture.power import log
from tests.torture.power.disk import Disk
from tests.torture.power.log import REFUSED, Event
from tests.torture.scenes import SCENES
from tests.torture.tally import Fate, Tally, Verdict

A_RECORDING = 400  # images from one
A_BATCH = 50  # disks that one process recovers

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Image:
    """What was found on the disk, by path relative to the folder, and what had been acknowledged."""

    files: Files
    marks: Sequence[str]


def cut(scene: str, images: int, seed: int = 0) -> Tally:
    """Record ``scene`` and judge ``images`` disks of it."""
    tally = Tally(f"power loss, {scene}", left_out=playing.why_not_recorded())
    while not tally.left_out and tally.blows < images:
        dice = random.Random(seed + tally.blows)
        for image in _first(scene, min(A_RECORDING, images - tally.blows), dice):
            tally.acknowledged += len(image.marks)
            tally.add(_judge(scene, image))
    return tally


def cut_twice(scene: str, images: int, seed: int = 0) -> Tally:
    """Cut the power once more while the program picks up what the first cut left."""
    tally = Tally(f"power loss twice, {scene}", left_out=playing.why_not_recorded())
    while not tally.left_out and tally.blows < images:
        dice = random.Random(seed + tally.blows)
        for first in _batches(_first(scene, min(A_RECORDING, images - tally.blows), dice)):
            for verdict, acknowledged in _second(scene, first, dice):
                tally.acknowledged += acknowledged
                tally.add(verdict)
    return tally


def kill_at_each_write(scene: str, most: int) -> Tally:
    """Judge ``scene`` as a killed process leaves it after each thing it did to its folder.

    :param most: of these points, spread evenly, if there are more.
    """
    tally = Tally(f"killed at each write, {scene}", left_out=playing.why_not_recorded())
    if not tally.left_out:
        with _played(scene) as (before, events):
            for image in _images(before, events, range(0, len(events) + 1, len(events) // most + 1), None):
                tally.acknowledged += len(image.marks)
                tally.add(_judge(scene, image))
    return tally


def _batches(images: Iterator[Image]) -> Iterator[list[Image]]:
    batch: list[Image] = []
    for image in images:
        batch.append(image)
        if len(batch) == A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _first(scene: str, images: int, dice: random.Random) -> Iterator[Image]:
    with _played(scene) as (before, events):
        yield from _images(before, events, _points(events, images, dice), dice)


@contextmanager
def _played(scene: str) -> Iterator[tuple[Files, Sequence[Event]]]:
    """What the folder held before ``scene`` was played, and everything that the play did to it."""
    with workplace() as place:
        (folder := place / "data").mkdir()
        SCENES[scene].prepare(folder)
        before = _read(folder)
        playing.record(scene, folder, place / "log")
        yield before, list(log.read(place / "log", folder))


def _second(scene: str, first: Sequence[Image], dice: random.Random) -> Iterator[tuple[Verdict, int]]:
    with workplace() as place:
        (folder := place / "data").mkdir()
        for at, image in enumerate(first):
            _write(folder / f"{at:04}", image.files)
        playing.record(scene, folder, place / "log", again=True)
        parts = log.split(log.read(place / "log", folder))
        for at, image in enumerate(first):
            events = parts[f"{at:04}"]
            refused = [one.text for one in events if one.kind == "m" and one.text.startswith(REFUSED)]
            if refused:
                yield Verdict(Fate.BROKEN, f"after the first cut: {refused[0]}"), len(image.marks)
                continue
            [found] = _images(image.files, events, [dice.randint(0, len(events))], dice)
            both = Image(found.files, [*image.marks, *found.marks])
            yield _judge(scene, both), len(both.marks)


def _images(
    before: Files, events: Sequence[Event], points: Sequence[int], dice: random.Random | None
) -> Iterator[Image]:
    """A disk cut after as many events as each of ``points`` says, in rising order.

    :param dice: what is thrown to cut it; ``None``: the disk lost nothing.
    """
    disk, marks, followed = Disk(before), [], 0
    for point in points:
        for event in events[followed:point]:
            disk.follow(event)
            if event.kind == "m":
                marks.append(event.text)
        followed = point
        yield Image(disk.cut(dice) if dice else disk.whole(), tuple(marks))


def _points(events: Sequence[Event], many: int, dice: random.Random) -> list[int]:
    """Half of them anywhere, half right after something was acknowledged."""
    told = [at for at, event in enumerate(events, 1) if event.kind == "m"] or [len(events)]
    return sorted(
        dice.choice(told) if dice.random() < 0.5 else dice.randint(0, len(events)) for _ in range(many)
    )


def _judge(scene: str, image: Image) -> Verdict:
    with workplace() as place:
        _write(folder := place / "data", image.files)
        return SCENES[scene].judge(folder, image.marks)


def _read(folder: Path) -> Files:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def _write(folder: Path, files: Files) -> None:
    folder.mkdir()
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
