"""Writes down what is half typed every two seconds, on a thread of its own, until it is saved or given up."""

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.services import halfway
from desktop.services.halfway import Halfway
from ui.desk import Desk

if TYPE_CHECKING:
    from ui.form.entry import EntryForm

EVERY = 2000  # ms


class Autosave(QObject):
    """The draft of what stands in ``form``; there is one only while something in it is not saved."""

    def __init__(self, form: "EntryForm", desk: Desk) -> None:
        super().__init__(form)
        self._form, self._desk = form, desk
        self._id = ""  # of the draft, while it may be written
        self._asked: Halfway | None = None  # what was last to be written
        self._threads: ThreadPoolExecutor | None = None
        self._running: Future[None] | None = None
        self.timer = QTimer(self, singleShot=True, interval=EVERY)
        self.timer.timeout.connect(self.write)
        desk.resting.connect(self.settle)

    def typed(self) -> None:
        """Something was typed: it is written down within two seconds."""
        if not self.timer.isActive():
            self.timer.start()

    def adopt(self, draft: Halfway) -> None:
        """Go on with a draft that was left behind."""
        self._id = draft.id

    def write(self) -> None:
        """Write down what stands in the form now, if that was not done yet; nothing waits for it."""
        if self._running is not None and self._running.done():
            ended, self._running = self._running, None
            ended.result()  # a bug on the thread is a bug
        form = self._form
        if not form.is_dirty() or form.is_untouched():
            self.forget()
            return
        self._id = self._id or uuid.uuid4().hex
        draft = Halfway(self._id, form.ledger, form.entry, form.answers(), form.began())
        if draft != self._asked:
            self._asked = draft
            self._start(lambda session: self._put(session, draft))
        self.timer.start()

    def settle(self) -> None:
        """Write down what stands in the form, and wait until that is done: the key is about to be dropped."""
        if self._id or self.timer.isActive():
            self.write()
            self.timer.stop()
        if self._running is not None:
            self._running.result()

    def forget(self) -> None:
        """What was typed is given up, or typed back to what it was."""
        self.timer.stop()
        draft, self._id, self._asked = self._id, "", None
        if draft:
            self._start(lambda session: halfway.drop(session, draft))

    @contextmanager
    def saved(self) -> Iterator[Callable[[Session], None]]:
        """Around a save: gives what takes the draft away in its transaction; a save that fails keeps it."""
        self.timer.stop()
        draft, self._id = self._id, ""  # from here on the thread writes nothing more under it
        try:
            yield lambda session: halfway.drop(session, draft)
        except BaseException:
            self._id, self._asked = draft, None
            self.timer.start()
            raise
        self._asked = None

    def _put(self, session: Session, draft: Halfway) -> None:
        """Asked again behind the lock of the database, so nothing is written after it was saved."""
        if draft.id == self._id:
            halfway.put(session, draft)

    def _start(self, work: Callable[[Session], None]) -> None:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(1, "draft")
        self._running = self._threads.submit(self._run, work)

    def _run(self, work: Callable[[Session], None]) -> None:
        """A full disk or a lock is no trouble yet: what is typed stands in the form, and a save says it."""
        try:
            with self._desk.store.jot() as session:
                work(session)
        except Refusal:
            self._asked = None  # to be written the next time
