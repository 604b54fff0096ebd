"""What tests share: an empty practice township, a session on it, a desk."""

import datetime as dt
import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.services import invented, setup
from desktop.settings import Settings
from desktop.storage.database import Store
from ui import garbage, theme
from ui.desk import Desk
from ui.window import Window
from ui.zoom import Zoom

TODAY = dt.date(2026, 11, 23)
OFFICE = {
    "report_unit": "练习县练习镇人民政府",
    "filler": "李敏",
    "reviewer": "王建国",
    "contact_phone": "0557-0000000",
    "leader": "张伟",
}
EARNEST = "341398"  # a county as invented as that of the practice township, whose units may submit


@pytest.fixture(autouse=True, scope="session")
def collected_here() -> Iterator[None]:
    """As in the window: what a worker collects may be a widget of a test long past, and ends everything."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Widgets that a test has closed are gone before the next: each one left makes every new style slower."""
    yield
    garbage.collect()
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def county() -> str:
    """The county of the unit; a module whose tests submit takes another one, see :data:`EARNEST`."""
    return invented.PREFIX


@pytest.fixture
def store(tmp_path: Path, county: str) -> Iterator[Store]:
    """The data folder of a township with six villages and no records, opened without a password."""
    practice = {"practice": "是"} if county == invented.PREFIX else {}
    office = {**OFFICE, **practice}
    store = setup.start(tmp_path / "data", invented.area_list(6, county), f"{county}101000", office)
    yield store
    store.close()


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """An open writing session; it is committed when the test ends."""
    with store.work("测试") as (session, _):
        yield session


@pytest.fixture
def desk(store: Store, tmp_path: Path, qapp: object) -> Iterator[Desk]:
    """A desk on the store, on a fixed day."""
    desk = Desk(store, Settings(tmp_path / "settings.json"), today=TODAY)
    yield desk
    desk.rest()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, qapp: QApplication) -> Window:
    """The whole window on a screen of 1366x768, shown and active."""
    theme.apply(qapp, "light")
    window = Window(desk, qapp.findChild(Zoom) or Zoom(qapp), "练习镇")
    qtbot.addWidget(window)
    window.resize(1366, 728)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window
