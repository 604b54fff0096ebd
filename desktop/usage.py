"""argparse in Chinese: its own words where it asks gettext for them, and wrong usage as one sentence."""

import argparse
import sys
from typing import NoReturn

from desktop.errors import Refusal

WRONG_USAGE = 2  # the exit code
WORDS = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "show this help message and exit": "显示这份说明",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s %(message)s",
    "the following arguments are required: %s": "缺少 %s",
    "unrecognized arguments: %s": "不认识 %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这一项，可以是 %(choices)s",
    "invalid %(type)s value: %(value)r": "写的 %(value)r 读不懂",
    "expected one argument": "后面要写一项",
    "expected at least one argument": "后面至少要写一项",
    "expected at most one argument": "后面最多写一项",
    "expected %s argument": "后面要写 %s 项",
    "not allowed with argument %s": "不能和 %s 一起写",
    "one of the arguments %s is required": "%s 中要写一个",
    "ignored explicit argument %r": "后面不能写 %r",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可以是 %(matches)s",
}


def _translated(word: str) -> str:
    return WORDS.get(word, word)


def _counted(word: str, words: str, many: int) -> str:
    return _translated(word)


vars(argparse).update(_=_translated, ngettext=_counted)  # its names for gettext; no catalogue is installed


class Parser(argparse.ArgumentParser):
    """Wrong usage is told as everything else is: what did not happen, why, and the way out."""

    def error(self, message: str) -> NoReturn:
        print(self.refusal(message), file=sys.stderr)
        sys.exit(WRONG_USAGE)

    def refusal(self, message: str) -> Refusal:
        return Refusal("没有执行", message, f"请用 {self.prog} --help 查看用法")
