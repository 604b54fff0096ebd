"""Makes the release that this machine can make, in build/out, and says plainly what it left out and why."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.storage.trouble import explained
from freeze import freezing
from linux import releasing as for_linux
from release import handing, sealing
from release.making import Failed, Making
from windows import compiling, life, signatures
from windows import releasing as for_windows

OUT = freezing.ROOT / "build" / "out"
WORK = freezing.ROOT / "out"
TROUBLE = (
    *(Failed, freezing.Unmade, compiling.Uncompiled, sealing.Unsealed, signatures.Unsigned),
    *(life.Unfit, for_linux.Unfit),
)


def main(arguments: Sequence[str]) -> int:
    """Make it all; 0 when everything that could be made here is sound."""
    parser = argparse.ArgumentParser(prog="dev.py installer", description="制作安装包，放在 build/out")
    parser.add_argument(
        "--full", action="store_true", help="全套：旧系统也能用的 Linux 包、Windows 安装包，都做完整的试运行"
    )
    parser.add_argument("--windows", type=Path, metavar="DIR", help="已经在 Windows 上冻结好的程序文件夹")
    parser.add_argument("--sign", default="", metavar="COMMAND", help="给文件签名的命令，文件名加在最后")
    parser.add_argument("--key", type=Path, metavar="FILE", help="给更新签名的密钥")
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="只生成一把给更新签名的密钥")
    parser.add_argument("--from", dest="origin", type=Path, default=Path(), help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    key, new_key, frozen = (one and asked.origin / one for one in (asked.key, asked.new_key, asked.windows))
    os.environ["SOURCE_DATE_EPOCH"] = str(freezing.moment())
    try:
        if new_key:
            print(f"密钥指纹：{sealing.new_key(new_key)}")
            return 0
        made = Making(WORK / "release", WORK, full=asked.full, key=key, sign=asked.sign)
        release(made, frozen, OUT)
    except (*TROUBLE, subprocess.SubprocessError, OSError) as trouble:
        print(f"没有完成：{_why(trouble)}", file=sys.stderr)
        return 1
    for one in sorted(one for one in OUT.iterdir() if one.is_file()):
        print(f"{one.stat().st_size / 1e6:8.1f} MB  {one.name}")
    return 0


def release(made: Making, frozen: Path | None, whole: Path) -> None:
    """Make everything that belongs into the release, and what goes with it.

    :param frozen: a program frozen on Windows.
    :param whole: where the release is moved when all of it is made; until then nothing is there.
    """
    for folder in (whole, made.out):
        if folder.exists():
            shutil.rmtree(folder)
    sealing.look_at(made.key, made.sign)
    if frozen is not None:
        for_windows.look_at(frozen)
    made.out.mkdir(parents=True)
    if sys.platform == "linux":
        for_linux.make(made)
    for_windows.make(made, frozen)
    handing.complete(made.out, made.facts)
    shutil.move(made.out, whole)


def _why(trouble: Exception) -> str:
    """What stopped it, in a sentence, and the last lines of a program that failed."""
    if isinstance(trouble, shutil.Error):  # one for each file of a folder
        (_, target, _), *_ = trouble.args[0]
        return f"{len(trouble.args[0])} 个文件没有写到 {Path(target).parent}，磁盘可能已满"
    if isinstance(trouble, OSError) and (told := explained("", trouble)):
        return f"{told.why}。{told.remedy}"
    if isinstance(trouble, subprocess.TimeoutExpired):
        return f"{_name(trouble.cmd)} 没有在 {trouble.timeout:.0f} 秒内做完"
    if isinstance(trouble, subprocess.CalledProcessError):
        texts = [os.fsdecode(one) for one in (trouble.stdout, trouble.stderr) if one]
        lines = "\n".join(texts).splitlines()[-8:]
        return "\n".join([f"{_name(trouble.cmd)} 报告 {trouble.returncode}", *lines])
    return str(trouble)


def _name(command: str | Sequence[str | Path]) -> str:
    return Path(command if isinstance(command, str) else command[0]).name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
