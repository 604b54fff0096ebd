"""The zip around an .xlsx: its parts by name, unpacked within limits, and which part belongs to which."""

import io
import posixpath
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from desktop.excel.reading import limits
from desktop.excel.reading.limits import Unfit
from desktop.excel.reading.xml import Attributes, scan

CHUNK = 256 * 1024  # bytes
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 1  # bit of a member's flags
TROUBLE = (  # what zipfile lets out of a damaged file
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError),
    *(LookupError, OverflowError),
)


class Link(NamedTuple):
    """A relationship.

    :param kind: the last word of its type, such as ``worksheet``: transitional and strict files agree in it.
    :param target: the key of a part.
    """

    kind: str
    target: str


class Package:
    """Parts by key: the name in lower case, with slashes, without one in front.

    :param data: the whole zip.
    :raises Unfit: it is damaged, hostile, or has a password.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            members = self._archive.infolist()
        except TROUBLE as trouble:
            raise limits.damaged() from trouble
        if len(members) > limits.MOST_PARTS:
            raise limits.strange(f"超过 {limits.MOST_PARTS} 个部分")
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self._unpacked = 0
        for member in members:
            self._admit(member)

    def _admit(self, member: zipfile.ZipInfo) -> None:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise limits.strange("有指向文件之外的路径")
        if member.flag_bits & ENCRYPTED:
            raise limits.locked()
        key = name.lower()
        if key in self._parts:
            raise limits.strange("有重名的部分")
        if not name.endswith("/") and not stat.S_ISLNK(member.external_attr >> 16):
            self._parts[key] = member

    def __contains__(self, key: str) -> bool:
        return key in self._parts

    def keys(self) -> Iterator[str]:
        return iter(self._parts)

    def size(self, key: str) -> int:
        """Bytes unpacked as the zip declares them: good for a progress bar and nothing else."""
        return self._parts[key].file_size if key in self._parts else 0

    def chunks(self, key: str, most: int | None = None) -> Iterator[bytes]:
        """A part's bytes, counted while they come.

        :param most: bytes; the limit of any part when left out.
        :raises Unfit: the part is missing, damaged or too large.
        """
        if key not in self._parts:
            raise limits.damaged()
        part = self._parts[key]
        if part.compress_type not in READABLE:
            raise limits.strange("用了少见的压缩方式")
        most = limits.LARGEST_PART if most is None else most
        size = 0
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    self._unpacked += len(chunk)
                    if size > most or self._unpacked > limits.LARGEST_UNPACKED:
                        reached = most if size > most else limits.LARGEST_UNPACKED
                        raise Unfit(f"文件解开后超过 {limits.in_mega(reached)}", limits.ONLY_NEEDED)
                    if size > limits.STEEP_FROM and size > limits.STEEPEST * max(part.compress_size, 1):
                        raise limits.strange("压缩得过分，像是压缩炸弹")
                    yield chunk
        except TROUBLE as trouble:
            raise limits.damaged() from trouble

    def links(self, key: str) -> dict[str, Link]:
        """The relationships of a part by id, in their order; ``""`` is the package itself."""
        folder, name = posixpath.split(key)
        beside = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, Link] = {}

        def begin(path: tuple[str, ...], attributes: Attributes) -> None:
            if path == ("Relationships", "Relationship") and attributes.get("TargetMode") != "External":
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = Link(
                    kind, self._target(folder, attributes.get("Target", ""))
                )

        if beside in self._parts:
            scan(self.chunks(beside), begin)
        return found

    def _target(self, folder: str, target: str) -> str:
        """The key that a target names, seen from a folder."""
        plain = target.replace("\\", "/").lower()
        keys = [posixpath.normpath(posixpath.join("/", folder, one))[1:] for one in (plain, unquote(plain))]
        return next((key.lstrip("/") for key in keys if key in self._parts), keys[0].lstrip("/"))
