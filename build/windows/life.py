"""The life of the Windows setup on a computer that is thrown away: each step looks at what is on the disk."""

import shlex
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.services import payload
from windows.computer import DRIVE, Computer, install

ID = "PinganTaizhang"
UNINSTALL = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{ID}"
CHOSEN = r"C:\我的 程序\平安"  # a folder that a clerk might choose
LONG = "C:\\" + "很长" * 80
NEWS, RUNNING, FOLDER, ROOM, UNSOUND, HELD, UNTRUSTED = 3, 4, 5, 6, 7, 8, 10  # exit codes, as in setup.nsi
CUT = 2  # NSIS' own


class Unfit(Exception):
    """The setup did not do what it must; what was seen."""


@dataclass(frozen=True)
class Version:
    """One version of the program.

    :param program: the folder that ``setup`` was made from.
    """

    number: str
    setup: Path
    program: Path

    @property
    def kilobytes(self) -> int:
        return sum(one.stat().st_size for one in self.program.rglob("*") if one.is_file()) // 1024


@dataclass(frozen=True)
class Life:
    """What is tried.

    :param lacking: ``newer`` made from a program in which a file is missing.
    :param blind: ``newer`` that does not look for room first, as if the disk filled up meanwhile.
    :param foreign: ``newer`` as another office would sign it.
    :param record: makes records with the program in this folder.
    :param recorded: the records as that program tells them.
    """

    computer: Computer
    older: Version
    newer: Version
    lacking: Path
    blind: Path
    foreign: Path
    record: Callable[[Computer, Path], None]
    recorded: Callable[[Computer, Path], object]

    @property
    def home(self) -> Path:
        """Where the program is put when nobody chooses."""
        return self.computer.local / "Programs" / ID

    @property
    def data(self) -> Path:
        return self.computer.local / ID / "data"


def live(life: Life) -> Iterator[str]:
    """Everything that happens to an installed program, in this order; a minute and the program's own time.

    :yields: a sentence for each thing seen.
    :raises Unfit: on the first that is not as it must be.
    """
    for step in STEPS:
        yield step(life)


def first(life: Life) -> str:
    must(life.computer.call(install(life.older.setup)), 0, life)
    whole(life.home, life.older)
    expect(len(links(life)) == 2, f"桌面和开始菜单的图标：{links(life)}")
    seen = {
        "文件关联": (
            life.computer.registry(rf"Software\Classes\{ID}.Profile\shell\open\command"),
            "pingan-window",
        ),
        "扩展名": (life.computer.registry(r"Software\Classes\.pazb"), ID),
        "版本": (life.computer.registry(UNINSTALL, "DisplayVersion"), life.older.number),
        "大小": (life.computer.registry(UNINSTALL, "EstimatedSize"), "0x"),
    }
    for name, (found, wanted) in seen.items():
        expect(found is not None and wanted in found, f"{name}是 {found}")
    life.record(life.computer, life.home)
    return f"静默安装到账号“{life.computer.person.name}”，文件齐全，有桌面和开始菜单图标、文件关联、卸载项"


def running(life: Life) -> str:
    window = shlex.quote(str(life.home / "pingan-window.exe"))
    starts = f"wine {window} --practice >/dev/null 2>&1 & {_comes('pingan-window')}"
    remove = f"wine {shlex.quote(str(life.home / 'uninstall.exe'))} /S _?={_split(windows(life, life.home))}"
    codes = life.computer.calls(starts, install(life.newer.setup), remove, _ends("pingan-window"))
    must(codes[1], RUNNING, life)
    words = refused(codes[2], RUNNING, life)
    whole(life.home, life.older)
    return f"程序开着时不更新也不卸载，原版完好：{words}"


def held(life: Life) -> str:
    """Another program stands in the folder of the old version, so that it cannot be renamed."""
    inside = shlex.quote(str(life.home / payload.INTERNAL))
    stands = f"cd {inside}; wine ping -n 600 127.0.0.1 >/dev/null 2>&1 & {_comes('ping.exe')}"
    codes = life.computer.calls(stands, install(life.newer.setup), _ends("ping.exe"))
    words = refused(codes[1], HELD, life)
    whole(life.home, life.older)
    return f"旧版的文件被别的程序占着时不更新，原版完好：{words}"


