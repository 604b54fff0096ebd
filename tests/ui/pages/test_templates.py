"""The page 模板: profiles are listed, used, renamed, deleted, and go from unit to unit as one file."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.excel.layout import LAYOUTS
from desktop.services import profiles, proposing
from tests.ui.templates.book import FIRST, SHEET, book, people
from ui import messages
from ui.desk import Desk, Target
from ui.pages.templates import TemplatesPage
from ui.templates.dialog import TemplateDialog

NAME = "队员登记"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TemplatesPage:
    page = TemplatesPage(desk)
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def own(qtbot: QtBot, desk: Desk, page: TemplatesPage, tmp_path: Path) -> TemplatesPage:
    """With one profile of this unit's own, which is chosen."""
    workbook = book(tmp_path / "登记.xlsx").read_bytes()
    profile = proposing.propose(workbook, SHEET, (3, 4), "member").renamed(NAME)
    desk.do(lambda session: profiles.store(session, profile, workbook), "测试")
    page.mark(NAME)
    return page


def rest(qtbot: QtBot, page: TemplatesPage) -> None:
    qtbot.waitUntil(lambda: not page.working.busy)


def names(page: TemplatesPage) -> list[str]:
    return [one.profile.name for one in page.model.rows if not one.code]


def test_a_new_unit_sees_the_shipped_ones_and_what_the_page_is_for(page: TemplatesPage) -> None:
    assert [one.code for one in page.model.rows] == list(LAYOUTS)
    assert "教会程序一次" in page.about.text()
    assert "新建模板方案" in page.about.text()
    assert not page.deleting.isEnabled()
    assert not page.naming.isEnabled()
    assert page.filling.isEnabled()
    page.go(Target("templates"))
    assert page.model.index(0, 3).data() == "内置"


def test_a_kept_profile_appears_by_itself(own: TemplatesPage) -> None:
    assert names(own) == [NAME]
    last = own.model.rowCount() - 1
    assert [own.model.index(last, at).data() for at in (0, 1, 3)] == [NAME, "队员花名册", "本单位"]
    assert own.deleting.isEnabled()
    assert "新建模板方案" not in own.about.text()


def test_a_template_is_filled_with_the_period_of_the_window(
    qtbot: QtBot, desk: Desk, own: TemplatesPage, tmp_path: Path
) -> None:
    desk.do(people, "测试")
    chosen = own.chosen()
    assert chosen is not None
    own.export(chosen, tmp_path / "填好.xlsx")
    rest(qtbot, own)
    assert "2026年11月：已填好 3 行" in own.told.text()
    assert load_workbook(tmp_path / "填好.xlsx")[SHEET].cell(FIRST, 3).value == "张0"


def test_a_shipped_profile_is_used_like_any_other(qtbot: QtBot, page: TemplatesPage, tmp_path: Path) -> None:
    page.mark("")
    chosen = page.chosen()
    assert chosen is not None
    page.export(chosen, tmp_path / "附件1.xlsx")
    rest(qtbot, page)
    assert (tmp_path / "附件1.xlsx").exists()


def test_a_file_that_cannot_be_written_is_told_in_place(
    qtbot: QtBot, own: TemplatesPage, tmp_path: Path
) -> None:
    (tmp_path / "挡路.xlsx").mkdir()
    chosen = own.chosen()
    assert chosen is not None
    own.export(chosen, tmp_path / "登记.xlsx" / "里面.xlsx")
    rest(qtbot, own)
    assert own.told.text().startswith("未能")
    assert own.filling.isEnabled()


def test_a_profile_is_renamed_and_a_bad_name_refused_where_it_is_typed(
    qtbot: QtBot, own: TemplatesPage
) -> None:
    asked = own.ask_name()
    assert asked is not None
    editor = asked.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("annex1")
    asked.accept()
    assert "内置" in asked.notice.text()
    editor.setText("新名")
    asked.accept()
    assert names(own) == ["新名"]
    chosen = own.chosen()
    assert chosen is not None
    assert chosen.profile.name == "新名"


def test_a_profile_is_deleted_after_a_question(own: TemplatesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 1)
    own.delete()
    assert names(own) == [NAME]
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 0)
    own.delete()
    assert names(own) == []


def test_a_profile_travels_as_one_file(
    qtbot: QtBot, own: TemplatesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = own.chosen()
    assert chosen is not None
    own.hand_out(chosen, tmp_path / "方案")
    rest(qtbot, own)
    file = tmp_path / "方案.pazb"
    assert str(file) in own.told.text()
    assert "没有人员数据" in own.told.text()
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 0)
    own.delete()
    own.take_in(file)
    qtbot.waitUntil(lambda: "已添加" in own.told.text())
    assert names(own) == [NAME]
    asked = []

    def no(_: object, question: str, *__: object) -> int:
        asked.append(question)
        return 1

    monkeypatch.setattr(messages, "ask", no)
    own.take_in(file)
    rest(qtbot, own)
    assert asked == [f"已经有名为“{NAME}”的模板方案，用文件里的替换它？"]


def test_a_profile_of_a_workbook_that_was_filled_before_is_not_said_to_hold_no_people(
    qtbot: QtBot, page: TemplatesPage, tmp_path: Path
) -> None:
    book = Workbook()
    for row in (["姓名", "性别", "手机号码"], ["张三", "男", "19900000001"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "上月.xlsx")
    workbook = (tmp_path / "上月.xlsx").read_bytes()
    profile = proposing.propose(workbook, "", (1, 1), "member").renamed("上月")
    page.desk.do(lambda session: profiles.store(session, profile, workbook), "测试")
    page.renew()
    page.mark("上月")
    chosen = page.chosen()
    assert chosen is not None
    page.hand_out(chosen, tmp_path)
    rest(qtbot, page)
    assert (tmp_path / "上月.pazb").exists()
    assert "没有人员数据" not in page.told.text()
    assert "人员信息" in page.told.text()


def test_a_file_that_is_no_profile_is_refused_in_place(
    qtbot: QtBot, page: TemplatesPage, tmp_path: Path
) -> None:
    (tmp_path / "坏.pazb").write_bytes(b"PK")
    page.take_in(tmp_path / "坏.pazb")
    rest(qtbot, page)
    assert "不是模板方案文件" in page.told.text()


def test_making_one_begins_with_the_workbook(qtbot: QtBot, page: TemplatesPage, tmp_path: Path) -> None:
    page.make(book(tmp_path / "登记.xlsx"))
    dialog = page.findChild(TemplateDialog)
    assert isinstance(dialog, TemplateDialog)
    qtbot.waitUntil(lambda: dialog.draft is not None and not dialog.working.busy)
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    assert names(page) == ["登记"]
    assert "已保存" in page.told.text()
    chosen = page.chosen()
    assert chosen is not None
    assert chosen.profile.name == "登记"
