"""Names of teams that are nearly the same: one is probably the other, mistyped or shortened."""

from collections import defaultdict
from operator import ne

from desktop.services import areas

ORDINALS = frozenset("0123456789一二三四五六七八九十甲乙丙丁东西南北中前后上下大小男女老新")
ENDINGS = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "村")
SHORTEST = 3  # characters, below which one other character makes another name
MOST_LOOKED_AT = 200  # teams of one village


class Names:
    """The names of teams by village, in plain form."""

    def __init__(self) -> None:
        self._found: dict[str | None, dict[str, str]] = defaultdict(dict)

    def add(self, village: str | None, word: str, shown: str) -> None:
        if len(self._found[village]) < MOST_LOOKED_AT:
            self._found[village][word] = shown

    def near(self, village: str | None, word: str, front: str) -> str:
        """A name of the same village, or of the township itself, that is nearly ``word``; empty if none is.

        :param front: the village's name in plain form, which some put in front.
        """
        front = areas.stem(front)
        known = self._found.get(village, {}) | self._found.get(None, {})
        return next(
            (shown for other, shown in known.items() if other != word and alike(word, other, front)), ""
        )


def alike(one: str, other: str, front: str) -> bool:
    """Whether two names are equal but for the village in front, or for one character that is no ordinal."""
    one, other = _core(one, front), _core(other, front)
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST or len(long) - len(short) > 1:
        return False
    if len(short) == len(long):
        at = [place for place, differs in enumerate(map(ne, short, long)) if differs]
        return len(at) == 1 and len(short) > SHORTEST and not {short[at[0]], long[at[0]]} <= ORDINALS
    return any(long[:at] + long[at + 1 :] == short and long[at] not in ORDINALS for at in range(len(long)))


def _core(word: str, front: str) -> str:
    """沈圩村委会巡逻队 and 沈圩巡逻队 are both 巡逻队."""
    if not front or not word.startswith(front):
        return word
    rest = word.removeprefix(front)
    return next((rest.removeprefix(one) for one in ENDINGS if rest.startswith(one)), rest) or word
