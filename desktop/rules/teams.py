"""Rules over one team: its name, its end, its leader, its numbers."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.records.kinds import MOBILE
from desktop.records.team import Team, TeamStatus
from desktop.rules.members import LANDLINE
from desktop.rules.rulebook import Breach, Grade, Mend, Rulebook

ROSTER = "群防群治队伍情况汇总表填表要求"


@dataclass(frozen=True, slots=True)
class Squad:
    """A team and what stands beside it.

    :param on: the day on which the roster is counted.
    :param rostered: people on its roster on that day.
    :param twins: other active teams of the same village under the same name.
    """

    team: Team
    on: dt.date
    rostered: int
    twins: int = 0


book = Rulebook[Squad]("team", "队伍")


def same_name(team: Team) -> tuple[str, str]:
    """The village and the plain name, by which two entries are one team."""
    return team.village_code or "", "".join((team.team_name or "").split())


@book.rule(
    "队伍-01", "同一个村没有重名的队伍", source=ROSTER, grade=Grade.A, remedy="删去重复的一条，或在名称中区分"
)
def same_team_twice(case: Squad) -> Iterator[Breach]:
    if case.twins:
        yield Breach(f"本村还有 {case.twins} 支队伍也叫“{case.team.team_name}”", case.team.id, "team_name")


@book.rule("队伍-02", "撤销的写明撤销日期", source=ROSTER, grade=Grade.A, remedy="填写撤销日期")
def closed_without_date(case: Squad) -> Iterator[Breach]:
    if case.team.status == TeamStatus.CLOSED and case.team.closed_on is None:
        yield Breach("状态为撤销，没有撤销日期", case.team.id, "closed_on")


@book.rule(
    "队伍-03", "有撤销日期的，状态为撤销", source=ROSTER, grade=Grade.C, remedy="改正状态，或去掉撤销日期"
)
def closed_but_listed(case: Squad) -> Iterator[Breach]:
    closed = case.team.closed_on
    if closed is not None and closed <= case.on and case.team.status == TeamStatus.ACTIVE:
        mend = Mend("状态改为撤销", {"status": TeamStatus.CLOSED})
        yield Breach(f"{closed} 已撤销，状态却是在册", case.team.id, "status", mend=mend)


@book.rule("队伍-04", "撤销日期不早于成立日期", source=ROSTER, grade=Grade.A, remedy="核对成立日期、撤销日期")
def closed_before_founded(case: Squad) -> Iterator[Breach]:
    founded, closed = case.team.founded_on, case.team.closed_on
    if founded is not None and closed is not None and closed < founded:
        yield Breach(f"撤销日期 {closed} 早于成立日期 {founded}", case.team.id, "closed_on")


@book.rule("队伍-05", "负责人电话是电话号码", source="电信网编号计划", grade=Grade.C, remedy="核对号码")
def bad_phone(case: Squad) -> Iterator[Breach]:
    number = case.team.leader_phone
    if number and not MOBILE.fullmatch(number) and not LANDLINE.fullmatch(number):
        said = f"负责人电话有 {len(number)} 位，既不是 11 位手机号，也不是固定电话"
        yield Breach(said, case.team.id, "leader_phone")


@book.rule(
    "队伍-06",
    "填了人员数量的队伍有花名册",
    source=ROSTER,
    grade=Grade.C,
    remedy="录入花名册；确实没有花名册的请说明",
)
def number_without_roster(case: Squad) -> Iterator[Breach]:
    if case.team.member_count and not case.rostered and case.team.active(case.on):
        yield Breach(f"人员数量填写为 {case.team.member_count}，没有花名册", case.team.id, "member_count")


@book.rule(
    "队伍-07", "人员数量与花名册相同", source=ROSTER, grade=Grade.D, remedy="上报以花名册为准，可按花名册改正"
)
def other_number_than_roster(case: Squad) -> Iterator[Breach]:
    typed, rostered = case.team.member_count, case.rostered
    if typed is not None and rostered and typed != rostered and case.team.active(case.on):
        mend = Mend(f"改为 {rostered}", {"member_count": rostered})
        yield Breach(
            f"人员数量填写为 {typed}，花名册在册 {rostered} 人", case.team.id, "member_count", mend=mend
        )


@book.rule("队伍-08", "在册的队伍有人", source=ROSTER, grade=Grade.C, remedy="录入花名册，或填写人员数量")
def empty_team(case: Squad) -> Iterator[Breach]:
    if not case.rostered and not case.team.member_count and case.team.active(case.on):
        yield Breach("没有花名册，也没有填写人员数量", case.team.id, "member_count")
