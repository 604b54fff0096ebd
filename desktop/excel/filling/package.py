"""A workbook as the parts of its zip: what each is, and all written again around the changed ones."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.errors import Refusal
from desktop.excel.filling import members
from desktop.excel.filling.deflated import Deflated
from desktop.excel.filling.spans import Malformed, Node, appended, edited, escaped, parse, retagged, tag, utf8

OLD_CONTAINER = bytes.fromhex("D0CF11E0A1B11AE1")  # .xls, .et, and workbooks with a password
MOST_PARTS, LARGEST_PART = 2_000, 320 * 1024 * 1024
TYPES = "[Content_Types].xml"
SAVE_AS = "请在 Excel 或 WPS 中打开它，另存为 .xlsx 后再试"
BROKEN = ("文件不完整或已损坏，读不出里面的内容", "请重新复制或下载这个文件，能打开的请另存为 .xlsx 后再试")


@dataclass(slots=True)
class Changes:
    """What is written instead of a part, beside the others, or no more."""

    parts: dict[str, bytes | Deflated] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


class Package:
    """An .xlsx or .xlsm.

    :param what: the first half of every refusal, such as "未能填写模板".
    :raises Refusal: damaged, with a password, or another format; the methods too.
    """

    def __init__(self, source: bytes, what: str) -> None:
        self.what = what
        self.changes = Changes()
        if source.startswith(OLD_CONTAINER):
            raise Refusal(what, "文件有密码，或者是旧格式（.xls、.et）", f"{SAVE_AS}；有密码的先取消密码")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source))
        except (zipfile.BadZipFile, ValueError, RuntimeError, struct.error) as trouble:
            raise Refusal(what, *BROKEN) from trouble
        parts = self._zip.infolist()
        self._names = {_plain(one.filename): one.filename for one in parts}
        if any(one.flag_bits & 1 for one in parts):
            raise Refusal(what, "文件有密码", "请在 Excel 或 WPS 中取消密码后再试")
        if len(self._names) < len(parts) or len(parts) > MOST_PARTS:
            raise Refusal(what, "文件的内部结构不正常", SAVE_AS)
        self.workbook = self._one("", "officeDocument")
        if self.workbook.endswith(".bin"):
            raise Refusal(what, "它是二进制工作簿（.xlsb）", SAVE_AS)
        self.dialect = self._kinds()

    def __contains__(self, name: str) -> bool:
        own = self._names.get(_plain(name), name)
        return own in self.changes.parts or (_plain(name) in self._names and own not in self.changes.gone)

    def names(self) -> list[str]:
        return [name for name in self._names.values() if name not in self.changes.gone]

    def read(self, name: str) -> bytes:
        """The part as it stands now, in UTF-8 if it is XML."""
        own = self._names.get(_plain(name))
        changed = self.changes.parts.get(own or name)
        if isinstance(changed, bytes):
            return changed
        if own is None:
            raise Refusal(self.what, *BROKEN)
        try:
            with self._zip.open(own) as stream:
                content = stream.read(LARGEST_PART + 1)
            if len(content) > LARGEST_PART:
                raise Refusal(self.what, "文件解开后太大", "请删去不需要的内容，另存后再试")
            return utf8(content)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, Malformed) as trouble:
            raise Refusal(self.what, *BROKEN) from trouble

    def tree(self, name: str, *, closed: str = "") -> tuple[bytes, Node]:
        """The XML of a part and its root."""
        xml = self.read(name)
        try:
            return xml, parse(xml, closed=closed)
        except Malformed as trouble:
            raise Refusal(self.what, *BROKEN) from trouble

    def replace(self, name: str, content: bytes | Deflated) -> None:
        """Write ``content`` as this part, in its place or after all others."""
        self.changes.parts[self._names.get(_plain(name), name)] = content

    def edit(self, name: str, *edits: tuple[int, int, bytes]) -> None:
        self.replace(name, edited(self.read(name), edits))

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and part by relationship id, of a part; ``""``: of the package."""
        name = _relations(part)
        if name not in self:
            return {}
        found = {}
        for one in self.tree(name)[1].children:
            kind, target = one.attributes.get("Type", ""), one.attributes.get("Target", "")
            if one.attributes.get("TargetMode") != "External":
                found[one.attributes.get("Id", "")] = (kind.rpartition("/")[2], _target(part, target))
        return found

    def find(self, part: str, kind: str) -> str | None:
        """The first part of this kind that is related to ``part``."""
        return next((name for own, name in self.related(part).values() if own == kind and name in self), None)

    def _one(self, part: str, kind: str) -> str:
        if (found := self.find(part, kind)) is None:
            raise Refusal(self.what, "它不是 Excel 工作簿（.xlsx）", SAVE_AS)
        return found

    def _kinds(self) -> str:
        """The first part of every kind of relationship: strict workbooks have another."""
        kinds = [one.attributes.get("Type", "") for one in self.tree(_relations(""))[1].children]
        return next(one for one in kinds if one.endswith("/officeDocument")).removesuffix("officeDocument")

    def fresh(self, pattern: str) -> str:
        """A name for a new part, ``{}`` standing for a number."""
        numbers = (pattern.format(number) for number in range(1, MOST_PARTS * 2))
        return next(
            one for one in numbers if _plain(one) not in self._names and one not in self.changes.parts
        )

    def sheets(self) -> dict[str, str]:
        """Part by title, in the order of the tabs; sheets without cells are left out."""
        related = self.related(self.workbook)
        listed = self.tree(self.workbook)[1].first("sheets")
        found = {}
        for one in listed.children if listed else ():
            kind, name = related.get(one.value("id") or "", ("", ""))
            if kind == "worksheet" and name in self:
                found[one.attributes.get("name", "")] = name
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from ``part`` to ``target`` and give its id."""
        name = _relations(part)
        if name not in self:
            empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
            self.replace(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{empty}'.encode())
        root = self.tree(name)[1]
        taken = {one.attributes.get("Id") for one in root.children}
        own = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        link = {"Id": own, "Type": f"{self.dialect}{kind}", "Target": f"/{target}"}
        line = tag(f"{root.prefix}Relationship", link, empty=True)
        self.edit(name, *appended(root, line.encode()))
        return own

    def declare(self, part: str, content_type: str) -> None:
        """Say in the list of contents what a new part is."""
        root = self.tree(TYPES)[1]
        line = f'<{root.prefix}Override PartName="/{escaped(part)}" ContentType="{content_type}"/>'
        self.edit(TYPES, *appended(root, line.encode()))

    def retype(self, part: str, content_type: str) -> None:
        """Give a part that is there another type."""
        for one in self.tree(TYPES)[1].children:
            if _plain(one.attributes.get("PartName", "")) == _plain(part):
                self.edit(TYPES, (one.start, one.inside, retagged(one, {"ContentType": content_type})))
                return
        self.declare(part, content_type)

    def drop(self, part: str, origin: str) -> None:
        """Leave out a part that ``origin`` is related to, wherever it is named."""
        self.changes.gone.add(self._names[_plain(part)])
        types = self.tree(TYPES)[1].children
        gone = [one for one in types if _plain(one.attributes.get("PartName", "")) == _plain(part)]
        self.edit(TYPES, *((one.start, one.end, b"") for one in gone))
        links = self.tree(_relations(origin))[1].children
        gone = [one for one in links if _plain(_target(origin, one.attributes["Target"])) == _plain(part)]
        self.edit(_relations(origin), *((one.start, one.end, b"") for one in gone))

    def write(self, target: Path) -> None:
        """Write every part, in the old order, changed ones in their place and new ones last.

        What is not changed is copied as it is compressed, so not a byte of it can differ.
        """
        changed: Mapping[str, bytes | Deflated] = self.changes.parts
        with zipfile.ZipFile(target, "w") as out:
            for info in self._zip.infolist():
                if info.filename in self.changes.gone:
                    continue
                if info.filename in changed:
                    members.put(out, info, changed[info.filename])
                elif (packed := members.packed(self._zip, info)) is not None:
                    members.put(out, info, packed)
                else:
                    raise Refusal(self.what, *BROKEN)
            for name in [one for one in changed if one not in self._names.values()]:
                members.put(out, zipfile.ZipInfo(name), changed[name])


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _relations(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(part: str, target: str) -> str:
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
