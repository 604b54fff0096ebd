"""A second start on the same data: it brings the first window to the front, by a small file, and ends."""

import sys
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QFileSystemWatcher, QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.errors import Refusal
from desktop.storage import lock

FILE = "raise"
WAIT, STEP = 5000, 50  # ms until a window that does not answer is given up, and between two looks


def raise_first(folder: Path, file: Path | None = None) -> bool:
    """Bring the window to the front that has ``folder`` open; whether there is one.

    :param file: what it should take in, as of a double click on the file.
    :raises Refusal: there is one, and it does not answer.
    """
    if not lock.is_held(folder):
        return False
    _let_come_forward(lock.holder(folder))
    asking, patience = folder / FILE, QDeadlineTimer(WAIT)
    try:
        part = asking.with_suffix(".new")
        part.write_text(str(file.absolute()) if file else "", "utf-8")
        part.replace(asking)  # whole when it is seen
        while asking.exists() and not patience.hasExpired():
            QThread.msleep(STEP)
        if not asking.exists():
            return True
        asking.unlink(missing_ok=True)
    except OSError:  # a folder that cannot be written to
        pass
    raise Refusal(
        "没有再打开一次",
        "平安台账已经打开了这份数据，但它的窗口没有回应",
        "请在屏幕底部的任务栏里点它的图标；还是没有反应，请重新启动电脑后再打开",
    )


class Raised(QObject):
    """Answers a second start by bringing ``window`` to the front.

    :ivar handed: the second start was for a file; carries its path.
    """

    handed = Signal(str)

    def __init__(self, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._window, self._file = window, folder / FILE
        self._watcher = QFileSystemWatcher([str(folder)], self)
        self._watcher.directoryChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        try:
            file = self._file.read_text("utf-8", "replace")
        except OSError:
            return
        self._file.unlink(missing_ok=True)
        for one in (self._window, QApplication.activeModalWidget()):
            if one is not None:
                one.setWindowState(one.windowState() & ~Qt.WindowState.WindowMinimized)
                one.show()
                one.raise_()
                one.activateWindow()
        if file:
            self.handed.emit(file)


if sys.platform == "win32":
    import ctypes

    def _let_come_forward(process: int | None) -> None:
        """Windows lets only the program in front hand the front to another."""
        if process is not None:
            ctypes.windll.user32.AllowSetForegroundWindow(process)

else:

    def _let_come_forward(process: int | None) -> None:
        """Any window may come forward here."""
