"""Compiles the Windows setup and packs the portable ZIP, on any system that has makensis."""

import math
import os
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from freeze import icons, versions
from freeze.freezing import SVG, moment, same_time

SCRIPT = Path(__file__).with_name("setup.nsi")
NSIS = Path("/usr/share/nsis")
BEST, FAST = "lzma", "zlib"  # a setup to hand out, and one only to be tried
CHINESE = {  # what the setup says before it has read its language; not longer than the English
    "Installer integrity check has failed. Common causes include\n"
    "incomplete download and damaged media. Contact the\n"
    "installer's author to obtain a new copy.\n\nMore information at:\nhttp://nsis.sf.net/NSIS_Error": (
        "没有安装：安装程序不完整，可能没有复制完，或 U 盘已损坏。\n"
        "原来的版本没有改动，请重新复制一份安装程序后再试。"
    ),
    "Error writing temporary file. Make sure your temp folder is valid.": (
        "没有安装：不能写入临时文件夹，磁盘可能已满。请腾出空间后再试。"
    ),
    "NSIS Error": "平安台账",
    "Error launching installer": "没有安装：安装程序不能启动。",
    "verifying installer: %d%%": "正在核对安装程序：%d%%",
    "unpacking data: %d%%": "正在解压：%d%%",
}
LICENCE = """\
平安台账可以免费使用、复制、修改和分发，不作任何担保；分发时请保留下面的文字（MIT 许可，以英文原文为准）。

"""
LONGEST = 150  # characters of the folder: the longest path in it stays below Windows' 260
ROOM = 2  # times the program's size: the new version lies beside the old one for a moment
PORTABLE = "portable.txt"
TOLD = "有这个文件时，记录保存在旁边的 data 文件夹里，连同程序一起放在 U 盘上使用。\r\n"


class Uncompiled(Exception):
    """makensis said no; a sentence and its last lines."""


def missing() -> str:
    """Why no setup can be compiled here; empty when it can."""
    if shutil.which("makensis") and _stub(NSIS, BEST).exists():
        return ""
    return "没有 makensis，或缺少它的 64 位部分（Debian：apt-get install nsis）"


def setup(
    payload: Path, out: Path, version: str, sign: str = "", *, room: int = ROOM, compressor: str = BEST
) -> Path:
    """Compile the setup of the frozen program in ``payload``.

    :param out: a folder, in which the setup has its usual name.
    :param sign: a command that signs the file named after it.
    :param room: times the program's size that must be free before it begins.
    :returns: the setup.
    :raises Uncompiled: it could not be done.
    """
    longest = max((str(one.relative_to(payload)) for one in payload.rglob("*")), key=len)
    if LONGEST + len("\\_new\\") + len(longest) >= 260:
        raise Uncompiled(f"程序文件的路径太长，装在 {LONGEST} 个字的文件夹里会超过 Windows 的 260：{longest}")
    made = out / "nsis"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    notices = payload / "_internal" / "licences"
    for name, head, source in (("licence.txt", LICENCE, "LICENSE"), ("notices.txt", "", "NOTICES.txt")):
        (made / name).write_text(head + (notices / source).read_text("utf-8"), "utf-8-sig", newline="\r\n")
    (made / "app.ico").write_bytes(icons.ico(SVG))
    (made / "side.bmp").write_bytes(icons.side(SVG))
    (made / "remove.nsh").write_text(removal(payload), "utf-8-sig")
    own = in_chinese(made / "system", compressor)
    same_time(payload)
    same_time(made)
    target = out / f"pingan-taizhang-{version}-setup.exe"
    size = sum(one.stat().st_size for one in payload.rglob("*") if one.is_file()) // 1024
    given = {
        "PAYLOAD": payload,
        "VERSION": version,
        "NUMBERS": ".".join(map(str, versions.numbers(version))),
        "MADE": made,
        "COMPRESSOR": compressor,
        "SIZE": size,
        "LONGEST": LONGEST,
        "MEGABYTES": math.ceil(room * size / 1024),
        "OUT": target,
        **({"SIGN": sign} if sign else {}),
    }
    command = ["makensis", "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8"]
    command += [f"-D{name}={value}" for name, value in given.items()]
    env = {**os.environ, "NSISDIR": str(own), "SOURCE_DATE_EPOCH": str(moment()), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [*command, str(SCRIPT)], capture_output=True, text=True, errors="replace", env=env, check=False
    )
    if done.returncode:
        lines = (done.stdout + done.stderr).splitlines()[-8:]
        raise Uncompiled("\n".join(["makensis 没有编译出安装程序", *lines]))
    shutil.rmtree(made)
    return target


def removal(payload: Path) -> str:
    """What the uninstaller deletes: every shipped file, then the folders that are empty by then."""
    shipped = [one.relative_to(payload) for one in sorted(payload.rglob("*"))]
    files = [one for one in shipped if not (payload / one).is_dir()]
    folders = [one for one in reversed(shipped) if (payload / one).is_dir()]
    return "".join(
        [f'Delete "$INSTDIR\\{_windows(one)}"\n' for one in files]
        + [f'RMDir "$INSTDIR\\{_windows(one)}"\n' for one in folders]
    )


def _windows(path: Path) -> str:
    return str(PurePosixPath(path)).replace("/", "\\").replace("$", "$$")


def in_chinese(folder: Path, compressor: str) -> Path:
    """NSIS with its first sentences in Chinese: a half-copied setup fails before any language is loaded.

    :returns: the folder to use as NSISDIR.
    """
    shutil.copytree(NSIS, folder)
    stub = _stub(folder, compressor)
    held = stub.read_bytes()
    for english, chinese in CHINESE.items():
        old, new = english.encode("utf-16-le"), chinese.encode("utf-16-le")
        if old not in held or len(new) > len(old):
            raise Uncompiled(f"这个 makensis 没有要换成中文的话：{english.splitlines()[0]}")
        held = held.replace(old, new.ljust(len(old), b"\0"))
    stub.write_bytes(held)
    return folder


def _stub(system: Path, compressor: str) -> Path:
    return system / "Stubs" / f"{compressor}_solid-amd64-unicode"


def portable(payload: Path, out: Path, version: str) -> Path:
    """Pack the program with the mark that keeps the records beside it.

    :returns: the ZIP, the same bytes from the same program.
    """
    target = out / f"pingan-taizhang-{version}-portable.zip"
    time = datetime.fromtimestamp(moment(), UTC).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for one in sorted(payload.rglob("*")):
            if one.is_file():
                _pack(archive, f"平安台账/{one.relative_to(payload).as_posix()}", one.read_bytes(), time)
        _pack(archive, f"平安台账/{PORTABLE}", TOLD.encode("utf-8-sig"), time)
    return target


def _pack(
    archive: zipfile.ZipFile, name: str, content: bytes, time: tuple[int, int, int, int, int, int]
) -> None:
    info = zipfile.ZipInfo(name, time)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(info, content)
