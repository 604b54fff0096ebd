"""Scans and photos: kept beside the database, encrypted, under a keyed hash of their bytes."""

import datetime as dt
import hashlib
import hmac
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.keeping import Attachment
from desktop.storage.keys.key import Key
from desktop.storage.trouble import as_refusal

LARGEST = 20 * 1024 * 1024  # bytes
NONCE = 12  # bytes, before the encrypted content
FOLDER = "files"
LENT = "lent-"  # folders of copies that another program was given to show
UNFINISHED, SKETCHED = "submit-", "draft-"  # folders in which a submission, or a draft of one, is made
SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def attach(session: Session, folder: Path, key: Key, source: Path) -> Attachment:
    """Copy the file ``source`` into ``folder``, encrypted, and record it.

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
    sha256 = store(folder, key, content)
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


def store(folder: Path, key: Key, content: bytes) -> str:
    """Keep ``content`` encrypted, whole or not at all; returns its SHA-256, by which it is read again."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = place(folder, key, sha256)
    if not target.exists():
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(key.sub("scans")).encrypt(nonce, content, sha256.encode())
        with as_refusal("未能保存文件"):
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, nonce + sealed)
            for made in (target.parent.parent, folder):
                settle(made)
    return sha256


def read(folder: Path, key: Key, sha256: str) -> bytes:
    """The bytes with this hash, checked to the last bit.

    :raises Refusal: the file is gone, or a bit of it is not as it was written.
    """
    what = "未能打开文件"
    with as_refusal(what):
        kept = place(folder, key, sha256).read_bytes()
    try:
        content = AESGCM(key.sub("scans")).decrypt(kept[:NONCE], kept[NONCE:], sha256.encode())
    except (InvalidTag, ValueError) as trouble:
        raise Refusal(what, "保存的文件已损坏", "请从备份中找回，或重新扫描后添加") from trouble
    return content


def lend(folder: Path, key: Key, sha256: str, name: str) -> Path:
    """A readable copy under its own name, for another program to show; taken away when the data are closed.

    :raises Refusal: as :func:`read`, or the copy cannot be written.
    """
    content = read(folder, key, sha256)
    with as_refusal("未能打开文件"):
        copy = Path(tempfile.mkdtemp(prefix=LENT, dir=folder)) / Path(name).name
        copy.write_bytes(content)
    return copy


def take_back(folder: Path) -> None:
    """Remove the copies that were lent; one that is still shown stays until the next start."""
    for lent in folder.glob(f"{LENT}*"):
        shutil.rmtree(lent, ignore_errors=True)


@contextmanager
def workshop(folder: Path, front: str) -> Iterator[Path]:
    """A folder for files that are not encrypted yet, which only its owner may enter; gone afterwards.

    :param front: one of those that :func:`sweep` takes away where a crash has left them.
    """
    with tempfile.TemporaryDirectory(prefix=front, dir=folder) as made:
        yield Path(made)


def sweep(folder: Path) -> None:
    """Take away every plain file that a crash has left: whole identity numbers may stand in it."""
    for front in (UNFINISHED, SKETCHED, LENT):
        for left in folder.glob(f"{front}*"):
            shutil.rmtree(left, ignore_errors=True)


def write_whole(target: Path, content: bytes) -> Path:
    """Write a file so that it is always the old one or the new one, whole, also after a power cut.

    :raises OSError: nothing was changed.
    """
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        settle(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return target


def settle(folder: Path) -> None:
    """Put the names in ``folder`` on the disk; Windows does so with the file and has no call for it."""
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def place(folder: Path, key: Key, sha256: str) -> Path:
    """Where the bytes with this hash lie.

    The name is no plain hash: whoever has a document could see from that whether it is kept here.
    """
    name = hmac.new(key.sub("scan names"), sha256.encode(), "sha256").hexdigest()
    return folder / FOLDER / name[:2] / name
