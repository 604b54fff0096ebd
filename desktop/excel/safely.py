"""A workbook is written whole or not at all: beside its place, read again, then moved there."""

import os
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from xlsxwriter.exceptions import FileCreateError

from desktop.errors import Refusal
from desktop.storage.files import settle
from desktop.storage.trouble import explained

CHUNK = 1024 * 1024  # bytes
ROW = re.compile(rb"<(?:\w+:)?row [^>]*?\br=\"(\d+)\"")
SEAM = 256  # bytes that are looked at again: longer than the start of any row


@dataclass(frozen=True, slots=True)
class Shape:
    """What a workbook must show when it is read again.

    :param rows: the row that some sheet must reach at least.
    :param header_row: of the first sheet, counted from 1.
    :param header: the texts of that row, ``None`` where a merged heading goes on; empty: not looked at.
    """

    rows: int
    header_row: int = 1
    header: Sequence[str | None] = ()


def write_whole(target: Path, make: Callable[[Path], Shape]) -> None:
    """Write ``target`` by ``make``, which is given the path to write to and says what it wrote.

    :raises Refusal: no room, no right to write, the file is open elsewhere, or what was written does
        not read back; a file that stood at ``target`` stays as it was.
    """
    what = f"未能写出“{target.name}”"
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shape = make(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        if not reads_back(part, shape):
            raise Refusal(
                what, "写好的文件重新打开后内容不完整", "原来的文件没有动，请再试一次，或换一个磁盘"
            )
        part.replace(target)
        settle(target.parent)
    except (OSError, FileCreateError) as trouble:
        raise _refusal(what, trouble) from trouble
    finally:
        _forget(part)


def reads_back(path: Path, shape: Shape) -> bool:
    """Whether every part of the workbook is whole, and a sheet has the rows and the first one the header.

    The rows of 100,000 entries are counted as bytes, ten times faster than any reader reads their cells.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            reached = max(_last_row(archive, one) for one in archive.infolist())
        return reached >= shape.rows and (not shape.header or _header(path, shape))
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, IndexError):
        return False


def _last_row(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The number of the last row of a sheet, 0 of other parts; each is read to its end, so its CRC holds."""
    found, seam = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            at = chunk.rfind(b"<row ") if b"<row " in chunk else chunk.rfind(b":row ") - SEAM
            for row in ROW.finditer(seam + chunk[:SEAM] + chunk[max(at, 0) : at + 2 * SEAM]):
                found = int(row[1])
            seam = chunk[-SEAM:]
    return found


def _header(path: Path, shape: Shape) -> bool:
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep; we only look
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(shape.header_row, shape.header_row, 1, len(shape.header), values_only=True)
        found = list(next(rows, ()))
        book.close()
    return found == list(shape.header)


def _refusal(what: str, trouble: OSError | FileCreateError) -> Refusal:
    cause = trouble.args[0] if isinstance(trouble, FileCreateError) else trouble
    broken = Refusal(what, f"磁盘读写出错（{cause}）", "请检查磁盘或 U 盘是否已断开，再试一次")
    return explained(what, cause) or broken


def _forget(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # a disk that went away took the part with it
