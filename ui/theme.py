"""The look of the program: Fusion, our colours, one style sheet, all following the letter size.

``apply(app, "light")`` once at the start and again whenever the clerk chooses another look. A painter
or a delegate asks ``colours()`` each time it paints, so it follows by itself. What may be marked, and
how, stands in :mod:`ui.stylesheet`.
"""

from typing import TypeVar

from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.paths import resources
from ui.palettes import PALETTES, TITLES, Colours
from ui.stylesheet import build

NAMES = TITLES  # the looks a clerk can choose: name to Chinese title
FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
POINTS = 10.5  # the letter size at 100 %; 五号, the size of Chinese office documents

_W = TypeVar("_W", bound=QWidget)
_chosen = ["light"]


def name() -> str:
    """The name of the look in force."""
    return _chosen[0]


def colours() -> Colours:
    """The colours in force; ask again each time you paint."""
    return PALETTES[_chosen[0]]


def colour(role: str) -> QColor:
    """One colour in force, by its name in :class:`ui.palettes.Colours`."""
    named = colours().named()
    return QColor(named[role])


def apply(app: QApplication, name: str) -> None:
    """Give the whole program one of the looks of ``NAMES``."""
    _chosen[:] = [name] if name in PALETTES else ["light"]  # a settings file may hold anything
    if app.style().name() != "fusion":
        app.setStyle("fusion")
    if app.font().families() != list(FAMILIES):
        app.setFont(font())
    QDir.setSearchPaths("mark", [str(resources() / "icons" / "marks" / _chosen[0])])
    app.setPalette(palette(colours()))
    refresh(app)


def refresh(app: QApplication) -> None:
    """Work the style sheet out again, after the letter size has changed."""
    metrics = QFontMetricsF(app.font())
    app.setStyleSheet(build(colours().named(), em=metrics.height(), points=app.font().pointSizeF()))


def font(percent: int = 100) -> QFont:
    """The font of the program at a zoom."""
    chosen = QFont()
    chosen.setFamilies(list(FAMILIES))
    chosen.setPointSizeF(POINTS * percent / 100)
    return chosen


def em(of: QWidget | QFont, count: float = 1) -> int:
    """Pixels in ``count`` lines of text; the only unit a size may be given in."""
    used = of.font() if isinstance(of, QWidget) else of
    return round(QFontMetricsF(used).height() * count)


def mark(widget: _W, **marks: str | bool) -> _W:
    """Set properties the style sheet looks at, and show the widget accordingly.

    ``mark(QPushButton("保存"), kind="primary")``; the marks are listed in :mod:`ui.stylesheet`.
    """
    changed = [key for key, value in marks.items() if widget.property(key) != value]
    for key in changed:
        widget.setProperty(key, marks[key])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
    return widget


def palette(of: Colours) -> QPalette:
    """The Qt palette of one set of colours, for whatever the style sheet leaves alone."""
    role = QPalette.ColorRole
    painted = QPalette(QColor(of.window))
    for where, colour in {
        role.Window: of.window,
        role.WindowText: of.text,
        role.Base: of.surface,
        role.AlternateBase: of.raised,
        role.Text: of.text,
        role.Button: of.surface,
        role.ButtonText: of.text,
        role.BrightText: of.missing,
        role.Highlight: of.accent,
        role.HighlightedText: of.on_accent,
        role.Accent: of.accent,
        role.Link: of.accent_ink,
        role.LinkVisited: of.accent_ink,
        role.ToolTipBase: of.surface,
        role.ToolTipText: of.text,
        role.PlaceholderText: of.muted,
        role.Light: of.surface,
        role.Midlight: of.raised,
        role.Mid: of.line,
        role.Dark: of.edge,
        role.Shadow: of.edge,
    }.items():
        painted.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        painted.setColor(QPalette.ColorGroup.Disabled, where, QColor(of.faint))
    painted.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(of.line))
    painted.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(of.muted))
    return painted
