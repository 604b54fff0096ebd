"""What one cell of an .xlsx holds, from the words in its XML."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from desktop.excel.reading import limits
from desktop.excel.reading.strings import checked
from desktop.excel.reading.wire import DATED, FAULT, FORMULA, NUMBER, Packed

DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
TRUTHS = {"1": True, "true": True, "0": False, "false": False}


class Known(NamedTuple):
    """What cells refer to.

    :param strings: the shared texts.
    :param dated: by the index of a style, whether it shows a date or a time.
    """

    strings: Sequence[Packed]
    dated: Sequence[bool]


class Written(NamedTuple):
    """A cell as its XML has it.

    :param kind: the attribute ``t``.
    :param style: the attribute ``s``.
    :param value: the text of ``v``; ``None`` when there is no such element, as for the next two.
    :param inline: all texts of ``is``.
    :param formula: the text of ``f``.
    """

    kind: str = "n"
    style: str = ""
    value: str | None = None
    inline: str | None = None
    formula: str | None = None


def content(cell: Written, known: Known) -> Packed:
    """What a cell holds.

    :raises Unfit: it names a shared text that is not there, or its text is too long.
    """
    if cell.kind == "inlineStr":
        return checked(cell.inline if cell.inline is not None else cell.value or "")
    if not cell.value:
        # a formula whose result is the empty text has t="str" and <v></v>: Excel has counted it
        if cell.formula is None or (cell.kind == "str" and cell.value is not None):
            return None
        return FORMULA + "=" + str(checked(cell.formula) or "")
    return READERS.get(cell.kind, text)(cell.value, cell.style, known)


def text(value: str, style: str, known: Known) -> Packed:
    return checked(value)  # "str"; also "d", an ISO date


def number(value: str, style: str, known: Known) -> Packed:
    """A number with every digit it is written with; what is none stays the text that it is."""
    value = value.strip()
    if not DECIMAL.fullmatch(value):
        return checked(value)
    return (DATED if _is_dated(style, known) else NUMBER) + value


def _is_dated(style: str, known: Known) -> bool:
    """Whether a style shows dates; one that the file does not define shows none."""
    try:
        at = int(style or 0)
    except ValueError:
        return False
    return 0 <= at < len(known.dated) and known.dated[at]


def _shared(value: str, style: str, known: Known) -> Packed:
    try:
        at = int(value)
        if at >= 0:
            return known.strings[at]
    except (ValueError, IndexError):
        pass
    raise limits.damaged()


def _truth(value: str, style: str, known: Known) -> Packed:
    return TRUTHS.get(value.strip().lower(), checked(value))


def _fault(value: str, style: str, known: Known) -> Packed:
    return FAULT + value.strip()


READERS: Mapping[str, Callable[[str, str, Known], Packed]] = {  # by the attribute "t"
    "n": number,
    "s": _shared,
    "b": _truth,
    "e": _fault,
}
