"""The figures of a unit on a day, each with its formula, as the city's indicator table defines them.

They are worked out by the same functions as the sheets that are handed in.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.excel.totals import ratio
from desktop.records import Agreement
from desktop.rules.agreements import units
from desktop.services import decisions, periods, rosters, standing

Number = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """What one figure is called and how it is counted."""

    key: str
    label: str
    unit: str
    formula: str


FIGURES = (
    Figure("teams", "群防群治队伍", "支", "期末在册的队伍，同一村同名的算一支"),
    Figure("people", "队员", "人", "期末在册队伍中的队员，一人在几支队伍只算一人"),
    Figure("appointments", "队员人次", "人次", "期末在册队伍中的队员，一人在几支队伍算几次"),
    Figure("density", "每万人拥有", "人", "队员人数 ÷ 常住人口（万人），四舍五入到整数"),
    Figure("matters", "本期决策事项", "件", "本期内至少有一步的四议两公开事项"),
    Figure("carried_out", "其中五步齐全", "件", "本期事项中第一至第五步都已办完的"),
    Figure("agreements", "有效共建协议", "份", "期末有效的协议，含 30 天内到期的"),
    Figure("partners", "共建单位", "个", "有效协议的乙方，按信用代码（没有的按名称）去重"),
)


def figures(session: Session, on: dt.date) -> dict[str, Number]:
    """Every figure by key, on the day ``on``; ``None`` where it cannot be said."""
    towns = rosters.towns(session, on)
    people = sum(town["people"] for town in towns)
    residents = sum((town["population"] for town in towns), Decimal(0))
    held = decisions.between(session, periods.first_day(periods.of(on)), on)
    agreements = session.scalars(select(Agreement).where(standing.agreements(on))).all()
    return {
        "teams": sum(town["teams"] for town in towns),
        "people": people,
        "appointments": sum(town["appointments"] for town in towns),
        "density": density if isinstance(density := ratio(people, residents), Decimal) else None,
        "matters": len(held),
        "carried_out": sum(matter.carried_out(steps.values(), on) for matter, steps in held),
        "agreements": len(agreements),
        "partners": units(agreements),
    }
