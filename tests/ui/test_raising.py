"""A second start raises the first window, or says why it cannot."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from desktop.storage import lock
from desktop.storage.database import Store
from desktop.storage.lock import FolderLock
from ui import raising
from ui.raising import FILE, Raised, raise_first

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def window(qtbot: QtBot, store: Store) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    Raised(window, store.folder)
    return window


def _start(store: Store) -> QProcess:
    process = QProcess()
    process.setWorkingDirectory(str(ROOT))
    process.start(sys.executable, ["-m", "ui", "--data", str(store.folder)])
    return process


def test_a_second_start_raises_a_window_that_was_put_away(
    qtbot: QtBot, window: QWidget, store: Store
) -> None:
    process = _start(store)
    with qtbot.waitSignal(process.finished, timeout=20_000):
        pass
    assert process.exitCode() == 0
    assert not window.isMinimized()
    assert window.isActiveWindow()
    assert not (store.folder / FILE).exists()


def test_a_question_that_stands_open_is_what_comes_to_the_front(
    qtbot: QtBot, window: QWidget, store: Store
) -> None:
    window.showNormal()
    question = QDialog(window)
    question.open()
    window.activateWindow()
    (store.folder / FILE).touch()
    qtbot.waitUntil(question.isActiveWindow)


def test_a_file_that_was_double_clicked_is_handed_to_the_first_window(qtbot: QtBot, store: Store) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    raised = Raised(window, store.folder)
    with qtbot.waitSignal(raised.handed) as caught:
        (store.folder / FILE).write_text("/某处/汇总 表.pazb", "utf-8")
    assert caught.args == ["/某处/汇总 表.pazb"]


def test_what_a_second_start_asked_before_the_window_came_is_answered(qtbot: QtBot, store: Store) -> None:
    (store.folder / FILE).touch()
    window = QWidget()
    qtbot.addWidget(window)
    Raised(window, store.folder)
    assert window.isVisible()


def test_a_window_that_does_not_answer_is_told_and_nothing_is_left_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raising, "WAIT", 20)
    with pytest.raises(Refusal, match="任务栏"):
        raise_first(store.folder)
    assert not (store.folder / FILE).exists()


def test_a_folder_that_cannot_be_written_to_is_told_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Refusal, match="没有回应"):
        raise_first(store.folder)


def test_the_first_start_raises_nobody(tmp_path: Path) -> None:
    assert not raise_first(tmp_path)
    held = FolderLock(tmp_path)
    held.release()
    assert not raise_first(tmp_path)
    assert not lock.is_held(tmp_path)


def test_a_lock_that_a_crash_left_is_held_by_nobody(tmp_path: Path) -> None:
    crash = (
        "import os, sys; from pathlib import Path; from desktop.storage.lock import FolderLock;"
        "held = FolderLock(Path(sys.argv[1])); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", crash, str(tmp_path)], check=False)
    assert lock.holder(tmp_path) is not None
    assert not lock.is_held(tmp_path)
    assert not raise_first(tmp_path)


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b'{"pid": "x"}'])
def test_a_lock_without_a_process_names_none(tmp_path: Path, text: bytes) -> None:
    (tmp_path / lock.FILE).write_bytes(text)
    assert lock.holder(tmp_path) is None
