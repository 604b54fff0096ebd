"""Scans and photos: kept beside the database under the hash of their bytes."""

import datetime as dt
import hashlib
import os
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.keeping import Attachment
from desktop.storage.trouble import as_refusal

LARGEST = 20 * 1024 * 1024  # bytes
SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def attach(session: Session, folder: Path, source: Path) -> Attachment:
    """Copy the file ``source`` into ``folder`` and record it.

    :raises Refusal: it is no picture or PDF, it is larger than 20 MB, or it cannot be read or written.
    """
    what = f"未能添加附件“{source.name}”"
    with as_refusal(what):
        size = source.stat().st_size
        if size > LARGEST:
            raise Refusal(
                what,
                f"文件有 {size // 1024 // 1024} MB，最大 {LARGEST // 1024 // 1024} MB",
                "请用较低的清晰度重新扫描",
            )
        content = source.read_bytes()
    media = media_of(content)
    if media is None:
        raise Refusal(what, "它不是图片也不是 PDF", "请选择 JPG、PNG、BMP、TIFF 图片或 PDF 文件")
    sha256 = store(folder, content)
    kept = Attachment(
        sha256=sha256,
        name=source.name[-255:],
        media=media,
        size=len(content),
        added_at=dt.datetime.now(),
    )
    session.add(kept)
    session.flush()
    return kept


def media_of(content: bytes) -> str | None:
    """The media type that the first and last bytes show; ``None`` if it is none of ours or cut off."""
    media = next((media for mark, media in SIGNATURES if content.startswith(mark)), None)
    if media == "image/jpeg" and b"\xff\xd9" not in content[-64:]:
        return None
    if media == "image/png" and b"IEND" not in content[-64:]:
        return None
    if media == "application/pdf" and b"%%EOF" not in content[-2048:]:
        return None
    return media


def store(folder: Path, content: bytes) -> str:
    """Keep ``content`` under its SHA-256, whole or not at all; returns the hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = place(folder, sha256)
    if not target.exists():
        with as_refusal("未能保存文件"):
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, content)
    return sha256


def write_whole(target: Path, content: bytes) -> Path:
    """Write a file so that it is always the old one or the new one, whole.

    :raises OSError: nothing was changed.
    """
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def place(folder: Path, sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return folder / "files" / sha256[:2] / sha256
