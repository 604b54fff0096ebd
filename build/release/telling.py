"""What goes with a release in words, for the person who hands the files out: 发布说明.md."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop import __version__

NOTES = "发布说明.md"
FOR = (  # how a file's name ends -> what it is for
    ("-setup.exe", "Windows 安装程序，用 U 盘拷给各单位，双击安装或更新，不需要管理员权限"),
    ("-portable.zip", "Windows 便携版，解压到 U 盘使用，记录保存在旁边的 data 文件夹"),
    (".deb", "Linux 安装包（x86-64）"),
    ("CHECKLIST.md", "真机检查单，发放前逐条检查、签名"),
    ("CHANGELOG.md", "各版本改了什么"),
    (".cdx.json", "部件清单（CycloneDX），给做安全检查的人"),
)
OLD = 28  # glibc 2.28
WINDOWS = ("-setup.exe", "-portable.zip")
UNTRIED = "> **发放前请先看**：Windows 的文件是在 Linux 上用 Wine 制作和试的，没有在真的 Windows 上运行过。\n"
SIGN = "> 请按 CHECKLIST.md 在真机上逐条检查、签名，然后删去这一段。\n"
SUMS = "核对文件：Windows 上 `certutil -hashfile 文件 SHA256`，Linux 上 `sha256sum -c SHA256SUMS`。\n"
UNSIGNED = (
    "安装程序和程序没有 Windows 代码签名：资源管理器里看不到签名单位，SmartScreen 和安全软件可能提示"
    "“未知发布者”，请先核对 SHA-256 再放行。"
)
SIGNED = "安装程序、卸载程序和程序都有 Windows 代码签名，“属性－数字签名”里能看到签名单位。"
OPEN = "更新没有签名：装好的程序更新时只核对文件是否完整，不核对是谁发布的；请只用从发放单位拿到的安装程序。"
SEALED = (
    "更新有签名：装好的程序只接受用同一把密钥签名的新版本。密钥指纹（公钥的 SHA-256）：\n\n`{key}`\n\n"
    "密钥要存好：丢了以后，装好的程序不能更新，只能先卸载再安装（记录保留）。"
)


@dataclass(frozen=True)
class Facts:
    """What only those know who made the release.

    :param tried: sentences, what was tried and how.
    :param left_out: what is not there or was not tried, and why.
    :param wine: Windows' files were made and tried under Wine only.
    :param stdlib: of the standard-library archive that nobody signed; empty where no such archive was used.
    :param glibc: the oldest that the Linux package runs with, such as ``2.28``.
    :param key: fingerprint of the key for updates; empty when they are unsigned.
    :param authenticode: programs, uninstaller and setup bear a signature that Windows shows.
    """

    tried: Sequence[str] = ()
    left_out: Sequence[tuple[str, str]] = ()
    wine: bool = True
    stdlib: str = ""
    glibc: str = ""
    key: str = ""
    authenticode: bool = False


def write(folder: Path, facts: Facts, moment: int) -> Path:
    """Write the notes of the release that lies in ``folder``.

    :param moment: seconds since 1970, of the commit.
    """
    target = folder / NOTES
    files = sorted(one for one in folder.iterdir() if one.is_file() and one != target)
    parts = [_head(facts, moment, files), "## 文件\n", _table(files), SUMS]
    parts += ["## 需要的电脑\n", _list(_needs(facts, files))]
    parts += ["## 签名\n", *(f"{one}\n" for one in _signatures(facts, files))]
    parts += ["## 试过什么\n", _list(facts.tried) or "这次没有试。\n"]
    parts += ["## 没有做什么\n", _list(f"{what}：{why}" for what, why in facts.left_out) or "没有遗漏。\n"]
    target.write_text("\n".join(parts), "utf-8", newline="\n")
    return target


def _head(facts: Facts, moment: int, files: Sequence[Path]) -> str:
    made = dt.datetime.fromtimestamp(moment, dt.UTC)
    told = f"# 平安台账 {__version__} 发布说明\n\n源代码的时间：{made:%Y-%m-%d %H:%M}（世界时）。\n"
    if facts.wine and _windows(files):
        told += f"\n{UNTRIED}{SIGN}"
        told += f">\n> {facts.stdlib}，请与 python.org 的原件比较一次。\n" if facts.stdlib else ""
    return told


def _table(files: Sequence[Path]) -> str:
    rows = ["| 文件 | 用处 | 大小 | SHA-256 |", "|---|---|---|---|"]
    for one in files:
        use = next((words for ending, words in FOR if one.name.endswith(ending)), "")
        digest = hashlib.sha256(one.read_bytes()).hexdigest()
        rows.append(f"| {one.name} | {use} | {_size(one.stat().st_size)} | `{digest}` |")
    return "\n".join([*rows, "| licences/ | 程序所用其他软件的许可全文，随程序一起发放 | | |", ""])


def _size(octets: int) -> str:
    return f"{octets / 1e6:.1f} MB" if octets >= 1e5 else f"{octets / 1e3:.1f} KB"


def _needs(facts: Facts, files: Sequence[Path]) -> Iterator[str]:
    if _windows(files):
        yield "Windows 10 或 Windows 11，64 位；不需要管理员权限，不需要联网，不需要另装其他软件"
    if any(one.suffix == ".deb" for one in files):
        yield f"Linux：x86-64{_glibc(facts.glibc)}"


def _glibc(needed: str) -> str:
    """What the systems of the offices have: 2.28 UOS 20, 2.31 Kylin V10."""
    if not needed:
        return ""
    old = int(needed.partition(".")[2]) <= OLD
    which = "统信 UOS 20、麒麟 V10、Debian 10 起都可以装" if old else "统信 UOS 20、麒麟 V10 太旧，不能装"
    return f"，glibc {needed} 或更新：{which}"


def _signatures(facts: Facts, files: Sequence[Path]) -> Iterator[str]:
    if _windows(files):
        yield SIGNED if facts.authenticode else UNSIGNED
    yield SEALED.format(key=facts.key) if facts.key else OPEN


def _windows(files: Sequence[Path]) -> bool:
    return any(one.name.endswith(WINDOWS) for one in files)


def _list(sentences: Iterator[str] | Sequence[str]) -> str:
    return "".join(f"- {one}\n" for one in sentences)
