"""Reads what recorder.c wrote down."""

import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FOLDER = "@"  # begins the mark that names a folder
REFUSED = "!"  # begins the mark that says why the folder was not opened
HEAD = struct.Struct("<c3xiqIIq")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that the program did; see recorder.c for what each kind carries.

    :param path: relative to the recorded folder, which is itself the empty path; so is ``other``.
    :param content: bytes written, or the text of a mark.
    """

    kind: str
    fd: int
    offset: int
    made: bool
    path: str = ""
    other: str = ""
    content: bytes = b""

    @property
    def text(self) -> str:
        return self.content.decode()


def read(log: Path, folder: Path) -> Iterator[Event]:
    """The events in the order in which they happened."""
    with log.open("rb") as file:
        while head := file.read(HEAD.size):
            code, fd, offset, first, second, amount = HEAD.unpack(head)
            kind, one, other = code.decode(), file.read(first), file.read(second)
            if kind in "wm":
                yield Event(kind, fd, offset, made=False, content=one)
            else:
                yield Event(kind, fd, offset, bool(amount), _within(one, folder), _within(other, folder))


def split(events: Iterable[Event]) -> dict[str, list[Event]]:
    """The events by folder within the recorded one: a mark of ``@`` and its name begins each."""
    parts: dict[str, list[Event]] = {}
    name = ""
    for event in events:
        if event.kind == "m" and event.text.startswith(FOLDER):
            name = event.text.removeprefix(FOLDER)
            parts[name] = []
        elif name:
            path, other = (one.removeprefix(name).lstrip("/") for one in (event.path, event.other))
            parts[name].append(replace(event, path=path, other=other))
    return parts


def _within(path: bytes, folder: Path) -> str:
    found = os.path.relpath(os.fsdecode(path), folder) if path else ""
    return "" if found == "." else found
