"""共建协议: agreements of streets and communities with units in the town, their lists and activities."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from desktop.records.common import Reported
from desktop.records.fields import (
    area,
    credit_code,
    day,
    link,
    listed,
    scans,
    several,
    telephone,
    text,
    whole,
    worked_out,
)
from desktop.records.kinds import Choice

SOON = dt.timedelta(days=30)
PARTNERS = (
    *("协议编号", "协议", "共建单位", "单位名称", "乙方", "乙方名称", "乙方单位", "驻区单位", "签约单位"),
    *("共建单位名称", "结对单位"),
)
KINDS = ("清单类别", "清单类型", "清单种类", "三张清单", "类别", "类型")
SUBJECTS = ("项目名称", "事项", "清单名称", "需求名称", "资源名称", "共建项目", "项目", "清单内容")
PARTNER_OF_PREFIX = {
    "11": "01",
    "12": "02",
    "51": "05",
    "52": "05",
    "53": "05",
}  # credit code to partner_type


class Standing(StrEnum):
    """An agreement's status on a day."""

    VALID = "有效"
    ENDING = "30 天内到期"
    ENDED = "已到期"
    TERMINATED = "已终止"
    UNSIGNED = "未生效"


class Agreement(Reported):
    __tablename__ = "agreement"
    caption, chapter, index, mark = "共建协议", "共建协议", "3.6", "XY"
    where: ClassVar[str] = "party_a_code"
    naming = "party_b_name"
    key = ("party_a_code", "party_b_name", "signed_on")
    otherwise = ("party_a_code", "party_b_name")
    dated = ("signed_on", "valid_from", "valid_to", "terminated_on")

    town_code = area(
        "街道（乡镇）", "township", order=-2, group="双方", aliases=("乡镇", "街道", "镇", "镇街", "所属街道")
    )
    agreement_no = text("协议编号", order=-1, group="双方", help="空白时用自动编号", width=16)
    party_a_code = area(
        "甲方（社区）",
        required=True,
        group="双方",
        aliases=(
            "社区",
            "甲方",
            "村（社区）",
            "甲方（街道/社区）",
            "社区名称",
            "甲方名称",
            "甲方单位",
            "结对社区",
            "村",
            "村居",
        ),
        width=16,
    )
    party_b_name = text(
        "乙方（驻区单位）",
        required=True,
        group="双方",
        aliases=(
            *(
                "单位名称",
                "乙方",
                "共建单位",
                "乙方名称",
                "乙方单位",
                "共建单位名称",
                "驻区单位",
                "驻城区单位",
            ),
            *("共驻单位", "驻地单位", "签约单位", "驻区单位名称", "单位全称"),
            *("结对单位", "结对共建单位", "双报到单位", "合作单位"),
        ),
        width=24,
    )
    party_b_uscc = credit_code(
        "统一社会信用代码",
        group="双方",
        aliases=("信用代码", "社会信用代码", "统一信用代码", "社会统一信用代码"),
        width=20,
        help="用来认出同一家单位",
    )
    partner_type = listed(
        "单位类型",
        "partner_type",
        required=True,
        group="双方",
        aliases=("类型", "单位性质", "单位类别", "性质"),
        width=10,
    )
    a_leader = text(
        "甲方负责人", longest=20, required=True, group="联系", aliases=("甲方代表", "社区负责人"), width=8
    )
    b_leader = text(
        "乙方负责人",
        longest=20,
        required=True,
        group="联系",
        aliases=("乙方代表", "单位负责人", "驻区单位负责人", "共建单位负责人", "法定代表人"),
        width=8,
    )
    liaison = text(
        "联络员",
        longest=20,
        required=True,
        group="联系",
        aliases=("联系人", "联络人", "乙方联络员", "单位联络员"),
        width=8,
    )
    liaison_phone = telephone(
        "联络员电话",
        required=True,
        group="联系",
        aliases=(
            *(
                "联络员联系电话",
                "联络员手机",
                "联系人电话",
                "联络电话",
                "电话",
                "联系电话",
                "联系方式",
                "手机号码",
            ),
            *("手机", "手机号", "乙方电话", "乙方联系电话", "乙方联系方式", "乙方联络员电话"),
        ),
        width=13,
    )
    signed_on = day(
        "签订日期",
        required=True,
        group="期限",
        aliases=(
            "签订时间",
            "签约日期",
            "签约时间",
            "签署日期",
            "协议签订日期",
            "协议签订时间",
            "签订协议时间",
        ),
        width=11,
    )
    valid_from = day(
        "起始日期",
        required=True,
        group="期限",
        aliases=(
            *("生效日期", "开始日期", "起始时间", "开始时间", "生效时间", "期限", "协议期限", "起止日期"),
            *(
                "起止时间",
                "起止期限",
                "有效期限",
                "有效期",
                "共建期限",
                "协议起止时间",
                "协议有效期",
                "合作期限",
                "期限起",
                "起",
            ),
        ),
        width=11,
    )
    valid_to = day(
        "截止日期",
        group="期限",
        aliases=(
            "到期日期",
            "终止日期",
            "结束日期",
            "到期时间",
            "截止时间",
            "结束时间",
            "有效期至",
            "期限止",
            "止",
            "到期日",
        ),
        help="长期有效的留空；当天仍有效",
        width=11,
    )
    terminated_on = day("提前终止日期", group="期限", help="自这一天起不再有效", width=11)
    terminated_reason = text("终止原因", longest=300, group="期限", width=14)
    fields = several(
        "共建内容",
        "agreement_field",
        required=True,
        group="内容",
        aliases=(
            "共建内容类别",
            "共建事项",
            "共建主要内容",
            "共建内容及措施",
            "共建内容及形式",
            "协议内容",
            "合作内容",
        ),
        width=20,
    )
    terms = text(
        "协议主要条款", longest=2000, lines=True, group="内容", aliases=("主要条款", "协议条款"), width=24
    )
    scan = scans("扫描件", group="附件", width=8)

    @worked_out("状态", Choice(Standing))
    def status(self, on: dt.date) -> Standing:
        """The status on the day ``on``; the last day of the term still counts as valid."""
        if self.terminated_on is not None and self.terminated_on <= on:
            return Standing.TERMINATED
        if self.valid_to is not None and self.valid_to < on:
            return Standing.ENDED
        begun = self.valid_from or self.signed_on
        if begun is None or begun > on:
            return Standing.UNSIGNED
        if self.valid_to is not None and self.valid_to - on <= SOON:
            return Standing.ENDING
        return Standing.VALID

    def settle(self) -> None:
        if self.partner_type is None and self.party_b_uscc:
            self.partner_type = PARTNER_OF_PREFIX.get(self.party_b_uscc[:2])


