"""The places of a unit, read once: from what a clerk writes to the code of an area."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from itertools import product

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import Unreadable
from desktop.records import Region
from desktop.records.codes import plain
from desktop.records.region import short
from desktop.services import areas
from desktop.services.places import TOWN_ITSELF

TOWN_ENDINGS = ("街道办事处", "办事处", "街道", "镇", "乡")
WHOLE_TOWN = frozenset(
    ("镇直", "镇级", "全镇", "镇机关", "镇政府", "乡直", "乡级", "全乡", "乡机关", "乡政府", "街道", "办事处")
)  # what else stands for the township itself
MOST_NAMED = 4  # candidates that a sentence names
PROVINCE = "安徽省"  # the list of areas begins below it
CODE = re.compile(r"\d{12}")


class Gazetteer:
    """The areas that are in use on a day, by every way in which clerks write them."""

    def __init__(self, session: Session, on: dt.date) -> None:
        self.unit = areas.unit_code(session)
        self._names: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._towns: dict[str, list[str]] = defaultdict(list)
        self._villages: dict[str, list[str]] = defaultdict(list)
        self._known: dict[tuple[str, str, str | None], str | Unreadable | None] = {}
        query = select(Region.code, Region.name, Region.parent_code, Region.level)
        for code, name, parent, level in session.execute(
            query.where(Region.deleted_at.is_(None)).order_by(Region.id)
        ):
            if code is None:
                continue
            if level == "township" and code not in self._names:
                self._towns[_town_stem(plain(name or ""))].append(code)
            self._names[code], self._parents[code] = name or code, parent or ""
        for region in areas.villages(session, on):
            if region.code:
                self._villages[areas.stem(plain(region.name or ""))].append(region.code)
        self._fronts = self._all_fronts()

    def _all_fronts(self) -> dict[str, str]:
        """What may stand in front of a village's name, to its town's code: 符离镇, 宿州市埇桥区符离镇."""
        fronts: dict[str, str] = {}
        for town in {self._parents[code] for codes in self._villages.values() for code in codes}:
            name = plain(self._names.get(town, ""))
            county = self._parents.get(town, "")
            city = plain(self._names.get(self._parents.get(county, ""), ""))
            above = (("", PROVINCE), ("", city), ("", plain(self._names.get(county, ""))))
            fronts |= {"".join(words) + name: town for words in product(*above) if name}
        return fronts

    def code(self, text: str, level: str, *, town: str | None = None) -> str | None:
        """The code of the area that ``text`` names: a code, 北元村, 北元村委会, 符离镇北元村.

        :param level: ``village`` or another level of the list ``region_level``.
        :param town: code of the township that stands beside it, to tell villages of one name apart.
        :returns: ``None`` for the township itself (本级).
        :raises Unreadable: no such area in this unit, or several; nothing is guessed.
        """
        key = (text, level, town)
        if key not in self._known:
            try:
                self._known[key] = self._code(text, level, town)
            except Unreadable as trouble:
                self._known[key] = trouble
        found = self._known[key]
        if isinstance(found, Unreadable):
            raise Unreadable(str(found))
        return found

    def is_place(self, text: str) -> bool:
        """Whether ``text`` names a village or town of this unit, or several of one name."""
        word = plain(text)
        if not word or len(word) > 40:
            return False
        with suppress(Unreadable):
            return self.code(text, "village") is not None or word.endswith(TOWN_ITSELF)
        return bool(self._candidates(word, "village") or self._candidates(word, "township"))

    def _code(self, text: str, level: str, town: str | None) -> str | None:
        word = plain(text)
        if level == "village" and (word.endswith(TOWN_ITSELF) or word in WHOLE_TOWN):
            return None
        if CODE.fullmatch(word):
            if word not in self._names:
                raise Unreadable(f"填写为“{text}”，区划代码不在区域表中")
            return word
        found = self._candidates(word, level)
        if not found and level == "village" and self._candidates(word, "township") == [self.unit]:
            return None
        if not found:
            raise Unreadable(f"填写为“{text}”，在本单位的区域表中找不到")
        if town is not None and level == "village":
            near = [code for code in found if self._parents[code] == town]
            if not near:
                where = self._listed(found)
                raise Unreadable(
                    f"填写为“{text}”，不在{self._names.get(town, town)}（有{where}），请核对乡镇和村"
                )
            found = near
        if len(found) > 1:
            raise Unreadable(
                f"填写为“{text}”，有 {len(found)} 个同名的（{self._listed(found)}），请写出乡镇或区划代码"
            )
        return found[0]

    def _candidates(self, word: str, level: str) -> list[str]:
        if level == "village":
            found = list(self._villages.get(areas.stem(word), ()))
            for front, town in self._fronts.items():
                if word.startswith(front) and len(word) > len(front):
                    rest = self._villages.get(areas.stem(word.removeprefix(front)), ())
                    found += [code for code in rest if self._parents[code] == town and code not in found]
        elif level == "township":
            found = list(self._towns.get(_town_stem(word), ()))
            for front, town in self._fronts.items():
                if word == front and town not in found:
                    found.append(town)
        else:
            found = [code for code, name in self._names.items() if plain(name) == word]
        exact = [
            code for code in found if word in (plain(self._names[code]), plain(short(self._names[code])))
        ]
        return exact if len(found) > 1 and exact else found

    def _listed(self, codes: Sequence[str]) -> str:
        return "、".join(
            self._names.get(self._parents[code], "") + short(self._names[code]) for code in codes[:MOST_NAMED]
        )

    def named(self, code: str | None) -> str:
        """A village as a clerk reads it; the township itself for a blank."""
        return short(self._names.get(code, code)) if code else TOWN_ITSELF


def _town_stem(word: str) -> str:
    for ending in TOWN_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending)
    return word
