"""区域: the areas of the city with 12-digit codes, each name valid between two dates."""

import datetime as dt

from desktop.records.fields import Ledger, area, day, listed, text


class Region(Ledger):
    """One name of one area. A renamed area keeps its code and gets a second entry; old entries stay.

    Valid on day d means ``valid_from <= d < valid_to``; a blank date is open.
    """

    __tablename__ = "region"
    caption, chapter, index = "区域", "基础信息", "6"
    naming = "name"
    key = ("code", "valid_from")

    code = text(
        "区划代码", longest=12, required=True, group="区域", help="12 位统计用区划代码；临时村为 9 开头的代码"
    )
    name = text("名称", required=True, group="区域", aliases=("区域名称", "村名", "村（社区）名称"), width=18)
    level = listed("层级", "region_level", required=True, group="区域", aliases=("级别",))
    parent_code = area("上级区域", "township", group="区域", aliases=("上级", "所属乡镇", "乡镇"), width=16)
    valid_from = day("启用日期", group="变更")
    valid_to = day("停用日期", group="变更", help="自这一天起不再使用")
    successor_code = text("并入", longest=12, group="变更", help="合并到哪个区划代码")

    def valid(self, on: dt.date) -> bool:
        """Whether this name was in use on the day ``on``."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


def short(name: str) -> str:
    """A village's statistical name as clerks write it: 北元村委会 is 北元村."""
    for ending, kept in (("村村委会", "村"), ("村民委员会", "村"), ("村委会", "村"), ("社区居委会", "社区")):
        if name.endswith(ending):
            return name.removesuffix(ending) + kept
    return name
