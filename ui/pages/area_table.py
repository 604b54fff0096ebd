"""The villages of this unit with their dates, as the table of the page 区域."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.records import Region
from desktop.records.region import short
from desktop.services import areas
from desktop.storage.spelling import initials
from ui.pages.plain_table import PlainModel

HEADS = ("村（社区）", "情况", "区划代码", "乡镇（街道）", "启用日期", "停用日期")
WIDTHS = (9, 10, 7, 7, 6, 6)  # lines of text


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One name of one village-level unit, as the table shows it."""

    entry: int
    code: str
    name: str
    full_name: str
    town: str
    since: dt.date | None
    until: dt.date | None
    state: str
    in_use: bool

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.name, self.state, self.code, self.town, str(self.since or ""), str(self.until or ""))

    @property
    def searched(self) -> str:
        return " ".join([self.full_name, *self.cells, *initials(self.name)]).lower()


def area_rows(session: Session, today: dt.date) -> list[AreaRow]:
    """Every name of every village of this unit, with what became of it."""
    recorded = areas.recorded(session)
    current = {region.code: region.name or "" for region in recorded if region.valid(today)}
    return [
        AreaRow(
            region.id,
            region.code or "",
            short(region.name or ""),
            region.name or "",
            areas.named(session, region.parent_code),
            region.valid_from,
            region.valid_to,
            _state(session, region, today, current),
            region.valid(today),
        )
        for region in recorded
    ]


def _state(session: Session, region: Region, today: dt.date, current: dict[str | None, str]) -> str:
    if region.valid(today):
        return "在用"
    if region.valid_from is not None and region.valid_from > today:
        return "将启用"
    if region.successor_code:
        return f"已并入{areas.named(session, region.successor_code)}"
    if region.code in current:
        return f"已改名为{short(current[region.code])}"
    return "已停用"


def area_model() -> PlainModel[AreaRow]:
    """The model of the table; a unit has at most a few hundred rows."""
    return PlainModel(
        HEADS,
        lambda row: row.cells,
        faint=lambda row: not row.in_use,
        searched=lambda row: row.searched,
    )
