"""Forms for tests: shown, active, and filled by keys."""

from pytestqt.qtbot import QtBot

from desktop.records import Ledger
from tests.ui.ime import write
from ui.desk import Desk
from ui.form.entry import EntryForm


def open_form(qtbot: QtBot, desk: Desk, ledger: type[Ledger]) -> EntryForm:
    form = EntryForm(ledger, desk)
    qtbot.addWidget(form)
    form.resize(700, 600)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def fill(form: EntryForm, **answers: str) -> None:
    for name, text in answers.items():
        row = form.rows[name]
        row.take_focus()
        write(row.keys(), text)
