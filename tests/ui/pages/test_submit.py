"""The page 上报: what stops a period, its zero reports, its files, its history and its return."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.records import Office, Team
from desktop.rules.rulebook import Grade
from desktop.services import areas, entries, invented, periods, setup
from desktop.settings import Settings
from tests.conftest import EARNEST, OFFICE, TODAY
from ui.desk import Desk, Target
from ui.pages.asking import Asked
from ui.pages.submit import SubmitPage
from ui.pages.submit_facts import offered_periods

EAST = "341398101200"
TEAM = {"village_code": EAST, "team_name": "义务巡逻队", "founded_on": "2026-11-02"}


@pytest.fixture
def county() -> str:
    """A unit that may submit."""
    return EARNEST


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, tmp_path: Path) -> SubmitPage:
    page = SubmitPage(desk)
    qtbot.addWidget(page)
    for model in (page.history.sent, page.history.changed, page.missing.grid.cells):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.files.folder.setText(str(tmp_path / "发出"))
    page.resize(1160, 660)
    page.show()
    settle(page, qtbot)
    return page


def settle(page: SubmitPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.settled and page.running is None, timeout=20_000)


def make_zero(page: SubmitPage, qtbot: QtBot) -> None:
    asked = page.ask_all_zero()
    assert asked is not None
    asked.accept()
    settle(page, qtbot)


def submit(page: SubmitPage, qtbot: QtBot) -> None:
    make_zero(page, qtbot)
    send(page, qtbot)


def send(page: SubmitPage, qtbot: QtBot) -> None:
    asked = page.ask_submit()
    assert asked is not None
    asked.accept()
    settle(page, qtbot)


def give_back(page: SubmitPage, qtbot: QtBot, reason: str) -> Asked:
    asked = page.history.register_return()
    assert asked is not None
    editor = asked.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText(reason)
    asked.accept()
    settle(page, qtbot)
    return asked


def test_what_stops_the_period_is_counted_by_grade(page: SubmitPage, desk: Desk, qtbot: QtBot) -> None:
    desk.do(lambda session: entries.save(session, Team, TEAM), "测试")
    settle(page, qtbot)
    first = page.missing.grades[Grade.A]
    assert first.isVisible()
    assert first.text().startswith("A 必须改正")
    with qtbot.waitSignal(desk.wanted) as asked:
        first.click()
    assert asked.args == [Target("checks", None, "", {"grade": "A"})]


def test_a_name_that_is_missing_leads_to_the_settings(page: SubmitPage, desk: Desk, qtbot: QtBot) -> None:
    assert not page.missing.names.isVisible()
    office = desk.ask(lambda session: getattr(areas.own_office(session), "id", None))
    desk.do(lambda session: entries.save(session, Office, {"reviewer": ""}, entry=office), "测试")
    settle(page, qtbot)
    assert page.missing.names.text() == "填写审核人"
    with qtbot.waitSignal(desk.wanted) as asked:
        page.missing.names.click()
    assert asked.args == [Target("settings")]


def test_one_press_and_one_answer_report_zero_for_every_missing_cell(page: SubmitPage, qtbot: QtBot) -> None:
    assert len(page.missing.missing()) == 24  # 6 villages, 4 ledgers that know zero reports
    make_zero(page, qtbot)
    assert page.missing.missing() == []
    assert not page.missing.every.isEnabled()


def test_nothing_is_reported_zero_when_the_question_is_denied(page: SubmitPage, qtbot: QtBot) -> None:
    asked = page.ask_all_zero()
    assert asked is not None
    asked.reject()
    assert len(page.missing.missing()) == 24


def test_the_button_reports_zero_for_the_selected_cells(page: SubmitPage, qtbot: QtBot) -> None:
    page.missing.grid.setCurrentIndex(page.missing.grid.cells.index(0, 1))
    page.missing.zero.click()
    settle(page, qtbot)
    assert page.missing.grid.cells.index(0, 1).data() == "零报告"


def test_a_submission_writes_its_files_and_locks_the_period(
    page: SubmitPage, qtbot: QtBot, tmp_path: Path
) -> None:
    submit(page, qtbot)
    written = sorted((tmp_path / "发出").iterdir())
    assert "已上报（第 1 版）" in page.notice.text()
    assert page.files.files.count() == len(written) >= 5
    assert not page.files.make.isEnabled()
    assert "数据已锁定" in page.about.text()
    assert [row.state for row in page.history.sent.rows] == ["已上报"]


def test_what_stops_it_is_said_in_place_and_nothing_is_sent(
    page: SubmitPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.do(lambda session: entries.save(session, Team, TEAM), "测试")
    settle(page, qtbot)
    page.files.make.click()
    settle(page, qtbot)
    assert "未能上报2026年11月" in page.notice.text()
    assert not (tmp_path / "发出").exists()
    assert page.history.sent.rows == []
    assert page.files.make.isEnabled()


def test_a_submission_that_is_stopped_leaves_nothing(page: SubmitPage, qtbot: QtBot, tmp_path: Path) -> None:
    make_zero(page, qtbot)
    page.submit()
    page.stop()
    settle(page, qtbot)
    assert "已取消" in page.notice.text()
    assert page.history.sent.rows == []
    assert not (tmp_path / "发出").exists()


def test_the_frozen_files_can_be_saved_again(page: SubmitPage, qtbot: QtBot, tmp_path: Path) -> None:
    submit(page, qtbot)
    page.history.save_again(tmp_path / "再存")
    first, second = tmp_path / "发出", tmp_path / "再存"
    assert {one.name: one.read_bytes() for one in first.iterdir()} == {
        one.name: one.read_bytes() for one in second.iterdir()
    }


def test_a_return_reopens_the_period_as_the_next_version(page: SubmitPage, qtbot: QtBot) -> None:
    submit(page, qtbot)
    give_back(page, qtbot, "合计与花名册不一致")
    assert "被退回：合计与花名册不一致" in page.about.text()
    assert "第 2 版" in page.about.text()
    assert page.files.make.isEnabled()
    assert not page.history.back.isEnabled()
    send(page, qtbot)
    assert [row.version for row in page.history.sent.rows] == [2, 1]


def test_the_second_version_does_not_overwrite_the_first(
    page: SubmitPage, qtbot: QtBot, tmp_path: Path
) -> None:
    submit(page, qtbot)
    first = {one.name for one in (tmp_path / "发出").iterdir()}
    give_back(page, qtbot, "合计与花名册不一致")
    send(page, qtbot)
    second = {one.name for one in (tmp_path / "发出").iterdir()} - first
    assert len(first) == len(second) == 6
    assert all("（第2版）" in name for name in second)


def test_nothing_is_locked_before_the_question_is_answered(page: SubmitPage, qtbot: QtBot) -> None:
    make_zero(page, qtbot)
    page.files.make.click()
    asked = page.findChild(Asked)
    assert isinstance(asked, Asked)
    said = [label.text() for label in asked.findChildren(QLabel)]
    assert any("生成 6 个文件并锁定 2026年11月" in one for one in said)
    asked.reject()
    settle(page, qtbot)
    assert page.history.sent.rows == []


def test_a_draft_writes_the_workbooks_and_locks_nothing_whatever_is_found(
    page: SubmitPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.do(lambda session: entries.save(session, Team, TEAM), "测试")
    settle(page, qtbot)
    page.files.draft.click()
    settle(page, qtbot)
    names = [one.name for one in (tmp_path / "发出").iterdir()]
    assert len(names) == 5
    assert all(name.endswith("（2026年11月）（草稿）.xlsx") for name in names)
    assert page.history.sent.rows == []
    assert page.files.make.isEnabled()
    assert "没有锁定" in page.notice.text()
    assert not list(desk.store.folder.glob("draft-*"))


def test_what_was_said_is_gone_after_a_return(page: SubmitPage, qtbot: QtBot) -> None:
    submit(page, qtbot)
    give_back(page, qtbot, "合计与花名册不一致")
    assert page.notice.isHidden()
    assert page.files.files.count() == 0


def test_what_was_said_is_gone_in_another_period_and_when_the_page_is_entered_again(
    page: SubmitPage, desk: Desk, qtbot: QtBot
) -> None:
    def leave() -> None:
        page.hide()
        page.show()

    def choose() -> None:
        desk.choose_period("2026-10")

    for way in (choose, leave):
        page.draft()
        settle(page, qtbot)
        assert page.notice.isVisible()
        way()
        assert page.notice.isHidden()
        settle(page, qtbot)


def test_the_names_in_the_list_differ_where_they_begin(page: SubmitPage, qtbot: QtBot) -> None:
    submit(page, qtbot)
    shown = [page.files.files.item(row).text() for row in range(page.files.files.count())]
    assert shown[0] == "群防群治队伍情况汇总表"
    assert shown[-1] == "上报说明"
    assert page.files.files.item(0).toolTip().endswith("群防群治队伍情况汇总表（2026年11月）.xlsx")


def test_a_path_is_shown_from_its_beginning_and_whole_in_its_tool_tip(page: SubmitPage) -> None:
    path = "/家目录/" + "很长的文件夹/" * 20
    page.files.show_folder(path)
    assert page.files.folder.cursorPosition() == 0
    assert page.files.folder.toolTip() == path


def test_at_usual_size_nothing_needs_scrolling(page: SubmitPage, qtbot: QtBot) -> None:
    page.resize(1226, 686)
    submit(page, qtbot)
    assert page.area.verticalScrollBar().maximum() == 0
    assert page.area.horizontalScrollBar().maximum() == 0


def test_a_return_without_a_reason_is_refused_in_the_dialog(page: SubmitPage, qtbot: QtBot) -> None:
    submit(page, qtbot)
    asked = give_back(page, qtbot, " ")
    assert asked.isVisible()
    assert "没有写退回原因" in asked.notice.text()
    assert page.history.sent.rows[0].returned_at is None


def test_what_changed_since_is_told_by_field(page: SubmitPage, desk: Desk, qtbot: QtBot) -> None:
    submit(page, qtbot)
    give_back(page, qtbot, "少报一支队伍")
    desk.do(lambda session: entries.save(session, Team, TEAM), "测试")
    settle(page, qtbot)
    qtbot.waitUntil(lambda: page.history.changed.rowCount() > 0)
    rows = [[page.history.changed.index(row, column).data() for column in range(4)]
            for row in range(page.history.changed.rowCount())]  # fmt: skip
    assert ["东湖村 义务巡逻队（群防群治队伍）", "队伍名称", "", "义务巡逻队"] in rows


def test_another_period_is_chosen_for_the_whole_window(page: SubmitPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.period_changed) as chosen:
        QTest.keyClick(page.periods, Qt.Key.Key_Down)
        page.periods.activated.emit(page.periods.currentIndex())
    assert chosen.args == ["2026-10"]
    settle(page, qtbot)
    assert page.periods.currentText() == "2026年10月"


def test_half_a_year_is_offered_and_the_period_in_force_always() -> None:
    offered = offered_periods(dt.date(2026, 2, 3), [], "2024-05")
    assert offered == ["2026-02", "2026-01", "2025-12", "2025-11", "2025-10", "2025-09", "2024-05"]
    assert all(periods.words(one) for one in offered)


def test_practice_makes_drafts_and_never_a_submission(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    office = {**OFFICE, "practice": "是"}
    store = setup.start(tmp_path / "p", invented.area_list(1), f"{invented.PREFIX}101000", office)
    desk = Desk(store, Settings(tmp_path / "s.json"), today=TODAY)
    page = SubmitPage(desk)
    qtbot.addWidget(page)
    page.files.folder.setText(str(tmp_path / "out"))
    page.show()
    settle(page, qtbot)
    assert "练习乡镇的数据不能上报" in page.about.text()
    assert not page.files.make.isEnabled()
    assert page.ask_submit() is None
    settle(page, qtbot)
    assert "可以“先生成草稿”" in page.notice.text()
    assert not (tmp_path / "out").exists()
    page.files.draft.click()
    settle(page, qtbot)
    assert all("（草稿）" in one.name for one in (tmp_path / "out").iterdir())
    assert page.history.sent.rows == []
    qtbot.waitUntil(lambda: not desk.busy)
    desk.close()
