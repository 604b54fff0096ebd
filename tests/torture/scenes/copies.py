"""Backups made and put in force."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from tests.torture import subject
from tests.torture.place import lasting
from tests.torture.scenes.records import township
from tests.torture.scenes.scene import Mark, Scene, failed
from tests.torture.tally import Fate, Verdict


class BackingUp(Scene):
    """Entries saved, and a backup after every few: each listed is whole, each made is there."""

    steps, saves = 3, 4

    def prepare(self, folder: Path) -> None:
        shutil.copytree(township(), folder, dirs_exist_ok=True)

    def act(self, folder: Path, mark: Mark) -> None:
        for _ in range(self.steps):
            self.again(folder, mark)

    def again(self, folder: Path, mark: Mark) -> None:
        with closing(subject.opened(folder)) as store:
            first = max(subject.kept(store), default=0) + 1
            for number in range(first, first + self.saves):
                subject.save(store, number)
            subject.back_up(store)
            mark(str(first + self.saves - 1))

    def judge(self, folder: Path, marks: Sequence[str]) -> Verdict:
        try:
            subject.opened(folder).close()
            held = [max(subject.verify(folder, one), default=0) for one in subject.backups(folder)]
        except subject.TROUBLE as trouble:
            return failed(trouble)
        if missing := {int(one) for one in marks} - set(held):
            return Verdict(Fate.LOST, f"backups of {sorted(missing)} entries")
        return Verdict()


class Restoring(Scene):
    """A backup put in force: the records of before or those of the backup, whole, and always both kept."""

    saves = 6

    def prepare(self, folder: Path) -> None:
        shutil.copytree(backed_up(), folder, dirs_exist_ok=True)

    def act(self, folder: Path, mark: Mark) -> None:
        subject.restore(folder, subject.backups(folder)[-1])
        mark("restored")

    def judge(self, folder: Path, marks: Sequence[str]) -> Verdict:
        old, new = set(range(1, 2 * self.saves + 1)), set(range(1, self.saves + 1))
        try:
            with closing(subject.opened(folder)) as store:
                there = subject.kept(store)
            held = [subject.verify(folder, one) for one in subject.backups(folder)]
        except subject.TROUBLE as trouble:
            return failed(trouble)
        if there not in (old, new) or new not in held or (there == new and old not in held):
            return Verdict(Fate.BROKEN, f"{len(there)} entries, backups of {[len(one) for one in held]}")
        return Verdict() if there == new or not marks else Verdict(Fate.LOST, "what was restored")


@cache
def backed_up() -> Path:
    """A practice township with a backup and as many entries again, to copy."""
    folder = lasting() / "township"
    subject.filled(folder, Restoring.saves)
    with closing(subject.opened(folder)) as store:
        for number in range(Restoring.saves + 1, 2 * Restoring.saves + 1):
            subject.save(store, number)
    return folder
