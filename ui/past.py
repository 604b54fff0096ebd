"""A window on the records as they were: the same pages, read-only, under a band that says so."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel

from desktop.storage.database import Store
from ui.desk import Desk
from ui.theme import em, mark
from ui.window import Window
from ui.zoom import Zoom


class PastWindow(Window):
    """Shows ``store``, and closes it when it is closed.

    :param moment: when the records were like this; it counts as today.
    """

    def __init__(self, desk: Desk, zoom: Zoom, unit: str, store: Store, moment: dt.datetime) -> None:
        super().__init__(Desk(store, desk.settings, today=moment.date()), zoom, unit)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        band(self, f"只读：{moment:%Y-%m-%d %H:%M} 的样子。这里不能修改，关闭这个窗口就回到现在的数据。")
        self.setWindowTitle(f"只读：{moment:%Y-%m-%d} 的样子　{unit}")

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self.desk.close()


def band(window: Window, text: str) -> None:
    """Say at the top of ``window``, on every page, that nothing can be changed."""
    told = mark(QLabel(text), grade="B")
    told.setObjectName("band")
    told.setTextFormat(Qt.TextFormat.PlainText)
    told.setWordWrap(True)
    told.setMargin(em(told, 0.3))
    window.setMenuWidget(told)
