"""Headings as words to compare: without the marks, brackets and line breaks that hands put around them."""

import re
import unicodedata
from functools import lru_cache

BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
NUMBERED = re.compile(r"\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[.、．)]\s*|(?<=[)])\s*)(?=\S)")
PREFIXES = (
    *("队员", "成员", "本人", "人员", "志愿者", "个人", "填写", "其中"),
    *("村级", "所属", "所在", "现", "具体", "协议", "事项", "队伍"),
)
SUFFIXES = ("情况", "信息", "名称", "栏", "一栏", "全称", "内容", "说明", "姓名")
SAME = (("时间", "日期"), ("日期", "时间"), ("年月", "日期"), ("号码", "号"), ("号", "号码"))  # at the end
REMEMBERED = 10_000  # texts
UNITS = re.compile(r"[(\[【]\s*(?:单位[::]?)?\s*(元|百元|千元|万元|亿元|百人|千人|万人|万户|万票)\s*[)\]】]")


def plain(text: str) -> str:
    """``text`` in one width and one case, with its marks."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(REMEMBERED)
def key(text: str) -> str:
    """The letters, digits and signs of ``text`` alone: ``村（社区）*`` is ``村社区``."""
    return "".join(mark for mark in plain(text) if mark.isalnum())


def bare(text: str) -> str:
    """``text`` without what stands in brackets: ``应到（人）`` is ``应到``."""
    words, before = plain(text), ""
    while words != before:
        words, before = BRACKETED.sub("", words), words
    return words


@lru_cache(REMEMBERED)
def forms(text: str) -> tuple[tuple[str, ...], ...]:
    """The keys under which a heading is looked up, best first, in three grades.

    As it stands (without a number in front); without its brackets; without a word that adds nothing.
    """
    numbered = NUMBERED.sub("", plain(text), count=1) if NUMBERED.match(plain(text)) else plain(text)
    exact = _once(key(text), key(numbered))
    stripped = _once(key(bare(text)), key(bare(numbered)))
    loose = []
    for word in (*exact, *stripped):
        loose += [word.removeprefix(one) for one in PREFIXES if word.startswith(one)]
        loose += [word.removesuffix(one) for one in SUFFIXES if word.endswith(one)]
        loose += [word.removesuffix(one) + same for one, same in SAME if word.endswith(one)]
    return exact, tuple(one for one in stripped if one not in exact), _once(*loose)


def unit(text: str) -> str:
    """The unit that a heading names in brackets where it changes the number: 元, 万元, 万人; else nothing."""
    found = UNITS.search(plain(text))
    return found[1] if found else ""


def _once(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
