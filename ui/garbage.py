"""Garbage is collected on the window's thread only: a widget destroyed on another ends the program."""

import gc

from PySide6.QtCore import QObject, QTimer

SPAN = 1000  # milliseconds


class Collector(QObject):
    """Collects as Python would, but from the event loop; Python itself no longer does.

    Python collects cycles wherever an allocation happens to be one too many, so in a worker as well; the
    dialogs that a clerk has closed are such cycles.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(SPAN)
        timer.timeout.connect(collect)
        timer.start()


def collect() -> None:
    """Collect the oldest generation whose count is over its threshold; nothing when none is."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
