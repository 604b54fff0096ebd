"""What the window is started with: the same words as the command line, and a refusal in a box."""

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from desktop.usage import Parser


class WindowParser(Parser):
    """A window has no terminal to tell wrong usage in."""

    def error(self, message: str) -> NoReturn:
        raise self.refusal(message)


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """The data folder, the day and the file that were asked for.

    :raises Refusal: an argument is unknown or cannot be read.
    """
    parser = WindowParser(prog="pingan-window", description="平安台账")
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="要添加的模板方案文件（.pazb）")
    parser.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹")
    parser.add_argument("--practice", action="store_true", help="打开练习乡镇")
    parser.add_argument(
        "--today", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="当作今天的日期，如 2026-11-23"
    )
    return parser.parse_args(arguments)
