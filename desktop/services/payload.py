"""The files of the frozen program as they were made: none may be missing, changed, left over or foreign."""

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LIST = "payload.sha256"  # lines as sha256sum writes them, paths from the program's folder
SIGNATURE = f"{LIST}.sig"  # 64 bytes, Ed25519 over the bytes of the list; a release without a key has none
KEY = "release.pub"  # PEM; what the next version must be signed with
INTERNAL = "_internal"  # beside the programs; holds nothing that was not shipped, and all of the above
UNLISTED = {f"{INTERNAL}/{LIST}", f"{INTERNAL}/{SIGNATURE}"}


def folder() -> Path | None:
    """The folder of the frozen program; ``None`` in the source tree."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def write(root: Path) -> int:
    """List every file under ``root``, the list itself and its signature left out.

    :returns: how many there are.
    """
    listed = sorted(name for name in _found(root) if name not in UNLISTED)
    text = "".join(f"{_sum(root / name)}  {name}\n" for name in listed)
    (root / INTERNAL / LIST).write_text(text, "utf-8", newline="\n")
    return len(listed)


def faults(root: Path) -> list[str]:
    """A sentence for each file under ``root`` that is missing, not as shipped, or left by another version."""
    wanted = _wanted(root)
    if wanted is None:
        return ["缺少程序文件清单，或清单已损坏"]
    told = []
    for name, digest in wanted.items():
        if not (root / name).is_file():
            told.append(f"缺少程序文件 {name}")
        elif not _same(root / name, digest):
            told.append(f"程序文件 {name} 已损坏或被改动")
    inside = {name for name in _found(root) if name.startswith(f"{INTERNAL}/")}
    told += [f"多出程序文件 {name}" for name in sorted(inside - wanted.keys() - UNLISTED)]
    key = _bytes(root / INTERNAL / KEY)
    return told + ([] if key is None else _strange(root, key))


def untrusted(root: Path, own: Path | None) -> list[str]:
    """A sentence for each reason why the program in ``root`` may not replace the one in ``own``.

    Its list must be signed with the key that ``own`` carries, and its files must be those of the list. Where
    ``own`` carries no key, or one that was damaged on the disk, only the files are compared: a broken program
    can be repaired, and who may write there needs no update to change it.

    :param own: the folder of the installed program; ``None`` in the source tree.
    """
    key = _own_key(own) if own is not None else None
    return (_strange(root, key) if key is not None else []) or faults(root)


def _own_key(own: Path) -> bytes | None:
    key, wanted = _bytes(own / INTERNAL / KEY), _wanted(own) or {}
    if key is None:
        return None
    listed = wanted.get(f"{INTERNAL}/{KEY}")
    return key if listed in (None, hashlib.sha256(key).hexdigest()) and _readable(key) else None


def _strange(root: Path, key: bytes) -> list[str]:
    """Why the list in ``root`` is not of the holder of ``key``, a public key as PEM."""
    from cryptography.exceptions import InvalidSignature

    signature, listed = _bytes(root / INTERNAL / SIGNATURE), _bytes(root / INTERNAL / LIST)
    public = _readable(key)
    if signature is None or listed is None:
        return ["程序文件清单没有签名"]
    if public is None:
        return [f"程序文件 {INTERNAL}/{KEY} 不是签名用的公钥"]
    try:
        public.verify(signature, listed)
    except InvalidSignature:
        return ["程序文件清单的签名不对，不是原来的单位发布的，或已被改动"]
    return []


def _readable(key: bytes) -> "Ed25519PublicKey | None":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        public = load_pem_public_key(key)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return public if isinstance(public, Ed25519PublicKey) else None


def _wanted(root: Path) -> dict[str, str] | None:
    """The digest of every file that the list names; ``None`` when there is no list that can be read."""
    try:
        lines = (root / INTERNAL / LIST).read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines if line)}


def _found(root: Path) -> list[str]:
    return [file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()]


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _same(file: Path, digest: str) -> bool:
    try:
        return _sum(file) == digest
    except OSError:  # it lies there and cannot be read
        return False


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
