"""The Linux part of a release: frozen, tried, packed, and the package's life."""

import tempfile
from pathlib import Path

from freeze import freezing, starting
from linux import debian, life, needs, old, package
from release.making import Failed, Making, alike, sound, tried

Unfit = life.Unfit
BARE = "bookworm"


def make(made: Making) -> None:
    """Make and try what can be made here; the rest is noted as left out.

    :raises release.making.Failed: the program is not as it must be.
    :raises Unfit: the package did not live as it must.
    """
    own = not made.full or debian.missing()  # else it is frozen with a Python made for that
    if own and (why := freezing.missing()):
        made.leave_out("Linux 程序和 .deb", why)
        return
    program = made.do("Linux 冻结", lambda: frozen(made, made.work / "freeze"))
    made.see(f"Linux：{sound(program)}，{tried(program)}")
    if made.full:
        again = made.do("Linux 再冻结一次", lambda: frozen(made, made.work / "again"))
        made.see(f"Linux 程序{alike(program, again)}")
        source, began = made.do("启动时间", lambda: starting.starts(program))
        made.see(
            f"从启动到第一个画面：源码 {source:.2f} 秒，冻结的程序 {began:.2f} 秒（{began / source:.2f} 倍）"
        )
        if began > source * starting.MOST:
            raise Failed("冻结的程序启动太慢")
    if why := package.missing():
        made.leave_out(".deb", why)
        return
    deb = made.do("Linux 安装包", lambda: package.build(program, made.out))
    made.know(glibc=f"2.{needs.glibc(program)}")
    if made.full:
        with tempfile.TemporaryDirectory(dir=made.work) as folder:
            again = made.do("Linux 安装包再做一次", lambda: package.build(program, Path(folder)))
            if again.read_bytes() != deb.read_bytes():
                raise Failed("两次做的 .deb 不同")
        made.see(".deb 做了两次，逐字节相同")
    if not made.full:
        made.leave_out(".deb 的安装、更新、卸载", "没有加 --full")
    elif why := debian.missing():
        made.leave_out(".deb 的安装、更新、卸载", why)
    else:
        base = debian.Debian(made.work / "debian", BARE, (), ())
        for one in made.do(f".deb 在干净的 Debian（{BARE}）里", lambda: life.live(deb, base)):
            made.see(f".deb：{one}")


def frozen(made: Making, out: Path) -> Path:
    """The program, for older systems when all is done and such a base can be made."""
    if not made.full:
        made.leave_out("较旧系统（glibc 2.28）能用的 Linux 程序", "没有加 --full，用的是本机的 Python")
    elif why := debian.missing():
        made.leave_out("较旧系统（glibc 2.28）能用的 Linux 程序", why)
    else:
        return old.freeze(made.work / "old", out)
    return freezing.freeze(out)
