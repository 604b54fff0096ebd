"""An XML part as spans of its own bytes, so that what is not changed is never written anew."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

START_TAG = re.compile(rb"""<[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>""")
DECLARED = re.compile(r"""^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""")
MEASURE = re.compile(r"\d{1,6}(?:\.\d{0,20})?")
DEEPEST = 64  # elements inside one another

Edit = tuple[int, int, bytes]  # from, to, what stands there instead


class Malformed(Exception):
    """A part is no plain XML: damaged, too deep, or with a DOCTYPE."""


@dataclass(slots=True)
class Node:
    """One element.

    :param name: without its prefix; ``tag`` is as written.
    :param start, inside, close, end: offsets of its start tag, its content, its end tag and what follows;
        an element written ``<a/>`` has the last three equal.
    """

    name: str
    tag: str
    attributes: dict[str, str]
    start: int
    inside: int
    close: int = 0
    end: int = 0
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """Such as ``x:``, or nothing."""
        return self.tag[: len(self.tag) - len(self.name)]

    @property
    def namespace(self) -> str:
        """Of a root, as it declares it."""
        return self.attributes.get(f"xmlns:{self.prefix[:-1]}" if self.prefix else "xmlns", "")

    @property
    def empty(self) -> bool:
        """Written without an end tag."""
        return self.inside == self.end

    def first(self, name: str) -> "Node | None":
        return next((one for one in self.children if one.name == name), None)

    def every(self, name: str) -> list["Node"]:
        return [one for one in self.children if one.name == name]

    def number(self, name: str, fallback: int = 0) -> int:
        """An attribute that is a whole number; ``fallback`` where it is missing or none."""
        text = self.attributes.get(name, "")
        return int(text) if text.isascii() and text.isdigit() else fallback

    def real(self, name: str, fallback: float = 0.0) -> float:
        """An attribute that is a measure; ``fallback`` where it is missing or none."""
        return real(self.attributes.get(name, ""), fallback)

    def value(self, name: str) -> str | None:
        """The attribute of this local name, whatever its prefix."""
        return next((text for key, text in self.attributes.items() if key.rpartition(":")[2] == name), None)


def real(text: str, fallback: float = 0.0) -> float:
    """A measure as a number; ``fallback`` of what is none."""
    return float(text) if MEASURE.fullmatch(text) else fallback


def utf8(xml: bytes) -> bytes:
    """``xml`` as UTF-8 without a byte order mark; UTF-16 is the only other encoding that parts may have."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return DECLARED.sub(r"\1", xml.decode("utf-16")).encode()
        except UnicodeError as trouble:
            raise Malformed from trouble
    return xml.removeprefix(b"\xef\xbb\xbf")


def parse(xml: bytes, *, closed: str = "") -> Node:
    """The root of a part in UTF-8.

    :param closed: elements of this name are taken as they are, without what is in them.
    :raises Malformed: see there.
    """
    return _Parser(xml, closed).root()


class _Parser:
    def __init__(self, xml: bytes, closed: str) -> None:
        self.xml, self.closed = xml, closed
        self.above = [Node("", "", {}, 0, 0)]
        self.skipped = 0  # elements deep inside a closed one
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self.begin
        self.expat.EndElementHandler = self.finish
        self.expat.CharacterDataHandler = self.read
        self.expat.StartDoctypeDeclHandler = self.refuse

    def root(self) -> Node:
        try:
            self.expat.Parse(self.xml, True)
        except (expat.ExpatError, LookupError) as trouble:  # the second: an encoding that is none
            raise Malformed from trouble
        return self.above[0].children[0]

    def refuse(self, *_: object) -> NoReturn:
        raise Malformed

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if self.skipped or self.above[-1].name == self.closed != "":
            self.skipped += 1
        if len(self.above) + self.skipped > DEEPEST:
            raise Malformed
        if self.skipped:
            return
        at = self.expat.CurrentByteIndex
        found = START_TAG.match(self.xml, at)
        if found is None:
            raise Malformed
        node = Node(tag.rpartition(":")[2], tag, attributes, at, found.end())
        self.above[-1].children.append(node)
        self.above.append(node)

    def finish(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        node = self.above.pop()
        if self.xml[node.inside - 2 : node.inside] == b"/>":
            node.close = node.end = node.inside
        else:
            node.close = self.expat.CurrentByteIndex
            node.end = self.xml.index(b">", node.close) + 1

    def read(self, text: str) -> None:
        if not self.skipped:
            self.above[-1].text += text


def edited(xml: bytes, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> bytes:
    """``xml`` from ``start`` to ``end`` with the edits made; those at one place keep their order."""
    pieces, at = [], start
    for begin, finish, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [xml[at:begin], new]
        at = finish
    pieces.append(xml[at : len(xml) if end is None else end])
    return b"".join(pieces)


def retagged(node: Node, changes: Mapping[str, str | None], *, empty: bool | None = None) -> bytes:
    """The start tag of ``node`` with other attributes; ``None`` takes one away."""
    attributes = {**node.attributes, **changes}
    return tag(node.tag, attributes, empty=node.empty if empty is None else empty).encode()


def tag(name: str, attributes: Mapping[str, str | None], *, empty: bool = False) -> str:
    """A start tag; attributes that are ``None`` are left out."""
    written = "".join(f' {key}="{escaped(text)}"' for key, text in attributes.items() if text is not None)
    return f"<{name}{written}{'/' if empty else ''}>"


def escaped(text: str) -> str:
    """``text`` for an attribute or between tags."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def appended(node: Node, content: bytes) -> list[Edit]:
    """The edits that put ``content`` last into ``node``."""
    if not node.empty:
        return [(node.close, node.close, content)]
    opened = retagged(node, {}, empty=False)
    return [(node.start, node.end, opened + content + f"</{node.tag}>".encode())]
