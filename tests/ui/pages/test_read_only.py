"""Law: where the records can only be looked at, nothing that can be pressed leads to a refusal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from desktop.records import Member, Team
from desktop.services import entries, invented, setup
from desktop.settings import Settings
from desktop.storage import database, store
from desktop.storage.database import Store
from desktop.storage.keys.key import Secret
from desktop.storage.opening import Opened
from desktop.storage.state import Witness
from tests.conftest import EARNEST, OFFICE, TODAY
from tests.ui.pages.pressing import answer_yes, press_all
from ui import theme
from ui.desk import Desk
from ui.pages.accounts import Accounts
from ui.pages.registry import PAGES
from ui.rights import READ_ONLY

ADMIN = Secret("王建国", "Tiantian123")


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A township with two entries, opened by its administrator only to look at it."""
    folder = tmp_path_factory.mktemp("looked") / "data"
    begun = setup.start(folder, invented.area_list(6, EARNEST), f"{EARNEST}101000", OFFICE, ADMIN)
    with begun.work("录入") as (session, _):
        team = entries.save(session, Team, {"team_name": "甲队"})
        entries.save(session, Member, {"name": "张三", "team_id": str(team)})
    begun.close()
    opened = database.open_folder(folder, ADMIN, read_only=True)
    yield opened
    opened.close()


@pytest.fixture
def desk(looked_at: Store, tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    theme.apply(qapp, "light")
    desk = Desk(looked_at, Settings(tmp_path / "settings.json"), today=TODAY)
    yield desk
    desk.rest()


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was refused; every question is answered with yes, no file is chosen."""
    told: list[str] = []
    writer = store.writer  # the one gate to writing

    def note(opened: Opened) -> Witness:
        try:
            return writer(opened)
        except Refusal as refusal:
            told.append(str(refusal))
            raise

    monkeypatch.setattr(store, "writer", note)
    answer_yes(monkeypatch)
    return told


@pytest.mark.parametrize("name", [one.name for one in PAGES])
def test_nothing_that_can_be_pressed_is_refused(
    name: str, desk: Desk, qtbot: QtBot, refused: list[str]
) -> None:
    page = next(one for one in PAGES if one.name == name).make(desk)
    qtbot.addWidget(page)
    page.resize(1366, 728)
    page.show()
    desk.rest()
    QApplication.processEvents()
    press_all(page, refused, desk)


def test_an_administrator_is_told_why_no_account_can_be_changed(desk: Desk, qtbot: QtBot) -> None:
    section = Accounts(desk)
    qtbot.addWidget(section)
    buttons: list[QPushButton] = [section.own, section.adding, section.renewing]
    assert not any(one.isEnabled() for one in buttons)
    assert {one.toolTip() for one in buttons} == {READ_ONLY}
