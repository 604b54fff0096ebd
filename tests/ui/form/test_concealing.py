"""A person's number is hidden wherever it is shown, until it is asked for; and that is written down."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.records import LEDGERS, Member
from desktop.records.fields import Field, Ledger, fields
from desktop.records.keeping import JournalRow
from desktop.records.kinds import Phone, ResidentId
from desktop.services import entries, history, links, masking, search
from tests.ui.form.forms import open_form
from tests.ui.ime import focused
from ui.desk import Desk, Target
from ui.form.entry import EntryForm
from ui.pages.rosters import MemberPage
from ui.table.model import LedgerTable

IDENTITY, PHONE = "110105194912310029", "19900001234"
PERSONAL = [(ledger, one) for ledger in LEDGERS.values() for one in masking.numbers(ledger)]


def typed(one: Field) -> str:
    return IDENTITY if isinstance(one.kind, ResidentId) else PHONE


def save(desk: Desk, ledger: type[Ledger]) -> int:
    answers = {one.name: typed(one) for one in masking.numbers(ledger)}
    return desk.do(lambda session: entries.save(session, ledger, answers), "测试")


def looks(desk: Desk) -> int:
    """How often it was written down that numbers were looked at."""
    return desk.ask(lambda session: session.query(JournalRow).filter_by(operation="查看完整号码").count())


def shown(form: EntryForm, name: str) -> str:
    editor = form.rows[name].editor
    assert isinstance(editor, QLineEdit)
    return editor.displayText()


def test_every_identity_and_telephone_number_of_a_person_is_known() -> None:
    known = {(ledger, one.name) for ledger, one in PERSONAL}
    kinds = {
        (ledger, one.name)
        for ledger in LEDGERS.values()
        for one in fields(ledger)
        if isinstance(one.kind, (Phone, ResidentId))
    }
    assert known == kinds
    assert len(known) >= 5


@pytest.mark.parametrize(("ledger", "one"), PERSONAL, ids=lambda given: getattr(given, "name", ""))
def test_a_number_is_hidden_in_table_and_form(
    ledger: type[Ledger], one: Field, desk: Desk, qtbot: QtBot
) -> None:
    entry = save(desk, ledger)
    table, form = LedgerTable(ledger, desk), EntryForm(ledger, desk)
    qtbot.addWidget(form)
    form.load(entry)
    column = [column.name for column in table.columns].index(one.name)
    for text in (table.index(0, column).data(), shown(form, one.name)):
        assert "*" in text
        assert text[-4:] == typed(one)[-4:]
    assert form.answers()[one.name] == typed(one)
    assert not form.is_dirty()


@pytest.mark.parametrize(("ledger", "one"), PERSONAL, ids=lambda given: getattr(given, "name", ""))
def test_a_number_that_is_found_or_was_changed_is_not_told(
    ledger: type[Ledger], one: Field, desk: Desk
) -> None:
    entry = save(desk, ledger)
    hits = desk.ask(lambda session: search.find(session, typed(one)))
    titles = desk.ask(lambda session: links.titles(session, ledger.__tablename__, [entry]))
    change = desk.ask(
        lambda session: history.change(session, ledger, one.name, before=None, after=typed(one))
    )
    assert typed(one) not in str([hits, titles, change])


def test_going_into_a_number_shows_it_and_is_written_down_once(desk: Desk, qtbot: QtBot) -> None:
    form = open_form(qtbot, desk, Member)
    form.load(save(desk, Member))
    form.focus("id_number")
    assert shown(form, "id_number") == IDENTITY
    form.focus("mobile")
    assert shown(form, "mobile") == PHONE
    assert shown(form, "id_number") == "1101**********0029"
    form.focus("id_number")
    assert looks(desk) == 1


def test_a_changed_number_stays_readable_until_it_is_saved(desk: Desk, qtbot: QtBot) -> None:
    form = open_form(qtbot, desk, Member)
    form.load(save(desk, Member))
    form.focus("mobile")
    QTest.keyClick(focused(), Qt.Key.Key_End)
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    QTest.keyClicks(focused(), "9")
    form.focus("name")
    assert shown(form, "mobile") == "19900001239"
    assert form.save() is not None
    assert shown(form, "mobile") == "199****1239"


def test_a_number_that_is_just_being_typed_from_paper_is_not_hidden(desk: Desk, qtbot: QtBot) -> None:
    form = open_form(qtbot, desk, Member)
    form.focus("mobile")
    QTest.keyClicks(focused(), PHONE)
    form.focus("name")
    assert shown(form, "mobile") == PHONE
    assert looks(desk) == 0


def test_the_button_shows_all_numbers_of_the_page_and_is_written_down(desk: Desk, qtbot: QtBot) -> None:
    entry = save(desk, Member)
    page = MemberPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.go(Target("member", entry))
    page.revealing.setChecked(True)
    column = [one.name for one in page.table.columns].index("id_number")
    assert page.table.index(0, column).data() == IDENTITY == shown(page.form, "id_number")
    page.revealing.setChecked(False)
    assert shown(page.form, "id_number") == "1101**********0029"
    assert looks(desk) == 1
