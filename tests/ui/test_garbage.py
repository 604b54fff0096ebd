"""Widgets that nobody holds any more go on the window's thread, whatever the workers do meanwhile."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ui import garbage
from ui.garbage import Collector


class Held(QDialog):
    """A dialog in a cycle with itself, as every one with a method connected to a signal of its own."""

    went: list[int] = []  # noqa: RUF012 - the threads on which they went

    def __init__(self) -> None:
        super().__init__()
        self.myself = self

    def __del__(self) -> None:
        self.went.append(threading.get_ident())


@pytest.fixture
def collector(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    monkeypatch.setattr(garbage, "SPAN", 1)
    parent = QObject()
    Held.went.clear()
    gc.enable()
    yield Collector(parent)
    gc.collect()


def test_a_closed_dialog_goes_on_the_thread_of_the_window(collector: Collector, qtbot: QtBot) -> None:
    Held()

    def churn() -> None:  # more than Python lets pass before it collects
        _ = [[[]] for _ in range(100_000)]

    worker = threading.Thread(target=churn)
    worker.start()
    worker.join()
    assert Held.went == []
    kept: list[list[list[int]]] = [[[]] for _ in range(10_000)]
    qtbot.waitUntil(lambda: Held.went == [threading.get_ident()])
    assert kept


def test_nothing_is_collected_before_it_is_due(qapp: object) -> None:
    gc.collect()
    before = gc.get_stats()
    garbage.collect()
    assert gc.get_stats() == before
