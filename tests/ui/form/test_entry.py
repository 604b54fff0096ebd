"""The form of an entry: keys alone, live findings, pins, and nothing that is typed gets lost."""

from collections.abc import Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from desktop.records import LEDGERS, Ledger, Member, Team
from desktop.records.kinds import Words
from desktop.services import areas, entries
from tests.conftest import TODAY
from tests.ui.form.forms import fill, open_form
from tests.ui.ime import focused, write
from ui import messages
from ui.desk import Desk
from ui.form.combo import Combo
from ui.form.entry import DROP, KEEP, STAY, EntryForm

GOOD = "341399197407210595"


def _read(desk: Desk, entry: int, ledger: type[Ledger] = Member) -> dict[str, str]:
    return desk.ask(lambda session: entries.answers(entries.get(session, ledger, entry)))


def _answering(monkeypatch: pytest.MonkeyPatch, answer: int) -> list[str]:
    asked: list[str] = []

    def ask(parent: QWidget | None, text: str, answers: object, *, detail: str = "") -> int:
        asked.append(text)
        return answer

    monkeypatch.setattr(messages, "ask", ask)
    return asked


def _notes(form: EntryForm, name: str) -> list[str]:
    labels: Iterable[QLabel] = form.rows[name].findChildren(QLabel, f"note {name}")
    return [label.text() for label in labels]


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=LEDGERS)
def test_every_ledger_has_a_form_that_saves_half_done(qtbot: QtBot, desk: Desk, ledger: type[Ledger]) -> None:
    form = open_form(qtbot, desk, ledger)
    form.check()
    next(row for row in form.rows.values() if isinstance(row.field.kind, Words)).set_text("甲")
    entry = form.save()
    assert entry is not None
    assert form.entry == entry
    assert not form.is_dirty()


