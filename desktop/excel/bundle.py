"""A template profile with its workbook in one file (.pazb): sent by chat, believed only after a look."""

import json
import zipfile
import zlib
from pathlib import Path

from desktop.errors import Refusal
from desktop.excel.profile import Profile
from desktop.excel.profile_json import REMEDY, from_json
from desktop.paper import file_name
from desktop.storage import files
from desktop.storage.trouble import as_refusal

ENDING = ".pazb"  # 平安 and the first letters of 模板
PROFILE, WORKBOOK = "profile.json", "template.xlsx"
LARGEST = {PROFILE: 1024 * 1024, WORKBOOK: 50 * 1024 * 1024}  # bytes, unpacked, counted while they come


def named(target: Path, name: str) -> Path:
    """``target`` with the ending of such a file; in a folder the file is called ``name``."""
    if target.is_dir():
        return target / f"{file_name(name)}{ENDING}"
    return target if target.suffix.casefold() == ENDING else target.with_name(target.name + ENDING)


def save(profile: Profile, workbook: bytes, target: Path) -> None:
    """Write a profile and its workbook as one file.

    :raises Refusal: it cannot be written; an older file stays as it was.
    """
    with as_refusal(f"未能写出“{target.name}”"):
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.new")
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(PROFILE, json.dumps(profile.as_json(), ensure_ascii=False, indent=1))
                archive.writestr(WORKBOOK, workbook)
            files.write_whole(target, part.read_bytes())
        finally:
            part.unlink(missing_ok=True)


def load(path: Path) -> tuple[Profile, bytes]:
    """The profile and the workbook of a file.

    :raises Refusal: it is no such file, it holds anything else or too much, or its profile is not understood.
        The workbook is still to be looked at (:class:`desktop.excel.handed.Handed`).
    """
    what = f"未能读取“{path.name}”"
    with as_refusal(what):
        if path.stat().st_size > sum(LARGEST.values()):
            raise Refusal(what, "文件太大，不是模板方案", REMEDY)
    try:
        with as_refusal(what), zipfile.ZipFile(path) as archive:
            if sorted(one.filename for one in archive.infolist()) != sorted(LARGEST):
                raise Refusal(what, "它不是模板方案文件（.pazb）", REMEDY)
            found = {name: _member(archive, name, what) for name in LARGEST}
        data = json.loads(found[PROFILE].decode("utf-8"))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as trouble:
        raise Refusal(what, "它不是模板方案文件（.pazb），或者已损坏", REMEDY) from trouble
    except ValueError as trouble:
        raise Refusal(what, "里面的说明读不懂", REMEDY) from trouble
    return from_json(data), found[WORKBOOK]


def _member(archive: zipfile.ZipFile, name: str, what: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(LARGEST[name] + 1)
    if len(content) > LARGEST[name]:
        raise Refusal(what, f"里面的 {name} 太大", REMEDY)
    return content
