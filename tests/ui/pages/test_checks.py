"""The page 检查: the findings of a period, and everything a clerk can do about one."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from desktop.records import Team
from desktop.rules.rulebook import Finding, Grade, Mend
from desktop.services import checks, entries, reasons
from ui.desk import Desk, Target
from ui.pages.checks import ChecksPage

Report = Callable[[int, int], None]
TRIM = Mend("去掉空格", {"team_name": "义务巡逻队"})


def finding(
    grade: Grade, entry: int | None = None, *, field: str = "team_name", mend: Mend | None = None
) -> Finding:
    code = f"{grade}-{entry or 0}"
    return Finding(code, grade, "team", entry, field, f"{code} 不对", "依据", "请改正", mend)


@pytest.fixture
def team(desk: Desk) -> int:
    answers = {"team_name": "义务巡逻 队", "village_code": "341399101200"}
    return desk.do(lambda session: entries.save(session, Team, answers), "测试")


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What the check finds; a test fills it."""
    result: list[Finding] = []

    def check(
        session: Session, period: str, today: object, progress: Callable[[int, int], None]
    ) -> list[Finding]:
        progress(1, 2)
        return list(result)

    monkeypatch.setattr(checks, "check", check)
    return result


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ChecksPage:
    page = ChecksPage(desk)
    qtbot.addWidget(page)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return page


def open_(page: ChecksPage, qtbot: QtBot) -> None:
    page.show()
    qtbot.waitUntil(lambda: page.running is None)


def codes(page: ChecksPage) -> list[str]:
    return [line.finding.code for line in page.model.shown]


def test_it_checks_when_it_is_first_shown_the_gravest_first(
    page: ChecksPage, found: list[Finding], qtbot: QtBot
) -> None:
    found += [finding(Grade.D), finding(Grade.B), finding(Grade.A), finding(Grade.C)]
    open_(page, qtbot)
    assert codes(page) == ["A-0", "B-0", "C-0", "D-0"]
    assert page.filter.grades[Grade.A].text() == "A 必须改正 1"
    assert "还有 3 处要处理" in page.state.text()


def test_a_line_says_what_why_and_how_and_which_entry(
    page: ChecksPage, found: list[Finding], team: int, qtbot: QtBot
) -> None:
    found.append(finding(Grade.A, team))
    open_(page, qtbot)
    said = page.model.index(0).data()
    for part in ("A 必须改正", "群防群治队伍", "东湖村", "不对", "依据", "请改正"):
        assert part in said
    assert page.detail.why.text() == f"依据：A-{team}　依据"


def test_enter_jumps_to_the_field(page: ChecksPage, found: list[Finding], team: int, qtbot: QtBot) -> None:
    found.append(finding(Grade.A, team))
    open_(page, qtbot)
    with qtbot.waitSignal(page.desk.wanted) as asked:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert asked.args == [Target("team", team, "team_name")]


def test_f1_asks_for_the_help_about_the_rule(page: ChecksPage, found: list[Finding], qtbot: QtBot) -> None:
    found.append(finding(Grade.A))
    open_(page, qtbot)
    with qtbot.waitSignal(page.desk.wanted) as asked:
        QTest.keyClick(page.list, Qt.Key.Key_F1)
    assert asked.args == [Target("help", None, "A-0")]


def test_a_grade_shows_only_its_own(page: ChecksPage, found: list[Finding], qtbot: QtBot) -> None:
    found += [finding(Grade.A), finding(Grade.C)]
    open_(page, qtbot)
    page.filter.grades[Grade.C].click()
    assert codes(page) == ["C-0"]
    page.go(Target("checks", filters={"grade": "A"}))
    assert codes(page) == ["A-0"]


def test_the_name_of_a_village_finds_its_findings(
    page: ChecksPage, found: list[Finding], team: int, qtbot: QtBot
) -> None:
    found += [finding(Grade.A, team), finding(Grade.A)]
    open_(page, qtbot)
    page.filter.text.setText("东湖")
    assert codes(page) == [f"A-{team}"]


def test_a_mend_is_made_and_the_list_is_checked_again(
    page: ChecksPage, found: list[Finding], team: int, qtbot: QtBot
) -> None:
    found.append(finding(Grade.A, team, mend=TRIM))
    open_(page, qtbot)
    assert page.detail.mend.text() == "改正：去掉空格"
    found.clear()
    page.detail.mend.click()
    qtbot.waitUntil(lambda: page.running is None)
    row = page.desk.ask(lambda session: entries.answers(entries.get(session, Team, team)))
    assert row["team_name"] == "义务巡逻队"
    assert codes(page) == []


def test_all_mends_are_one_operation(page: ChecksPage, found: list[Finding], team: int, qtbot: QtBot) -> None:
    found += [finding(Grade.A, team, mend=TRIM), finding(Grade.C, team, mend=Mend("补", {"address": "村部"}))]
    open_(page, qtbot)
    assert page.all_mends.text() == "全部安全改正（2）"
    told: list[object] = []
    page.desk.changed.connect(told.append)
    page.all_mends.click()
    assert len(told) == 1
    qtbot.waitUntil(lambda: page.running is None)
    row = page.desk.ask(lambda session: entries.answers(entries.get(session, Team, team)))
    assert (row["team_name"], row["address"]) == ("义务巡逻队", "村部")
    said = page.notice.text()
    assert said == "已改正 2 处：队伍名称 义务巡逻 队→义务巡逻队；义务巡逻队 通讯地址 空→村部"
    QTest.keyClick(page.list, Qt.Key.Key_F5)
    assert page.notice.isHidden()


