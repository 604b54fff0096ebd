"""The desk: what is done is announced, and an answer to a page that is gone is dropped."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import Team
from desktop.services import entries
from desktop.storage.changes import Changes
from ui.desk import Desk
from ui.worker import Progress


def add(session: Session, steps: Progress) -> int:
    steps.at(1, 2)
    return entries.save(session, Team, {"team_name": "巡逻队"})


def test_a_long_operation_is_announced_before_it_is_answered(desk: Desk, qtbot: QtBot) -> None:
    told: list[str] = []
    desk.changed.connect(lambda changes: told.append(",".join(changes.entries)))
    desk.run(
        add, "录入", owner=desk, done=lambda _: told.append("done"), failed=lambda _: told.append("failed")
    )
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["team", "done"]


def test_an_answer_to_a_widget_that_is_gone_is_dropped_and_what_was_done_stays(
    desk: Desk, qtbot: QtBot
) -> None:
    asker = QWidget()
    told: list[object] = []
    with qtbot.waitSignal(desk.changed):
        desk.run(add, "录入", owner=asker, done=told.append, failed=told.append)
        desk.rest()
        delete(asker)
        qtbot.waitUntil(lambda: desk.ask(lambda session: session.query(Team).count()) == 1)
    assert told == []


def test_a_refusal_comes_back_and_nothing_is_kept(desk: Desk, qtbot: QtBot) -> None:
    def refuse(session: Session, steps: Progress) -> None:
        add(session, steps)
        raise Refusal("未能导入", "第 3 行有错", "请改正")

    told: list[Refusal] = []
    desk.run(refuse, "导入", owner=desk, done=lambda _: None, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]) == "未能导入：第 3 行有错。请改正。"
    assert desk.ask(lambda session: session.query(Team).count()) == 0


def test_a_cancelled_operation_changes_nothing(desk: Desk, qtbot: QtBot) -> None:
    told: list[Refusal] = []
    steps = desk.run(
        lambda session, steps: [add(session, steps) for _ in range(3)],
        "导入",
        owner=desk,
        done=lambda _: pytest.fail("it was cancelled"),
        failed=told.append,
    )
    steps.cancel()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].what == "已取消"


def test_a_short_operation_tells_what_it_touched(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.changed) as told:
        desk.do(lambda session: entries.save(session, Team, {"team_name": "巡逻队"}), "录入队伍")
    changes = told.args[0] if told.args else Changes()
    assert changes.touch(Team)


def test_a_save_while_a_long_operation_writes_is_refused_at_once(desk: Desk, qtbot: QtBot) -> None:
    told: list[int] = []
    desk.run(add, "导入花名册", owner=desk, done=told.append, failed=lambda _: None)
    with pytest.raises(Refusal, match="“导入花名册”还没有完成"):
        desk.do(lambda session: entries.save(session, Team, {"team_name": "另一队"}), "录入队伍")
    qtbot.waitUntil(lambda: bool(told))
    desk.do(lambda session: entries.save(session, Team, {"team_name": "另一队"}), "录入队伍")


def test_a_bug_on_the_worker_is_shown_and_its_page_is_told(desk: Desk, qtbot: QtBot) -> None:
    def stumble(session: Session, steps: Progress) -> None:
        raise ValueError("a bug")

    told: list[Refusal] = []
    with qtbot.captureExceptions() as caught:
        desk.run(stumble, "导入", owner=desk, done=lambda _: None, failed=told.append)
        qtbot.waitUntil(lambda: bool(told))
    assert [kind for kind, *_ in caught] == [ValueError]
    assert "程序出了错" in str(told[0])
