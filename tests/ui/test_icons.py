"""Icons follow the look in force and refuse names that do not exist."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.icons import drawing, icon, names


def inks(shown: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    """The colours of the fully covered points."""
    image = shown.pixmap(QSize(64, 64), 1, mode).toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {point.name() for point in points if point.alpha() == 255}


def test_every_icon_draws_something(qapp: QApplication) -> None:
    assert len(names()) >= 46
    for name in names():
        assert inks(icon(name)), name


def test_line_icons_share_one_grid_and_one_pen() -> None:
    for name in names() - {"app"}:
        assert b'viewBox="0 0 24 24"' in drawing(name)
        assert b'stroke="currentColor" stroke-width="1.8"' in drawing(name)


def test_an_icon_follows_the_look(qapp: QApplication) -> None:
    shown = icon("save")
    for look in theme.NAMES:
        theme.apply(qapp, look)
        assert theme.colours().text in inks(shown)
        assert theme.colours().faint in inks(shown, QIcon.Mode.Disabled)
        assert theme.colours().A in inks(icon("blocked", "A"))


def test_an_unknown_icon_or_colour_is_refused() -> None:
    with pytest.raises(KeyError):
        icon("no-such-icon")
    with pytest.raises(KeyError):
        icon("save", "no such colour")
