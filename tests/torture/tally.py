"""What came of many blows to the program, as data: how many, how many bad, the first bad ones in words."""

import time
from dataclasses import dataclass, field
from enum import StrEnum

SHOWN = 5  # bad ones kept in words


class Fate(StrEnum):
    """How a folder was found after a blow."""

    SOUND = "sound"
    LOST = "lost"  # something acknowledged is not there any more
    BROKEN = "broken"  # it does not open, or is not whole


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one folder was found, and what was wrong with it in words."""

    fate: Fate = Fate.SOUND
    why: str = ""


@dataclass(slots=True)
class Tally:
    """One goal: the blows that were dealt, and what came of them.

    :param acknowledged: saves that were acknowledged and looked for, where a goal counts them.
    :param stopped: blows that the program answered by a refusal, where a goal counts them.
    :param left_out: why nothing was tried on this computer; then every number is 0.
    """

    goal: str
    blows: int = 0
    lost: int = 0
    broken: int = 0
    acknowledged: int = 0
    stopped: int = 0
    left_out: str = ""
    words: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)
    seconds: float = 0.0

    @property
    def bad(self) -> int:
        return self.lost + self.broken

    def add(self, verdict: Verdict, where: str = "") -> None:
        self.blows += 1
        self.lost += verdict.fate is Fate.LOST
        self.broken += verdict.fate is Fate.BROKEN
        self.seconds = time.perf_counter() - self.started
        if verdict.fate is not Fate.SOUND and len(self.words) < SHOWN:
            self.words.append(f"{where} {verdict.fate}: {verdict.why}".strip())

    def __str__(self) -> str:
        if self.left_out:
            return f"{self.goal}: left out, {self.left_out}"
        counted = f", {self.acknowledged} acknowledged" if self.acknowledged else ""
        counted += f", {self.stopped} refused" if self.stopped else ""
        bad = "".join(f"\n    {one}" for one in self.words)
        return (
            f"{self.goal}: {self.blows} blows{counted}, {self.lost} lost, {self.broken} broken, "
            f"{self.seconds:.0f} s{bad}"
        )
