"""Areas: the villages of a unit; add, rename, merge and close them with dates."""

import csv
import datetime as dt
import re
from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.paths import resources
from desktop.records import Office, Region
from desktop.records.region import short

CITY = "341300000000"
PRACTICE = "341399"  # the invented county
OWN_CODES = 9  # first digit of the three village digits of a temporary code
ENDINGS = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "村")


def shipped() -> list[dict[str, str]]:
    """The area list of the city as shipped: code, name, level, parent_code (2023-06-30)."""
    with (resources() / "regions" / "regions_suzhou.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def get(session: Session, code: str, on: dt.date | None = None) -> Region | None:
    """The entry of an area that was valid on ``on`` (today's, or the last, if no day is given)."""
    found = session.scalars(
        select(Region).where(Region.code == code, Region.deleted_at.is_(None)).order_by(Region.id.desc())
    ).all()
    valid = [region for region in found if on is None or region.valid(on)]
    return next(iter(valid or found), None)


def villages(session: Session, on: dt.date, town: str | None = None) -> Sequence[Region]:
    """The village-level units in use on ``on``, in the order of their codes; of one town or of the unit."""
    town = town or unit_code(session)
    prefix = town[:9] if not town.endswith("000000") else town[:6]
    wanted = select(Region).where(
        Region.level == "village",
        Region.deleted_at.is_(None),
        func.substr(Region.code, 1, len(prefix)) == prefix,
        or_(Region.valid_from.is_(None), Region.valid_from <= on),
        or_(Region.valid_to.is_(None), Region.valid_to > on),
    )
    return session.scalars(wanted.order_by(Region.code)).all()


def recorded(session: Session) -> Sequence[Region]:
    """Every name that a village-level unit of this unit has or had, by code and then by date."""
    unit = unit_code(session)
    prefix = unit[:9] if not unit.endswith("000000") else unit[:6]
    wanted = select(Region).where(
        Region.level == "village",
        Region.deleted_at.is_(None),
        func.substr(Region.code, 1, len(prefix)) == prefix,
    )
    return session.scalars(wanted.order_by(Region.code, Region.id)).all()


def unit_code(session: Session) -> str:
    """The code of the township or county that this folder belongs to."""
    office = own_office(session)
    return (office.unit_code if office else None) or CITY


def own_office(session: Session) -> Office | None:
    """The one entry about the unit itself; ``None`` in a folder that was not initialised."""
    return session.scalars(select(Office)).first()


def practises(session: Session) -> bool:
    """Whether this is a practice unit, whose data are never submitted."""
    office = own_office(session)
    return office is not None and (bool(office.practice) or (office.unit_code or "").startswith(PRACTICE))


def named(session: Session, code: str | None, on: dt.date | None = None, *, town: bool = False) -> str:
    """The name of an area as a clerk reads it; with ``town``, 符离镇北元村."""
    if not code:
        return ""
    region = get(session, code, on)
    if region is None or region.name is None:
        return code
    if region.level != "village" or not town:
        return short(region.name)
    parent = get(session, region.parent_code or "", on)
    return (parent.name or "" if parent else "") + short(region.name)


def stem(name: str) -> str:
    """A village name without its ending: 北元村委会, 北元村 and 北元 are all 北元."""
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return stem(name.removesuffix(ending))
    return name


def add(session: Session, name: str, on: dt.date, *, code: str = "", town: str | None = None) -> Region:
    """Add a village from ``on``; without a statistical code it gets a temporary one (…9xx).

    :raises Refusal: the name or code is in use, or the code does not belong to the town.
    """
    town = town or unit_code(session)
    what = f"未能新增“{name}”"
    if any(region.name == name or short(region.name or "") == name for region in villages(session, on, town)):
        raise Refusal(what, "本乡镇已有同名的村（社区）", "请核对名称，或先改名")
    if code and (not re.fullmatch(r"\d{12}", code) or code[:9] != town[:9]):
        raise Refusal(
            what, f"区划代码 {code} 不是本乡镇的 12 位代码", f"代码应以 {town[:9]} 开头，不知道的可以留空"
        )
    if code and get(session, code) is not None:
        raise Refusal(what, f"区划代码 {code} 已被使用", "请核对代码，不知道的可以留空")
    region = Region(
        code=code or _own_code(session, town), name=name, level="village", parent_code=town, valid_from=on
    )
    session.add(region)
    session.flush()
    return region


def rename(session: Session, code: str, name: str, on: dt.date) -> Region:
    """Give an area a new name from ``on``; the old name stays for older records."""
    old = _in_use(session, code, on, f"未能改名为“{name}”")
    if old.valid_from == on:
        old.name = name
        return old
    old.valid_to = on
    new = Region(code=code, name=name, level=old.level, parent_code=old.parent_code, valid_from=on)
    session.add(new)
    session.flush()
    return new


def close(session: Session, code: str, on: dt.date, *, into: str | None = None) -> Region:
    """Close a village from ``on``; ``into`` is the code of the village it is merged into."""
    old = _in_use(session, code, on, "未能停用")
    if into is not None:
        if into == code:
            raise Refusal("未能合并", "不能并入自己", "请选择另一个村（社区）")
        _in_use(session, into, on, "未能合并")
    old.valid_to, old.successor_code = on, into
    return old


def _in_use(session: Session, code: str, on: dt.date, what: str) -> Region:
    region = get(session, code, on)
    if region is None or not region.valid(on):
        raise Refusal(what, f"{named(session, code) or code} 在 {on} 已停用或不存在", "请核对日期和区划代码")
    return region


def _own_code(session: Session, town: str) -> str:
    prefix = f"{town[:9]}{OWN_CODES}"
    taken = session.scalars(select(Region.code).where(Region.code.startswith(prefix))).all()
    return prefix + f"{max((int(code[10:]) for code in taken if code), default=0) + 1:02}"
