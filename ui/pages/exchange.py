"""Excel in and out of a page: importing a workbook, and the blank template, for each of its ledgers."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.records.fields import Ledger
from ui.icons import icon
from ui.messages import Notice
from ui.pages.asking import documents
from ui.pages.page import Page


class Exchange:
    """The two commands; with several ledgers each opens a menu that asks for which.

    :param ready: asked before a file is imported: half-typed answers are saved first.
    """

    def __init__(
        self, page: Page, ledgers: Sequence[type[Ledger]], notice: Notice, ready: Callable[[], bool]
    ) -> None:
        self._page, self._notice, self._ready = page, notice, ready
        self.importing = self._command("导入…", "import", ledgers, self.import_file)
        self.template = self._command("空白模板…", "template", ledgers, self.write_template)

    def import_file(self, ledger: type[Ledger]) -> None:
        """Choose a workbook, look at what it would do, and import it."""
        from ui.pages.importing import ImportDialog  # seldom needed

        if self._ready():
            dialog = ImportDialog(ledger, self._page.desk, self._page)
            if dialog.choose():
                dialog.open()

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

    def _command(
        self, text: str, symbol: str, ledgers: Sequence[type[Ledger]], work: Callable[[type[Ledger]], None]
    ) -> QAction:
        action = QAction(icon(symbol), text, self._page)
        if len(ledgers) == 1:
            action.triggered.connect(lambda _: work(ledgers[0]))
            return action
        menu = QMenu(self._page)
        for ledger in ledgers:
            menu.addAction(ledger.caption, partial(work, ledger))
        action.setMenu(menu)
        return action
