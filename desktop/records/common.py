"""The columns that every reported ledger shares (REFERENCE: common columns)."""

from typing import ClassVar

from sqlalchemy.orm import Mapped

from desktop.records.fields import Ledger, area, day, text


class Reported(Ledger):
    """An entry that a township reports: where it belongs, who filled it in, its printed number."""

    __abstract__ = True

    mark: ClassVar[str]  # the letters in front of the printed number
    where: ClassVar[str] = "village_code"  # the field that says to which village an entry belongs

    filler = text(
        "填报人",
        longest=20,
        order=50,
        group="填报",
        aliases=("登记人", "填表人", "录入人"),
        width=8,
        help="空白时用“设置”里的填报人",
    )
    fill_date = day(
        "填报日期",
        order=51,
        group="填报",
        aliases=("填报时间", "登记时间", "登记日期", "填表日期", "填表时间"),
    )
    remark = text("备注", longest=300, lines=True, order=52, group="填报", width=20)
    record_no = text("编号", order=53, group="填报", width=24, help="保存时自动编号，不会重复使用")


def village_field(*, required: bool = False, help: str = "") -> Mapped[str | None]:
    """The village that an entry lies in; a ledger that only villages keep declares it anew as required."""
    return area(
        "村（社区）",
        order=-51,
        required=required,
        help=help,
        group="地点",
        aliases=(
            *(
                "村",
                "社区",
                "村居",
                "村名",
                "所在村",
                "村（居）",
                "行政村",
                "村别",
                "村（社区）名称",
                "村委会",
            ),
            *("村（居）委会", "所在社区", "所属村", "所属社区", "村民委员会", "村社", "村级", "村或社区"),
        ),
        width=16,
    )


class Located(Reported):
    """A reported entry that lies in a village, or in the township itself (本级) when the village is blank."""

    __abstract__ = True

    town_code = area(
        "乡镇（街道）",
        "township",
        order=-52,
        group="地点",
        aliases=(
            "乡镇",
            "镇街",
            "街道",
            "镇",
            "乡",
            "镇（街道）",
            "乡（镇）",
            "乡（镇、街道）",
            "镇办",
            "镇乡",
        ),
    )
    village_code = village_field(help="乡镇本级的记录可以空白")
    grid_name = text(
        "所属网格",
        order=-50,
        group="地点",
        aliases=("网格", "片组片格", "网格名称", "责任网格", "片区", "所属片区", "片格"),
    )
