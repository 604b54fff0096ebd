"""Makes the release that this machine can make, in build/out, and says plainly what it left out and why."""

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

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
    asked = parser.parse_args(arguments)
    os.environ["SOURCE_DATE_EPOCH"] = str(freezing.moment())
    try:
        if asked.new_key:
            print(f"密钥指纹：{sealing.new_key(asked.new_key)}")
            return 0
        made = Making(OUT, WORK, full=asked.full, key=asked.key, sign=asked.sign)
        release(made, asked.windows)
    except TROUBLE as trouble:
        print(f"没有完成：{trouble}", file=sys.stderr)
        return 1
    for one in sorted(one for one in OUT.iterdir() if one.is_file()):
        print(f"{one.stat().st_size / 1e6:8.1f} MB  {one.name}")
    return 0


def release(made: Making, frozen: Path | None) -> None:
    """Make everything that belongs into the release, and what goes with it.

    :param frozen: a program frozen on Windows.
    """
    shutil.rmtree(made.out, ignore_errors=True)
    made.out.mkdir(parents=True)
    if sys.platform == "linux":
        for_linux.make(made)
    for_windows.make(made, frozen)
    handing.complete(made.out, made.facts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
