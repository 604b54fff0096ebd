"""The form of an entry, heads down: what is proposed, where Enter goes, what is told when."""

from collections.abc import Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.records import Matter, Village
from tests.ui.form.forms import fill, open_form
from tests.ui.ime import focused
from ui.desk import Desk
from ui.form.combo import Combo
from ui.form.entry import EntryForm
from ui.theme import em


def _notes(form: EntryForm, name: str) -> list[str]:
    labels: Iterable[QLabel] = form.rows[name].findChildren(QLabel, f"note {name}")
    return [label.text() for label in labels]


@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_Return])
def test_a_new_entry_with_nothing_typed_is_not_saved(
    qtbot: QtBot, desk: Desk, form: EntryForm, key: Qt.Key
) -> None:
    form.new(gender="女")
    form.focus("name")
    with qtbot.assertNotEmitted(desk.changed):
        QTest.keyClick(form.rows["name"].keys(), key, Qt.KeyboardModifier.ControlModifier)
    assert form.notice.text() == "还没有填写内容"
    assert form.keep()
    fill(form, name="张三")
    assert form.notice.isHidden()


def test_a_new_entry_proposes_who_and_when_and_that_is_not_typing(qtbot: QtBot, desk: Desk) -> None:
    form = open_form(qtbot, desk, Matter)
    told = [form.rows[name].text() for name in ("filler", "fill_date", "year")]
    assert told == ["李敏", "2026-11-23", "2026"]
    assert not form.is_dirty()
    assert form.save() is None


def test_enter_passes_over_pinned_answers_and_tab_reaches_them(qtbot: QtBot, form: EntryForm) -> None:
    names = list(form.rows)
    for name in (names[0], names[2]):
        form.rows[name].pin.setChecked(True)
    form.rows[names[0]].set_text("东湖村")
    form.rows[names[2]].set_text("某队")
    form.focus()
    assert form.rows[names[1]].is_focused()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert form.rows[names[3]].is_focused()
    QTest.keyClick(focused(), Qt.Key.Key_Backtab)
    assert form.rows[names[2]].is_focused()
    form.rows[names[0]].set_text("")
    form.focus()
    assert form.rows[names[0]].is_focused()


def test_the_field_with_the_keyboard_stays_in_view_when_lines_appear_above_it(
    qtbot: QtBot, desk: Desk
) -> None:
    form = open_form(qtbot, desk, Village)
    form.resize(420, 420)
    names = list(form.rows)
    view = form.area.viewport()

    def bottom(name: str) -> int:
        row = form.rows[name]
        return row.mapTo(view, row.rect().bottomLeft()).y()

    here = next(name for name in names[5:] if bottom(name) > view.height() * 0.6)
    form.rows[here].take_focus()
    before = form.grid.height()
    for name in names[: names.index(here)]:
        form.rows[name].say("这一行占去了地方，而且相当长，要换行才写得下。" * 2, [])
    qtbot.waitUntil(lambda: form.grid.height() > before + em(form, 5))
    qtbot.waitUntil(lambda: 0 < bottom(here) <= view.height() - em(form, 2.5))  # the next one shows too
    form.new()
    form.focus()
    qtbot.waitUntil(lambda: form.area.verticalScrollBar().value() == 0)


def test_what_is_missing_is_told_when_the_field_is_left(qtbot: QtBot, form: EntryForm) -> None:
    fill(form, name="张三")
    form.rows["duty"].take_focus()
    form.rows["name"].take_focus()
    duty = form.rows["duty"].editor
    assert isinstance(duty, Combo)
    form.rows["duty"].take_focus()
    duty.showPopup()
    form.check()
    assert not _notes(form, "duty")
    duty.hidePopup()
    form.rows["name"].take_focus()
    qtbot.waitUntil(lambda: bool(_notes(form, "duty")))


def test_numbers_end_where_texts_end_and_a_star_stays_with_its_word(qtbot: QtBot, desk: Desk) -> None:
    form = open_form(qtbot, desk, Village)
    form.resize(420, 600)
    qtbot.waitUntil(lambda: form.grid.columns == 1)
    assert len({row.editor.mapTo(form, row.editor.rect().topRight()).x() for row in form.rows.values()}) == 1
    assert form.rows["village_code"].label.text().endswith("\N{NO-BREAK SPACE}*")


def test_a_required_answer_that_is_searched_for_is_not_called_missing(qtbot: QtBot, form: EntryForm) -> None:
    row = form.rows["gender"]
    editor = row.editor
    assert isinstance(editor, Combo)
    row.take_focus()
    QTest.keyClicks(editor.line, "n")  # of 男 and of 女
    assert editor.offer_is_open()
    form.check()
    assert _notes(form, "gender") == []
    assert not editor.property("wrong")
