"""The style sheet of the whole program, worked out for one palette and one letter size.

The rules stand in ``resources/style/office.qss`` with four words of our own: ``@muted`` is a colour of
:class:`ui.palettes.Colours`, ``0.5em`` is half the height of a line of text, ``2line`` is two hairlines
(``0.5em-1line`` is the difference) and ``1.4rem`` is 1.4 times the letter size. No rule holds a pixel.

What a page may ask for, with :func:`ui.theme.mark` and no style sheet of its own:

===================  ==================  =========================================================
widget               mark                look
===================  ==================  =========================================================
QFrame               kind="card"         white card with a quiet border
QFrame               kind="panel"        tinted block without a border, for notes and filters
QFrame               kind="bar"          strip of tools or buttons above or below a page
QFrame               kind="rule"         a horizontal hairline (set no frame shape)
QFrame               kind="sidebar"      the ground of the navigation
QFrame, QLabel       grade="A".."D"      a finding line: soft ground, bar in the colour of the grade
QLabel               kind="title"        name of a page
QLabel               kind="section"      heading within a page or card
QLabel               kind="number"       a large figure on a card
QLabel               kind="field"        name of a field in a form
QLabel               kind="muted"        secondary text, help, units
QLabel               kind="badge"        chip; tone="A".."D" "ok" "warn" "missing" "accent", or none
QLabel               tone=...            text in the colour of a grade or state
QPushButton          kind="primary"      the one main command of a page
QPushButton          kind="quiet"        flat until touched; also QToolButton
QPushButton          kind="danger"       deletes or gives up something
QPushButton          kind="link"         reads as a link
QListView, QTreeView objectName          "navigation": the list of pages
editor               wrong=True          red border: the answer cannot be read or blocks
editor               doubt=True          amber border: the answer asks for a reason
editor               fixed=True          can only be read, and is as readable as what can be typed
editor               pinned=True         tinted ground: carried over to the next entry
===================  ==================  =========================================================

Editors are QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QTimeEdit and the spin boxes.
Everything that takes the keyboard shows a ring in ``accent_ink`` while it has it. A list that is filled
before it is shown calls ``ensurePolished()`` first, else Qt keeps row heights measured without this sheet.
Row heights and column widths of tables are no matter of a style sheet: give them ``ui.theme.em``, 1.75 a row.
"""

import re
from collections.abc import Mapping
from functools import cache

from desktop.paths import resources

_WORD = re.compile(
    r"@(?P<colour>\w+)"
    r"|\b(?P<rem>\d+(?:\.\d+)?)rem\b"
    r"|\b(?P<em>\d+(?:\.\d+)?)em(?:-(?P<less>\d+)line)?\b"
    r"|\b(?P<line>\d+)line\b"
)


@cache
def rules() -> str:
    """The rules as written, before any colour or size is known."""
    return (resources() / "style" / "office.qss").read_text(encoding="utf-8")


def hairline(em: float) -> int:
    """The thinnest border, in pixels, beside text whose line is ``em`` pixels high."""
    return max(1, round(em / 18))


def build(colours: Mapping[str, str], *, em: float, points: float) -> str:
    """The style sheet for these colours.

    :param em: height of a line of text, pixels.
    :param points: letter size, points.
    :raises KeyError: a rule names a colour that does not exist.
    """
    line = hairline(em)

    def worked_out(word: re.Match[str]) -> str:
        if word["colour"]:
            return colours[word["colour"]]
        if word["rem"]:
            return f"{float(word['rem']) * points:.1f}pt"
        if word["line"]:
            return f"{int(word['line']) * line}px"
        return f"{max(0, round(float(word['em']) * em) - int(word['less'] or 0) * line)}px"

    return _WORD.sub(worked_out, rules())
