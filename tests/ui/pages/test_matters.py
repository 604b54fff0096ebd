"""A matter goes through its six steps by keys alone; at each the page says what holds and what is next."""

import datetime as dt
from collections.abc import Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QStyleOptionViewItem
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from desktop.records import Matter, Step, Village
from desktop.records.step import StepNo
from desktop.services import areas, entries, lists
from desktop.services.courses import State
from tests.conftest import TODAY
from tests.desktop.services.test_matters import FIGURES
from tests.desktop.services.test_sheets import MEETING, PUBLICITY
from ui import messages
from ui.desk import Desk, Target
from ui.pages.matters import MattersPage
from ui.pages.step_form import StepForm


@pytest.fixture
def village(desk: Desk) -> str:
    def write(session: Session) -> str:
        code = areas.villages(session, TODAY)[0].code or ""
        entries.save(session, Village, {"village_code": code, **FIGURES})
        return code

    return desk.do(write, "村情")


@pytest.fixture
def page(desk: Desk, village: str, qtbot: QtBot) -> MattersPage:
    page = MattersPage(desk)
    qtbot.addWidget(page)
    page.resize(1180, 660)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    return page


@pytest.fixture
def matter(desk: Desk, village: str) -> int:
    return desk.do(
        lambda session: entries.save(
            session,
            Matter,
            {"village_code": village, "title": "中心路硬化", "source": "01", "matter_type": "07"},
        ),
        "事项",
    )


def hold(desk: Desk, matter: int, no: StepNo, **answers: str) -> int:
    usual = {**MEETING, "form": {"3": "31", "4": "41"}.get(no, "")} if no in "1234" else PUBLICITY
    typed = {"matter_id": str(matter), "step_no": no, **usual, **answers}
    return desk.do(lambda session: entries.save(session, Step, typed), "步骤")


def form_of(page: MattersPage) -> StepForm:
    form = page.pane.step_form()
    assert form is not None
    return form


def fill(page: MattersPage, **answers: str) -> None:
    for name, text in answers.items():
        form_of(page).rows[name].set_text(text)


def said(page: MattersPage) -> str:
    return page.pane.sheet(form_of(page).no).advisor.sentence.accessibleName()


def states(page: MattersPage) -> list[State]:
    return [card.state.state for card in page.pane.strip.cards]


def test_an_empty_page_says_what_to_do_first(page: MattersPage) -> None:
    assert page.pane.empty.isVisible()
    buttons: Iterable[QPushButton] = page.pane.empty.findChildren(QPushButton)
    assert any("新增事项" in button.text() for button in buttons)


