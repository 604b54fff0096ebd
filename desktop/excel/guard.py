"""What is refused before anything inside a workbook is believed: other formats, passwords, damage, bombs."""

import zipfile
import zlib
from pathlib import Path
from typing import IO

from desktop.errors import Refusal
from desktop.storage.trouble import as_refusal

LARGEST_FILE = 50 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 400 * 1024 * 1024  # bytes, counted while they come and not as declared
MOST_PARTS = 2_000
CHUNK = 1024 * 1024
SEAM = 32  # bytes that are looked at again, so that no mark hides between two chunks
OLD_CONTAINER = bytes.fromhex("D0CF11E0A1B11AE1")  # .xls, .et, and workbooks with a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = b"PK\x03\x04"
DOCTYPES = [b"<!DOCTYPE", *("<!DOCTYPE".encode(coding) for coding in ("utf-16-le", "utf-16-be"))]
SAVE_AS = "请在 Excel 或 WPS 中打开它，另存为 .xlsx 后再选择"
DAMAGED = ("文件不完整或已损坏", "请重新复制或下载这个文件，能打开的请另存一份后再选择")
PASSWORD = ("这个文件有密码", "请在 Excel 或 WPS 中取消密码后再选择")


def check(file: Path) -> None:
    """Refuse what is no plain workbook.

    :raises Refusal: with its cause and what to do.
    """
    what = f"未能读取“{file.name}”"
    with as_refusal(what):
        size = file.stat().st_size
        with file.open("rb") as stream:
            begin = stream.read(8)
            if trouble := _container(begin, size, stream):
                raise Refusal(what, *trouble)
    try:
        with zipfile.ZipFile(file) as archive:
            trouble = _parts(archive) or _unpacked(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        trouble = DAMAGED
    if trouble:
        raise Refusal(what, *trouble)


def _container(begin: bytes, size: int, stream: IO[bytes]) -> tuple[str, str] | None:
    if size == 0:
        return "文件是空的（0 字节）", "请重新保存或复制这个文件"
    if size > LARGEST_FILE:
        return (
            f"文件有 {size // 1024 // 1024} MB，最大 {LARGEST_FILE // 1024 // 1024} MB",
            "请拆成几个文件，或删去图片后再选择",
        )
    if begin == OLD_CONTAINER:
        return PASSWORD if ENCRYPTED in stream.read() else ("它是旧格式（.xls 或 .et）的工作簿", SAVE_AS)
    if not begin.startswith(ZIP):
        return "它不是 Excel 工作簿（.xlsx）", SAVE_AS
    return None


def _parts(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    parts = archive.infolist()
    names = [one.filename for one in parts]
    if any(one.flag_bits & 1 for one in parts):
        return PASSWORD
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        return "文件的内部结构不正常", SAVE_AS
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        return "文件的内部结构不正常", SAVE_AS
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/workbook") for name in names):
        return "它不是 Excel 工作簿（.xlsx）", SAVE_AS
    return None


def _unpacked(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    total = 0
    for part in archive.infolist():
        xml = part.filename.endswith((".xml", ".rels", ".vml"))
        with archive.open(part) as stream:
            end = b""
            while chunk := stream.read(CHUNK):
                if xml and any(mark in end + chunk for mark in DOCTYPES):
                    return "文件的内部结构不正常", SAVE_AS
                end = chunk[-SEAM:]
                total += len(chunk)
                if total > LARGEST_UNPACKED:
                    most = LARGEST_UNPACKED // 1024 // 1024
                    return f"文件解开后超过 {most} MB", "请只留下要导入的工作表，另存后再选择"
    return None
