"""Backups nobody asks for."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from desktop.records import Team
from desktop.services import entries
from desktop.services.backups import Reason, listed
from desktop.storage.backups import manifest
from ui.desk import Desk
from ui.keeping import Keeper


def change(desk: Desk, name: str = "东湖巡逻队") -> None:
    desk.do(lambda session: entries.save(session, Team, {"team_name": name}), "新增队伍")


def test_the_timer_backs_up_what_was_changed(desk: Desk, qtbot: QtBot) -> None:
    keeper = Keeper(desk)
    change(desk)
    with qtbot.waitSignal(keeper.made):
        keeper.timer.timeout.emit()
    assert [one.reason for one in listed(desk.store)] == [Reason.CHANGES]


def test_without_changes_nothing_is_made(desk: Desk) -> None:
    keeper = Keeper(desk)
    keeper.keep()
    keeper.finish()
    assert not listed(desk.store)


def test_the_end_of_the_program_backs_up(desk: Desk) -> None:
    keeper = Keeper(desk)
    change(desk)
    keeper.finish()
    assert [(one.reason, one.counts["team"]) for one in listed(desk.store)] == [(Reason.EXIT, 1)]


def test_one_that_failed_is_told_and_tried_again(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = Keeper(desk)
    change(desk)

    def full(file: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.storage.backups.making.flush", full)
    with qtbot.waitSignal(keeper.failed) as failed:
        keeper.keep()
    assert isinstance(failed.args[0], Refusal)
    assert not list((desk.store.folder / manifest.HOME).iterdir())
    monkeypatch.undo()
    with qtbot.waitSignal(keeper.made):
        keeper.keep()
