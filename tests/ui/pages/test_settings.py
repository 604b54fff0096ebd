"""The page 设置: the unit's own entry, the look of the window, the place of the data."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import areas
from ui import theme
from ui.desk import Desk, Target
from ui.pages.settings import SettingsPage


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, qapp: QApplication) -> Iterator[SettingsPage]:
    theme.apply(qapp, "light")
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    yield page
    theme.apply(qapp, "light")


def test_the_unit_is_shown_and_what_never_changes_is_not_asked(page: SettingsPage) -> None:
    assert page.form.rows["filler"].text() == "李敏"
    assert "unit_code" not in page.form.rows
    assert "practice" not in page.form.rows


def test_a_changed_name_is_saved(page: SettingsPage, desk: Desk) -> None:
    page.form.rows["reviewer"].set_text("赵志刚")
    assert page.may_leave()
    office = desk.ask(lambda session: getattr(areas.own_office(session), "reviewer", None))
    assert office == "赵志刚"


def test_no_second_unit_can_be_begun(page: SettingsPage) -> None:
    assert not page.form.saving_new.isEnabled()
    assert not page.form.new_button.isVisible()


def test_another_look_is_worn_at_once_and_remembered(page: SettingsPage, desk: Desk) -> None:
    page.choose_look("dark")
    assert theme.name() == "dark"
    assert desk.settings.get("theme") == "dark"


def test_larger_letters_are_remembered(page: SettingsPage, desk: Desk) -> None:
    page.letters.setCurrentIndex(page.letters.findData(150))
    page.letters.activated.emit(page.letters.currentIndex())
    assert desk.settings.get("zoom") == 150
    page.letters.setCurrentIndex(page.letters.findData(100))
    page.letters.activated.emit(page.letters.currentIndex())


def test_the_folder_of_the_data_is_named(page: SettingsPage, desk: Desk) -> None:
    assert page.place.text() == str(desk.store.folder)


def test_a_finding_about_the_unit_puts_the_keyboard_into_its_field(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    page.go(Target("settings", field="contact_phone"))
    assert page.form.rows["contact_phone"].is_focused()