def test_a_new_matter_is_saved_and_its_first_step_opens(
    page: MattersPage, village: str, qtbot: QtBot
) -> None:
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.form.isVisible()
    for name, text in {"village_code": village, "title": "修渠", "source": "01", "matter_type": "07"}.items():
        page.form.rows[name].set_text(text)
    QTest.keyClick(page.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert form_of(page).isVisible()
    assert form_of(page).no == StepNo.PROPOSE
    assert form_of(page).isAncestorOf(page.focusWidget())
    assert states(page) == [State.NEXT, *[State.LATER] * 5]


def test_six_steps_by_keys_come_to_six_of_six(
    page: MattersPage, matter: int, desk: Desk, qtbot: QtBot
) -> None:
    page.go(Target("matter", matter))
    page.pane.focus()
    for no in StepNo:
        form = form_of(page)
        assert form.no == no
        assert form.isAncestorOf(page.focusWidget())
        answers = dict(MEETING if no in "1234" else PUBLICITY)
        answers |= {"form": {"3": "党员大会", "4": "村民代表会议"}[no]} if no in "34" else {}
        answers |= {"outcome": "已完工"} if no == StepNo.REPORT else {}
        day = 4 + int(no) if no in "1234" else 0
        answers |= {"held_at": f"2026-11-{day:02} 09:00"} if day else {}
        if no == StepNo.PUBLISH:
            answers |= {"open_from": "2026-11-09", "open_to": "2026-11-15"}
        if no == StepNo.REPORT:
            answers |= {"open_from": "2026-11-16", "open_to": "2026-11-22"}
        fill(page, **{name: text for name, text in answers.items() if name in form.rows})
        QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.pane.course is not None
    assert page.pane.course.progress == "6/6"
    assert states(page) == [State.DONE] * 6
    assert page.pane.state.text() == "已完成 6/6"


def state_shown(page: MattersPage) -> str:
    names = [column.name for column in page.table.columns]
    index = page.table.index(0, names.index("state"))
    option = QStyleOptionViewItem()
    page.standings.initStyleOption(option, index)
    text: str = option.text  # type: ignore[attr-defined]  # its stub leaves the members out
    return text


def test_six_of_six_with_steps_in_trouble_is_not_said_to_be_done(
    page: MattersPage, matter: int, desk: Desk, qtbot: QtBot
) -> None:
    for no in StepNo:
        wrong = {"recorder": ""} if no in "12" else {"n_yes": "16"} if no == StepNo.REVIEW else {}
        hold(desk, matter, no, **({"outcome": "已完工"} if no == StepNo.REPORT else {}), **wrong)
    page.go(Target("matter", matter))
    troubles = sum(state == State.TROUBLE for state in states(page))
    assert troubles >= 2
    assert page.pane.state.text() == f"{page.pane.course.progress}，{troubles} 步有问题"  # type: ignore[union-attr]
    assert page.pane.state.property("tone") == "missing"
    qtbot.waitUntil(lambda: state_shown(page) == f"{troubles} 步有问题")


def test_what_a_saved_step_lacks_is_said_under_its_own_name_until_something_is_typed(
    page: MattersPage, matter: int, qtbot: QtBot
) -> None:
    page.go(Target("matter", matter))
    page.pane.open_step(StepNo.REVIEW)
    page.pane.focus()
    fill(page, **{**MEETING, "form": "党员大会", "host": ""})
    QTest.keyClick(form_of(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form_of(page).no == StepNo.RESOLVE
    assert page.pane.notice.text() == "第 3 步 审议 已保存，还缺：主持人"
    assert page.pane.notice.isVisible()
    QTest.keyClicks(form_of(page).rows["place"].editor, "1")
    assert not page.pane.notice.isVisible()


@pytest.mark.parametrize(
    ("yes", "told"),
    [("17", ("到会、表决都符合规定", "需 17 票")), ("16", ("同意票不够", "还差 1 票"))],
)
def test_the_verdict_follows_every_key(
    page: MattersPage, matter: int, yes: str, told: tuple[str, ...]
) -> None:
    page.go(Target("matter", matter))
    page.pane.open_step(StepNo.REVIEW)
    fill(page, form="党员大会", held_at="2026-11-05", n_present="22")
    assert form_of(page).rows["n_due"].text() == "33"  # proposed: nothing was typed there
    assert "到会人数符合规定" in said(page)
    editor = form_of(page).rows["n_yes"].editor
    for digit in yes:
        QTest.keyClicks(editor, digit)
    assert all(words in said(page) for words in told)
    assert "支部工作条例" in said(page)


def test_a_proposal_never_overwrites_what_was_typed(page: MattersPage, matter: int) -> None:
    page.go(Target("matter", matter))
    page.pane.open_step(StepNo.REVIEW)
    fill(page, n_due="30", form="党员大会")
    assert form_of(page).rows["n_due"].text() == "30"
    suggestion = page.pane.sheet(StepNo.REVIEW).suggestions["n_due"]
    assert "按村情为 33：有表决权 36 − 不计入 3" in suggestion.words.text()
    suggestion.button.click()
    assert form_of(page).rows["n_due"].text() == "33"


def test_looking_at_a_step_saves_nothing(page: MattersPage, matter: int, desk: Desk) -> None:
    page.go(Target("matter", matter))
    for no in StepNo:
        page.pane.open_step(no)
    assert page.may_leave()
    assert len(desk.ask(lambda session: lists.ids(session, Step))) == 0


def test_the_figures_propose_the_result(page: MattersPage, matter: int) -> None:
    page.go(Target("matter", matter))
    page.pane.open_step(StepNo.REVIEW)
    fill(page, form="党员大会", held_at="2026-11-05", n_present="22", n_yes="17")
    suggestion = page.pane.sheet(StepNo.REVIEW).suggestions["result"]
    assert "按以上数字应为“通过”" in suggestion.words.text()
    suggestion.button.click()
    assert form_of(page).answers()["result"] == "1"
    assert suggestion.isHidden()


def test_publicity_counts_both_ends_and_names_the_eighth_day(page: MattersPage, matter: int) -> None:
    page.go(Target("matter", matter))
    page.pane.open_step(StepNo.PUBLISH)
    fill(page, open_from="2026-11-01", open_to="2026-11-06")
    assert "不足 7 天" in said(page)
    fill(page, open_to="2026-11-07")
    assert "共 7 天" in said(page)
    assert "第 8 日（2026-11-08）起可实施" in said(page)


def test_control_and_arrows_go_from_step_to_step_even_while_typing(
    page: MattersPage, matter: int, qtbot: QtBot
) -> None:
    page.go(Target("matter", matter))
    page.pane.focus()
    editor = form_of(page).rows["place"].editor
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert form_of(page).no == StepNo.CONSULT
    QTest.keyClick(form_of(page), Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert form_of(page).no == StepNo.PROPOSE


def test_typed_answers_are_kept_when_another_step_is_opened(
    page: MattersPage, matter: int, desk: Desk
) -> None:
    page.go(Target("matter", matter))
    fill(page, host="周建国")
    page.pane.open_step(StepNo.CONSULT)
    steps = desk.ask(lambda session: lists.rows(session, Step, lists.ids(session, Step)))
    assert [(step.host, step.step_no) for step in steps if isinstance(step, Step)] == [("周建国", "1")]
    assert states(page)[0] == State.TROUBLE


def test_control_s_saves_the_open_step(page: MattersPage, matter: int, desk: Desk, qtbot: QtBot) -> None:
    page.go(Target("matter", matter))
    page.pane.focus()
    fill(page, host="周建国")
    with qtbot.waitSignal(form_of(page).saved):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.ask(lambda session: lists.ids(session, Step))) == 1


def test_a_failed_vote_is_told_by_word_and_reason(page: MattersPage, matter: int, desk: Desk) -> None:
    hold(desk, matter, StepNo.REVIEW, n_yes="16")
    page.go(Target("matter", matter))
    card = page.pane.strip.cards[2]
    assert "有问题" in card.accessibleName()
    assert "还差 1 票" in card.toolTip()


def test_each_step_offers_its_own_bodies_only(page: MattersPage, matter: int) -> None:
    page.go(Target("matter", matter))
    offered = {}
    for no in (StepNo.REVIEW, StepNo.RESOLVE):
        page.pane.open_step(no)
        editor = form_of(page).rows["form"].editor
        offered[no] = [option.value for option in editor.options()]  # type: ignore[union-attr]
    assert offered == {StepNo.REVIEW: ["31", "32"], StepNo.RESOLVE: ["41", "42", "43"]}


def test_a_finding_about_a_step_opens_the_matter_at_it(page: MattersPage, matter: int, desk: Desk) -> None:
    step = hold(desk, matter, StepNo.RESOLVE)
    page.go(Target("step", step, "recorder"))
    assert (form_of(page).no, form_of(page).entry) == (StepNo.RESOLVE, step)
    assert page.view.current() == matter


def test_a_step_is_deleted_after_a_question(
    page: MattersPage, matter: int, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(desk, matter, StepNo.PROPOSE)
    page.go(Target("matter", matter))
    page.pane.open_step(StepNo.PROPOSE)
    monkeypatch.setattr(messages, "ask", lambda *_, **__: 0)
    form_of(page).delete()
    assert states(page)[0] == State.NEXT
    assert form_of(page).entry is None


def test_the_day_of_a_step_stands_on_its_card(page: MattersPage, matter: int, desk: Desk) -> None:
    hold(desk, matter, StepNo.PROPOSE, held_at="2026-11-05 09:00")
    page.go(Target("matter", matter))
    assert page.pane.strip.cards[0].state.date == dt.date(2026, 11, 5)
