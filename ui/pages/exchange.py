"""Excel files into a page: importing a file, the blank template, and earlier imports, as one menu."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.records.fields import Ledger
from desktop.storage.rights import Right
from ui.icons import icon
from ui.messages import Notice
from ui.pages.asking import documents
from ui.pages.page import Page


class Exchange:
    """The menu 导入, which names each of the page's ledgers.

    :param ready: asked before a file is imported: half-typed answers are saved first.
    :ivar action: carries the menu.
    """

    def __init__(
        self, page: Page, ledgers: Sequence[type[Ledger]], notice: Notice, ready: Callable[[], bool]
    ) -> None:
        self._page, self._ledgers, self._notice, self._ready = page, ledgers, notice, ready
        self.action = QAction(icon("import"), "导入", page)
        self.action.setToolTip("导入 Excel、WPS 表格（Ctrl+I）；也可以把文件拖到这一页上")
        menu = QMenu(page)
        for ledger in ledgers:
            menu.addAction(f"导入{ledger.caption}…", partial(self.import_file, ledger))
        menu.actions()[0].setShortcut(QKeySequence("Ctrl+I"))
        menu.addSeparator()
        for ledger in ledgers:
            menu.addAction(f"{ledger.caption}空白模板…", partial(self.write_template, ledger))
        menu.addSeparator()
        menu.addAction("以前的导入…", self.show_past)
        self.action.setMenu(menu)
        page.setAcceptDrops(page.desk.may(Right.ENTER))

    def import_file(self, ledger: type[Ledger]) -> None:
        """Choose a file, look at what it would do, and import it."""
        from ui.importing.dialog import ImportDialog  # seldom needed

        if self._ready():
            dialog = ImportDialog(ledger, self._page.desk, self._page)
            if dialog.choose():
                dialog.open()

    def read(self, file: Path) -> None:
        """Look at what importing a file that was dropped on the page would do."""
        from ui.importing.dialog import ImportDialog

        if self._ready():
            dialog = ImportDialog(self._ledgers[0], self._page.desk, self._page)
            dialog.read(file)
            dialog.open()

    def show_past(self) -> None:
        """Earlier imports, each of which can be taken back."""
        from ui.importing.past import PastImports

        PastImports(self._page.desk, self._page).open()

    def write_template(self, ledger: type[Ledger]) -> None:
        """Ask where to, and save the blank workbook of a ledger."""
        name = f"{ledger.caption}（空白模板）.xlsx"
        start = str(Path(documents()) / name)
        chosen, _ = QFileDialog.getSaveFileName(self._page, "保存空白模板", start, "Excel 工作簿 (*.xlsx)")
        if chosen:
            self.save_template(ledger, Path(chosen))

    def save_template(self, ledger: type[Ledger], target: Path) -> None:
        from desktop.services import exporting  # openpyxl is not needed before

        self._notice.clear()
        self._page.desk.run(
            lambda session, _: exporting.template(session, ledger, target),
            "空白模板",
            owner=self._page,
            done=lambda _: self._notice.say(f"空白模板已保存到 {target}"),
            failed=self._notice.refuse,
            writes=False,
        )
