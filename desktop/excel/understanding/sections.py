"""What a line of words says about the rows below it: the village or the team that they belong to."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from desktop.excel.reading.grid import Cell
from desktop.excel.understanding.wording import NUMBERED, bare, key, plain

IsPlace = Callable[[str], bool]

ENDING = re.compile(r"村民委员会|居民委员会|村委会|居委会|社区|村")
VILLAGE = re.compile(r"[\u4e00-\u9fff·]{1,12}(?:村民委员会|居民委员会|村委会|居委会|社区|村)")
TOWN = re.compile(r".*(?:镇|乡|街道|办事处|人民政府|政府|县|(?<!社)区|市|综治中心|平安办|本级)$")
FRONT = re.compile(r"[省市县区镇乡]|街道|园区")
BREAKS = re.compile(r"[\s()\[\]【】<>《》〈〉:;,、。/|“”\"'_—–\-~]+")
PLACE_LABEL = re.compile(
    r"\s*(?:填报单位|填报村|填报部门|单位名称|单位|村\(?社区\)?名称|村\(?社区\)?|村\(?居\)?|社区|村名|村名称|村居|村别|所在村|所属村|行政村"
    r"|村委会|报送单位)\s*(?:\([^()]*\))?\s*:\s*(.*)",
    re.DOTALL,
)
TEAM_LABEL = re.compile(
    r"\s*(?:队伍名称|队伍|组织名称|组织\(?队伍\)?名称|所属队伍|所在队伍|巡逻队名称|巡逻队)\s*:\s*(.*)",
    re.DOTALL,
)
TEAM = re.compile(r"[\w“”·]{1,30}(?:队伍|队|小组|分队)")
EVERY_TEAM = re.compile(r".*群防群治(?:组织)?(?:力量)?(?:队伍|组织)?")
ROSTER = re.compile(
    r"(?:人员|队员|成员)?(?:花名册|名册|名单|登记表|信息表|登记册|一览表|台账|汇总表|统计表)$"
)
ANNEX = re.compile(r"附[件表录]\s*[\d一二三四五六七八九十]{0,3}")
COUNT = re.compile(r"(?:共|计)?\s*\d+\s*(?:人|名|户|支|件|份)$")


def place_in(text: str, is_place: IsPlace) -> str | None:
    """The village that a title, a heading or a section names; ``None`` for none, or for several."""
    found: list[str] = []
    for piece in BREAKS.split(NUMBERED.sub("", plain(text), count=1)):
        one = next((word for word in _candidates(piece) if is_place(word)), None)
        if one is not None and not any(one.endswith(other) or other.endswith(one) for other in found):
            found.append(one)
    return found[0] if len(found) == 1 else None


def village_like(text: str) -> str | None:
    """The text of a section that looks like a village, whether or not it is one of this unit."""
    words = bare(NUMBERED.sub("", plain(text), count=1))
    words = COUNT.sub("", (_after(PLACE_LABEL, words) or words).strip(" :、.")).strip()
    return words if VILLAGE.fullmatch(words) and key(words) not in ("村", "社区") else None


def team_in(text: str, *, titled: bool = False) -> str | None:
    """The team that a section names: 队伍名称：北元村巡逻队, （一）北元村义务巡逻队（12人）.

    :param titled: the text is the title of a sheet, so only the roster of one team names it.
    """
    words = plain(text)
    if labelled := _after(TEAM_LABEL, words):
        return COUNT.sub("", bare(labelled)).strip() or None
    words = COUNT.sub("", bare(NUMBERED.sub("", words, count=1)).strip(" :、.")).strip()
    if titled:
        words = ROSTER.sub("", words)
        if words.endswith("队伍"):
            return None
    return words if TEAM.fullmatch(words) and not EVERY_TEAM.fullmatch(words) else None


def titled(text: str) -> bool:
    """Whether a text is the title of a table, as one stands between two tables of a sheet."""
    words = COUNT.sub("", bare(text).strip(" :、."))
    return ROSTER.search(words) is not None or ANNEX.fullmatch(words) is not None


def labelled(row: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    """What the cells of a line above the headings say: (``place`` or ``team``, value)."""
    words = [plain(cell) for cell in row if isinstance(cell, str) and not cell.isspace()]
    for at, text in enumerate(words):
        for kind, label in (("place", PLACE_LABEL), ("team", TEAM_LABEL)):
            if found := label.fullmatch(text):
                value = found[1].strip() or (words[at + 1] if at + 1 < len(words) else "")
                if value and ":" not in value[:8]:
                    yield kind, value


def said(text: str, is_place: IsPlace, names: Mapping[str, str]) -> dict[str, str]:
    """What a section row says about the rows below it, by target.

    :param names: the targets of ``place`` and ``team`` in this ledger, where it has them.
    """
    found: dict[str, str] = {}
    if "team" in names and (team := team_in(text, titled=titled(text))):
        found[names["team"]] = team
    if "place" in names and (place := place_in(text, is_place) or (None if found else village_like(text))):
        found[names["place"]] = place
    return found


def _candidates(piece: str) -> Iterator[str]:
    if piece and not TOWN.fullmatch(piece):
        yield piece
    starts = [0, *(one.end() for one in FRONT.finditer(piece))]
    for end in reversed([one.end() for one in ENDING.finditer(piece)]):
        for start in starts:
            if end - start > 1 and (start, end) != (0, len(piece)):
                yield piece[start:end]


def _after(label: re.Pattern[str], words: str) -> str:
    found = label.fullmatch(words)
    return found[1].strip() if found else ""
