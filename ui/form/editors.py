"""The editor of each kind of answer: it has ``text()``, ``set_text()``, ``changed`` and ``leave``.

``text()`` is what the kind reads; it may be unreadable, and is then kept as typed.
"""

from functools import singledispatch

from desktop.records import kinds
from desktop.records.codes import CodeList
from desktop.records.fields import Field
from desktop.records.kinds import Kind
from ui.desk import Desk
from ui.form.combo import Combo, Option
from ui.form.lines import DayLine, Line, Lines
from ui.form.named import AreaCombo, LinkCombo
from ui.form.number import NumberLine
from ui.form.scans import ScansList
from ui.form.several import SeveralLine

Editor = Line | Lines | Combo | ScansList
WIDE = (Lines, ScansList, SeveralLine)  # take a whole line of the form


@singledispatch
def editor(kind: Kind, desk: Desk) -> Editor:
    """An empty editor for answers of ``kind``.

    :raises TypeError: no editor is known for this kind.
    """
    raise TypeError(f"no editor for {type(kind).__name__}")


def editor_of(field: Field, desk: Desk) -> Editor:
    """The editor of one field, named after it."""
    made = editor(field.kind, desk)
    made.setObjectName(field.name)
    made.setAccessibleName(field.label)
    made.setAccessibleDescription(field.help)
    return made


@editor.register
def _(kind: kinds.Words, desk: Desk) -> Editor:
    return Lines() if kind.lines else Line()


@editor.register(kinds.Whole)
@editor.register(kinds.Money)
@editor.register(kinds.Share)
@editor.register(kinds.CreditCode)
def _(kind: Kind, desk: Desk) -> Editor:
    return Line()


@editor.register(kinds.Phone)
@editor.register(kinds.ResidentId)
def _(kind: Kind, desk: Desk) -> Editor:
    return NumberLine(kind)


@editor.register(kinds.Day)
@editor.register(kinds.Moment)
def _(kind: kinds.Day | kinds.Moment, desk: Desk) -> Editor:
    return DayLine(kind)


@editor.register
def _(kind: kinds.Truth, desk: Desk) -> Editor:
    return Combo(lambda: [Option("是", "是"), Option("否", "否")])


@editor.register
def _(kind: kinds.Choice, desk: Desk) -> Editor:
    return Combo(lambda: [Option(word, word) for word in kind.options])


@editor.register
def _(kind: kinds.Listed, desk: Desk) -> Editor:
    return Combo(lambda: _listed(kind.codes))


@editor.register
def _(kind: kinds.Several, desk: Desk) -> Editor:
    return SeveralLine(kind)


@editor.register
def _(kind: kinds.Area, desk: Desk) -> Editor:
    return AreaCombo(kind, desk)


@editor.register
def _(kind: kinds.Link, desk: Desk) -> Editor:
    return LinkCombo(kind, desk)


@editor.register
def _(kind: kinds.Scans, desk: Desk) -> Editor:
    return ScansList(desk)


def _listed(codes: CodeList) -> list[Option]:
    """The codes of a list, those that are offered first on top."""
    first = [code for code in codes.offered if code in codes.items]
    rest = [code for code in codes.items if code not in first]
    return [Option(code, codes.items[code]) for code in (*first, *rest)]
