"""The page 帮助: F1 leads to the right place, and everything can be found by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.records import Team
from desktop.services import help as written
from ui.desk import Desk, Target
from ui.form.entry import EntryForm
from ui.pages.help import HelpPage
from ui.pages.registry import PAGES, Entry


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> HelpPage:
    page = HelpPage(desk)
    qtbot.addWidget(page)
    page.show()
    return page


def contents(page: HelpPage) -> list[str]:
    return [page.contents.item(row).text().strip() for row in range(page.contents.count())]


def test_it_begins_with_the_contents(page: HelpPage) -> None:
    assert page.book.place() == "index"
    assert "队员花名册" in contents(page)
    assert "检查与依据" in contents(page)


def test_a_field_opens_its_ledgers_page_at_the_field(page: HelpPage) -> None:
    page.go(Target("help", field="member.id_number"))
    assert page.book.place() == "member#id_number"
    assert page.book.toPlainText().startswith("队员花名册")
    assert page.contents.currentItem().text().strip() == "队员花名册"


def test_a_finding_opens_its_rule(page: HelpPage) -> None:
    page.go(Target("help", field="队员-01"))
    assert page.book.place() == "checks#队员-01"
    assert "身份证号正确" in page.book.toPlainText()


def test_a_page_of_the_window_opens_what_it_is_for(page: HelpPage) -> None:
    page.go(Target("help", field="submit"))
    assert page.book.toPlainText().startswith("每月怎么做")


def test_typing_and_enter_open_the_first_hit(page: HelpPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.search, "sfzh")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.book.place() == "member#id_number"


def test_the_arrow_keys_go_from_the_search_through_the_hits(page: HelpPage, qtbot: QtBot) -> None:
    page.search.setText("村民代表")
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    first = page.book.place()
    QTest.keyClick(page.contents, Qt.Key.Key_Down)
    assert first == "village#reps"
    assert page.book.place() != first


def test_a_word_that_is_nowhere_is_said_to_be_nowhere(page: HelpPage) -> None:
    page.search.setText("量子纠缠")
    assert contents(page) == ["没有找到，请换一个词"]


def test_back_leads_to_the_page_before(page: HelpPage) -> None:
    page.go(Target("help", field="team"))
    page.go(Target("help", field="member"))
    page.book.backward()
    assert page.book.toPlainText().startswith("群防群治队伍")


def test_a_link_opens_the_list_it_names(page: HelpPage, qtbot: QtBot) -> None:
    page.go(Target("help", field="lists#political"))
    assert "中国共产党党员" in page.book.toPlainText()
    assert page.contents.currentItem().text().strip() == "选项表"


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_the_keys_that_open_a_page_are_on_the_page_of_keys(entry: Entry) -> None:
    assert f"<td>{entry.keys}</td><td>{entry.heading}</td>" in written.pages()["keys"].html


def test_the_keys_of_a_form_are_on_the_page_of_keys(desk: Desk, qtbot: QtBot) -> None:
    form = EntryForm(Team, desk)
    qtbot.addWidget(form)
    for action in form.actions():
        keys = action.shortcut().toString().replace("Return", "回车")
        assert f"<td>{keys}</td>" in written.pages()["keys"].html
