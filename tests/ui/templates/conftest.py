"""The dialog, empty and with a workbook."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.templates.book import book, people
from tests.ui.templates.steps import begun, read
from ui.desk import Desk
from ui.templates.dialog import TemplateDialog


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> TemplateDialog:
    desk.do(people, "测试")
    dialog = begun(qtbot, desk)
    dialog.resize(1300, 700)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.fixture
def opened(qtbot: QtBot, dialog: TemplateDialog, tmp_path: Path) -> TemplateDialog:
    read(qtbot, dialog, book(tmp_path / "队员登记表.xlsx"))
    return dialog
