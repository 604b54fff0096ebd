"""A bug: one dialog, a log without anybody's data, and a button to copy it."""

import datetime as dt
import platform
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout

import desktop
from desktop.errors import Refusal
from desktop.storage.database import LockedUp
from ui.messages import refused
from ui.pages.parts import across, press, words
from ui.theme import em

LARGEST = 1_000_000  # bytes of log before it is begun anew


def report(trouble: BaseException) -> str:
    """What a maker of the program needs: kinds of error and places in the code, never a value.

    An error's own words may hold what a clerk typed, so they are left out.
    """
    lines = [
        f"{dt.datetime.now():%Y-%m-%d %H:%M:%S} 平安台账 {desktop.__version__}",
        f"Python {platform.python_version()} Qt {qVersion()} {platform.platform()}",
    ]
    one: BaseException | None = trouble
    while one is not None:
        lines.append(f"{type(one).__module__}.{type(one).__name__}")
        frames = traceback.extract_tb(one.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        one = one.__cause__ or one.__context__
    return "\n".join(lines)


class CrashDialog(QDialog):
    """Says that it was the program's fault, that saved work is safe, and what to do."""

    def __init__(self, text: str, log: Path) -> None:
        super().__init__()
        self.setWindowTitle("平安台账")
        self.text = QPlainTextEdit(text, readOnly=True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        column = QVBoxLayout(self)
        column.addWidget(words("程序出错，刚才的操作没有完成", kind="section"))
        told = "已保存的记录不受影响，可以继续使用。请把下面的内容复制给维护人员，其中没有录入的数据。"
        column.addWidget(words(told, wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(words(f"日志：{log}", kind="muted", wrap=True))
        self.copying = press("复制", self.copy)
        closing = press("关闭", self.accept, kind="primary")
        closing.setDefault(True)
        column.addLayout(across(self.copying, 1, closing))
        self.resize(em(self, 36), em(self, 20))

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())


class CrashHook:
    """Takes the place of ``sys.excepthook``.

    :param log: the file that reports are added to.
    """

    def __init__(self, log: Path) -> None:
        self.log = log
        self._open = False

    def install(self) -> None:
        sys.excepthook = self

    def __call__(
        self, kind: type[BaseException], trouble: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(trouble, LockedUp):  # a page behind the lock page asked by its clock
            return
        if isinstance(trouble, Refusal):  # one that no page has shown in its place
            refused(QApplication.activeWindow(), trouble)
            return
        text = report(trouble)
        self._write(text)
        print(text, file=sys.stderr)
        if not self._open:  # a bug in painting would open a dialog with each repaint
            self._open = True
            dialog = CrashDialog(text, self.log)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.exec()
            self._open = False

    def _write(self, text: str) -> None:
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            full = self.log.exists() and self.log.stat().st_size > LARGEST
            with self.log.open("w" if full else "a", encoding="utf-8") as file:
                file.write(text + "\n\n")
        except OSError:
            return
