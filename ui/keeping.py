"""Backups nobody asks for: every half hour of changes, before a lock, and when the window is closed."""

import datetime as dt

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import Refusal
from desktop.services import backups
from desktop.services.backups import OFTEN, Reason
from desktop.storage.changes import Changes
from ui.desk import Desk

MINUTE = 60_000  # milliseconds


class Keeper(QObject):
    """Makes backups on the worker while the clerk works on.

    :ivar made: a backup was made; carries its moment.
    :ivar failed: one could not be made; carries the refusal.
    """

    made = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._changed = desk, False
        self.timer = QTimer(self, interval=OFTEN * MINUTE)
        self.timer.timeout.connect(self.keep)
        self.timer.start()
        desk.changed.connect(self._note)
        desk.locking.connect(self.keep_before_lock)

    def keep(self) -> None:
        """Back up what was changed since the last time, if anything was."""
        store = self._desk.store
        if not self._changed or store.locked_up:
            return
        self._changed = False

        def failed(refusal: Refusal) -> None:
            self._changed = True
            self.failed.emit(refusal)

        self._desk.run(
            lambda _, __: backups.make(store, Reason.CHANGES),
            "定时备份",
            owner=self,
            done=lambda backup: self.made.emit(backup.made_at),
            failed=failed,
            writes=False,
        )

    def keep_before_lock(self) -> None:
        """Back up at once what was changed: without the key there is no backup when the program ends."""
        if self._changed:
            try:
                backup = backups.make(self._desk.store, Reason.CHANGES)
            except Refusal as refusal:
                self.failed.emit(refusal)
            else:
                self._changed = False
                self.made.emit(backup.made_at)

    def finish(self) -> None:
        """Back up before the program ends, if anything was changed.

        :raises Refusal: it could not be made; what was saved is saved all the same.
        """
        self.timer.stop()
        self._desk.rest()
        if self._changed and not self._desk.store.locked_up:
            backups.make(self._desk.store, Reason.EXIT)
            self._changed = False

    def _note(self, changes: Changes) -> None:
        self._changed = True


def told(moment: dt.datetime) -> str:
    """What the window says of a backup that was made meanwhile."""
    return f"已备份 {moment:%H:%M}"
