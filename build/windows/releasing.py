"""The Windows part of a release: frozen there or under Wine, signed, packed, and its life."""

import json
import shutil
import sys
from pathlib import Path

from desktop import __version__
from desktop.services import contents, payload, self_check
from freeze import freezing
from linux import debian
from release import sealing
from release.making import Failed, Making, alike, sound, tried
from windows import compiling, next_version, runtime, signatures, trying
from windows.computer import Computer
from windows.life import Version
from windows.wine import Wine, freeze


def make(made: Making, given: Path | None) -> None:
    """Make and try what can be made here; the rest is noted as left out.

    :param given: a program frozen on Windows, to be packed here.
    :raises release.making.Failed: something is not as it must be.
    :raises windows.life.Unfit: the setup did not live as it must.
    """
    under_wine = None
    if given is not None:
        program = made.work / "given"
        shutil.rmtree(program, ignore_errors=True)
        shutil.copytree(given, program)  # signing changes it
    elif sys.platform == "win32":
        program = made.do("Windows 冻结", lambda: freezing.freeze(made.work / "freeze"))
        made.see(f"Windows：{tried(program)}")
    elif why := debian.missing() if made.full else "没有加 --full，也没有用 --windows 指定冻结好的程序":
        made.leave_out("Windows 安装包", why)
        return
    else:
        under_wine = UnderWine(made)
        program = under_wine.frozen()
    made.know(wine=under_wine is not None)
    made.see(f"Windows：{sound(program)}")
    setup = packed(made, program)
    if under_wine is not None and setup is not None:
        under_wine.tried(program, setup)
    elif setup is not None:
        made.leave_out(
            "Windows 安装程序的试运行", "程序不是在这里的 Wine 里冻结的，请按 CHECKLIST.md 在真机上试"
        )


def look_at(given: Path) -> None:
    """Refuse a folder that is not the Windows program of this source tree, whole and unchanged.

    :raises release.making.Failed: it is not; what is wrong with it.
    """
    if not (given / "pingan.exe").is_file() or not (given / "pingan-window.exe").is_file():
        raise Failed(f"{given} 里没有在 Windows 上冻结好的程序（pingan.exe 和 pingan-window.exe）")
    told = payload.faults(given)
    if not told:
        try:
            held = json.loads((given / payload.INTERNAL / self_check.MANIFEST).read_text("utf-8"))
            told = contents.differences(held, contents.contents())
        except (OSError, ValueError):
            told = ["读不懂程序内容清单"]
    if told:
        raise Failed(f"{given} 里的程序不是这份源代码冻结出来的，或不完整：{told[0]}（共 {len(told)} 处）")


def packed(made: Making, program: Path) -> Path | None:
    """Sign the program, and pack it in both ways.

    :returns: the setup, ``None`` where none can be made.
    """
    sealing.seal(program, key=made.key, sign=made.sign)
    made.know(key=sealing.key_of(program), authenticode=bool(made.sign))
    made.do("便携版 ZIP", lambda: compiling.portable(program, made.out, __version__))
    if why := compiling.missing():
        made.leave_out("Windows 安装程序", why)
        return None
    setup = made.do("Windows 安装程序", lambda: compiling.setup(program, made.out, __version__, made.sign))
    if made.full:
        second = made.work / "twice"
        second.mkdir(exist_ok=True)
        other = made.do("再做一次", lambda: compiling.setup(program, second, __version__, made.sign))
        if not made.sign and other.read_bytes() != setup.read_bytes():
            raise Failed("两次编译的 Windows 安装程序不同")
        made.see(
            "Windows 安装程序编译两次，逐字节相同"
            if not made.sign
            else "Windows 安装程序编译两次，签名含时间，不比较"
        )
    if made.sign:
        sealing.authenticode(made.sign, setup)
    return setup


class UnderWine:
    """Freezing and trying on a Windows that is only Wine."""

    def __init__(self, made: Making) -> None:
        self.made, self.base = made, made.work / "windows"
        self.base.mkdir(parents=True, exist_ok=True)
        self.wine = Wine(made.work / "wine", self.base / "wine-home", [freezing.ROOT])
        self.wine.prepare()
        self.python = self.base / "python"

    def frozen(self) -> Path:
        """The program, frozen twice and alike."""
        made = self.made
        made.do("Windows 的 Python", lambda: runtime.make(self.python, freezing.ROOT))
        made.see("Windows 的 Python：每个程序文件都有 Python 软件基金会或微软的签名（signify 核对）")
        made.know(stdlib=signatures.stdlib(self.python).told())
        program = made.do("Windows 冻结（Wine）", lambda: self._freeze(freezing.ROOT, "freeze-windows"))
        again = made.do("Windows 再冻结一次", lambda: self._freeze(freezing.ROOT, "again-windows"))
        made.see(f"Windows 程序{alike(program, again)}")
        return program

    def tried(self, program: Path, setup: Path) -> None:
        """The life of the setup, up to the next version; the portable ZIP; everything once in a window."""
        made, computer = self.made, Computer(self.wine)
        source = next_version.make(freezing.ROOT, self.base / "next")
        after = made.do("Windows 冻结下一个版本（Wine）", lambda: self._freeze(source, "freeze-next"))
        release = Version(__version__, setup, program)
        print("== Windows 安装程序在 Wine 里", flush=True)
        lived = trying.life_of(computer, release, after, self.base, made.key)
        for one in lived:
            made.see(f"Windows 安装程序：{one}")
        made.see(trying.smoke(computer, program, self.base / "smoke.json"))
        made.see(trying.portable(computer, next(made.out.glob("*-portable.zip"))))

    def _freeze(self, source: Path, name: str) -> Path:
        runtime.look_at(self.python, source)
        return freeze(self.wine, self.python / "python.exe", source, self.made.work / name)
