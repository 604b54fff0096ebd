"""The file of ``--map``: what somebody says about columns and words, read leniently."""

import json
from pathlib import Path

from desktop.errors import Refusal, Unreadable
from desktop.excel.understanding import targets
from desktop.excel.understanding.learnt import ASIDE, Learnt
from desktop.records.codes import plain
from desktop.records.fields import Ledger
from desktop.storage.trouble import as_refusal

CODINGS = ("utf-8-sig", "gb18030")
LARGEST = 1024 * 1024  # bytes


def read(file: Path, ledger: type[Ledger]) -> Learnt:
    """What ``file`` says, as :class:`Learnt` has it in JSON; a pair may stand either way round.

    :raises Refusal: it cannot be read, or names something that ``ledger`` does not have.
    """
    what = f"未能读取“{file.name}”"
    with as_refusal(what):
        content = file.read_bytes()
    try:
        if len(content) > LARGEST:
            raise Unreadable("大于 1 MB，不像一份栏目对照")
        learnt = Learnt.of(json.loads(_text(content)))
        names = {plain(word): one.name for one in targets.targets(ledger) for word in (one.label, one.name)}
        columns = dict(_pair(heading, meant, names) for heading, meant in learnt.columns.items())
        words = {}
        for name, said in learnt.words.items():
            if plain(name) not in names:
                raise Unreadable(f"中的“{name}”不是{ledger.caption}的栏目")
            words[names[plain(name)]] = said
    except RecursionError as trouble:
        raise Refusal(what, "内容套得太深", "请照说明写成一组“列名: 栏目”") from trouble
    except ValueError as trouble:
        raise Refusal(what, "不是 JSON 格式的文本", "请照说明写成一组“列名: 栏目”") from trouble
    except Unreadable as trouble:
        raise Refusal(what, f"文件{trouble}", "可用 fields 命令查看栏目的名称") from trouble
    return Learnt(columns, words, learnt.header)


def _text(content: bytes) -> str:
    for coding in CODINGS:
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("不是文本文件")


def _pair(heading: str, meant: str, names: dict[str, str]) -> tuple[str, str]:
    """A heading and the name of what it means, whichever stands first."""
    if meant == ASIDE:
        return heading, ASIDE
    if plain(meant) in names:
        return heading, names[plain(meant)]
    if plain(heading) in names:
        return meant, names[plain(heading)]
    raise Unreadable(f"把“{heading}”对应到“{meant}”，没有这个栏目")
