"""The same month through the window: from an empty folder to the submitted files, by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.rules.rulebook import Grade
from desktop.services import invented
from tests.conftest import EARNEST
from tests.ui.ime import focused, write
from ui.form.entry import EntryForm
from ui.pages.checks import ChecksPage
from ui.pages.ledger import LedgerPage
from ui.pages.matters import MattersPage
from ui.pages.submit import SubmitPage
from ui.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier
EAST = "341398101200"
VILLAGE = {
    "village_code": "东湖村", "as_of": "2026.1.1", "population": "2400", "adults": "1800",
    "households": "600", "reps": "51", "women_reps": "17", "village_committee": "5",
    "branch_committee": "5", "cross_holders": "3",
    "party_total": "46", "party_formal": "45", "party_voting": "45",
}  # fmt: skip
TEAM = {
    "village_code": "东湖村", "team_name": "东湖义务巡逻队", "team_type": "义务治安巡逻队",
    "guide_dept": "派出所", "leader_name": "周建国", "leader_phone": "199 0000 0001",
    "is_patrol_team": "是", "founded_on": "20261102",
}  # fmt: skip
AGREEMENT = {
    "party_a_code": "东湖村", "party_b_name": "练习镇中心小学", "partner_type": "学校",
    "a_leader": "周建国", "b_leader": "李秀兰", "liaison": "王敏",
    "liaison_phone": "19900000003", "signed_on": "2026年11月3日",
    "valid_from": "2026-11-03", "valid_to": "2028-11-02", "fields": "平安共创（治安联防）",
}  # fmt: skip
MATTER = {"village_code": "东湖村", "title": "中心路硬化", "source": "村干部提议", "matter_type": "07"}
MEETING = {
    "place": "村部会议室", "host": "周建国", "recorder": "李秀兰", "content": "研究方案",
    "vote_method": "举手表决", "result": "通过",
}  # fmt: skip
PUBLICITY = {"channels": "村务公开栏", "objections": "无", "supervision_opinion": "程序合规"}
STEPS = (
    {"held_at": "2026-11-02 9:00", "n_due": "5", "n_present": "5", "notified_on": "2026-10-29"},
    {"held_at": "2026-11-03 9:00", "n_due": "7", "n_present": "6", "notified_on": "2026-10-30"},
    {"held_at": "2026-11-06 9:00", "form": "党员大会", "n_due": "45", "n_present": "40",
     "n_yes": "38", "n_no": "1", "n_abstain": "1", "notified_on": "2026-11-02"},
    {"held_at": "2026-11-08 9:00", "form": "村民代表会议", "n_due": "56", "n_present": "50",
     "n_yes": "49", "n_no": "1", "n_abstain": "0", "notified_on": "2026-11-04"},
    {"open_from": "2026-11-09", "open_to": "2026-11-15"},
    {"open_from": "2026-11-16", "open_to": "2026-11-22", "outcome": "已完工"},
)  # fmt: skip


@pytest.fixture
def county() -> str:
    """A unit that may submit."""
    return EARNEST


def ledger(window: Window, digit: Qt.Key) -> LedgerPage:
    """Go to a page by its key, and begin a new entry by Ctrl+N."""
    QTest.keyClick(window, digit, CONTROL)
    page = window.page()
    assert isinstance(page, LedgerPage)
    QTest.keyClick(page, Qt.Key.Key_N, CONTROL)
    return page


def fill(form: EntryForm, answers: dict[str, str]) -> None:
    for name, text in answers.items():
        form.rows[name].set_text(EAST if text == "东湖村" else text)


def save(form: EntryForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form, Qt.Key.Key_S, CONTROL)


def test_a_month_from_an_empty_folder_to_the_files(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    for digit, answers in ((Qt.Key.Key_6, VILLAGE), (Qt.Key.Key_2, TEAM)):
        page = ledger(window, digit)
        fill(page.form, answers)
        save(page.form, qtbot)
    roster(window, qtbot)
    matter(window, qtbot)
    page = ledger(window, Qt.Key.Key_5)
    fill(page.form, AGREEMENT)
    save(page.form, qtbot)
    explain(window, qtbot)
    submit(window, qtbot, tmp_path / "发出")


def roster(window: Window, qtbot: QtBot) -> None:
    """Two people heads down: Enter from field to field, Ctrl+Enter for the next one; a pin keeps the team."""
    page = ledger(window, Qt.Key.Key_3)
    people = invented.People(5)
    form = page.form
    for one in (people.one(), people.one()):
        fill(form, {"village_code": "东湖村", "duty": "成员", "joined_on": "2026-11-05"})
        form.rows["team_id"].set_text("1")
        form.focus("name")
        write(focused(), one.name)
        QTest.keyClick(focused(), Qt.Key.Key_Return)
        form.focus("id_number")
        QTest.keyClicks(focused(), one.id_number)
        assert form.rows["gender"].text() == one.gender
        assert form.rows["birth_date"].text() == one.born.isoformat()
        form.focus("mobile")
        QTest.keyClicks(focused(), one.mobile)
        with qtbot.waitSignal(form.saved):
            QTest.keyClick(form, Qt.Key.Key_Return, CONTROL)
        assert form.entry is None
    assert page.table.rowCount() == 2


def matter(window: Window, qtbot: QtBot) -> None:
    page = ledger(window, Qt.Key.Key_4)
    assert isinstance(page, MattersPage)
    fill(page.form, MATTER)
    save(page.form, qtbot)
    for at, figures in enumerate(STEPS):
        form = page.pane.step_form()
        assert form is not None
        assert form.no == str(at + 1)
        fill(form, {**(MEETING if at < 4 else PUBLICITY), **figures})
        QTest.keyClick(form, Qt.Key.Key_Return, CONTROL)
    assert page.pane.state.text() == "已完成 6/6"


def explain(window: Window, qtbot: QtBot) -> None:
    """Report zero for what the other villages do not have; no finding is left without its reason."""
    QTest.keyClick(window, Qt.Key.Key_9, CONTROL)
    page = window.page()
    assert isinstance(page, SubmitPage)
    settle(page, qtbot)
    asked = page.ask_all_zero()
    assert asked is not None
    asked.accept()
    settle(page, qtbot)
    assert page.missing.missing() == []
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_8, CONTROL)
    checks = window.page()
    assert isinstance(checks, ChecksPage)
    qtbot.waitUntil(lambda: checks.running is None and not checks.stale, timeout=20_000)
    open_ = [line for line in checks.model.all if line.finding.grade is not Grade.D]
    assert [(line.finding.code, line.finding.message) for line in open_] == []


def settle(page: SubmitPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.settled and page.running is None, timeout=20_000)


def submit(window: Window, qtbot: QtBot, out: Path) -> None:
    QTest.keyClick(window, Qt.Key.Key_9, CONTROL)
    page = window.page()
    assert isinstance(page, SubmitPage)
    settle(page, qtbot)
    page.files.folder.setText(str(out))
    asked = page.ask_submit()
    assert asked is not None
    asked.accept()
    settle(page, qtbot)
    assert "已上报（第 1 版）" in page.notice.text()
    assert len([path for path in out.iterdir() if path.suffix == ".xlsx"]) == 5
