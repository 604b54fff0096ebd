"""The command 打印… of a page: what it can print of the entry that is shown."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.services.papers import Paper
from ui.buttons import tool
from ui.icons import icon
from ui.messages import Notice
from ui.pages.page import Page

NOTHING = Refusal("未能打印", "还没有选中记录", "请先在表格里选一条")


class Papers:
    """Opens the dialog on what the page offers.

    :param offered: the forms for the entry that is shown; none while nothing is.
    :param ready: asked first: half-typed answers are saved.
    """

    def __init__(
        self,
        page: Page,
        offered: Callable[[Session], tuple[Paper, ...]],
        notice: Notice,
        ready: Callable[[], bool],
    ) -> None:
        self._page, self._offered, self._notice, self._ready = page, offered, notice, ready
        self.action = QAction(icon("print"), "打印…", page)
        self.action.setShortcut(QKeySequence("Ctrl+P"))
        self.action.triggered.connect(lambda _: self.open())
        page.addAction(self.action)

    def button(self) -> QToolButton:
        made = tool("打印…", symbol="print", tip="打印，或存为 PDF、Word（Ctrl+P）")
        made.clicked.connect(self.action.trigger)
        return made

    def open(self) -> None:
        """Show the dialog; a refusal is said on the page."""
        from ui.pages.printing import PrintDialog  # Word is not needed before

        if not self._ready():
            return
        self._notice.clear()
        try:
            papers = self._page.desk.ask(self._offered)
        except Refusal as refusal:
            self._notice.refuse(refusal)
            return
        if papers:
            PrintDialog(self._page.desk, papers, self._page).open()
        else:
            self._notice.refuse(NOTHING)
