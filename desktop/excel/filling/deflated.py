"""A part that is compressed while it comes into being, its begin last: that one tells how much came after."""

import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

IN_MEMORY = 1024 * 1024  # bytes of compressed rows; what is more goes to a file beside the target
POLYNOMIAL = 0xEDB88320  # of the CRC-32 that zip files carry


@dataclass(frozen=True, slots=True)
class Deflated:
    """Compressed pieces in their order, and what a zip says of them."""

    pieces: tuple[bytes | IO[bytes], ...]
    crc: int
    size: int
    compressed: int
    method: int = zipfile.ZIP_DEFLATED


class Spool:
    """Takes the middle of a part, piece by piece; level 1, as the rows are many and time is short."""

    def __init__(self, folder: Path) -> None:
        self.file = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(folder))  # noqa: SIM115 closed by close()
        self._packer = zlib.compressobj(1, zlib.DEFLATED, -15)
        self._crc = self._size = 0

    def write(self, piece: bytes) -> None:
        self._crc = zlib.crc32(piece, self._crc)
        self._size += len(piece)
        self.file.write(self._packer.compress(piece))

    def finish(self, begin: bytes, end: bytes) -> Deflated:
        """The whole part: ``begin``, what was written, ``end``."""
        self.file.write(self._packer.flush(zlib.Z_FULL_FLUSH))
        middle = self.file.tell()
        self.file.seek(0)
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        first = packer.compress(begin) + packer.flush(zlib.Z_FULL_FLUSH)
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        last = packer.compress(end) + packer.flush()
        crc = zlib.crc32(end, joined(zlib.crc32(begin), self._crc, self._size))
        size = len(begin) + self._size + len(end)
        return Deflated((first, self.file, last), crc, size, len(first) + middle + len(last))

    def close(self) -> None:
        self.file.close()


def joined(one: int, other: int, length: int) -> int:
    """The CRC-32 of two texts one after the other, of their own CRCs and the length of the second.

    CRCs are linear: that of the first is carried over ``length`` zero bytes, doubling the stride each time
    (as ``crc32_combine`` of zlib does, which Python does not offer).
    """
    stride = [POLYNOMIAL, *(1 << bit for bit in range(31))]  # one zero bit
    for _ in range(3):
        stride = [_times(stride, row) for row in stride]  # one zero byte
    while length:
        if length & 1:
            one = _times(stride, one)
        stride = [_times(stride, row) for row in stride]
        length >>= 1
    return one ^ other


def _times(matrix: list[int], vector: int) -> int:
    total = 0
    for row in matrix:
        if vector & 1:
            total ^= row
        vector >>= 1
    return total
