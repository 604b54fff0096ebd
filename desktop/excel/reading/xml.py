"""Reads XML that may be hostile: no document type, no depth without end, no token without end."""

from collections.abc import Callable, Iterable
from typing import Any
from xml.parsers import expat

from desktop.excel.reading import limits
from desktop.excel.reading.limits import Unfit

Attributes = dict[str, str]


def local(name: str) -> str:
    """A name without its prefix: producers differ in prefixes, and in the namespaces behind them."""
    return name.rpartition(":")[2]


class Reader:
    """One part, fed in pieces. A subclass is told of elements and texts and knows its path.

    Names come without prefixes. Attributes keep theirs.
    """

    def __init__(self) -> None:
        self.path: list[str] = []  # names of the open elements, the root first
        self.fed = 0  # bytes
        self.opened_at = -1  # where the last start tag began, in bytes fed
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _no_doctype
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._finish
        self.parser.CharacterDataHandler = self.text

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element opens; it is the last of the path."""

    def finish(self, name: str) -> None:
        """An element closes; it is still the last of the path."""

    def text(self, words: str) -> None:
        """Text inside the last of the path."""

    def feed(self, content: bytes, *, last: bool = False) -> None:
        """Take the next piece in.

        :raises Unfit: it is no sound XML, or hostile.
        """
        self.fed += len(content)
        try:
            self.parser.Parse(content, last)
        except (expat.ExpatError, UnicodeDecodeError) as trouble:
            raise limits.damaged() from trouble
        except (ValueError, LookupError) as trouble:  # an encoding that nobody can read
            raise limits.strange("文字编码无法识别") from trouble
        if self.fed - self.parser.CurrentByteIndex > limits.LARGEST_TOKEN and not last:
            raise limits.strange("有一处标记过长")

    def _begin(self, name: str, attributes: Attributes) -> None:
        name = name.rpartition(":")[2]
        self.path.append(name)
        self.opened_at = self.parser.CurrentByteIndex
        if len(self.path) > limits.DEEPEST:
            raise limits.strange(f"嵌套超过 {limits.DEEPEST} 层")
        self.begin(name, attributes)

    def _finish(self, name: str) -> None:
        self.finish(self.path[-1])
        self.path.pop()


def _no_doctype(*_: Any) -> None:
    raise limits.strange("含有 DOCTYPE 声明")


def scan(chunks: Iterable[bytes], begin: Callable[[tuple[str, ...], Attributes], None]) -> None:
    """Read a small part; ``begin`` is told the path and the attributes of each element.

    :raises Unfit: as :meth:`Reader.feed`.
    """

    class Scanner(Reader):
        def begin(self, name: str, attributes: Attributes) -> None:
            begin(tuple(self.path), attributes)

    scanner = Scanner()
    for chunk in chunks:
        scanner.feed(chunk)
    scanner.feed(b"", last=True)


def truth(word: str | None) -> bool:
    """An ``xsd:boolean``, read as Excel reads it."""
    return (word or "").strip().lower() in ("1", "true", "on")


__all__ = ["Attributes", "Reader", "Unfit", "local", "scan", "truth"]
