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
from desktop.services import audit, periods
from desktop.services.audit import Event
from desktop.settings import Settings
from desktop.storage import rights
from desktop.storage.changes import Changes
from desktop.storage.database import Store
from desktop.storage.rights import Right
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
    :ivar unsaved: a save was refused; carries the moment.
    :ivar dropped: what could not be saved was given up, or there was nothing to be given up.
    :ivar locking: the key is about to be dropped; what needs it is done now.
    :ivar resting: nothing may run any more, as before a lock; what is half typed is written down.
    :ivar wanted: some page asks to go elsewhere; carries a :class:`Target`.
    :ivar exchanged: the records are others altogether, as after a restore; the pages are made anew.
    :ivar past_wanted: some page asks for a window on a read-only store; carries the store and its moment.
    :ivar period_changed: another period was chosen at the top of the window (YYYY-MM).
    """

    changed = Signal(object)
    saved = Signal(object)
    unsaved = Signal(object)
    dropped = Signal()
    locking = Signal()
    resting = Signal()
    wanted = Signal(object)
    exchanged = Signal()
    past_wanted = Signal(object, object)
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
        self._refuse_writing("未能保存")
        try:
            with self.store.work(name) as (session, changes):
                result = operation(session)
        except Refusal:
            self.unsaved.emit(dt.datetime.now())
            raise
        self._announce(changes)
        return result

    def may(self, right: Right) -> bool:
        """Whether the one who logged in has a right; where nothing can be written, nobody has any."""
        return not self.store.read_only and rights.may(self.store.key.role, right)

    def note(self, event: Event, subject: str) -> None:
        """Write down in the journal that something was looked at or taken out.

        :raises Refusal: it could not be written down, so it must not happen.
        """
        self._refuse_writing(f"未能{event}")
        with self.store.work(event.value) as (session, _):
            audit.record(session, event, subject)

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
            if writes:
                self.unsaved.emit(dt.datetime.now())
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

    @property
    def busy(self) -> bool:
        """Whether something is running on the worker."""
        return bool(self._waiting)

    def lock_up(self) -> None:
        """Drop the key; nothing can be asked or done until the store is unlocked.

        :raises Refusal: something is running, or there is no password to ask for.
        """
        what = "没有锁定"
        if self.store.key.practice:
            raise Refusal(what, "练习乡镇不用密码", "离开时可以按 Windows 键加 L 锁定电脑")
        if self.busy:
            raise Refusal(what, "还有操作没有完成", "请等它完成后再锁定")
        self.locking.emit()
        self.rest()
        self.store.lock_up()

    def exchange(self, work: Callable[[Store], T]) -> T:
        """Put other records in the place of these, once the worker has nothing left to do.

        :raises Refusal: it was not done.
        """
        self._refuse_writing("未能恢复")
        self.rest()
        result = work(self.store)
        self.exchanged.emit()
        self._announce(Changes())
        return result

    def rest(self) -> None:
        """Wait until the worker has finished what was started, and half-typed answers are written down."""
        self.resting.emit()
        self._worker.stop()

    def close(self) -> None:
        """Finish, and close the data folder."""
        self.rest()
        self.store.close()

    def _refuse_writing(self, what: str) -> None:
        if self._writing:
            raise Refusal(what, f"“{self._writing}”还没有完成", "请等它完成后再试，已填的内容还在")

    def _ended(self, name: str) -> None:
        if self._writing == name:
            self._writing = ""

    def _announce(self, changes: Changes) -> None:
        self.saved.emit(dt.datetime.now())
        self.changed.emit(changes)
