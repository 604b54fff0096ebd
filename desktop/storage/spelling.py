"""Pinyin of names: whole for sorting, initials for searching, surnames read rightly."""

import os
import re
from functools import cache, lru_cache
from itertools import product

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "查": "zha", "任": "ren", "区": "ou", "朴": "piao",
    "盖": "ge", "翟": "zhai", "尉": "wei", "缪": "miao", "燕": "yan", "冼": "xian", "乐": "yue", "员": "yun",
    "秘": "bi", "种": "chong", "召": "shao", "洗": "xian", "逄": "pang", "折": "she", "黑": "he", "纪": "ji",
    "华": "hua", "应": "ying", "宁": "ning", "卜": "bu", "郗": "xi", "葛": "ge", "隗": "wei", "令": "ling",
    "万": "wan", "么": "yao", "尹": "yin", "眭": "sui", "揭": "jie", "覃": "qin", "佴": "nai", "晟": "cheng",
    "曲": "qu", "沈": "shen", "石": "shi", "车": "che", "都": "du", "长": "zhang", "哈": "ha", "过": "guo",
}  # fmt: skip
DOUBLE_SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "令狐": "ling hu",
    "单于": "chan yu", "夏侯": "xia hou", "中行": "zhong hang", "宇文": "yu wen",
}  # fmt: skip
CHINESE = re.compile(r"[\u3400-\u9fff]")
MOST_READINGS = 8  # combinations kept for one name


@cache
def readings(character: str) -> tuple[str, ...]:
    """Every reading of one character without tones; other marks read as themselves, in lower case."""
    if not CHINESE.match(character):
        return (character.lower(),)
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # read one by one: spares 45 MiB and a stall of 0.2 s
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(found))


@lru_cache(4096)  # a name is spelled for its order, and again for the search
def spelled(name: str) -> str:
    """The pinyin of a name, as a sort key: 单田芳 is ``shan tian fang``."""
    head = name[:2]
    if head in DOUBLE_SURNAMES:
        return " ".join([DOUBLE_SURNAMES[head], *(readings(mark)[0] for mark in name[2:])])
    return " ".join(
        SURNAMES.get(mark, readings(mark)[0]) if at == 0 else readings(mark)[0]
        for at, mark in enumerate(name)
    )


def initials(name: str) -> list[str]:
    """Pinyin initials of a name, one word a reading: 单田芳 is ``stf``, ``dtf`` and ``ctf``."""
    choices = [_letters(mark) for mark in name if mark.isalnum()]
    found = ["".join([word[0] for word in spelled(name).split() if word[0].isalnum()])]
    for combination in product(*choices):
        if len(found) >= MOST_READINGS:
            break
        found.append("".join(combination))
    return list(dict.fromkeys(found))


@cache
def _letters(mark: str) -> tuple[str, ...]:
    """The first letters of every reading of one character."""
    return tuple(dict.fromkeys(reading[0] for reading in readings(mark)))