def test_a_reason_is_kept_and_the_next_line_is_chosen(
    page: ChecksPage, found: list[Finding], qtbot: QtBot
) -> None:
    found += [finding(Grade.B, field="team_name"), finding(Grade.C, field="address")]
    open_(page, qtbot)
    page.detail.reason.setText("上级同意暂缓办理")
    QTest.keyClick(page.detail.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.model.shown[0].reason == "上级同意暂缓办理"
    assert page.list.currentIndex().row() == 1
    given = page.desk.ask(lambda session: reasons.given(session, "2026-11"))
    assert list(given.values()) == ["上级同意暂缓办理"]
    assert not page.stale


def test_a_short_reason_is_refused_beside_the_box(
    page: ChecksPage, found: list[Finding], qtbot: QtBot
) -> None:
    found.append(finding(Grade.C))
    open_(page, qtbot)
    page.detail.reason.setText("同意")
    page.detail.give.click()
    assert "6 个字" in page.detail.notice.text()
    assert page.model.shown[0].reason == ""


def test_a_short_reason_of_a_reviewer_is_refused_and_the_keyboard_stays_in_the_box(
    page: ChecksPage, found: list[Finding], qtbot: QtBot
) -> None:
    found.append(finding(Grade.B))
    open_(page, qtbot)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.detail.reason.setText("短")
    page.detail.give.setFocus()
    page.detail.give.click()
    assert "不少于 6 个字" in page.detail.notice.text()
    assert page.detail.reason.hasFocus()
    assert page.detail.reason.text() == "短"


def test_the_box_is_empty_for_the_next_finding_and_says_whose_it_is(
    page: ChecksPage, found: list[Finding], team: int, qtbot: QtBot
) -> None:
    found += [finding(Grade.B, team), finding(Grade.B), finding(Grade.C)]
    open_(page, qtbot)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    assert "义务巡逻 队”这一条的审核人说明" in page.detail.asked.text()
    page.model.shown[1].reason = "早已说明过的原因"
    page.detail.reason.setText("上级同意暂缓办理")
    page.detail.give.click()
    assert page.list.currentIndex().row() == 2  # the one between has its reason
    assert page.detail.reason.text() == ""
    assert page.detail.reason.hasFocus()
    assert "义务巡逻 队”的说明已保存，现在是下一条" in page.detail.notice.text()


def test_control_and_enter_in_the_list_goes_to_the_box_and_opens_nothing(
    page: ChecksPage, found: list[Finding], qtbot: QtBot
) -> None:
    found.append(finding(Grade.C))
    open_(page, qtbot)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.list.setFocus()
    with qtbot.assertNotEmitted(page.desk.wanted):
        QTest.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.detail.reason.hasFocus()


def test_the_reason_of_the_period_before_is_offered(
    page: ChecksPage, found: list[Finding], qtbot: QtBot
) -> None:
    one = finding(Grade.C)
    page.desk.do(lambda session: reasons.give(session, one, "2026-10", "只有固定电话可用"), "测试")
    found.append(one)
    open_(page, qtbot)
    page.detail.same.click()
    assert page.model.shown[0].reason == "只有固定电话可用"


def test_grade_a_offers_no_reason_box(page: ChecksPage, found: list[Finding], qtbot: QtBot) -> None:
    found.append(finding(Grade.A))
    open_(page, qtbot)
    assert not page.detail.reason.isVisible()


def test_a_change_while_hidden_makes_it_out_of_date_until_shown(
    page: ChecksPage, found: list[Finding], team: int, qtbot: QtBot
) -> None:
    open_(page, qtbot)
    page.hide()
    page.desk.do(lambda session: entries.save(session, Team, {"address": "村部"}, entry=team), "测试")
    assert page.stale
    assert "已过时" in page.state.text()
    found.append(finding(Grade.A))
    open_(page, qtbot)
    assert codes(page) == ["A-0"]


def test_f5_checks_again(page: ChecksPage, found: list[Finding], qtbot: QtBot) -> None:
    open_(page, qtbot)
    found.append(finding(Grade.D))
    QTest.keyClick(page.list, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.running is None)
    assert codes(page) == ["D-0"]


def test_nothing_found_says_so(page: ChecksPage, found: list[Finding], qtbot: QtBot) -> None:
    open_(page, qtbot)
    assert "没有妨碍上报的问题" in page.state.text()
    assert not page.detail.isVisible()


def test_the_rules_themselves_report_the_empty_answers_of_a_team(
    page: ChecksPage, team: int, qtbot: QtBot
) -> None:
    open_(page, qtbot)
    assert any(line.finding.field == "leader_name" for line in page.model.shown)


def test_five_thousand_findings_filter_and_scroll_without_a_wait(
    page: ChecksPage, found: list[Finding], qtbot: QtBot
) -> None:
    found += [finding(Grade.C, entry) for entry in range(1, 5001)]
    open_(page, qtbot)
    assert page.model.rowCount() == 5000
    begun = time.perf_counter()
    page.filter.text.setText("C-4999")
    page.filter.text.clear()
    page.list.scrollToBottom()
    page.grab()
    assert time.perf_counter() - begun < 1  # second
