"""The command line: every task of the program without the window.

Exit 0 done, 1 refused (one Chinese sentence on stderr: what, why, remedy), 2 usage; `trust` has a code of its
own, 7, for a new version that must not replace this one.
"""

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence

from desktop import __version__
from desktop.cli import backups, importing, journal, records, reporting, templates, users
from desktop.cli.arguments import Arguments, path
from desktop.errors import Refusal
from desktop.storage.trouble import as_refusal
from desktop.usage import Parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    chosen = _parser().parse_args(arguments)
    try:
        with as_refusal("未能完成"):
            verb: Callable[[Arguments], int] = chosen.verb
            return verb(chosen)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="pingan", description="平安台账：录入、检查、上报")
    parser.add_argument("--data", type=path, default=None, metavar="DIR", help="数据文件夹")
    parser.add_argument(
        "--today", type=dt.date.fromisoformat, default=None, metavar="YYYY-MM-DD", help="把这一天当作今天"
    )
    parser.add_argument(
        "--user", default=None, metavar="NAME", help="账号；不写时用 PINGAN_USER，再不然用唯一的管理账号"
    )
    parser.add_argument(
        "--password-file", type=path, default=None, metavar="FILE", help="密码文件；不写时用 PINGAN_PASSWORD"
    )
    parser.add_argument("--take-over", action="store_true", help="另一台电脑没有正常关闭这份数据，仍然打开")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def add(
        name: str, work: Callable[[Arguments], int], words: str, *, as_json: bool = False
    ) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=words, description=words)
        made.set_defaults(verb=work)
        if as_json:
            made.add_argument("--json", action="store_true", help="以 JSON 输出")
        return made

    for topic in (reporting, records, importing, templates, backups, users, journal):
        topic.declare(add)
    return parser
