"""A unit with a password, and colleagues of every role."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.services import accounts, invented, setup
from desktop.settings import Settings
from desktop.storage.database import Store
from desktop.storage.keys.key import Role, Secret
from tests.conftest import EARNEST, OFFICE, TODAY
from ui.desk import Desk

ADMIN = Secret("李敏", "fuli2026ok")
CLERK = Secret("张爱民", "luru2026ok")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = setup.start(tmp_path / "data", invented.area_list(3, EARNEST), f"{EARNEST}101000", OFFICE, ADMIN)
    keys = accounts.Keys(store.folder)
    with store.work("新增账号") as (session, _):
        accounts.add(session, keys, CLERK.user, Role.ENTER, CLERK.password)
    yield store
    store.close()


@pytest.fixture
def desk(store: Store, tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    desk = Desk(store, Settings(tmp_path / "settings.json"), today=TODAY)
    yield desk
    desk.rest()
