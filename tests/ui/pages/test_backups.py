"""The page 备份: what a clerk sees of the backups, and does with them."""

import datetime as dt
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.services import backups
from desktop.services.backups import Reason
from desktop.storage.backups import second
from tests.desktop.storage.conftest import add_team, flip, teams
from ui import messages
from ui.desk import Desk, Target
from ui.pages import backups as module
from ui.pages.backups import BackupsPage


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> BackupsPage:
    page = BackupsPage(desk)
    qtbot.addWidget(page)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.show()
    return page


def make(qtbot: QtBot, page: BackupsPage) -> None:
    page.make()
    qtbot.waitUntil(page.commands.isEnabled)


def row(page: BackupsPage, at: int = 0) -> list[str]:
    return [page.model.index(at, column).data() for column in range(page.model.columnCount())]


def test_without_a_backup_the_page_says_when_there_will_be_one(page: BackupsPage) -> None:
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    assert not page.restoring.isEnabled()
    assert page.reminder.isHidden()


def test_a_backup_made_now_appears_with_its_counts(page: BackupsPage, qtbot: QtBot) -> None:
    add_team(page.desk.store)
    make(qtbot, page)
    assert row(page)[1:6] == ["手动", "1", "0", "0", "0"]
    assert row(page)[7:] == ["完好", "本机"]
    assert "队伍 1" in page.notice.text()
    assert page.count.text() == "共 1 份，1 份完好"


def test_a_second_one_without_changes_is_not_made(page: BackupsPage, qtbot: QtBot) -> None:
    make(qtbot, page)
    make(qtbot, page)
    assert len(page.model.rows) == 1
    assert "没有改动" in page.notice.text()


def test_the_stick_is_asked_for_and_then_listed(page: BackupsPage, qtbot: QtBot, tmp_path: Path) -> None:
    make(qtbot, page)
    assert "还没有备份到 U 盘" in page.reminder.text()
    stick = tmp_path / "stick"
    stick.mkdir()
    with patch.object(QFileDialog, "getExistingDirectory", return_value=str(stick)):
        page.copy()
    qtbot.waitUntil(page.commands.isEnabled)
    assert row(page)[8] == "本机、U 盘"
    assert page.reminder.isHidden()
    assert page.desk.settings.get(module.SECOND) == str(stick)


def test_a_pulled_stick_is_a_sentence_and_the_local_backup_is_there(
    page: BackupsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.copy(tmp_path / "pulled")
    qtbot.waitUntil(page.commands.isEnabled)
    assert "U 盘可能已拔出" in page.notice.text()
    assert row(page)[7:] == ["完好", "本机"]


def test_checking_names_the_damaged_one_and_it_cannot_be_restored(page: BackupsPage, qtbot: QtBot) -> None:
    make(qtbot, page)
    flip(page.model.rows[0].backup.file, 9999)
    page.check()
    qtbot.waitUntil(page.commands.isEnabled)
    assert "1 份已损坏" in page.notice.text()
    assert row(page)[7] == "已损坏"
    assert not page.restoring.isEnabled()
    assert not page.viewing.isEnabled()


def test_a_restore_is_asked_about_done_and_undone(page: BackupsPage, qtbot: QtBot) -> None:
    make(qtbot, page)
    add_team(page.desk.store)
    with patch.object(messages, "ask", return_value=1):
        page.restore()
    assert teams(page.desk.store) == 1
    with patch.object(messages, "ask", return_value=0), qtbot.waitSignal(page.desk.exchanged):
        page.restore()
    assert teams(page.desk.store) == 0
    assert "可以撤销" in page.notice.text()
    with patch.object(messages, "ask", return_value=0), qtbot.waitSignal(page.desk.exchanged):
        page.undoing.click()
    assert teams(page.desk.store) == 1


def test_the_chosen_backup_is_opened_read_only(page: BackupsPage, qtbot: QtBot) -> None:
    make(qtbot, page)
    add_team(page.desk.store)
    with qtbot.waitSignal(page.desk.past_wanted) as wanted:
        page.viewing.click()
    past, moment = wanted.args
    assert (teams(past), moment) == (0, page.model.rows[0].backup.made_at)
    past.close()


def test_a_day_before_every_backup_is_refused_in_the_dialog(page: BackupsPage, qtbot: QtBot) -> None:
    make(qtbot, page)
    asked = page.view_day()
    editors: list[QLineEdit] = list(asked.findChildren(QLineEdit))
    editor = editors[0]
    editor.setText("2020-01-01")
    asked.accept()
    assert "没有完好的备份" in asked.notice.text()
    editor.setText("2099-01-01")
    with qtbot.waitSignal(page.desk.past_wanted) as wanted:
        asked.accept()
    wanted.args[0].close()


def test_the_list_is_read_again_when_the_page_is_shown(page: BackupsPage) -> None:
    backups.make(page.desk.store, Reason.CHANGES)
    page.go(Target("backups"))
    assert row(page)[1] == "定时"


def test_the_reminder_comes_back_after_a_week_of_changes(
    page: BackupsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.copy(tmp_path)
    qtbot.waitUntil(page.commands.isEnabled)
    last = second.last(page.desk.store.folder)
    assert last is not None
    week = last.at + dt.timedelta(days=9)
    assert backups.reminder(page.desk.store.folder, week) == ""
    add_team(page.desk.store)
    make(qtbot, page)
    assert backups.reminder(page.desk.store.folder, week) == "已经 9 天没有备份到 U 盘"
    before = last.at - dt.timedelta(days=3)
    assert "电脑时间可能不对" in backups.reminder(page.desk.store.folder, before)
