"""Tool buttons: small commands that stand in a strip."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ui.icons import icon
from ui.theme import mark


def tool(words: str = "", *, symbol: str = "", tip: str = "", quiet: bool = True) -> QToolButton:
    """A tool button with words, an icon, or both; one that has only an icon is named by its tip."""
    button = QToolButton()
    button.setText(words)
    if symbol:
        button.setIcon(icon(symbol))
    both = bool(words and symbol)
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(style.ToolButtonTextBesideIcon if both else style.ToolButtonIconOnly)
    if words and not symbol:
        button.setToolButtonStyle(style.ToolButtonTextOnly)
    button.setToolTip(tip or words)
    button.setAccessibleName(words or tip)
    return mark(button, kind="quiet") if quiet else button
