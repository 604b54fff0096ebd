"""The editors of every kind of answer."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Unreadable
from desktop.records import LEDGERS, Agreement, Ledger, Matter, Member, Step, Team
from desktop.records.fields import Field, field, fields
from desktop.records.kinds import Kind, Link, Several
from desktop.services import areas, entries
from tests.conftest import TODAY
from tests.ui.ime import write
from ui.desk import Desk
from ui.form.combo import Combo
from ui.form.editors import Editor, editor, editor_of
from ui.form.lines import DayLine, Line, Lines
from ui.form.named import LinkCombo
from ui.form.scans import ScansList
from ui.form.several import SeveralLine

EVERY = [(ledger, one) for ledger in LEDGERS.values() for one in fields(ledger)]


def _save(desk: Desk, ledger: type[Ledger], **answers: str) -> int:
    return desk.do(lambda session: entries.save(session, ledger, answers), "测试")


def _editor(qtbot: QtBot, desk: Desk, ledger: type[Ledger], name: str) -> Editor:
    made = editor_of(field(ledger, name), desk)
    qtbot.addWidget(made)
    made.show()
    return made


def _combo(qtbot: QtBot, desk: Desk, ledger: type[Ledger], name: str) -> Combo:
    made = _editor(qtbot, desk, ledger, name)
    assert isinstance(made, Combo)
    return made


@pytest.mark.parametrize(("ledger", "one"), EVERY, ids=[f"{a.__tablename__}.{b.name}" for a, b in EVERY])
def test_every_field_has_an_editor_named_after_it(
    qtbot: QtBot, desk: Desk, ledger: type[Ledger], one: Field
) -> None:
    made = _editor(qtbot, desk, ledger, one.name)
    assert made.objectName() == one.name
    assert made.accessibleName() == one.label
    assert made.text() == ""


def test_an_unknown_kind_has_no_editor(qtbot: QtBot, desk: Desk) -> None:
    class Strange(Kind):
        pass

    with pytest.raises(TypeError):
        editor(Strange(), desk)


def test_enter_leaves_every_field_and_alt_enter_breaks_a_line(qtbot: QtBot, desk: Desk) -> None:
    line, lines = _editor(qtbot, desk, Member, "name"), _editor(qtbot, desk, Member, "remark")
    assert isinstance(line, Line)
    assert isinstance(lines, Lines)
    with qtbot.waitSignal(line.leave) as told:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert told.args == [1]
    with qtbot.waitSignal(line.leave) as told:
        QTest.keyClick(line, Qt.Key.Key_Up)
    assert told.args == [-1]
    with qtbot.waitSignal(lines.leave) as told:
        QTest.keyClick(lines, Qt.Key.Key_Return)
    assert told.args == [1]
    assert lines.text() == ""
    for held in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier):
        with qtbot.assertNotEmitted(lines.leave):
            QTest.keyClick(lines, Qt.Key.Key_Return, held)
    assert lines.text() == "\n\n"
    assert "Alt+回车" in lines.placeholderText()


def test_a_long_answer_shows_its_head_once_it_is_left(qtbot: QtBot, desk: Desk) -> None:
    for name in ("political", "occupation"):
        made = _editor(qtbot, desk, Member, name)
        made.setFocus()
        qtbot.waitUntil(made.hasFocus)
        write(made, "很长的" * 20)
        made.clearFocus()
        line = made.line if isinstance(made, Combo) else made
        assert isinstance(line, QLineEdit)
        assert line.cursorPosition() == 0


def test_an_open_list_moves_with_its_field(qtbot: QtBot, desk: Desk) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(300, 300)
    combo = editor_of(field(Member, "political"), desk)
    assert isinstance(combo, Combo)
    combo.setParent(around)
    around.show()
    combo.showPopup()
    before = combo.offer.y()
    combo.move(0, 60)
    qtbot.waitUntil(lambda: combo.offer.y() == before + 60)
    combo.move(0, 500)
    qtbot.waitUntil(lambda: not combo.offer.isVisible())


@pytest.mark.parametrize("typed", ["2024.1.5", "20240105", "2024/1/5", "2024年1月5日"])
def test_a_date_is_shown_the_one_way_once_it_is_left(qtbot: QtBot, desk: Desk, typed: str) -> None:
    line = _editor(qtbot, desk, Member, "joined_on")
    assert isinstance(line, DayLine)
    write(line, typed)
    line.editingFinished.emit()
    assert line.text() == "2024-01-05"


def test_a_date_that_cannot_be_read_stays_as_typed(qtbot: QtBot, desk: Desk) -> None:
    line = _editor(qtbot, desk, Member, "joined_on")
    assert isinstance(line, DayLine)
    line.set_text("2024-13-45")
    line.editingFinished.emit()
    assert line.text() == "2024-13-45"


def test_the_calendar_keeps_the_time_of_day(qtbot: QtBot, desk: Desk) -> None:
    line = _editor(qtbot, desk, Step, "held_at")
    assert isinstance(line, DayLine)
    line.set_text("2024-01-05 09:30")
    line.open_calendar()
    calendar = line.findChild(QCalendarWidget, "calendar")
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2024, 1, 5)
    calendar.activated.emit(QDate(2024, 2, 6))
    assert line.value() == dt.datetime(2024, 2, 6, 9, 30)


@pytest.mark.parametrize("typed", ["zgg", "党员", "01"])
def test_a_drop_down_filters_by_initials_part_of_the_word_and_code(
    qtbot: QtBot, desk: Desk, typed: str
) -> None:
    combo = _combo(qtbot, desk, Member, "political")
    write(combo, typed)
    assert combo.offer.isVisible()
    assert "中国共产党党员" in [option.shown for option in combo.matches(typed)]
    assert len(combo.matches(typed)) < len(combo.options())


def test_enter_takes_the_marked_line_and_goes_on(qtbot: QtBot, desk: Desk) -> None:
    combo = _combo(qtbot, desk, Member, "gender")
    QTest.keyClicks(combo, "nv")
    combo.clearEditText()
    QTest.keyClicks(combo, "n")
    QTest.keyClick(combo, Qt.Key.Key_Down)
    marked = combo.offer.currentIndex().data()
    with qtbot.waitSignal(combo.leave) as told:
        QTest.keyClick(combo, Qt.Key.Key_Return)
    assert told.args == [1]
    assert combo.currentText() == marked == "女"
    assert combo.text() == "2"
    assert not combo.offer.isVisible()


def test_the_list_never_takes_the_keyboard(qtbot: QtBot, desk: Desk) -> None:
    combo = _combo(qtbot, desk, Member, "political")
    combo.setFocus()
    write(combo, "中")
    assert combo.offer.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert combo.offer.windowType() != Qt.WindowType.Popup
    assert QApplication.activePopupWidget() is None


def test_words_that_are_no_option_are_kept_as_typed(qtbot: QtBot, desk: Desk) -> None:
    combo = _combo(qtbot, desk, Member, "political")
    write(combo, "无此面貌")
    combo.clearFocus()
    assert combo.text() == "无此面貌"
    assert not combo.offer.isVisible()


def test_escape_closes_the_list_and_keeps_what_was_typed(qtbot: QtBot, desk: Desk) -> None:
    combo = _combo(qtbot, desk, Member, "political")
    write(combo, "中")
    QTest.keyClick(combo, Qt.Key.Key_Escape)
    assert not combo.offer.isVisible()
    assert combo.text() == "中"


def test_a_village_is_shown_by_name_and_read_by_code(qtbot: QtBot, desk: Desk) -> None:
    village = desk.ask(lambda session: areas.villages(session, TODAY))[0]
    combo = _combo(qtbot, desk, Member, "village_code")
    combo.set_text(village.code or "")
    assert combo.currentText().endswith(("村", "社区"))
    assert combo.text() == village.code
    assert village.code in [option.value for option in combo.matches(village.code or "")]


def test_a_village_out_of_use_is_still_shown_by_its_name(qtbot: QtBot, desk: Desk) -> None:
    village = desk.ask(lambda session: areas.villages(session, TODAY))[0]
    code = village.code or ""
    desk.do(lambda session: areas.close(session, code, TODAY), "停用")
    combo = _combo(qtbot, desk, Member, "village_code")
    combo.set_text(code)
    assert combo.currentText() != code
    assert combo.text() == code


def test_two_teams_of_one_name_are_told_apart_by_what_was_picked(qtbot: QtBot, desk: Desk) -> None:
    ids = [_save(desk, Team, team_name="巡逻队") for _ in range(2)]
    combo = _combo(qtbot, desk, Member, "team_id")
    QTest.keyClicks(combo, "xld")
    QTest.keyClick(combo, Qt.Key.Key_Down)
    QTest.keyClick(combo, Qt.Key.Key_Return)
    assert combo.text() == str(ids[1])


def test_teams_follow_the_village(qtbot: QtBot, desk: Desk) -> None:
    one, two = [v.code or "" for v in desk.ask(lambda session: areas.villages(session, TODAY))[:2]]
    for name, village in (("甲队", one), ("乙队", two)):
        _save(desk, Team, team_name=name, village_code=village)
    combo = _combo(qtbot, desk, Member, "team_id")
    assert isinstance(combo, LinkCombo)
    combo.of_village(two)
    assert [option.shown.split()[-1] for option in combo.options()] == ["乙队"]


def test_ticks_by_keyboard_are_written_in_the_order_of_the_list(qtbot: QtBot, desk: Desk) -> None:
    line = _editor(qtbot, desk, Member, "skills")
    assert isinstance(line, SeveralLine)
    QTest.keyClick(line, Qt.Key.Key_Down)
    panel = line.findChild(QListWidget, "ticks")
    assert panel is not None
    QTest.keyClick(panel, Qt.Key.Key_Down)
    QTest.keyClick(panel, Qt.Key.Key_Space)
    QTest.keyClick(panel, Qt.Key.Key_Up)
    QTest.keyClick(panel, Qt.Key.Key_Space)
    first, second = (panel.item(at).text() for at in range(2))
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert line.text() == f"{first}、{second}"
    assert len(line.chosen()) == 2


def _picture(folder: Path, name: str = "签到表.png") -> Path:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("steelblue"))
    image.save(str(folder / name))
    return folder / name


def test_a_dropped_picture_is_attached_shown_and_removed(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    scans = _editor(qtbot, desk, Agreement, "scan")
    assert isinstance(scans, ScansList)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(_picture(tmp_path)))])
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dropped = QDropEvent(QPointF(1, 1), copy, mime, left, plain)
    with qtbot.waitSignal(scans.changed):
        scans.dropEvent(dropped)
    assert scans.list.item(0).text() == "签到表.png"
    assert field(Agreement, "scan").kind.read(scans.text())
    again = _editor(qtbot, desk, Agreement, "scan")
    again.set_text(scans.text())
    assert again.text() == scans.text()
    scans.remove_current()
    assert scans.text() == ""


def test_a_file_that_is_no_picture_is_refused_in_place(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    scans = _editor(qtbot, desk, Agreement, "scan")
    assert isinstance(scans, ScansList)
    false = tmp_path / "假的.jpg"
    false.write_bytes(b"not a picture")
    scans.add([false, _picture(tmp_path)])
    assert "假的.jpg" in scans.trouble.text()
    assert scans.list.count() == 1


def test_a_deleted_link_is_not_offered(qtbot: QtBot, desk: Desk) -> None:
    matter = desk.do(lambda session: entries.save(session, Matter, {"title": "修路"}), "测试")
    combo = _combo(qtbot, desk, Step, "matter_id")
    assert isinstance(field(Step, "matter_id").kind, Link)
    assert len(combo.options()) == 1
    desk.do(lambda session: entries.delete(session, Matter, matter), "测试")
    combo.renew()
    assert combo.options() == []


def test_digits_that_were_only_typed_are_no_entry(desk: Desk, qtbot: QtBot) -> None:
    team = desk.do(lambda session: entries.save(session, Team, {"team_name": "巡逻队"}), "测试")
    combo = editor(Link("team"), desk)
    assert isinstance(combo, LinkCombo)
    qtbot.addWidget(combo)
    QTest.keyClicks(combo.line, str(team))
    with pytest.raises(Unreadable, match="列表中没有"):
        Link("team").read(combo.text())
    combo.set_text(str(team))
    assert combo.text() == str(team)


def test_ticks_do_not_drop_words_that_cannot_be_read(desk: Desk, qtbot: QtBot) -> None:
    line = editor(Several("skill"), desk)
    assert isinstance(line, SeveralLine)
    qtbot.addWidget(line)
    line.setText("法律，会修车")
    line.open_ticks()
    assert line.text() == "法律，会修车"
    assert line.findChild(QWidget, "ticks") is None
