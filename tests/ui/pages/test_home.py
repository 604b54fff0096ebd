"""The page 首页: what is due, what is missing, and the first steps of an empty folder."""

import datetime as dt
import re
import threading
from collections import Counter

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from desktop.records import Agreement, Matter, Step, Team, Village
from desktop.records.keeping import Submission
from desktop.services import entries, faults
from desktop.services.checks import Progress
from desktop.services.faults import Place
from desktop.services.overview import Cell, CellState
from tests.desktop.services.test_matters import FIGURES
from ui.desk import Desk, Target
from ui.pages import home
from ui.pages.grid import explained, shown
from ui.pages.home import FIRST_STEPS, HomePage
from ui.pages.home_facts import day_words, distance
from ui.theme import colour

EAST = "341399101200"  # 东湖村
DAY = dt.date(2026, 11, 23)


def fill(desk: Desk) -> None:
    def work(session: Session) -> None:
        entries.save(session, Village, {"village_code": EAST, "as_of": "2026-01-01"})
        agreement = {
            "party_a_code": EAST,
            "party_b_name": "练习县第一中学",
            "valid_from": "2026-01-01",
            "valid_to": "2026-12-05",
        }
        entries.save(session, Agreement, agreement)

    desk.do(work, "测试")


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> HomePage:
    page = HomePage(desk)
    qtbot.addWidget(page)
    QAbstractItemModelTester(page.grid.cells, QAbstractItemModelTester.FailureReportingMode.Fatal)
    QAbstractItemModelTester(page.compared, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.resize(1160, 660)
    return page


def open_(page: HomePage, qtbot: QtBot) -> HomePage:
    page.show()
    qtbot.waitUntil(lambda: page.settled)
    return page


def cell(page: HomePage, village: int, ledger: str) -> str:
    names = [name for name, _ in page.grid.cells.grid.ledgers]
    text: str = page.grid.cells.index(village, names.index(ledger)).data()
    return text


def test_the_period_its_due_day_and_the_days_left_are_told(page: HomePage, qtbot: QtBot) -> None:
    open_(page, qtbot)
    assert page.due.text() == "2026年11月报表上报：11月25日（星期三）前，还有 2 天"


def test_an_empty_folder_begins_with_three_steps_and_each_leads_somewhere(
    page: HomePage, qtbot: QtBot
) -> None:
    open_(page, qtbot)
    assert page.parts.currentIndex() == 0
    for button, (name, title, _) in zip(page.steps, FIRST_STEPS, strict=True):
        assert button.isVisible()
        assert button.text() == title
        with qtbot.waitSignal(page.desk.wanted) as asked:
            QTest.keyClick(button, Qt.Key.Key_Return)
        assert asked.args == [Target(name)]


def test_the_grid_tells_what_each_village_has_and_lacks(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    open_(page, qtbot)
    assert page.parts.currentIndex() == 1
    assert cell(page, 0, "village") == "1 条 1 待补"
    assert cell(page, 0, "team") == "缺"
    assert cell(page, 1, "agreement") == "缺"


def test_arrows_and_enter_open_the_entries_of_a_village(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    open_(page, qtbot)
    page.grid.setCurrentIndex(page.grid.cells.index(1, 0))
    QTest.keyClick(page.grid, Qt.Key.Key_Right)
    with qtbot.waitSignal(desk.wanted) as asked:
        QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert asked.args == [Target("team", None, "", {"village_code": "341399101201"})]


def test_an_agreement_is_looked_up_by_its_own_village_field(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.wanted) as asked:
        page.open_cell(EAST, "agreement")
    assert asked.args == [Target("agreement", None, "", {"party_a_code": EAST})]


def test_space_makes_a_zero_report_and_takes_it_back(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    open_(page, qtbot)
    page.grid.setCurrentIndex(page.grid.cells.index(0, 1))
    QTest.keyClick(page.grid, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.settled)
    assert cell(page, 0, "team") == "零报告"
    assert page.grid.currentIndex().column() == 1
    QTest.keyClick(page.grid, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.settled)
    assert cell(page, 0, "team") == "缺"


def test_no_zero_report_is_made_for_the_figures_of_a_village(
    page: HomePage, desk: Desk, qtbot: QtBot
) -> None:
    fill(desk)
    open_(page, qtbot)
    page.grid.setCurrentIndex(page.grid.cells.index(1, 0))
    with qtbot.assertNotEmitted(page.grid.zeroed):
        QTest.keyClick(page.grid, Qt.Key.Key_Space)
    assert not page.grid.menu().actions()[1].isEnabled()


def test_a_zero_report_in_a_locked_period_is_refused_in_place(
    page: HomePage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk)
    open_(page, qtbot)
    monkeypatch.setattr("desktop.services.periods.locking", lambda *_: object())
    page.zero([(EAST, "team")], on=True)
    assert "已经上报并锁定" in page.notice.text()


def test_an_agreement_that_ends_soon_is_a_link_to_it(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    open_(page, qtbot)
    texts = [page.agenda.item(row).text() for row in range(page.agenda.count())]
    assert "12月5日　与练习县第一中学的共建协议到期，还有 12 天" in texts
    page.agenda.setCurrentRow(1)
    with qtbot.waitSignal(desk.wanted) as asked:
        QTest.keyClick(page.agenda, Qt.Key.Key_Return)
    assert asked.args[0].page == "agreement"


def test_figures_are_compared_with_what_was_sent_in_words(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    team = {"village_code": EAST, "team_name": "义务巡逻队", "founded_on": "2026-11-02"}
    sent = {"files": [], "counts": {"teams": 3}, "findings": {}, "reasons": [], "journal_mark": 0}
    at = dt.datetime(2026, 10, 30)

    def work(session: Session) -> None:
        entries.save(session, Team, team)
        session.add(Submission(period="2026-10", version=1, sent_at=at, filler="李敏", **sent))

    desk.do(work, "测试")
    open_(page, qtbot)
    first = [page.compared.index(0, column).data() for column in range(4)]
    assert first == ["群防群治队伍", "1 支", "3", "少 2"]
    assert page.compared.headerData(2, Qt.Orientation.Horizontal) == "10月上报"


def test_before_the_first_submission_nothing_is_said_about_the_month_before(
    page: HomePage, desk: Desk, qtbot: QtBot
) -> None:
    fill(desk)
    team = {"village_code": EAST, "team_name": "义务巡逻队"}
    desk.do(lambda session: entries.save(session, Team, team), "测试")
    open_(page, qtbot)
    first = [page.compared.index(0, column).data() for column in range(4)]
    assert first == ["群防群治队伍", "1 支", "—", ""]
    assert page.compared.headerData(2, Qt.Orientation.Horizontal) == "上次上报"


def test_cells_with_faults_turn_from_green_once_the_period_is_checked(
    page: HomePage, desk: Desk, qtbot: QtBot
) -> None:
    wrong = {"village_code": EAST, "as_of": "2026-01-01", "population": "10", "households": "99"}

    def work(session: Session) -> None:
        entries.save(session, Village, {**FIGURES, **wrong})
        matter = {"village_code": EAST, "title": "修路", "source": "01", "matter_type": "07"}
        entry = entries.save(session, Matter, matter)
        for no in "12345":
            held = {"held_at": f"2026-11-0{no} 09:00"} if no != "5" else {"open_from": "2026-11-06"}
            entries.save(session, Step, {"matter_id": str(entry), "step_no": no, **held})

    desk.do(work, "测试")
    open_(page, qtbot)
    assert "错" not in cell(page, 0, "matter")
    assert "正在检查" in page.progress.text()
    qtbot.waitUntil(lambda: page.judged)
    assert re.fullmatch(r"1 条 \d+ 错", cell(page, 0, "matter"))
    assert "格有错" in page.progress.text()
    at = page.grid.currentIndex()
    assert at.siblingAtColumn(3).data(Qt.ItemDataRole.BackgroundRole) == colour("A_soft")


def test_a_city_s_roster_is_not_checked_by_the_first_page(
    page: HomePage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "MOST_JUDGED", 0)
    monkeypatch.setattr(faults, "find", lambda *_: pytest.fail("it was checked"))
    fill(desk)
    open_(page, qtbot)
    qtbot.waitUntil(lambda: page.judged)
    assert "正在检查" not in page.progress.text()


def test_a_check_is_given_up_when_the_page_is_left_and_made_when_it_is_shown_again(
    page: HomePage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk)
    go_on, real = threading.Event(), faults.find

    def slow(session: Session, period: str, today: dt.date, progress: Progress) -> Counter[Place]:
        go_on.wait(10)
        progress(1, 2)
        return real(session, period, today, progress)

    monkeypatch.setattr(faults, "find", slow)
    open_(page, qtbot)
    page.hide()
    go_on.set()
    desk.rest()
    QCoreApplication.processEvents()
    assert not page.judged
    page.show()
    qtbot.waitUntil(lambda: page.judged)
    assert cell(page, 0, "village").endswith("错")


def test_marking_keeps_what_is_selected(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    open_(page, qtbot)
    page.grid.selectColumn(1)
    qtbot.waitUntil(lambda: page.judged)
    assert len(page.grid.selectedIndexes()) == 6


def test_a_change_elsewhere_is_shown_when_the_page_is_shown(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    open_(page, qtbot)
    page.hide()
    fill(desk)
    assert page.stale
    open_(page, qtbot)
    assert page.parts.currentIndex() == 1


def test_at_usual_size_nothing_needs_scrolling(page: HomePage, desk: Desk, qtbot: QtBot) -> None:
    fill(desk)
    open_(page, qtbot)
    bar = page.area.verticalScrollBar()
    assert bar.maximum() == 0
    assert page.area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Cell(CellState.DONE, 12, 0), "12 条"),
        (Cell(CellState.PARTIAL, 12, 3), "12 条 3 待补"),
        (Cell(CellState.ZERO, 0, 0), "零报告"),
        (Cell(CellState.MISSING, 0, 0), "缺"),
        (Cell(CellState.WRONG, 12, 1, 2), "12 条 2 错"),
    ],
)
def test_a_cell_says_in_words_what_its_colour_says(made: Cell, words: str) -> None:
    assert shown(made) == words
    assert explained("东湖村", "队伍", made).startswith("东湖村，队伍：")


def test_days_are_told_as_one_speaks() -> None:
    assert day_words(dt.date(2026, 11, 25)) == "11月25日（星期三）"
    assert [distance(DAY + dt.timedelta(days=days), DAY) for days in (-3, 0, 2)] == [
        "已过 3 天",
        "今天",
        "还有 2 天",
    ]
