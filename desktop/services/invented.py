"""Invented people, units and places for practice and tests: none of them exists."""

import datetime as dt
import random
from dataclasses import dataclass

from desktop.records import identity

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐"
    "冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏单仇解"
)
GIVEN_MALE = "伟强磊军勇杰涛超明刚平辉健俊峰斌波宁龙建国文海志华东兴宏利民学"
GIVEN_FEMALE = "芳娜敏静丽艳娟霞秀兰玲梅燕红英莉萍慧洁琴云凤雪玉春桂荣莲爱珍"
VILLAGES = ("东湖", "西岗", "柳园", "双桥", "杏林", "石塘", "梨园", "新河")
PREFIX = "341399"  # no such area, so no such resident number
CREDIT_REGION = "341399"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    id_number: str
    gender: str
    born: dt.date
    mobile: str


class People:
    """Invents people one after the other, each with a number of its own; the same seed, the same people."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self._made = 0
        self._numbers: set[str] = set()

    def one(self, *, oldest: int = 65, youngest: int = 22, year: int = 2026) -> Person:
        dice = self.dice
        self._made += 1
        male = dice.random() < 0.62
        given = GIVEN_MALE if male else GIVEN_FEMALE
        name = dice.choice(SURNAMES) + "".join(dice.choices(given, k=dice.choice((1, 2, 2))))
        born, front = self._born(dice, year - dice.randint(youngest, oldest), male=male)
        mobile = f"199{self._made:08}"
        return Person(name, front + identity.resident_check(front), "1" if male else "2", born, mobile)

    def _born(self, dice: random.Random, year: int, *, male: bool) -> tuple[dt.date, str]:
        """A birth date and the first 17 digits of a number that nobody has yet."""
        while True:
            born = dt.date(year, 1, 1) + dt.timedelta(days=dice.randrange(360))
            front = f"{PREFIX}{born:%Y%m%d}{dice.randrange(500) * 2 + male:03}"
            if front not in self._numbers:
                self._numbers.add(front)
                return born, front


def credit_code(number: int, kind: str = "91") -> str:
    """A credit code that passes its check and belongs to nobody."""
    front = f"{kind}{CREDIT_REGION}MA{number:07}"
    return front + identity.credit_check(front)


def area_list(villages: int, prefix: str = PREFIX) -> list[dict[str, str]]:
    """The practice county with one town: rows of ``code name level parent_code``.

    :param prefix: of the county; another one is not for practice.
    """
    county, town = f"{prefix}000000", f"{prefix}101000"
    rows = [
        {"code": "341300000000", "name": "宿州市", "level": "city", "parent_code": ""},
        {"code": county, "name": "练习县", "level": "county", "parent_code": "341300000000"},
        {"code": town, "name": "练习镇", "level": "township", "parent_code": county},
    ]
    for at in range(villages):
        stem = VILLAGES[at % len(VILLAGES)] + (str(at // len(VILLAGES) + 1) if at >= len(VILLAGES) else "")
        community = at % len(VILLAGES) == len(VILLAGES) - 1
        ending = "社区居委会" if community else "村委会"
        number = (1 if community else 200) + at
        rows.append(
            {"code": f"{town[:9]}{number:03}", "name": stem + ending, "level": "village", "parent_code": town}
        )
    return rows