def cut(life: Life) -> str:
    part = life.computer.wine.home / "part-setup.exe"
    content = life.newer.setup.read_bytes()
    part.write_bytes(content[: len(content) * 9 // 10])
    must(life.computer.call(install(part)), CUT, life)
    part.unlink()
    whole(life.home, life.older)
    return "没有复制完的安装程序不安装，原版完好"


def lacking(life: Life) -> str:
    words = refused(life.computer.call(install(life.lacking)), UNSOUND, life)
    whole(life.home, life.older)
    return f"少了文件的安装程序不安装，原版完好：{words}"


def folders(life: Life) -> str:
    long = refused(life.computer.call(install(life.newer.setup, LONG)), FOLDER, life)
    mount = life.computer.with_disk(life.newer.kilobytes * 4)
    closed = f"mount -o remount,ro {life.computer.small}"
    codes = life.computer.calls(mount, closed, install(life.newer.setup, rf"{DRIVE}\平安"))
    closed = refused(codes[-1], FOLDER, life)
    whole(life.home, life.older)
    return f"路径太长不安装：{long}；只读的文件夹不安装：{closed}"


def occupied(life: Life) -> str:
    """Another program lies in the chosen folder, and part of it bears the names of ours."""
    folder = life.computer.prefix / "drive_c/tools"
    theirs = [folder / name for name in ("_internal/theirs.dll", "_new/theirs.txt", "uninstall.exe")]
    for one in theirs:
        one.parent.mkdir(parents=True, exist_ok=True)
        one.write_text("别人的", "utf-8")
    words = refused(life.computer.call(install(life.newer.setup, r"C:\tools")), FOLDER, life)
    found = [one for one in folder.rglob("*") if one.is_file()]
    expect(sorted(found) == sorted(theirs), f"别人的文件夹里是 {found}")
    whole(life.home, life.older)
    return f"选的文件夹里有别的程序时不安装，别人的文件都在：{words}"


def interrupted(life: Life) -> str:
    """The power failed while the files were exchanged, and the next setup is refused, too."""
    old, new = life.home / "_old", life.home / "_new"
    for one in (old, new):
        one.mkdir()
    for name in ("pingan-window.exe", payload.INTERNAL):
        (life.home / name).rename(old / name)
    shutil.copy(life.newer.program / "pingan-window.exe", life.home)
    refused(life.computer.call(install(life.lacking)), UNSOUND, life)
    whole(life.home, life.older)
    (old / payload.INTERNAL).mkdir(parents=True)  # or it failed when all was done but this
    refused(life.computer.call(install(life.lacking)), UNSOUND, life)
    whole(life.home, life.older)
    return "更新到一半断电的，下一次先还原旧版；这一次又不能安装，旧版照样完好"


def full(life: Life) -> str:
    """Three ways: no room at first, a disk that fills while unpacking, none for the copy of the records."""
    needed, small = life.newer.kilobytes, life.computer.small
    filled = f"free=$(df --output=avail -k {small} | tail -1); head -c $((free - {needed} / 2))k /dev/zero"
    folder, kept = rf"{DRIVE}\平安", life.computer.wine.home / "full"
    seen = []
    for setup in (life.newer.setup, life.blind):
        shutil.rmtree(kept, ignore_errors=True)
        codes = life.computer.calls(
            life.computer.with_disk(needed * 3 + 500),
            install(life.older.setup, folder),
            f"{filled} > {small}/filler",
            install(setup, folder),
            f"cp -a {small}/平安 {kept}",
        )
        must(codes[1], 0, life)
        seen.append(refused(codes[3], ROOM, life))
        whole(kept, life.older)
    little, home = life.computer.with_disk(16), windows(life, life.home)
    data = f"export PINGAN_DATA='{DRIVE}\\data'; mkdir {small}/data; head -c 12000 /dev/urandom"
    codes = life.computer.calls(little, f"{data} > {small}/data/data.db; {install(life.newer.setup, home)}")
    seen.append(refused(codes[-1], ROOM, life))
    must(life.computer.call(install(life.older.setup, home)), 0, life)  # not where the last one was put
    whole(life.home, life.older)
    return f"磁盘满时不安装，原版完好：{'；'.join(seen)}"


def repaired(life: Life) -> str:
    (life.home / "pingan.exe").write_bytes(b"MZ")
    shutil.rmtree(life.home / payload.INTERNAL / "licences")
    (life.home / "_new").mkdir()
    (life.home / "_new" / "left.tmp").write_text("上次没有装完", "utf-8")
    must(life.computer.call(install(life.older.setup)), 0, life)
    whole(life.home, life.older)
    expect(not (life.home / "_new").exists(), "上次没有装完的文件还在")
    return "装坏了的旧版，重新安装后修复"


def upgraded(life: Life) -> str:
    before = life.recorded(life.computer, life.home)
    database = (life.data / "data.db").read_bytes()
    (life.home / payload.INTERNAL / "stale.pyd").write_bytes(b"old")
    must(life.computer.call(install(life.newer.setup)), 0, life)
    whole(life.home, life.newer)
    version = life.computer.registry(UNINSTALL, "DisplayVersion")
    expect(version == life.newer.number, f"登记的版本是 {version}")
    kept = life.data / "backups/before-setup/data.db"
    expect(kept.exists() and kept.read_bytes() == database, "更新前没有备份记录")
    expect(life.recorded(life.computer, life.home) == before, "更新后记录不同了")
    return f"从 {life.older.number} 更新到 {life.newer.number}：旧文件没有留下，记录先备份、仍在"


def downgraded(life: Life) -> str:
    words = refused(life.computer.call(install(life.older.setup)), NEWS, life)
    whole(life.home, life.newer)
    return f"旧版安装程序不覆盖新版：{words}"


def untrusted(life: Life) -> str:
    words = refused(life.computer.call(install(life.foreign)), UNTRUSTED, life)
    whole(life.home, life.newer)
    return f"签名不是同一个单位的不更新：{words}"


def removed(life: Life) -> str:
    before = life.recorded(life.computer, life.home)
    foreign = life.home / "别人的文件.txt"
    foreign.write_text("不能删", "utf-8")
    life.computer.call(f"wine {shlex.quote(str(life.home / 'uninstall.exe'))} /S")
    left = sorted(one.name for one in life.home.iterdir())
    expect(left == [foreign.name], f"卸载后程序文件夹里还有 {left}")
    expect(life.computer.registry(UNINSTALL, "DisplayVersion") is None, "卸载项还在")
    expect(not links(life), "图标还在")
    must(life.computer.call(install(life.newer.setup)), 0, life)
    whole(life.home, life.newer)
    expect(life.recorded(life.computer, life.home) == before, "卸载、重装后记录不同了")
    foreign.unlink()
    return "卸载按清单删除，别人的文件和记录都在；重装后接着用"


def elsewhere(life: Life) -> str:
    must(life.computer.call(install(life.newer.setup, CHOSEN)), 0, life)
    folder = life.computer.prefix / "drive_c" / CHOSEN.removeprefix("C:\\").replace("\\", "/")
    whole(folder, life.newer)
    life.computer.call(f"wine {shlex.quote(str(life.home / 'uninstall.exe'))} /S")
    expect(not life.home.exists(), "原来的文件夹还在")
    expect(life.computer.registry(UNINSTALL, "DisplayVersion") is not None, "卸载旧的一份，新的卸载项没有了")
    expect(len(links(life)) == 2, "卸载旧的一份，新的图标没有了")
    life.computer.call(f"wine {shlex.quote(str(folder / 'uninstall.exe'))} /S")
    expect(not folder.exists(), "卸载后选定的文件夹还在")
    return f"装在“{CHOSEN}”，卸载后不留文件"


STEPS: tuple[Callable[[Life], str], ...] = (
    *(
        first,
        running,
        held,
        cut,
        lacking,
        folders,
        occupied,
        interrupted,
        full,
        repaired,
        upgraded,
        downgraded,
        untrusted,
        removed,
        elsewhere,
    ),
)


def must(code: int, wanted: int, life: Life) -> None:
    """Refuse another exit code."""
    expect(code == wanted, f"退出码是 {code}，应当是 {wanted}\n{life.computer.said[-600:]}")


def refused(code: int, wanted: int, life: Life) -> str:
    """Refuse another exit code, and a refusal that does not say what did not happen, why, and what to do.

    :returns: what it said; a silent setup leaves it in a file.
    """
    must(code, wanted, life)
    files = [*life.computer.person.rglob(f"{ID}-setup.txt")]
    words = files[0].read_text("utf-16").replace("\n", "") if files else ""
    expect(words.startswith("没有") and words.count("。") > 1, f"没有说明为什么：{words}")
    files[0].unlink()
    return f"“{words}”"


def whole(folder: Path, version: Version) -> None:
    """Refuse an installed program that is not ``version``, file for file."""
    faults = payload.faults(folder)
    expect(not faults, f"{folder.name}：{'；'.join(faults[:3])}")
    place = Path(payload.INTERNAL, payload.LIST)
    same = (folder / place).read_bytes() == (version.program / place).read_bytes()
    expect(same, f"装着的不是 {version.number}")
    expect(not (folder / "_new").exists() and not (folder / "_old").exists(), "解压的文件没有清理")


def links(life: Life) -> list[Path]:
    """The links on the desktop, which may be a link itself, and in the start menu."""
    person = life.computer.person
    return [*person.glob("Desktop/平安台账.lnk"), *person.rglob("Programs/平安台账.lnk")]


def windows(life: Life, folder: Path) -> str:
    """``folder`` on drive C: as Windows names it."""
    return "C:\\" + str(folder.relative_to(life.computer.prefix / "drive_c")).replace("/", "\\")


def _comes(name: str) -> str:
    """The shell's waiting for a Windows program; Linux shortens its name."""
    return f"for i in $(seq 120); do grep -qs {name} /proc/[0-9]*/comm && break; sleep 0.5; done; sleep 2"


def _ends(name: str) -> str:
    return f"kill $(grep -ls {name} /proc/[0-9]*/comm | cut -d/ -f3)"


def _split(path: str) -> str:
    return " ".join(map(shlex.quote, path.split(" ")))


def expect(seen: bool, otherwise: str) -> None:
    if not seen:
        raise Unfit(otherwise)
