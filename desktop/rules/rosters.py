"""Rules over the rosters of a whole unit: one person twice, near duplicates, a telephone of many.

One wrong character always breaks the check character of a resident number,
so of two numbers that differ in one place at least one is unsound. Near
duplicates are therefore sought around unsound numbers only, and the whole
search is linear in the number of members.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from desktop.records.identity import RESIDENT, RESIDENT_CHECK, resident_check
from desktop.records.member import RESIDENT_CARD, Member
from desktop.rules.rulebook import Breach, Grade, Rulebook
from desktop.rules.standards import Standards

PLATFORM = "社会管理综合信息系统导入校验"
K = TypeVar("K", bound=Hashable)


class Sitting(NamedTuple):
    """One person in one team: the little of a roster entry that tells people apart."""

    entry: int | None
    team: int | None
    village: str | None
    name: str
    id_number: str
    born: dt.date | None
    mobile: str
    card: bool = True  # the number is a resident number

    @property
    def person(self) -> tuple[str, ...]:
        """Key of the person: the number; else name and mobile; else name and village (REFERENCE §9)."""
        if self.id_number:
            return (self.id_number,)
        return (self.name, self.mobile) if self.mobile else (self.name, "", self.village or "")

    @property
    def doubtful(self) -> bool:
        """Whether only a name and a village tell the person apart (疑似)."""
        return not self.id_number and not self.mobile


@dataclass(frozen=True, slots=True)
class Rolls:
    """Everybody who is on a roster, in the order of entry; findings fall on the later of a pair.

    :param teams: names of the teams by id.
    """

    sittings: Sequence[Sitting]
    teams: Mapping[int, str]
    standards: Standards

    def team(self, sitting: Sitting) -> str:
        return self.teams.get(sitting.team or 0, "未填队伍")


book = Rulebook[Rolls]("member", "花名册查重")


def sitting(member: Member) -> Sitting:
    """The part of a roster entry that duplicates are sought by."""
    return Sitting(
        member.id,
        member.team_id,
        member.village_code,
        "".join((member.name or "").split()),
        member.id_number or "",
        member.birth_date,
        member.mobile or "",
        member.id_type in (None, RESIDENT_CARD),
    )


def persons(sittings: Iterable[Sitting]) -> int:
    """How many different people these are: 人数, where the number of sittings is 人次."""
    return len({sitting.person for sitting in sittings})


def neighbours(number: str) -> Iterator[str]:
    """Every resident number that differs from ``number`` in exactly one place."""
    for place, mark in enumerate(number):
        for other in RESIDENT_CHECK if place == len(number) - 1 else "0123456789":
            if other != mark:
                yield number[:place] + other + number[place + 1 :]


def unsound(number: str) -> bool:
    """Whether the check character does not fit."""
    return RESIDENT.fullmatch(number) is None or resident_check(number) != number[17]


@book.rule(
    "查重-01",
    "同一支队伍中身份证号不重复",
    source=PLATFORM,
    grade=Grade.A,
    remedy="删去重复的一条，或改正写错的号码",
)
def twice_in_a_team(case: Rolls) -> Iterator[Breach]:
    groups = _grouped(((one.team, one.id_number), one) for one in case.sittings if one.id_number and one.team)
    for group in groups:
        for later in group[1:]:
            said = f"与“{case.team(later)}”的另一条（{group[0].name}）身份证号相同"
            yield Breach(said, later.entry, "id_number")


@book.rule(
    "查重-02",
    "一个人在几支队伍",
    source="人数按人计算，不按人次",
    grade=Grade.D,
    remedy="确实在几支队伍的不用改，汇总时只算一人",
)
def in_several_teams(case: Rolls) -> Iterator[Breach]:
    for group in _grouped((one.id_number, one) for one in case.sittings if one.id_number):
        names = list(dict.fromkeys(case.team(one) for one in group))
        if len({one.team for one in group}) > 1:
            yield Breach(f"{group[-1].name}同时在“{'”“'.join(names)}”", group[-1].entry, "team_id")


@book.rule(
    "查重-03",
    "姓名、出生日期相同的是不同的人",
    source=PLATFORM,
    grade=Grade.C,
    remedy="核对身份证号；确是两个人的请说明",
)
def same_name_and_birth_date(case: Rolls) -> Iterator[Breach]:
    for group in _grouped(((one.name, one.born), one) for one in case.sittings if one.name and one.born):
        seen: dict[str, Sitting] = {}
        for later in (one for one in group if one.id_number):
            first = next(iter(seen.values()), later)
            if seen.setdefault(later.id_number, later) is later is not first:
                said = f"与“{case.team(first)}”的{first.name}姓名、出生日期相同，身份证号不同"
                yield Breach(said, later.entry, "id_number")


@book.rule(
    "查重-04",
    "身份证号没有只差一位的",
    source="GB 11643-1999《公民身份号码》",
    grade=Grade.C,
    remedy="对照身份证核对两个号码",
)
def one_place_off(case: Rolls) -> Iterator[Breach]:
    numbers: dict[str, tuple[int, Sitting]] = {}
    for order, one in enumerate(case.sittings):
        if one.card and len(one.id_number) == 18:
            numbers.setdefault(one.id_number, (order, one))
    told: set[frozenset[str]] = set()
    for number in [number for number in numbers if unsound(number)]:
        for other in neighbours(number):
            pair = frozenset((number, other))
            if other in numbers and pair not in told:
                told.add(pair)
                (_, earlier), (_, later) = sorted(
                    (numbers[number], numbers[other]), key=lambda found: found[0]
                )
                said = f"与“{case.team(earlier)}”的{earlier.name}身份证号只差一位"
                yield Breach(said, later.entry, "id_number")


@book.rule(
    "查重-05",
    "一个手机号不超过规定人数共用",
    source="本程序约定：3 人",
    grade=Grade.C,
    remedy="核对号码；确实共用的请说明",
)
def shared_mobile(case: Rolls) -> Iterator[Breach]:
    for group in _grouped((one.mobile, one) for one in case.sittings if one.mobile):
        number = persons(group)
        if number > case.standards.phone_most:
            said = f"这个手机号有 {number} 人在用，超过 {case.standards.phone_most} 人"
            yield Breach(said, group[-1].entry, "mobile")


def _grouped(pairs: Iterable[tuple[K, Sitting]]) -> list[list[Sitting]]:
    """The sittings that share a key with another, in the order of the first."""
    groups: defaultdict[K, list[Sitting]] = defaultdict(list)
    for key, one in pairs:
        groups[key].append(one)
    return [group for group in groups.values() if len(group) > 1]
