"""Our line icons, drawn in the colours of the look in force and sharp at every size.

``icon("save")`` takes the colour of text; ``icon("blocked", "A")`` that of a grade. An icon asks for
its colour each time it is painted, so it follows a change of look by itself.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop.paths import resources
from ui.theme import colour


@cache
def drawing(name: str) -> bytes:
    """The SVG of one icon.

    :raises KeyError: there is no such icon.
    """
    if name not in names():
        raise KeyError(name)
    return (resources() / "icons" / f"{name}.svg").read_bytes()


@cache
def names() -> frozenset[str]:
    """Every icon there is."""
    return frozenset(path.stem for path in (resources() / "icons").glob("*.svg"))


class _Drawing(QIconEngine):
    """Paints one SVG in one named colour, at whatever size is asked."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ink = self._ink(mode)
        svg = drawing(self._name).replace(b"currentColor", ink.name().encode())
        renderer = QSvgRenderer(QByteArray(svg))
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        renderer.render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        key = f"icon {self._name} {self._ink(mode).name()} {size.width()}x{size.height()}"
        kept = QPixmap()
        if QPixmapCache.find(key, kept):
            return kept
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        QPixmapCache.insert(key, drawn)
        return drawn

    def clone(self) -> QIconEngine:
        return _Drawing(self._name, self._role)

    def _ink(self, mode: QIcon.Mode) -> QColor:
        return colour("faint" if mode == QIcon.Mode.Disabled else self._role)


@cache
def icon(name: str, colour_role: str = "text") -> QIcon:
    """The icon called ``name`` (a file in ``resources/icons``) in a colour of ``ui.palettes.Colours``.

    :raises KeyError: there is no such icon, or no such colour.
    """
    drawing(name)
    colour(colour_role)
    return QIcon(_Drawing(name, colour_role))
