"""The form that most tests of forms start with."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.records import Member
from tests.ui.form.forms import open_form
from ui.desk import Desk
from ui.form.entry import EntryForm


@pytest.fixture
def form(qtbot: QtBot, desk: Desk) -> EntryForm:
    """An open form of a member."""
    return open_form(qtbot, desk, Member)
