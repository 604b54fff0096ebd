"""A workbook is written whole or not at all: beside its place, read again, then moved there."""

import os
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from xlsxwriter.exceptions import FileCreateError

from desktop.errors import Refusal
from desktop.storage.trouble import explained


@dataclass(frozen=True, slots=True)
class Shape:
    """What a workbook's first sheet must show when it is read again.

    :param header_row: counted from 1.
    :param header: the texts of that row, ``None`` where a merged heading goes on.
    :param rows: of the sheet, all told.
    """

    header_row: int
    header: Sequence[str | None]
    rows: int


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
    except (OSError, FileCreateError) as trouble:
        raise _refusal(what, trouble) from trouble
    finally:
        _forget(part)


def reads_back(path: Path, shape: Shape) -> bool:
    """Whether the first sheet of the workbook has the header and the number of rows it should have."""
    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep; we only look
            book = load_workbook(file, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = 0
            for rows, row in enumerate(sheet.iter_rows(values_only=True), 1):
                if rows == shape.header_row and list(row[: len(shape.header)]) != list(shape.header):
                    return False
            book.close()
            return rows == shape.rows
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError):
        return False


def _refusal(what: str, trouble: OSError | FileCreateError) -> Refusal:
    cause = trouble.args[0] if isinstance(trouble, FileCreateError) else trouble
    broken = Refusal(what, f"磁盘读写出错（{cause}）", "请检查磁盘或 U 盘是否已断开，再试一次")
    return explained(what, cause) or broken


def _forget(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # a disk that went away took the part with it
