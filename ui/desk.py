"""The desk every page works at: ask, do, run, and be told what changed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as made
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.services import periods
from desktop.settings import Settings
from desktop.storage.changes import Changes
from desktop.storage.database import Store
from ui.worker import Progress, Worker

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a page is asked to go: a page's name, and an entry and field on it."""

    page: str  # a ledger's table name, or home, checks, submit, settings, help
    entry: int | None = None
    field: str = ""
    filters: dict[str, str] = made(default_factory=dict)  # field name to clean value, as text


class Desk(QObject):
    """Everything a page may ask for. Pages never open a session and never talk to each other.

    :ivar changed: a transaction was kept; carries :class:`Changes`.
    :ivar saved: the moment of the last durable save.
    :ivar wanted: some page asks to go elsewhere; carries a :class:`Target`.
    :ivar period_changed: another period was chosen at the top of the window (YYYY-MM).
    """

    changed = Signal(object)
    saved = Signal(object)
    wanted = Signal(object)
    period_changed = Signal(str)

    def __init__(self, store: Store, settings: Settings, *, today: dt.date | None = None) -> None:
        super().__init__()
        self.store, self.settings = store, settings
        self._today = today
        self._period = periods.of(self.today())
        self._worker = Worker(self)
        self._writing = ""  # the long operation that is writing now
        self._waiting: list[QObject] = []

    def today(self) -> dt.date:
        """The day that counts as today."""
        return self._today or dt.date.today()

    @property
    def period(self) -> str:
        return self._period

    def choose_period(self, period: str) -> None:
        if period != self._period:
            self._period = period
            self.period_changed.emit(period)

    def ask(self, query: Callable[[Session], T]) -> T:
        """The answer of a quick query. Return plain values or loaded entries: the session closes."""
        with self.store.read() as session:
            return query(session)

    def do(self, operation: Callable[[Session], T], name: str) -> T:
        """Do a short operation at once, durably, and announce it.

        :param name: of the operation in the clerk's words, for the journal ("修改队员").
        :raises Refusal: nothing was changed; or a long operation is still writing.
        """
        if self._writing:
            raise Refusal("未能保存", f"“{self._writing}”还没有完成", "请等它完成后再保存，已填的内容还在")
        with self.store.work(name) as (session, changes):
            result = operation(session)
        self._announce(changes)
        return result

    def run(
        self,
        operation: Callable[[Session, Progress], T],
        name: str,
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Refusal], None],
        progress: Callable[[int, int], None] | None = None,
        writes: bool = True,
    ) -> Progress:
        """Do a long operation on the worker thread; the callbacks come back on this thread.

        :param owner: the widget that asks; when it is gone, the answer is dropped (what was done stays).
        :param progress: told how many of how many are done.
        :returns: the operation's progress, which can be cancelled.
        """

        def work(steps: Progress) -> tuple[T, Changes]:
            if not writes:
                with self.store.read() as session:
                    return operation(session, steps), Changes()
            with self.store.work(name) as (session, changes):
                return operation(session, steps), changes

        if writes:
            self._writing = name

        def finished(answer: tuple[T, Changes]) -> None:
            self._waiting.remove(owner)
            result, changes = answer
            self._ended(name)
            if changes.entries:
                self._announce(changes)
            if isValid(owner):
                done(result)

        def refused(refusal: Refusal) -> None:
            self._ended(name)
            self._waiting.remove(owner)
            if isValid(owner):
                failed(refusal)

        self._waiting.append(owner)
        return self._worker.start(work, finished, refused, progress)

    def awaited(self) -> list[QObject]:
        """The widgets that wait for an answer of the worker, each as often as it has asked."""
        return [owner for owner in self._waiting if isValid(owner)]

    def go(self, page: str, entry: int | None = None, field: str = "", **filters: str) -> None:
        """Ask the window to show a page."""
        self.wanted.emit(Target(page, entry, field, filters))

    def rest(self) -> None:
        """Wait until the worker has finished what was started."""
        self._worker.stop()

    def close(self) -> None:
        """Finish, and close the data folder."""
        self.rest()
        self.store.close()

    def _ended(self, name: str) -> None:
        if self._writing == name:
            self._writing = ""

    def _announce(self, changes: Changes) -> None:
        self.saved.emit(dt.datetime.now())
        self.changed.emit(changes)
