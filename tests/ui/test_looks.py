"""What the style sheet makes of widgets: one ring, one colour for hints, headings in line with their text."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import messages, theme
from ui.form.combo import Combo
from ui.form.lines import Line
from ui.pages.parts import words
from ui.theme import em


@pytest.fixture
def ground(qtbot: QtBot, qapp: QApplication) -> QWidget:
    """An empty window in the usual colours."""
    theme.apply(qapp, "light")
    ground = QWidget()
    QVBoxLayout(ground)
    qtbot.addWidget(ground)
    return ground


def _show(qtbot: QtBot, ground: QWidget, *widgets: QWidget) -> None:
    column = ground.layout()
    assert column is not None
    for widget in widgets:
        column.addWidget(widget)
    ground.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)


def test_a_button_reached_by_tab_has_one_ring(qtbot: QtBot, ground: QWidget) -> None:
    first, button = QPushButton("甲"), QPushButton("　　　")
    _show(qtbot, ground, first, button)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert button.hasFocus()
    picture, inside = button.grab().toImage(), em(button, 0.3)
    across = range(inside, picture.width() - inside)
    seen = {picture.pixelColor(x, y).name() for x in across for y in range(inside, picture.height() - inside)}
    assert seen == {theme.colours().surface}


def test_hints_in_lines_and_lists_have_one_colour(qtbot: QtBot, ground: QWidget) -> None:
    line, combo = Line(), Combo(list)
    _show(qtbot, ground, line, combo)
    hints = [one.palette().color(QPalette.ColorRole.PlaceholderText) for one in (line, combo.line)]
    assert hints == [theme.colour("muted")] * 2


def test_a_heading_begins_where_its_text_begins(qtbot: QtBot, ground: QWidget) -> None:
    heading, text = words("口口", kind="section"), words("口口")
    _show(qtbot, ground, heading, text)

    def begins(label: QLabel) -> int:
        picture = label.grab().toImage()
        paper = picture.pixelColor(QPoint(picture.width() - 1, 0))
        height = picture.height()
        inked = (
            x for x in range(picture.width()) for y in range(height) if picture.pixelColor(x, y) != paper
        )
        return min(inked)

    assert abs(begins(heading) - begins(text)) <= 1


def test_a_question_has_room_for_its_explanation(qtbot: QtBot, ground: QWidget) -> None:
    widths: list[int] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        label = box.findChild(QLabel, "qt_msgbox_informativelabel")
        assert isinstance(label, QLabel)
        widths.append(label.width())
        box.reject()

    _show(qtbot, ground)
    QTimer.singleShot(0, look)
    messages.ask(ground, "恢复？", ["恢复", "不恢复"], detail="那时有队伍 3、队员 5、事项 0、协议 0。")
    assert widths[0] >= em(ground, 20)
