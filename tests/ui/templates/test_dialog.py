"""A profile is made by clicking at the sheet that was handed down, tried, and kept."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from desktop.excel.profile import Identity
from desktop.services import profiles
from tests.ui.templates.book import FIRST, LAST, SHEET, book
from tests.ui.templates.steps import begun, click, draft, keep, keys, read, rest
from ui import messages
from ui.desk import Desk
from ui.templates.column import FIXED, NOTHING
from ui.templates.dialog import TemplateDialog
from ui.templates.draft import Place
from ui.templates.frame import TABLE, TRIAL

SEX, NUMBER, JOINED, POINTS = 4, 5, 6, 9  # columns of the book


def test_a_workbook_is_understood_at_once(opened: TemplateDialog) -> None:
    profile = draft(opened).profile
    assert (profile.source, profile.sheet) == ("member", SHEET)
    assert (profile.header_top, profile.header_bottom, profile.first, profile.last) == (3, 4, FIRST, LAST)
    assert keys(opened) == {
        1: "no",
        2: "village_code",
        3: "name",
        4: "gender",
        5: "id_number",
        6: "joined_on",
        7: "mobile",
        8: "address",
    }
    assert profile.columns[SEX].values == {"男": "男性", "女": "女性"}
    assert profile.total_row == LAST + 1
    assert opened.head.name.text() == "队员登记表"
    assert "I 列没有对上" in opened.table.about.text()


def test_the_whole_journey_ends_in_a_filled_workbook(
    qtbot: QtBot, desk: Desk, opened: TemplateDialog, tmp_path: Path
) -> None:
    panel = opened.table.column
    click(opened, 3, NUMBER)
    panel.identity.setCurrentText(Identity.MASKED.word)
    click(opened, 3, JOINED)
    panel.date.setCurrentIndex(panel.date.findData("yyyy.mm.dd"))
    click(opened, 3, POINTS)
    panel.key.set_text(FIXED.value)
    panel.constant.line.setText("{乡镇}纳入")
    click(opened, 2, 1)
    assert opened.table.cell.offer.text() == "写成：填报单位：{填报单位}"
    opened.table.cell.offer.click()
    opened.tabs.setCurrentIndex(TRIAL)
    rest(qtbot, opened)
    model = opened.trial.model
    assert [model.index(0, at).data() for at in (2, 3, 4, 5, 8)] == [
        "张0",
        "男性",
        "341***********0000",
        "2024.05.01",
        "练习镇纳入",
    ]
    assert "共 3 行" in opened.trial.counts.text()
    assert opened.trial.wrong.isHidden()
    target = tmp_path / "试.xlsx"
    opened.export(target)
    rest(qtbot, opened)
    assert "已填好 3 行" in opened.told.text()
    sheet = load_workbook(target)[SHEET]
    assert sheet["A2"].value == "填报单位：练习县练习镇人民政府"
    row = [sheet.cell(FIRST + 1, at).value for at in (1, 3, SEX, NUMBER, JOINED, POINTS)]
    assert row == [2, "张1", "女性", "341***********0001", "2024.05.01", "练习镇纳入"]
    assert sheet["A25"].value == "合计"
    keep(qtbot, opened)
    kept, workbook = desk.ask(lambda session: profiles.get(session, "队员登记表"))
    assert kept.columns[NUMBER].identity is Identity.MASKED
    assert workbook == (tmp_path / "队员登记表.xlsx").read_bytes()


def test_a_column_is_emptied_and_stays_so_when_the_headings_move(
    qtbot: QtBot, opened: TemplateDialog
) -> None:
    click(opened, 3, 3)
    opened.table.column.key.set_text(NOTHING.value)
    assert 3 not in keys(opened)
    opened.head.top.setValue(4)
    qtbot.waitUntil(lambda: draft(opened).profile.header_top == 4)
    rest(qtbot, opened)
    assert draft(opened).profile.header_bottom == 4
    assert 3 not in keys(opened)
    assert keys(opened)[SEX] == "gender"
    assert draft(opened).place(3, 1) is Place.OTHER


def test_headings_in_a_row_without_texts_are_refused_in_place(qtbot: QtBot, opened: TemplateDialog) -> None:
    opened.head.point(10, 10)
    qtbot.waitUntil(lambda: "没有标题文字" in opened.told.text())
    assert draft(opened).profile.header_top == 3
    opened.head.point(3, 4)
    qtbot.waitUntil(lambda: not opened.working.busy and not opened.told.text())


def test_a_faulty_profile_is_told_in_words_and_is_not_kept(
    qtbot: QtBot, desk: Desk, opened: TemplateDialog
) -> None:
    opened.table.whole.total.setValue(FIRST + 1)
    opened.tabs.setCurrentIndex(TRIAL)
    rest(qtbot, opened)
    assert "落在要填写的" in opened.trial.wrong.text()
    assert opened.trial.model.rowCount() == 0
    opened.save()
    rest(qtbot, opened)
    assert "未能保存" in opened.told.text()
    assert all(one.code for one in desk.ask(profiles.listed))
    opened.tabs.setCurrentIndex(TABLE)
    opened.table.whole.total.setValue(0)
    keep(qtbot, opened)


def test_an_old_workbook_is_refused_with_its_way_out(
    qtbot: QtBot, dialog: TemplateDialog, tmp_path: Path
) -> None:
    old = tmp_path / "旧.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    read(qtbot, dialog, old)
    assert "另存为 .xlsx" in dialog.told.text()
    assert dialog.draft is None
    assert not dialog.save_it.isEnabled()


def test_a_sheet_that_is_not_understood_can_be_pointed_at(
    qtbot: QtBot, dialog: TemplateDialog, tmp_path: Path
) -> None:
    file = book(tmp_path / "怪.xlsx")
    made = load_workbook(file)
    sheet = made[SHEET]
    for row in sheet.iter_rows(min_row=2, max_row=4):
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = f"甲{cell.column}"
    made.save(file)
    read(qtbot, dialog, file)
    assert "找不到看得懂的表头" in dialog.told.text()
    dialog.head.source.setCurrentIndex(dialog.head.source.findData("team"))
    rest(qtbot, dialog)
    assert draft(dialog).profile.source == "team"
    click(dialog, 3, 1)
    dialog.table.column.key.set_text("team_name")
    assert keys(dialog) == {1: "team_name"}


def test_another_workbook_keeps_what_was_said_under_the_same_headings(
    qtbot: QtBot, opened: TemplateDialog, tmp_path: Path
) -> None:
    click(opened, 3, NUMBER)
    opened.table.column.identity.setCurrentText(Identity.SPACED.word)
    moved = load_workbook(tmp_path / "队员登记表.xlsx")
    sheet = moved[SHEET]
    sheet["E3"], sheet["F3"] = "入队日期", "身份证号码"
    moved.save(tmp_path / "新.xlsx")
    read(qtbot, opened, tmp_path / "新.xlsx")
    columns = draft(opened).profile.columns
    assert (columns[6].key, columns[6].identity) == ("id_number", Identity.SPACED)
    assert columns[5].key == "joined_on"
    assert opened.head.name.text() == "队员登记表"


def test_a_kept_profile_is_changed_and_renamed(qtbot: QtBot, desk: Desk, opened: TemplateDialog) -> None:
    keep(qtbot, opened)
    again = begun(qtbot, desk)
    again.edit("队员登记表")
    rest(qtbot, again)
    assert keys(again)[3] == "name"
    again.head.name.setText("月报")
    again.save()
    qtbot.waitUntil(lambda: not desk.awaited())
    own = [one.profile.name for one in desk.ask(profiles.listed) if not one.code]
    assert own == ["月报"]


def test_a_shipped_profile_becomes_a_copy_of_our_own(
    qtbot: QtBot, desk: Desk, dialog: TemplateDialog
) -> None:
    dialog.edit("annex2")
    rest(qtbot, dialog)
    assert "不会改动" in dialog.told.text()
    keep(qtbot, dialog)
    listed = desk.ask(profiles.listed)
    assert sum(not one.code for one in listed) == 1
    assert listed[-1].profile.name.endswith("（本单位）")


@pytest.mark.parametrize(("answer", "open_"), [(0, False), (1, True)])
def test_what_is_not_kept_is_asked_about_before_it_is_lost(
    opened: TemplateDialog, monkeypatch: pytest.MonkeyPatch, answer: int, open_: bool
) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_, **__: answer)
    opened.reject()
    assert opened.isVisible() is open_


def test_a_taken_name_is_replaced_only_after_a_question(
    qtbot: QtBot, desk: Desk, opened: TemplateDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(qtbot, opened)
    other = begun(qtbot, desk)
    read(qtbot, other, tmp_path / "队员登记表.xlsx")
    draft(other).change(title="新表")
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 1)
    other.save()
    assert not other.working.busy
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 0)
    other.save()
    qtbot.waitUntil(lambda: not desk.awaited())
    assert desk.ask(lambda session: profiles.get(session, "队员登记表"))[0].title == "新表"
