"""The records of a unit begun, saved to, and brought up to date from an older version."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tests.torture import subject
from tests.torture.place import lasting
from tests.torture.scenes.scene import Mark, Scene, failed, unheard
from tests.torture.tally import Fate, Verdict


@cache
def township() -> Path:
    """A practice township without entries, to copy."""
    folder = lasting() / "township"
    subject.make(folder)
    return folder


@dataclass(frozen=True)
class Saving(Scene):
    """Entries saved one by one, through the save service; the store is closed and opened in between.

    :param sessions: how often the store is opened.
    :param saves: in each of them.
    :param synchronous: loosened for a control.
    """

    sessions: int = 5
    saves: int = 24
    synchronous: str | None = None

    def prepare(self, folder: Path) -> None:
        shutil.copytree(township(), folder, dirs_exist_ok=True)

    def act(self, folder: Path, mark: Mark) -> None:
        for _ in range(self.sessions):
            with closing(subject.opened(folder, self.synchronous)) as store:
                first = max(subject.kept(store), default=0) + 1
                for number in range(first, first + self.saves):
                    subject.save(store, number)
                    mark(str(number))

    def again(self, folder: Path, mark: Mark) -> None:
        replace(self, sessions=1, saves=2).act(folder, mark)

    def judge(self, folder: Path, marks: Sequence[str]) -> Verdict:
        try:
            with closing(subject.opened(folder)) as store:
                if found := subject.troubles(store):
                    return Verdict(Fate.BROKEN, found[0])
                there = subject.kept(store)
                if missing := {int(one) for one in marks} - there:
                    return Verdict(Fate.LOST, f"{len(missing)} of {len(marks)}, the first {min(missing)}")
                subject.save(store, max(there, default=0) + 1)
        except subject.TROUBLE as trouble:
            return failed(trouble)
        return Verdict()


class Beginning(Scene):
    """A unit's folder made for the first time; cut off, it can be begun anew or opened."""

    def act(self, folder: Path, mark: Mark) -> None:
        subject.make(folder)
        mark("made")

    def again(self, folder: Path, mark: Mark) -> None:
        if subject.exists(folder):
            subject.opened(folder).close()
        else:
            self.act(folder, mark)

    def judge(self, folder: Path, marks: Sequence[str]) -> Verdict:
        if marks and not subject.exists(folder):
            return Verdict(Fate.LOST, "the folder was made, and is empty")
        try:
            self.again(folder, unheard)
            with closing(subject.opened(folder)) as store:
                subject.save(store, 1)
        except subject.TROUBLE as trouble:
            return failed(trouble)
        return Verdict()


@dataclass(frozen=True)
class Migrating(Scene):
    """An older file brought up to date as it is opened: it is at the old version or the new one, whole.

    :param revision: of the older file.
    """

    revision: str

    def prepare(self, folder: Path) -> None:
        shutil.copytree(older(self.revision), folder, dirs_exist_ok=True)

    def act(self, folder: Path, mark: Mark) -> None:
        subject.opened(folder).close()
        mark("migrated")

    def judge(self, folder: Path, marks: Sequence[str]) -> Verdict:
        old, new = subject.schema(older(self.revision)), subject.schema(township())
        try:
            found = subject.schema(folder)
            if found not in (old, new):
                return Verdict(Fate.BROKEN, "neither the old schema nor the new one")
            if marks and found != new:
                return Verdict(Fate.LOST, "the old schema after the migration was done")
            subject.opened(folder).close()
            there = subject.teams(folder)
            if subject.schema(folder) != new or there != set(subject.OLDER):
                return Verdict(Fate.BROKEN, f"not completed, {len(there)} entries")
        except subject.TROUBLE as trouble:
            return failed(trouble)
        return Verdict()


@cache
def older(revision: str) -> Path:
    """A practice township at an older version, to copy."""
    folder = lasting() / "township"
    subject.make_older(folder, revision)
    return folder
