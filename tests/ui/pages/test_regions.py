"""The page 区域: what a clerk can do to the villages of the unit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.services import areas
from tests.conftest import TODAY
from ui.desk import Desk, Target
from ui.pages import area_dialogs
from ui.pages.asking import Asked
from ui.pages.regions import RegionsPage


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> RegionsPage:
    page = RegionsPage(desk)
    qtbot.addWidget(page)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.show()
    return page


def fill(asked: Asked | None, *typed: str) -> Asked:
    assert asked is not None
    editors: list[QLineEdit] = list(asked.findChildren(QLineEdit))
    for editor, text in zip(editors, typed, strict=False):
        editor.setText(text)
    return asked


def names(page: RegionsPage) -> list[str]:
    return [f"{row.name} {row.state}" for row in page.model.rows]


def test_the_six_villages_are_listed_with_their_codes(page: RegionsPage) -> None:
    assert [row.name for row in page.model.rows][:2] == ["东湖村", "西岗村"]
    assert page.count.text() == "在用 6 个村（社区）"
    assert all(len(row.code) == 12 for row in page.model.rows)


def test_pinyin_initials_find_a_village(page: RegionsPage) -> None:
    page.search.setText("dhc")
    assert page.found.rowCount() == 1
    assert page.found.index(0, 0).data() == "东湖村"


def test_a_new_village_appears_at_once_with_a_temporary_code(page: RegionsPage) -> None:
    fill(page.add(), "新塘村", "", "2026.11.5").accept()
    assert "新塘村 在用" in names(page)
    assert page.notice.isVisible()


def test_a_name_in_use_is_refused_in_the_dialog_and_nothing_is_added(page: RegionsPage) -> None:
    asked = fill(page.add(), "东湖村")
    asked.accept()
    assert asked.isVisible()
    assert "已有同名" in asked.notice.text()
    assert len(page.model.rows) == 6


def test_a_date_that_cannot_be_read_is_refused_in_the_dialog(page: RegionsPage) -> None:
    asked = fill(page.add(), "新塘村", "", "下个月")
    asked.accept()
    assert "日期" in asked.notice.text()
    assert asked.isVisible()


def test_a_renamed_village_keeps_its_code_and_its_old_name(page: RegionsPage) -> None:
    page.table.selectRow(0)
    fill(page.change(area_dialogs.rename), "东湖新村村委会").accept()
    assert "东湖村 已改名为东湖新村" in names(page)
    assert "东湖新村 在用" in names(page)
    assert page.model.rows[0].code == page.model.rows[1].code


def test_a_merged_village_names_the_one_it_went_into(page: RegionsPage) -> None:
    page.table.selectRow(0)
    asked = fill(page.change(page.merge))
    into = asked.findChild(QComboBox)
    assert isinstance(into, QComboBox)
    into.setCurrentText("西岗村")
    asked.accept()
    assert "东湖村 已并入西岗村" in names(page)
    assert page.count.text() == "在用 5 个村（社区）"


def test_a_closed_village_cannot_be_changed_again(page: RegionsPage) -> None:
    page.table.selectRow(0)
    fill(page.change(area_dialogs.close)).accept()
    page.table.selectRow(0)
    assert names(page)[0] == "东湖村 已停用"
    assert page.change(area_dialogs.rename) is None
    assert not any(button.isEnabled() for button in page.changing)


def test_enter_on_a_village_opens_the_dialog_to_rename_it(page: RegionsPage, qtbot: QtBot) -> None:
    page.table.selectRow(1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    asked = page.findChild(Asked)
    assert isinstance(asked, Asked)
    assert asked.isVisible()
    assert asked.windowTitle() == "改名"


def test_going_to_an_entry_selects_its_row(page: RegionsPage) -> None:
    page.go(Target("region", page.model.rows[2].entry))
    selected = page.selected()
    assert selected is not None
    assert selected.name == page.model.rows[2].name


def test_a_change_made_elsewhere_is_shown(page: RegionsPage, desk: Desk) -> None:
    desk.do(lambda session: areas.add(session, "别处村", TODAY), "测试")
    assert "别处村 在用" in names(page)
