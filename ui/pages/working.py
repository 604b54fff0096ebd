"""Long work of a page or a dialog: a bar while it lasts, and a refusal told in place."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from ui.desk import Desk
from ui.pages.told import Told
from ui.worker import Progress

T = TypeVar("T")


class Working(QProgressBar):
    """Shown while the worker is at it; what is asked meanwhile is done after it.

    :ivar changed: it has begun to work, or has ended.
    """

    changed = Signal()

    def __init__(self, desk: Desk, owner: QWidget, told: Told) -> None:
        super().__init__()
        self._desk, self._owner, self._told = desk, owner, told
        self._steps: list[Progress] = []  # of what is awaited, the oldest first
        self.hide()

    @property
    def busy(self) -> bool:
        return bool(self._steps)

    def cancel(self) -> None:
        """Give up what is awaited; nothing is kept of it."""
        for one in self._steps:
            one.cancel()

    def run(
        self,
        work: Callable[[Session, Progress], T],
        name: str,
        done: Callable[[T], None],
        *,
        refused: Callable[[], None] = lambda: None,
        writes: bool = False,
    ) -> None:
        """Do ``work`` on the worker; a refusal is told, and ``done`` gets what came of it.

        :param refused: called after a refusal was told.
        """
        self._told.clear()

        def finished(result: T) -> None:
            self._ended()
            done(result)

        def failed(refusal: Refusal) -> None:
            self._ended()
            self._told.refuse(refusal)
            refused()

        owner, moved = self._owner, self._moved
        self.setRange(0, 0)
        self._steps.append(
            self._desk.run(
                work, name, owner=owner, done=finished, failed=failed, progress=moved, writes=writes
            )
        )
        self._show()

    def _moved(self, done: int, total: int) -> None:
        self.setRange(0, total)
        self.setValue(done)

    def _ended(self) -> None:
        self._steps.pop(0)
        self._show()

    def _show(self) -> None:
        self.setVisible(self.busy)
        self.changed.emit()
