"""The window's list of operations: what was done, what was looked at, and the journal taken out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from desktop.records import Member
from desktop.services import entries
from desktop.services.audit import Event
from desktop.storage.database import Store
from desktop.storage.keys.key import Role
from desktop.storage.rights import Right
from ui.desk import Desk
from ui.pages.operations import OperationsDialog
from ui.rights import said


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> Iterator[OperationsDialog]:
    desk.do(lambda session: entries.save(session, Member, {"name": "张三"}), "录入队员花名册")
    desk.note(Event.REVEAL, "页面“队员”")
    dialog = OperationsDialog(desk)
    dialog.show()
    yield dialog
    dialog.reject()


def _names(dialog: OperationsDialog) -> list[str]:
    return [one.name for one in dialog.model.rows]


def test_looks_are_shown_on_demand_and_cannot_be_taken_back(dialog: OperationsDialog) -> None:
    assert any("张三" in name for name in _names(dialog))
    assert not any("查看完整号码" in name for name in _names(dialog))
    dialog.kinds.setCurrentIndex(1)
    dialog.kinds.activated.emit(1)
    assert _names(dialog) == ["查看完整号码：页面“队员”"]
    assert not dialog.back.isEnabled()


def test_the_journal_is_exported_and_that_stands_among_the_looks(
    dialog: OperationsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "操作记录.xlsx"
    dialog.export(target)
    qtbot.waitUntil(lambda: "已导出" in dialog.notice.text())
    assert openpyxl.load_workbook(target).active is not None
    dialog.kinds.setCurrentIndex(1)
    dialog.kinds.activated.emit(1)
    assert _names(dialog)[0] == "导出操作记录：操作记录.xlsx"


def test_a_file_that_cannot_be_written_is_told_in_place(
    dialog: OperationsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.export(tmp_path)
    qtbot.waitUntil(lambda: "未能" in dialog.notice.text())
    assert dialog.exporting.isEnabled()


def test_only_an_administrator_takes_the_journal_out(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewer = replace(desk.store.key, role=Role.REVIEW)
    monkeypatch.setattr(Store, "key", property(lambda _: reviewer))
    dialog = OperationsDialog(desk)
    assert not dialog.exporting.isEnabled()
    assert dialog.exporting.toolTip() == said(Right.ACCOUNTS)
    dialog.reject()
