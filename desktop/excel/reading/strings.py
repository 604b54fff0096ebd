"""Texts of an .xlsx: escapes, runs, and the part of shared ones."""

import re
from collections.abc import Iterable, Sequence

from desktop.excel.reading import limits
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.swift import TEXT, swiftly
from desktop.excel.reading.wire import Packed, packed
from desktop.excel.reading.xml import Attributes, Reader

ESCAPED = 7  # characters that may stand for one
ESCAPE = re.compile(r"((?:_x[0-9A-Fa-f]{4}_)+)")
ITEM = re.compile(rf'[ \t\n]*<si><t(?: xml:space="preserve")?>({TEXT})</t>')


def unescaped(text: str) -> str:
    """``_x000D_`` and its like stand for one UTF-16 unit each (ECMA-376 part 1, ST_Xstring)."""
    return ESCAPE.sub(_units, text) if "_x" in text else text


def _units(found: re.Match[str]) -> str:
    units = b"".join(int(one[:4], 16).to_bytes(2, "little") for one in found[1].split("_x")[1:])
    return units.decode("utf-16-le", errors="replace")


def checked(text: str) -> Packed:
    """A text ready to travel.

    :raises Unfit: it is longer than a cell can be.
    """
    return plain(unescaped(text))


def plain(text: str) -> Packed:
    """As :func:`checked`, for a file that has no escapes."""
    if len(text) > limits.LONGEST_CELL:
        raise too_long()
    return packed(text)


def too_long() -> Unfit:
    return Unfit(f"有一个单元格的文字超过 {limits.LONGEST_CELL} 个字", limits.SAVE_AS)


class Runs(Reader):
    """Something that holds texts, plain or in runs of several fonts; reading aids above them are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[str] | None = None  # of the text that is open
        self._open = False
        self._length = 0  # characters of the open item so far

    def begin_item(self, runs: list[str]) -> None:
        """Gather the text that follows in ``runs``."""
        self.runs, self._length = runs, 0

    def begin_run(self, depth: int) -> None:
        """See whether the element that opened holds text of an item at ``depth`` of the path."""
        inner = self.path[depth:]
        self._open = inner in (["t"], ["r", "t"])

    def finish(self, name: str) -> None:
        self._open = False

    def text(self, words: str) -> None:
        if self._open and self.runs is not None:
            self.runs.append(words)
            self._length += len(words)
            if self._length > ESCAPED * limits.LONGEST_CELL:
                raise too_long()


class Shared(Runs):
    """The part of shared texts."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[Packed] = []
        self.closed_at = -1

    def begin(self, name: str, attributes: Attributes) -> None:
        if len(self.path) == 1 and name != "sst":
            raise limits.damaged()
        if len(self.path) == 2 and name == "si":
            self.begin_item([])
        elif len(self.path) > 2:
            self.begin_run(2)

    def finish(self, name: str) -> None:
        super().finish(name)
        if len(self.path) == 2 and self.runs is not None:
            self.closed_at = self.parser.CurrentByteIndex
            self.texts.append(checked("".join(self.runs)))
            self.runs = None

    @property
    def among_pieces(self) -> bool:
        return self.path == ["sst"]

    def take(self, piece: str) -> bool:
        """Take an item in its usual shape, up to its end tag; ``False`` when it is not."""
        found = ITEM.fullmatch(piece)
        if found is None:
            return False
        self.texts.append(checked(found[1]))
        return True


def shared(chunks: Iterable[bytes]) -> Sequence[Packed]:
    """All shared texts.

    :raises Unfit: the part is damaged, hostile, or a text is too long.
    """
    reader = Shared()
    swiftly(chunks, reader, "si")
    return reader.texts
