"""The grid that fields stand in: what is said about an answer is never cut off."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.form.entry import EntryForm
from ui.form.row import FieldRow


def _is_whole(row: FieldRow) -> bool:
    notes: Iterable[QLabel] = row.findChildren(QLabel, "note mobile")
    note = list(notes)[-1]
    return note.isVisible() and note.height() >= note.heightForWidth(note.width())


def test_a_note_that_grows_longer_is_shown_whole_after_the_columns_changed(
    qtbot: QtBot, form: EntryForm
) -> None:
    for width in (400, 724):  # one column, then two
        form.resize(width, 620)
        row = form.rows["mobile"]
        for said in ("短", "手机号不是以 13 至 19 开头的 11 位号码，请核对，" * 4):
            row.say(said, [])
            qtbot.waitUntil(partial(_is_whole, row))
