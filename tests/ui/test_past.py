"""A window on the records as they were."""

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.services import backups
from desktop.services.backups import Reason
from desktop.settings import Settings
from desktop.storage import database
from desktop.storage.database import Store
from tests.desktop.storage.conftest import add_team
from ui.app import show_past, unit_name
from ui.desk import Desk, Target
from ui.past import PastWindow
from ui.window import Window
from ui.zoom import Zoom


def test_it_shows_the_records_of_that_day_under_a_band_that_says_so(
    desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    zoom = Zoom(qapp)
    window = Window(desk, zoom, desk.ask(unit_name))
    qtbot.addWidget(window)
    backup = backups.make(desk.store, Reason.ASKED)
    add_team(desk.store)
    show_past(window, zoom, backups.view(desk.store, backup), backup.made_at)
    found: list[PastWindow] = list(window.findChildren(PastWindow))
    (past,) = found
    bands: list[QLabel] = list(past.findChildren(QLabel, "band"))
    assert f"只读：{backup.made_at:%Y-%m-%d}" in bands[0].text()
    assert past.desk.today() == backup.made_at.date()
    assert "队伍 0" in past.counts.text()
    past.go(Target("team"))
    past.close()
    assert past.desk.store.locked_up
    assert not desk.store.locked_up
    desk.rest()


def test_a_window_on_damaged_records_says_that_nothing_can_be_changed(
    desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    from ui.app import keep

    backup = backups.make(desk.store, Reason.ASKED)
    past = backups.view(desk.store, backup)
    window = PastWindow(desk, Zoom(qapp), "练习镇", past, dt.datetime(2026, 11, 20))
    qtbot.addWidget(window)
    keeper = keep(window.desk, window)
    bands: list[QLabel] = list(window.findChildren(QLabel, "band"))
    assert "只读：数据没有正常打开" in bands[-1].text()
    keeper.timer.stop()


def test_a_window_on_a_cut_journal_says_so_and_can_be_worked_in(
    store: Store, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    from desktop.services import audit
    from tests.desktop.storage.test_opening import cut_tail
    from ui.app import keep

    add_team(store)
    store.close()
    cut_tail(store.folder, 1)
    desk = Desk(database.open_folder(store.folder), Settings(tmp_path / "settings.json"))
    window = Window(desk, Zoom(qapp), "练习镇")
    qtbot.addWidget(window)
    keeper = keep(desk, window)
    assert window.notice.text() == audit.CUT
    assert not desk.store.read_only
    keeper.timer.stop()
    desk.close()
