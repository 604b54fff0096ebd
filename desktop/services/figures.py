"""The figures of a unit on a day, each with its formula, as the city's indicator table defines them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.records import Agreement, Member, Team, Village
from desktop.services import decisions, periods, standing

Number = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``work`` gives it for a day; ``None`` where it cannot be said."""

    key: str
    label: str
    unit: str
    formula: str
    work: Callable[[Session, dt.date], Number]


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(query) or 0


def _teams(session: Session, on: dt.date) -> int:
    named = func.coalesce(Team.village_code, "") + "|" + func.coalesce(Team.team_name, "")
    return _count(session, select(func.count(named.distinct())).where(standing.teams(on)))


def _people(session: Session, on: dt.date) -> int:
    query = select(func.count(standing.person().distinct())).join(Team, Member.team_id == Team.id)
    return _count(session, query.where(standing.members(on), standing.teams(on)))


def _appointments(session: Session, on: dt.date) -> int:
    query = select(func.count(Member.id)).join(Team, Member.team_id == Team.id)
    return _count(session, query.where(standing.members(on), standing.teams(on)))


def population(session: Session, on: dt.date) -> int | None:
    """Residents of all villages, each by its last profile on or before ``on``; ``None`` without any."""
    latest = (
        select(Village.village_code, func.max(Village.as_of).label("as_of"))
        .where(Village.deleted_at.is_(None), Village.as_of <= on)
        .group_by(Village.village_code)
        .subquery()
    )
    query = select(func.sum(Village.population)).join(
        latest, (Village.village_code == latest.c.village_code) & (Village.as_of == latest.c.as_of)
    )
    return session.scalar(query.where(Village.deleted_at.is_(None)))


def per_ten_thousand(people: int, residents: int | None) -> int | None:
    """People per 10,000 residents, rounded half up to a whole number."""
    if not residents:
        return None
    return int((Decimal(people) * 10_000 / residents).quantize(Decimal(1), ROUND_HALF_UP))


def _density(session: Session, on: dt.date) -> int | None:
    return per_ten_thousand(_people(session, on), population(session, on))


def _matters(session: Session, on: dt.date) -> int:
    return len(decisions.between(session, periods.first_day(periods.of(on)), on))


def _carried_out(session: Session, on: dt.date) -> int:
    held = decisions.between(session, periods.first_day(periods.of(on)), on)
    return sum(matter.carried_out(steps.values()) for matter, steps in held)


def _agreements(session: Session, on: dt.date) -> int:
    return _count(session, select(func.count(Agreement.id)).where(standing.agreements(on)))


def _partners(session: Session, on: dt.date) -> int:
    return _count(session, select(func.count(standing.partner().distinct())).where(standing.agreements(on)))


FIGURES = (
    Figure("teams", "群防群治队伍", "支", "期末在册的队伍，同一村同名的算一支", _teams),
    Figure("people", "队员", "人", "期末在册队伍中的队员，一人在几支队伍只算一人", _people),
    Figure("appointments", "队员人次", "人次", "期末在册队伍中的队员，一人在几支队伍算几次", _appointments),
    Figure("density", "每万人拥有", "人", "队员人数 ÷ 常住人口（万人），四舍五入到整数", _density),
    Figure("matters", "本期决策事项", "件", "本期内至少有一步的四议两公开事项", _matters),
    Figure("carried_out", "其中五步齐全", "件", "本期事项中第一至第五步都已登记的", _carried_out),
    Figure("agreements", "有效共建协议", "份", "期末有效的协议，含 30 天内到期的", _agreements),
    Figure("partners", "共建单位", "个", "有效协议的乙方，按信用代码（没有的按名称）去重", _partners),
)


def figures(session: Session, on: dt.date) -> dict[str, Number]:
    """Every figure by key, on the day ``on``."""
    return {one.key: one.work(session, on) for one in FIGURES}
