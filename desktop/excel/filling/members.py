"""Members of a zip as they are compressed: taken out of one and put into another without packing anew."""

import copy
import io
import struct
import zipfile
import zlib
from typing import IO

from desktop.excel.filling.deflated import Deflated

LOCAL_HEADER = struct.Struct("<26x2H")  # its end: the lengths of a name and of what is added
CHUNK = 1024 * 1024
HAS_TRAILER = 0x08  # the flag of a member whose sizes stand behind it


def packed(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Deflated | None:
    """The bytes of a member, still compressed; ``None`` where the file ends too soon."""
    file = archive.fp
    if file is None:
        raise ValueError(info.filename)
    file.seek(info.header_offset)
    header = file.read(LOCAL_HEADER.size)
    if len(header) < LOCAL_HEADER.size:
        return None
    file.seek(sum(LOCAL_HEADER.unpack(header)), io.SEEK_CUR)
    raw = file.read(info.compress_size)
    if len(raw) < info.compress_size:
        return None
    return Deflated((raw,), info.CRC, info.file_size, info.compress_size, info.compress_type)


def put(out: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes | Deflated) -> None:
    """One more member with the name and the time of ``info``; zipfile itself would only pack anew."""
    if isinstance(content, bytes):
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        squeezed = packer.compress(content) + packer.flush()
        content = Deflated((squeezed,), zlib.crc32(content), len(content), len(squeezed))
    file = out.fp
    if file is None:
        raise ValueError(info.filename)
    info = copy.copy(info)
    info.flag_bits &= ~HAS_TRAILER
    info.extra, info.compress_type = b"", content.method
    info.CRC, info.file_size, info.compress_size = content.crc, content.size, content.compressed
    file.seek(out.start_dir)
    info.header_offset = file.tell()
    file.write(info.FileHeader(zip64=False))
    for piece in content.pieces:
        _pour(piece, file)
    out.filelist.append(info)
    out.NameToInfo[info.filename] = info
    out.start_dir = file.tell()


def _pour(piece: bytes | IO[bytes], file: IO[bytes]) -> None:
    if isinstance(piece, bytes):
        file.write(piece)
        return
    while chunk := piece.read(CHUNK):
        file.write(chunk)
