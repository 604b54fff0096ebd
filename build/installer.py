"""Makes the release that this machine can make, in out/release, and says plainly what it left out and why."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop import __version__
from desktop.services import payload
from freeze import freezing
from linux import debian, package
from release import handing
from windows import compiling, runtime, wine

OUT = freezing.ROOT / "out"
RELEASE = OUT / "release"
MOST = 140.0  # megabytes of a frozen program
DEBIAN = OUT / "wine"  # the system with Wine, kept for the next time


class Failed(Exception):
    """The release must not go out."""


def main(arguments: Sequence[str]) -> int:
    """Make it all; 0 when everything that could be made here is sound."""
    parser = argparse.ArgumentParser(prog="dev.py installer", description="制作安装包，放在 out/release")
    parser.add_argument("--full", action="store_true", help="Windows 的也做：在 Wine 里冻结和试运行")
    parser.add_argument("--windows", type=Path, metavar="DIR", help="已经在 Windows 上冻结好的程序文件夹")
    parser.add_argument("--sign", default="", metavar="COMMAND", help="给文件签名的命令，文件名加在最后")
    asked = parser.parse_args(arguments)
    os.environ["SOURCE_DATE_EPOCH"] = str(freezing.moment())
    shutil.rmtree(RELEASE, ignore_errors=True)
    RELEASE.mkdir(parents=True)
    try:
        if sys.platform == "linux":
            made_on_linux(full=asked.full)
        program = asked.windows or windows_payload(full=asked.full)
        if program is not None:
            made_for_windows(program, asked.sign)
    except (Failed, freezing.Unmade, compiling.Uncompiled) as trouble:
        print(f"没有完成：{trouble}", file=sys.stderr)
        return 1
    handing.complete(RELEASE)
    for one in sorted(one for one in RELEASE.iterdir() if one.is_file()):
        print(f"{one.stat().st_size / 1e6:8.1f} MB  {one.name}")
    return 0


def made_on_linux(*, full: bool) -> None:
    program = timed("Linux 冻结", lambda: freezing.freeze(OUT / "freeze"))
    sound(program)
    tried(program)
    if full:
        again = timed("Linux 再冻结一次，应当逐个文件相同", lambda: freezing.freeze(OUT / "again"))
        alike(program, again)
        shutil.rmtree(OUT / "again")
    if shutil.which("dpkg-deb"):
        timed("Linux 安装包", lambda: package.build(program, RELEASE))
    else:
        left_out(".deb", "没有 dpkg-deb")


def windows_payload(*, full: bool) -> Path | None:
    """The frozen program for Windows; ``None`` where it cannot be made, and then it is said why."""
    if sys.platform == "win32":
        program = freezing.freeze(OUT / "freeze")
        sound(program)
        tried(program)
        return program
    if not full:
        left_out("Windows 安装包", "没有加 --full，也没有用 --windows 指定冻结好的程序")
        return None
    if why := debian.missing():
        left_out("Windows 安装包", why)
        return None
    return timed("Windows 冻结（Wine）", frozen_under_wine)


def frozen_under_wine() -> Path:
    base = OUT / "windows"
    base.mkdir(parents=True, exist_ok=True)
    python = runtime.make(base / "python", sees="Z:" + str(freezing.ROOT).replace("/", "\\"))
    system = wine.Wine(DEBIAN, base / "wine-home", [base, freezing.ROOT])
    system.prepare()
    program = wine.freeze(system, python, freezing.ROOT, OUT / "freeze-windows")
    sound(program)
    report = base / "smoke.json"
    report.unlink(missing_ok=True)
    window = f"wine {program}/pingan-window.exe --smoke-test 'Z:{report}' </dev/null 2>&1 | cat"
    done = system.run(f'xvfb-run -a -s "-screen 0 1366x768x24" bash -c "{window}"', seconds=200)
    if not report.exists() or not json.loads(report.read_text("utf-8"))["ok"]:
        raise Failed(f"冻结的 Windows 程序没有通过试运行，见 {report}\n{done.stdout[-500:]}")
    return program


def made_for_windows(program: Path, sign: str) -> None:
    timed("便携版 ZIP", lambda: compiling.portable(program, RELEASE, __version__))
    if why := compiling.missing():
        left_out("Windows 安装程序", why)
        return
    setup = timed("Windows 安装程序", lambda: compiling.setup(program, RELEASE, __version__, sign))
    if sign:
        subprocess.run([*sign.split(), str(setup)], check=True)


def alike(first: Path, second: Path) -> None:
    """Refuse a freeze that another from the same commit differs from; the lists name every file's digest."""
    one, other = ((each / payload.INTERNAL / payload.LIST).read_text("utf-8") for each in (first, second))
    if differing := sorted({*one.splitlines()} ^ {*other.splitlines()}):
        raise Failed(f"两次冻结有 {len(differing)} 处不同：{differing[0]}")


def sound(program: Path) -> None:
    size = freezing.megabytes(program)
    print(f"   {size:.1f} MB", flush=True)
    if size > MOST:
        raise Failed(f"程序有 {size:.1f} MB，最大 {MOST:.0f} MB")


def tried(program: Path) -> None:
    """Let the frozen program compare itself with the source, and do everything once."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "smoke.json"
        env = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PINGAN_DATA": str(Path(folder) / "data")}
        checks = ((program / "pingan", "self-check"), (program / "pingan-window", "--smoke-test", report))
        for command in checks:
            done = subprocess.run(
                [str(one) for one in command],
                env=env,
                capture_output=True,
                text=True,
                timeout=200,
                check=False,
            )
            if done.returncode:
                told = report.read_text("utf-8") if report.exists() else done.stdout + done.stderr
                raise Failed(f"冻结的程序没有通过 {command[1]}\n{told[-1500:]}")
    print("   自检、试运行通过", flush=True)


def timed(name: str, work: Callable[[], Path]) -> Path:
    """Do ``work``, and say how long it took."""
    print(f"== {name}", flush=True)
    began = time.perf_counter()
    result = work()
    print(f"   {time.perf_counter() - began:.0f} 秒", flush=True)
    return result


def left_out(what: str, why: str) -> None:
    print(f"== 没有做 {what}：{why}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