class Item(Reported):
    __tablename__ = "item"
    caption, chapter, index, mark = "三张清单", "共建协议", "3.6", "QD"
    naming = "title"
    key = ("agreement_id", "list_kind", "title")
    part_of = "agreement_id"

    agreement_id = link("共建协议", "agreement", required=True, group="清单", aliases=PARTNERS, width=20)
    list_kind = listed("清单", "list_kind", required=True, group="清单", aliases=KINDS, width=10)
    title = text("名称", required=True, group="清单", aliases=SUBJECTS, width=24)
    detail = text(
        "具体内容",
        longest=300,
        lines=True,
        group="清单",
        aliases=("内容", "项目内容", "需求内容", "资源内容", "详细内容"),
        width=24,
    )
    proposer = text("提出方", group="认领", aliases=("提出单位", "提供方", "提供单位"), width=12)
    claimed_by = text("认领方", group="认领", aliases=("认领单位", "承接单位", "责任单位"), width=12)
    due = day(
        "完成时限",
        group="认领",
        aliases=("时限", "期限", "完成期限", "完成时间", "计划完成时间"),
        width=11,
    )
    status = listed("进展", "item_status", group="认领", aliases=("状态", "完成情况"), width=8)
    evaluation = whole("评价", unit="分", least=1, most=5, group="认领", help="1 至 5 分", width=6)


class Activity(Reported):
    __tablename__ = "activity"
    caption, chapter, index, mark = "共建活动", "共建协议", "3.6", "HD"
    naming = "title"
    key = ("agreement_id", "date", "title")
    dated = ("date",)
    part_of = "agreement_id"

    agreement_id = link("共建协议", "agreement", required=True, group="活动", aliases=PARTNERS, width=20)
    date = day(
        "活动日期", required=True, group="活动", aliases=("活动时间", "日期", "时间", "开展时间"), width=11
    )
    title = text("活动名称", required=True, group="活动", aliases=("活动主题", "主题", "活动内容"), width=24)
    people = whole(
        "参加人数", unit="人", group="活动", aliases=("人数", "参与人数", "活动人数", "参加人次"), width=8
    )
    result = text(
        "活动成效", longest=2000, lines=True, group="活动", aliases=("成效", "活动效果", "效果"), width=24
    )
    photo = scans("照片", group="活动", width=8)
