"""村情: what a village is on a day, the base of every quorum."""

import datetime as dt

from desktop.records.common import Located, village_field
from desktop.records.fields import day, text, whole, worked_out
from desktop.records.kinds import Whole


class Village(Located):
    """A village's figures from a date on, until the next entry of the same village.

    The figures feed 应到 of the six steps (Party branch rules §11-12, villagers' committee law §22-26).
    """

    __tablename__ = "village"
    caption, chapter, index, mark = "村情", "基础信息", "4.3", "CQ"
    naming = "village_code"
    key = ("village_code", "as_of")
    dated = ("as_of",)

    village_code = village_field(required=True)
    as_of = day(
        "数据日期",
        aliases=("统计日期", "统计时间", "数据时间", "截至日期", "截止日期"),
        required=True,
        group="地点",
        help="这些数字从哪天起有效",
    )
    population = whole(
        "常住人口",
        aliases=("常住", "人口常住", "常住人口数", "常住人数", "常住人口总数"),
        unit="人",
        required=True,
        group="人口",
        width=8,
    )
    registered = whole(
        "户籍人口",
        aliases=("户籍", "人口户籍", "户籍人口数", "户籍人数", "户籍人口总数"),
        unit="人",
        group="人口",
        width=8,
    )
    adults = whole(
        "18 周岁以上村民",
        aliases=(
            "18周岁以上村民数",
            "18周岁以上人数",
            "18周岁以上人口",
            "十八周岁以上村民",
            "18岁以上村民",
            "18岁以上人口",
            "18岁以上人数",
            "成年人口",
        ),
        unit="人",
        required=True,
        group="人口",
        help="村民会议的应到人数",
        width=8,
    )
    households = whole(
        "户数",
        aliases=("总户数", "农户数", "住户数", "家庭户数"),
        unit="户",
        required=True,
        group="人口",
        help="户代表会议的应到户数",
        width=8,
    )
    reps = whole(
        "村民代表",
        aliases=("村民代表人数", "村民代表数", "代表人数", "村民代表总数", "村民代表总人数"),
        unit="人",
        required=True,
        group="村民代表",
        width=8,
    )
    women_reps = whole(
        "其中女代表",
        aliases=(
            "女代表",
            "女性代表",
            "妇女代表",
            "女代表人数",
            "女村民代表",
            "其中女性",
            "村民代表其中女",
            "村民代表女",
            "其中女",
        ),
        unit="人",
        required=True,
        group="村民代表",
        width=8,
    )
    village_committee = whole(
        "村委会成员",
        aliases=(
            "村委会成员数",
            "村委会成员人数",
            "村委成员",
            "村委会委员",
            "村委委员",
            "村民委员会成员",
            "居委会成员",
        ),
        unit="人",
        required=True,
        group="两委",
        width=8,
    )
    branch_committee = whole(
        "村党组织委员",
        aliases=(
            "支委",
            "支委委员",
            "支部委员",
            "支部委员数",
            "党组织委员",
            "支委成员",
            "支委会成员",
            "村党组织委员数",
            "党组织班子成员",
        ),
        unit="人",
        required=True,
        group="两委",
        help="没有支委会的填 0",
        width=8,
    )
    cross_holders = whole(
        "两委交叉任职",
        aliases=("交叉任职", "交叉任职人数", "两委交叉任职人数"),
        unit="人",
        required=True,
        group="两委",
        help="只在应到中算一次",
        width=8,
    )
    supervisors = whole(
        "村务监督委员会成员",
        aliases=("村务监督委员", "监委会成员", "监督委员会成员", "村务监督委员会人数", "村监委成员"),
        unit="人",
        group="两委",
        width=8,
    )
    party_total = whole(
        "党员总数",
        aliases=("党员", "党员数", "党员人数", "党员总人数"),
        unit="人",
        required=True,
        group="党员",
        width=8,
    )
    party_formal = whole(
        "正式党员",
        aliases=("正式党员数", "正式党员人数", "其中正式党员", "党员正式"),
        unit="人",
        required=True,
        group="党员",
        width=8,
    )
    party_voting = whole(
        "有表决权",
        aliases=("有表决权党员", "有表决权的党员", "有表决权党员数", "有表决权党员人数"),
        unit="人",
        required=True,
        group="党员",
        help="预备党员没有表决权",
        width=8,
    )
    excluded_sick = whole("不计入：患病不能参加", unit="人", group="不计入应到", width=8)
    excluded_abroad = whole("不计入：自费出国半年以上", unit="人", group="不计入应到", width=8)
    excluded_penalty = whole("不计入：留党察看或服刑", unit="人", group="不计入应到", width=8)
    excluded_away = whole("不计入：组织关系应转未转", unit="人", group="不计入应到", width=8)
    excluded_other = whole("不计入：其他", unit="人", group="不计入应到", width=8)
    excluded_note = text(
        "不计入的说明",
        longest=300,
        lines=True,
        group="不计入应到",
        help="上级批准和党员大会同意的情况",
        width=20,
    )

    @worked_out("不计入应到合计", Whole(unit="人"))
    def excluded(self, on: dt.date) -> int:
        return sum(
            number or 0
            for number in (
                self.excluded_sick,
                self.excluded_abroad,
                self.excluded_penalty,
                self.excluded_away,
                self.excluded_other,
            )
        )
