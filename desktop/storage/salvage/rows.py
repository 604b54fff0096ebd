"""The rows on one page of a table, read by the SQLite file format (https://www.sqlite.org/fileformat2.html)."""

import struct
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from desktop.storage.salvage.pages import USABLE

Value: TypeAlias = int | float | str | bytes | None
Row: TypeAlias = tuple[int, list[Value]]  # its number and its values; a primary key stands as None

LEAF, INTERIOR = 0x0D, 0x05
MOST_LOCAL = USABLE - 35  # bytes of a row on its own page; the rest overflows
LEAST_LOCAL = (USABLE - 12) * 32 // 255 - 23
WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8}  # bytes, by serial type
BROKEN = (IndexError, KeyError, ValueError, struct.error)  # what a page may answer that is none of a table


def kind(whole: Mapping[int, bytes], number: int) -> int:
    """The kind of page: :data:`LEAF`, :data:`INTERIOR`, or anything else."""
    page = whole.get(number)
    return page[_head(number)] if page else -1


def children(whole: Mapping[int, bytes], number: int) -> list[int]:
    """The pages below an interior page."""
    page, head = whole[number], _head(number)
    found = [int.from_bytes(page[at : at + 4], "big") for at in _pointers(page, head, 12)]
    return [*found, int.from_bytes(page[head + 8 : head + 12], "big")]


def rows(whole: Mapping[int, bytes], number: int) -> Iterator[Row]:
    """The rows on a leaf page; one whose further pages are damaged is left out."""
    page = whole[number]
    for at in _pointers(page, _head(number), 8):
        try:
            size, start = _varint(page, at)
            row, start = _varint(page, start)
            record = _payload(whole, page, start, size)
            yield row, _values(record)
        except BROKEN:
            continue


def _head(number: int) -> int:
    return 100 if number == 1 else 0


def _pointers(page: bytes, head: int, length: int) -> list[int]:
    count = int.from_bytes(page[head + 3 : head + 5], "big")
    first = head + length
    return [int.from_bytes(page[at : at + 2], "big") for at in range(first, first + 2 * count, 2)]


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for step in range(9):
        byte = page[at + step]
        if step == 8:
            value = value << 8 | byte
            break
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value - (1 << 64) if value >> 63 else value, at + step + 1


def _payload(whole: Mapping[int, bytes], page: bytes, start: int, size: int) -> bytes:
    if size <= MOST_LOCAL:
        return page[start : start + size]
    local = LEAST_LOCAL + (size - LEAST_LOCAL) % (USABLE - 4)
    local = local if local <= MOST_LOCAL else LEAST_LOCAL
    payload = bytearray(page[start : start + local])
    following = int.from_bytes(page[start + local : start + local + 4], "big")
    while len(payload) < size:
        further = whole[following]
        payload += further[4:]
        following = int.from_bytes(further[:4], "big")
    return bytes(payload[:size])


def _values(record: bytes) -> list[Value]:
    end, at = _varint(record, 0)
    values: list[Value] = []
    start = end
    while at < end:
        serial, at = _varint(record, at)
        value, start = _value(record, start, serial)
        values.append(value)
    if start != len(record):
        raise ValueError("no record")
    return values


def _value(record: bytes, at: int, serial: int) -> tuple[Value, int]:
    if serial in (0, 8, 9):
        return (None if serial == 0 else serial - 8), at
    if serial >= 12:
        end = at + (serial - 12) // 2
        return (record[at:end].decode() if serial % 2 else record[at:end]), end
    end = at + WIDTHS[serial]
    if serial == 7:
        return float(struct.unpack(">d", record[at:end])[0]), end
    return int.from_bytes(record[at:end], "big", signed=True), end
