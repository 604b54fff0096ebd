"""Ctrl with the wheel or + - 0 changes the letters everywhere, within bounds."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ui import theme
from ui.zoom import LEAST, MOST, PAUSE, Zoom

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def zoom(qapp: QApplication) -> Iterator[Zoom]:
    theme.apply(qapp, "light")
    made = Zoom(qapp)
    yield made
    made.usual()
    qapp.removeEventFilter(made)


@pytest.fixture
def editor(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    return made


def turn(editor: QLineEdit, delta: int, held: Qt.KeyboardModifier = CTRL) -> None:
    middle = QPointF(2, 2)
    event = QWheelEvent(
        middle,
        middle,
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor, event)


def test_keys_zoom_from_any_widget(qtbot: QtBot, zoom: Zoom, editor: QLineEdit) -> None:
    for keys, percent in (([Qt.Key.Key_Plus], 110), ([Qt.Key.Key_Minus] * 2, 90), ([Qt.Key.Key_0], 100)):
        with qtbot.waitSignal(zoom.changed):
            for key in keys:
                QTest.keyClick(editor, key, CTRL)
        assert zoom.percent() == percent


def test_keys_pressed_one_after_the_other_are_one_change(qtbot: QtBot, zoom: Zoom, editor: QLineEdit) -> None:
    told: list[int] = []
    zoom.changed.connect(told.append)
    with qtbot.waitSignal(zoom.changed):
        for _ in range(3):
            QTest.keyClick(editor, Qt.Key.Key_Plus, CTRL)
    assert told == [130]


def test_a_change_of_letters_or_look_is_announced_before_it_is_made(qtbot: QtBot, zoom: Zoom) -> None:
    before: list[tuple[int, str]] = []
    zoom.changing.connect(lambda: before.append((zoom.percent(), theme.name())))
    zoom.set(120)
    zoom.wear("dark")
    assert before == [(100, "light"), (120, "light")]
    assert theme.name() == "dark"


def test_keys_without_ctrl_are_typed(zoom: Zoom, editor: QLineEdit) -> None:
    QTest.keyClicks(editor, "1+0-")
    assert (editor.text(), zoom.percent()) == ("1+0-", 100)


def test_the_wheel_zooms_only_with_ctrl(qtbot: QtBot, zoom: Zoom, editor: QLineEdit) -> None:
    with qtbot.waitSignal(zoom.changed):
        turn(editor, 120)
    assert zoom.percent() == 110
    with qtbot.assertNotEmitted(zoom.changed, wait=2 * PAUSE):
        turn(editor, -120, Qt.KeyboardModifier.NoModifier)


def test_small_turns_of_one_gesture_add_up_to_one_change(qtbot: QtBot, zoom: Zoom, editor: QLineEdit) -> None:
    told: list[int] = []
    zoom.changed.connect(told.append)
    with qtbot.waitSignal(zoom.changed):
        for _ in range(8):
            turn(editor, -30)
    assert told == [80]


def test_zoom_stays_within_bounds_and_on_whole_steps(zoom: Zoom) -> None:
    for asked, got in ((10, LEAST), (999, MOST), (143, 140)):
        zoom.set(asked)
        assert zoom.percent() == got


def test_widgets_grow_with_the_letters(qtbot: QtBot, zoom: Zoom) -> None:
    button = theme.mark(QPushButton("保存"), kind="primary")
    qtbot.addWidget(button)
    button.ensurePolished()
    before = button.sizeHint()
    zoom.set(200)
    assert button.sizeHint().height() > 1.8 * before.height()


def test_a_look_chosen_later_keeps_the_letter_size(qapp: QApplication, zoom: Zoom) -> None:
    zoom.set(150)
    theme.apply(qapp, "dark")
    assert qapp.font().pointSizeF() == pytest.approx(theme.POINTS * 1.5)
