"""What a scene is: work in a folder, and how one sees afterwards whether the folder withstood a blow."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from tests.torture import subject
from tests.torture.tally import Fate, Verdict

Mark = Callable[[str], None]  # says that something is done, and so must stay


def unheard(mark: str) -> None:
    """Where nobody listens."""


class Scene(Protocol):
    """One kind of work in a folder; every path it writes to lies below it."""

    def prepare(self, folder: Path) -> None:
        """Make ``folder`` what it is before the work; by itself it is empty."""
        return

    @abstractmethod
    def act(self, folder: Path, mark: Mark) -> None:
        """Do the work, and acknowledge by ``mark`` what is done."""

    def again(self, folder: Path, mark: Mark) -> None:
        """What is done first of all after a blow: the same once more, and short."""
        self.act(folder, mark)

    @abstractmethod
    def judge(self, folder: Path, marks: Sequence[str]) -> Verdict:
        """How ``folder`` is found after a blow, when ``marks`` had been acknowledged."""


def failed(trouble: BaseException) -> Verdict:
    """A folder that does not do what it should."""
    fate = Fate.LOST if subject.tells_of_loss(trouble) else Fate.BROKEN
    return Verdict(fate, f"{type(trouble).__name__} {trouble}"[:200])
