"""Zip files written byte by byte, so that they can lie."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

DOS_TIME, DOS_DATE = 9 << 11, (2026 - 1980) << 9 | 11 << 5 | 2
DEFLATED, STORED = 8, 0


@dataclass(frozen=True, slots=True)
class Member:
    """One member as it is told, true or not.

    :param stored: its bytes as they stand in the file.
    :param size: unpacked, as the directory says.
    :param local: the name in front of its bytes, where it is not ``name``.
    :param at: where the directory says that it begins; ``None`` for the truth.
    """

    name: bytes
    stored: bytes
    size: int
    crc: int
    method: int = DEFLATED
    flags: int = 0x800
    local: bytes | None = None
    at: int | None = None
    extra: bytes = field(default=b"")


def member(name: str, content: bytes, *, method: int = DEFLATED) -> Member:
    """An honest member."""
    packed = deflated([content]) if method == DEFLATED else content
    return Member(name.encode(), packed, len(content), zlib.crc32(content), method)


def deflated(chunks: Sequence[bytes]) -> bytes:
    maker = zlib.compressobj(6, zlib.DEFLATED, -15)
    return b"".join(maker.compress(chunk) for chunk in chunks) + maker.flush()


def repeated(name: str, front: bytes, chunk: bytes, times: int, back: bytes) -> Member:
    """A member of ``front``, many times ``chunk`` and ``back``, made without holding it all."""
    maker, crc, size, packed = zlib.compressobj(1, zlib.DEFLATED, -15), 0, 0, bytearray()
    block, left = chunk * max(1, 2**20 // len(chunk)), times
    whole = max(1, 2**20 // len(chunk))
    pieces = [front, *[block] * (left // whole), chunk * (left % whole), back]
    for piece in pieces:
        packed += maker.compress(piece)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    packed += maker.flush()
    return Member(name.encode(), bytes(packed), size, crc)


def members(parts: Mapping[str, bytes]) -> list[Member]:
    return [member(name, content) for name, content in parts.items()]


def swapped(listed: Sequence[Member], one: Member) -> list[Member]:
    """The members with ``one`` instead of that of its name."""
    return [one if other.name == one.name else other for other in listed]


def lying(listed: Sequence[Member], name: str, **lies: int | bytes | None) -> list[Member]:
    """The members with one that says something else of itself."""
    return [
        replace(one, **lies) if one.name == name.encode() else one  # type: ignore[arg-type]
        for one in listed
    ]


def pack(listed: Sequence[Member], *, total: int | None = None, comment: bytes = b"") -> bytes:
    """The zip file of these members.

    :param total: how many the end of the directory tells; the truth unless given.
    """
    body, directory = bytearray(), bytearray()
    for one in listed:
        at = len(body) if one.at is None else one.at
        local = one.name if one.local is None else one.local
        told = (one.method, DOS_TIME, DOS_DATE, one.crc, len(one.stored), one.size & 0xFFFFFFFF)
        if one.at is None:
            body += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, one.flags, *told, len(local), 0)
            body += local + one.stored
        directory += struct.pack(
            "<IHHHHHHIIIHHHHHII",
            *(0x02014B50, 20, 20, one.flags, *told, len(one.name), len(one.extra), 0, 0, 0, 0, at),
        )
        directory += one.name + one.extra
    number = len(listed) if total is None else total
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, number, number, len(directory), len(body), len(comment))
    return bytes(body + directory + end + comment)
