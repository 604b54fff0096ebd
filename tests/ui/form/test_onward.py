"""Enter in a small dialog: on to what is empty, and only then it confirms."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from ui.pages.asking import Asked


@pytest.fixture
def lines() -> list[QLineEdit]:
    return [QLineEdit(), QLineEdit()]


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def asked(qtbot: QtBot, parent: QWidget, lines: list[QLineEdit]) -> Asked:
    def work() -> None:
        if lines[1].text() != "好":
            raise Refusal("未能修改", "填写得不对", "请改正")

    asked = Asked(parent, "改", "请填写", list(zip("甲乙", lines, strict=True)), confirm="改", work=work)
    asked.open()
    qtbot.waitUntil(asked.isActiveWindow)
    return asked


def test_enter_goes_on_to_an_empty_line_and_nothing_is_refused(asked: Asked, lines: list[QLineEdit]) -> None:
    QTest.keyClicks(lines[0], "a")
    QTest.keyClick(lines[0], Qt.Key.Key_Return)
    assert lines[1].hasFocus()
    assert asked.notice.isHidden()


def test_a_refusal_goes_away_with_the_next_letter(asked: Asked, lines: list[QLineEdit]) -> None:
    QTest.keyClicks(lines[1], "x")
    QTest.keyClick(lines[1], Qt.Key.Key_Return)
    assert asked.notice.text() == "未能修改：填写得不对。请改正。"
    QTest.keyClicks(lines[1], "y")
    assert asked.notice.isHidden()


def test_enter_confirms_once_everything_is_filled_in(
    qtbot: QtBot, asked: Asked, lines: list[QLineEdit]
) -> None:
    lines[0].setText("a")
    lines[1].setText("好")
    with qtbot.waitSignal(asked.accepted):
        QTest.keyClick(lines[0], Qt.Key.Key_Return)