def test_a_member_is_entered_by_keys_alone(qtbot: QtBot, desk: Desk, form: EntryForm) -> None:
    village = desk.ask(lambda session: areas.villages(session, TODAY)[0].code) or ""
    team = desk.do(
        lambda session: entries.save(session, Team, {"team_name": "平安巡逻队", "village_code": village}),
        "测试",
    )
    form.focus()
    keys = focused
    name = desk.ask(lambda session: areas.named(session, village))
    typed = {"village_code": name[:2], "team_id": "xld", "duty": "", "name": "张三", "id_number": GOOD}
    for field, text in typed.items():
        qtbot.waitUntil(form.rows[field].is_focused)
        write(keys(), text)
        if field == "duty":
            QTest.keyClick(keys(), Qt.Key.Key_Down)
        for _ in range(12):
            QTest.keyClick(keys(), Qt.Key.Key_Return)
            following = list(typed)[list(typed).index(field) + 1 :]
            if not following or form.rows[following[0]].is_focused():
                break
    with qtbot.waitSignal(form.saved) as told:
        QTest.keyClick(keys(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    kept = _read(desk, told.args[0])
    assert kept["village_code"] == village
    assert kept["team_id"] == str(team)
    assert (kept["name"], kept["id_number"], kept["gender"], kept["birth_date"]) == (
        "张三",
        GOOD,
        "男",
        "1974-07-21",
    )
    assert kept["duty"]


def test_a_resident_number_fills_sex_and_birth_date_at_once(form: EntryForm) -> None:
    fill(form, id_number=GOOD)
    assert form.rows["gender"].text() == "1"
    assert form.rows["birth_date"].text() == "1974-07-21"


def test_a_corrected_number_corrects_what_it_filled_but_never_an_answer(form: EntryForm) -> None:
    form.rows["gender"].set_text("女")
    fill(form, id_number=GOOD)
    assert form.rows["gender"].text() == "2"
    form.rows["id_number"].set_text("341399198001010008")
    assert form.rows["birth_date"].text() == "1980-01-01"


def test_an_unreadable_answer_is_refused_in_place_and_nothing_is_lost(
    qtbot: QtBot, desk: Desk, form: EntryForm
) -> None:
    fill(form, name="张三", joined_on="2024-13-45")
    with qtbot.assertNotEmitted(desk.changed):
        assert form.save() is None
    assert "入队日期" in form.notice.text()
    assert not form.notice.isHidden()
    assert form.rows["joined_on"].is_focused()
    assert form.rows["joined_on"].text() == "2024-13-45"
    assert form.rows["name"].text() == "张三"
    assert form.is_dirty()


def test_trouble_is_told_beside_the_field_while_typing(qtbot: QtBot, form: EntryForm) -> None:
    fill(form, joined_on="明天")
    qtbot.waitUntil(lambda: bool(_notes(form, "joined_on")))
    assert _notes(form, "joined_on")[0].startswith("“入队日期”")
    assert form.rows["joined_on"].editor.property("wrong")


def test_a_search_in_an_open_list_is_not_scolded_and_what_is_left_of_it_is(form: EntryForm) -> None:
    fill(form, political="党")
    form.check()
    assert not _notes(form, "political")
    form.rows["mobile"].take_focus()
    assert _notes(form, "political")[0].startswith("“政治面貌”")


def test_the_checks_are_told_beside_the_field_and_mended(qtbot: QtBot, form: EntryForm) -> None:
    fill(form, id_number=GOOD, gender="女")
    form.check()
    assert _notes(form, "gender")
    buttons: Iterable[QPushButton] = form.rows["gender"].findChildren(QPushButton)
    next(iter(buttons)).click()
    assert form.rows["gender"].text() == "1"


def test_a_new_entry_is_not_scolded_for_blanks_it_was_not_asked_yet(qtbot: QtBot, form: EntryForm) -> None:
    form.check()
    assert not _notes(form, "name")
    form.rows["name"].take_focus()
    form.rows["id_number"].take_focus()
    form.check()
    assert _notes(form, "name")


def test_a_pinned_answer_is_carried_over_and_the_pin_remembered(
    qtbot: QtBot, desk: Desk, form: EntryForm
) -> None:
    form.rows["occupation"].take_focus()
    QTest.keyClick(form.rows["occupation"].keys(), Qt.Key.Key_F8)
    fill(form, name="张三", occupation="务农")
    QTest.keyClick(form.rows["name"].keys(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.entry is None
    assert form.rows["occupation"].text() == "务农"
    assert form.rows["name"].text() == ""
    assert not form.is_dirty()
    again = open_form(qtbot, desk, Member)
    assert again.rows["occupation"].pin.isChecked()


def test_escape_asks_before_it_gives_up_typing(
    qtbot: QtBot, form: EntryForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _answering(monkeypatch, 0)
    form.focus("name")
    with qtbot.waitSignal(form.left):
        QTest.keyClick(form.rows["name"].keys(), Qt.Key.Key_Escape)
    assert not asked
    fill(form, name="张三")
    QTest.keyClick(form.rows["name"].keys(), Qt.Key.Key_Escape)
    assert asked
    assert form.rows["name"].text() == ""


def test_escape_closes_an_open_list_before_it_gives_up_anything(
    qtbot: QtBot, form: EntryForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _answering(monkeypatch, 1)
    political, skills = form.rows["political"], form.rows["skills"]
    fill(form, political="中")
    assert isinstance(political.editor, Combo)
    assert political.editor.offer.isVisible()
    QTest.keyClick(political.keys(), Qt.Key.Key_Escape)
    assert not political.editor.offer.isVisible()
    skills.take_focus()
    QTest.keyClick(skills.keys(), Qt.Key.Key_Down)
    ticks = skills.editor.findChild(QListWidget, "ticks")
    assert ticks is not None
    QTest.keyClick(ticks, Qt.Key.Key_Escape)
    assert not ticks.isVisible()
    assert not asked
    assert political.text() == "中"


def test_leaving_saves_what_can_be_read(desk: Desk, form: EntryForm) -> None:
    fill(form, name="张三")
    assert form.keep()
    assert form.entry is not None
    assert _read(desk, form.entry)["name"] == "张三"


@pytest.mark.parametrize(("answer", "kept"), [(KEEP, "张三"), (DROP, ""), (STAY, "")])
def test_leaving_asks_when_something_cannot_be_read(
    desk: Desk, form: EntryForm, monkeypatch: pytest.MonkeyPatch, answer: int, kept: str
) -> None:
    fill(form, name="张三", joined_on="明天")
    asked = _answering(monkeypatch, answer)
    assert form.keep() is (answer != STAY)
    assert "入队日期" in asked[0]
    if kept:
        assert form.entry is not None
        assert _read(desk, form.entry)["name"] == kept
    if answer == STAY:
        assert form.rows["joined_on"].text() == "明天"
        assert form.rows["name"].text() == "张三"


def test_typing_is_marked_until_it_is_saved(form: EntryForm) -> None:
    fill(form, name="张三")
    assert form.state.text() == "未保存"
    form.save()
    assert form.state.text().startswith("已保存")


def test_a_change_from_elsewhere_is_shown_unless_something_is_typed(desk: Desk, form: EntryForm) -> None:
    fill(form, name="张三")
    entry = form.save()

    def rename(name: str) -> None:
        desk.do(lambda session: entries.save(session, Member, {"name": name}, entry=entry), "测试")

    rename("张山")
    assert form.rows["name"].text() == "张山"
    fill(form, occupation="务农")
    rename("张珊")
    assert form.rows["name"].text() == "张山"
    assert form.rows["occupation"].text() == "务农"


def test_up_goes_back_and_the_last_field_leads_to_the_button(qtbot: QtBot, form: EntryForm) -> None:
    names = list(form.rows)
    form.rows[names[1]].take_focus()
    QTest.keyClick(form.rows[names[1]].keys(), Qt.Key.Key_Up)
    assert form.rows[names[0]].is_focused()
    form.rows[names[-1]].leave.emit(1)
    assert form.new_button.hasFocus()


def test_help_is_asked_for_the_field_with_the_keyboard(qtbot: QtBot, desk: Desk, form: EntryForm) -> None:
    form.focus("id_number")
    with qtbot.waitSignal(desk.wanted) as told:
        QTest.keyClick(form.rows["id_number"].keys(), Qt.Key.Key_F1)
    assert told.args[0].page == "help"
    assert told.args[0].field == "member.id_number"


def test_what_the_clerk_never_types_has_no_editor(form: EntryForm) -> None:
    assert "record_no" not in form.rows
    assert "town_code" not in form.rows


def test_a_subset_of_fields_keeps_the_answers_it_does_not_show(qtbot: QtBot, desk: Desk) -> None:
    team = desk.do(lambda session: entries.save(session, Team, {"team_name": "甲队"}), "测试")
    form = EntryForm(Member, desk, ["name", "mobile"])
    qtbot.addWidget(form)
    form.new(team_id=str(team))
    assert list(form.rows) == ["name", "mobile"]
    form.rows["name"].set_text("张三")
    entry = form.save()
    assert entry is not None
    assert _read(desk, entry)["team_id"] == str(team)


def test_two_columns_when_there_is_room(qtbot: QtBot, form: EntryForm) -> None:
    grid = form.grid
    form.resize(1300, 600)
    qtbot.waitUntil(lambda: grid.columns == 2)
    form.resize(420, 600)
    qtbot.waitUntil(lambda: grid.columns == 1)


def test_a_deleted_entry_is_refused_in_place(desk: Desk, form: EntryForm) -> None:
    entry = desk.do(lambda session: entries.save(session, Member, {"name": "张三"}), "测试")
    desk.do(lambda session: entries.delete(session, Member, entry), "测试")
    form.load(entry)
    assert "已被删除" in form.notice.text()
    assert form.entry is None


def test_a_refusal_of_the_service_is_shown_and_typing_stays(
    form: EntryForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> int:
        raise Refusal("未能保存", "该期已锁定", "请先登记退回")

    monkeypatch.setattr(entries, "save", locked)
    fill(form, name="张三")
    assert form.save() is None
    assert "该期已锁定" in form.notice.text()
    assert form.rows["name"].text() == "张三"
