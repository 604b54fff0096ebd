"""群防群治队伍: the teams of a village or township (GB/T 31000-2015 group-prevention organisation)."""

import datetime as dt
from enum import StrEnum

from desktop.records.common import Located
from desktop.records.fields import choice, day, listed, several, telephone, text, truth, whole


class TeamStatus(StrEnum):
    ACTIVE = "在册"
    CLOSED = "撤销"

    @classmethod
    def _missing_(cls, value: object) -> "TeamStatus | None":
        """What rosters write instead, also under 是否在册."""
        if value in ("在用", "在编", "正常", "有效", "运行", "正常运行", "现役", "是", "√", "1"):
            return cls.ACTIVE
        if value in ("已撤销", "解散", "已解散", "停用", "取消", "已取消", "注销", "否", "×", "0"):
            return cls.CLOSED
        return None


class Team(Located):
    __tablename__ = "team"
    caption, chapter, index, mark = "群防群治队伍", "群防群治", "3.1", "QF"
    naming = "team_name"
    key = ("village_code", "team_name")
    dated = ("founded_on", "closed_on")

    team_name = text(
        "队伍名称",
        required=True,
        group="队伍",
        aliases=("组织名称", "组织（队伍）名称", "队伍", "巡逻队名称", "队名", "名称"),
        width=22,
    )
    team_type = listed(
        "队伍类型",
        "team_type",
        required=True,
        group="队伍",
        aliases=("组织类型", "类型", "队伍类别", "队伍性质", "性质", "类别"),
        width=14,
    )
    team_level = listed(
        "组织层级",
        "team_level",
        required=True,
        group="队伍",
        aliases=("层级", "队伍层级", "级别", "队伍级别"),
        width=8,
    )
    guide_dept = text(
        "业务指导部门",
        required=True,
        group="队伍",
        aliases=("指导部门", "指导单位", "业务指导单位", "主管部门", "主管单位"),
    )
    member_count = whole(
        "人员数量",
        unit="人",
        most=9999,
        group="队伍",
        aliases=(
            "人数",
            "队员人数",
            "队伍人数",
            "人员数",
            "现有人数",
            "队员数",
            "队员数量",
            "人员总数",
            "成员数",
            "现有人员",
            "现有队员",
            "实有人数",
        ),
        help="有花名册时以花名册为准；没有花名册时填写",
        width=8,
    )
    main_function = text(
        "主要职能",
        longest=300,
        lines=True,
        group="队伍",
        aliases=("职能", "主要职责", "职责", "工作职责"),
        width=20,
    )
    leader_name = text(
        "负责人",
        longest=20,
        required=True,
        group="联系",
        aliases=("队长", "负责人姓名", "队长姓名", "队伍负责人", "组长", "带队人", "联系人", "联系人姓名"),
        width=8,
    )
    leader_phone = telephone(
        "负责人电话",
        required=True,
        group="联系",
        aliases=(
            *("负责人联系电话", "负责人手机", "负责人联系方式", "队长电话", "队长联系电话", "联系电话"),
            *("负责人手机号", "负责人手机号码", "队长手机", "队长手机号", "联系人电话", "联系人手机"),
            *("联系方式", "电话", "手机号码", "手机", "手机号", "联系手机", "电话号码"),
        ),
        width=13,
    )
    address = text(
        "通讯地址", group="联系", aliases=("地址", "办公地址", "联系地址", "驻地", "办公地点", "驻地地址")
    )
    founded_on = day(
        "成立日期", group="状态", aliases=("成立时间", "组建时间", "组建日期", "成立年月"), width=11
    )
    is_patrol_team = truth(
        "是否平安巡队伍",
        required=True,
        group="队伍",
        aliases=("平安巡队伍", "是否平安巡", "是否为平安巡队伍"),
        width=8,
    )
    merged_forces = several("整合专业力量", "merged_force", group="队伍", aliases=("整合力量",), width=16)
    status = choice(
        "状态", TeamStatus, required=True, group="状态", aliases=("队伍状态", "在册状态", "是否在册"), width=7
    )
    closed_on = day(
        "撤销日期",
        group="状态",
        aliases=("撤销时间", "解散日期"),
        help="状态为撤销时填写，自这一天起不再计入",
        width=11,
    )

    def active(self, on: dt.date) -> bool:
        """Whether the team counts on the day ``on``: founded on or before it and closed after it."""
        founded = self.founded_on is None or self.founded_on <= on
        if self.closed_on is not None:
            return founded and on < self.closed_on
        return founded and self.status != TeamStatus.CLOSED

    def settle(self) -> None:
        self.status = self.status or TeamStatus.ACTIVE
        if self.team_level is None:
            self.team_level = "village" if self.village_code else "township"
