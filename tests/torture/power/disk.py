"""A disk after its power was cut: what was synced is there, of all else any part that a disk may keep."""

import os
import posixpath
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from tests.torture.power.log import Event

SECTOR = 512  # bytes that a disk writes whole or not at all

Piece = tuple[int, bytes]  # offset and bytes
Change = Piece | int  # or the size a file is cut or grown to


class Kept(Enum):
    """How much of what was never synced is there after the cut."""

    NOTHING = auto()
    ALL = auto()
    FIRST = auto()  # up to some point
    SOME = auto()  # in another order than it was written
    TORN = auto()  # sector by sector
    RUBBISH = auto()  # as TORN, and what lies behind the old end and is lost holds anything


@dataclass(slots=True, eq=False)
class File:
    """One file, under whatever names: what is safe, and what waits for a sync."""

    safe: bytearray = field(default_factory=bytearray)
    waiting: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.waiting:
            put(self.safe, change)
        self.waiting.clear()

    def cut(self, kept: Kept, dice: random.Random) -> bytes:
        """The content after a cut."""
        content = bytearray(self.safe)
        first = dice.randint(0, len(self.waiting))
        for at, change in enumerate(self.waiting):
            whole = {Kept.ALL: True, Kept.FIRST: at < first, Kept.SOME: dice.random() < 0.5}
            if whole.get(kept, False):
                put(content, change)
            elif kept in (Kept.TORN, Kept.RUBBISH):
                self._tear(content, change, dice, rubbish=kept is Kept.RUBBISH)
        return bytes(content)

    def _tear(self, content: bytearray, change: Change, dice: random.Random, *, rubbish: bool) -> None:
        for piece in sectors(change):
            if dice.random() < 0.5:
                put(content, piece)
            elif rubbish and not isinstance(piece, int) and piece[0] >= len(self.safe):
                put(content, (piece[0], dice.randbytes(len(piece[1]))))


def put(content: bytearray, change: Change) -> None:
    """Write into ``content``; a gap before it is filled with zeros."""
    if isinstance(change, int):
        del content[change:]
        content.extend(bytes(change - len(content)))
        return
    offset, data = change
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def sectors(change: Change) -> Iterator[Change]:
    """A write as the writes of its sectors."""
    if isinstance(change, int):
        yield change
        return
    offset, data = change
    at = 0
    while at < len(data):
        end = at + SECTOR - (offset + at) % SECTOR
        yield offset + at, data[at:end]
        at = end


@dataclass(frozen=True, slots=True)
class Naming:
    """A change of names that its folders do not hold for certain yet.

    :param moves: the name that goes, the file, and the name that it has from then on; either may be empty.
    :param folders: those that must be synced, one of them, before it is safe.
    """

    moves: Sequence[tuple[str, File, str]]
    folders: frozenset[str]

    def do(self, names: dict[str, File]) -> None:
        for old, file, new in self.moves:
            names.pop(old, None)
            if new:
                names[new] = file


class Disk:
    """Follows the recorded events.

    :param files: content by path at the start, all of it safe.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.safe = {path: File(bytearray(content)) for path, content in files.items()}
        self.now = dict(self.safe)
        self.waiting: list[Naming] = []
        self._open: dict[int, File | str] = {}  # a file, or the path of a folder

    def follow(self, event: Event) -> None:
        """Do what the program did."""
        opened = self._open.get(event.fd)
        match event.kind, opened:
            case "o", _:
                self._opened(event)
            case "c", _:
                self._open.pop(event.fd, None)
            case "w", File():
                opened.waiting.append((event.offset, event.content))
            case "t", File():
                opened.waiting.append(event.offset)
            case "s", File():
                opened.sync()
            case "s", str():
                self._sync_folder(opened)
            case "r", _:
                moved = [path for path in self.now if path == event.path or path.startswith(f"{event.path}/")]
                moves = [(path, self.now[path], event.other + path[len(event.path) :]) for path in moved]
                self._name(moves, event.path, event.other)
            case "u", _ if event.path in self.now:
                self._name([(event.path, self.now[event.path], "")], event.path)

    def _opened(self, event: Event) -> None:
        if event.made:
            self._name([("", File(), event.path)], event.path)
        opened = self.now.get(event.path, event.path)
        self._open[event.fd] = opened
        if event.offset & os.O_TRUNC and isinstance(opened, File):
            opened.waiting.append(0)

    def _name(self, moves: Sequence[tuple[str, File, str]], *paths: str) -> None:
        naming = Naming(moves, frozenset(map(posixpath.dirname, paths)))
        naming.do(self.now)
        self.waiting.append(naming)

    def _sync_folder(self, folder: str) -> None:
        for naming in self.waiting:
            if folder in naming.folders:
                naming.do(self.safe)
        self.waiting = [one for one in self.waiting if folder not in one.folders]

    def whole(self) -> dict[str, bytes]:
        """What the program saw, content by path; so a killed one leaves it."""
        return {path: file.cut(Kept.ALL, random.Random()) for path, file in self.now.items()}

    def cut(self, dice: random.Random) -> dict[str, bytes]:
        """One of the many things that may be found when the power is back: content by path."""
        names = dict(self.safe)
        for naming in self._kept_namings(dice):
            naming.do(names)
        each = dice.choice([*Kept, None])  # None: every file in its own way
        return {path: file.cut(each or dice.choice(list(Kept)), dice) for path, file in names.items()}

    def _kept_namings(self, dice: random.Random) -> Iterator[Naming]:
        """Each folder keeps what happened in it up to some point; or all of them up to the same point."""
        together = dice.choice([True, False])
        last = dice.choice([0, len(self.waiting), dice.randint(0, len(self.waiting))])
        closed: set[str] = set()
        for at, naming in enumerate(self.waiting):
            if (at < last) if together else not (naming.folders & closed) and dice.random() < 0.7:
                yield naming
            else:
                closed |= naming.folders
