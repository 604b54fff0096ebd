"""One background thread for everything above a tenth of a second; it never touches a widget."""

import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from desktop.errors import Refusal

T = TypeVar("T")
TURN = 0.001  # seconds until the window may go on; at Python's 0.005 a repaint beside an import waits 30 ms


class Progress(QObject):
    """How far an operation is; the operation calls :meth:`at`, which raises once it was cancelled."""

    moved = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    def at(self, done: int, total: int) -> None:
        """Report ``done`` of ``total``.

        :raises Refusal: the clerk cancelled; the transaction is rolled back by that.
        """
        if self._cancelled.is_set():
            raise Refusal("已取消", "操作由您取消，没有改动任何数据", "需要时可以重新开始")
        self.moved.emit(done, total)


@dataclass(slots=True)
class _Job:
    work: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[Refusal], None]
    steps: Progress = field(default_factory=Progress)


class Worker(QObject):
    """Runs jobs one after the other; results come back on the thread that made the worker."""

    _answered = Signal(object, object, object)  # job, result, error

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._answered.connect(self._answer)

    def start(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Refusal], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> Progress:
        job = _Job(work, done, failed)
        if progress is not None:
            job.steps.moved.connect(progress)
        if self._thread is None:
            sys.setswitchinterval(TURN)
            self._thread = threading.Thread(target=self._loop, name="worker", daemon=True)
            self._thread.start()
        self._jobs.put(job)
        return job.steps

    def stop(self) -> None:
        """Finish what was started, then end the thread."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                result = job.work(job.steps)
            except BaseException as trouble:  # noqa: BLE001 - handed to the window's thread, never swallowed
                self._answered.emit(job, None, trouble)
            else:
                self._answered.emit(job, result, None)

    @Slot(object, object, object)
    def _answer(self, job: _Job, result: Any, trouble: BaseException | None) -> None:
        if trouble is None:
            job.done(result)
        elif isinstance(trouble, Refusal):
            job.failed(trouble)
        else:
            job.failed(Refusal("没有完成", "程序出了错，没有改动任何数据", "请按出错窗口的提示报告"))
            raise trouble
