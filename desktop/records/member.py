"""群防群治队员: the roster; a person in several teams has an entry in each."""

import datetime as dt

from desktop.records import identity
from desktop.records.common import Located
from desktop.records.fields import (
    Privacy,
    day,
    link,
    listed,
    resident_id,
    several,
    telephone,
    text,
    truth,
    worked_out,
)
from desktop.records.kinds import Whole

RESIDENT_CARD = "111"  # GA/T 517
ON_ROSTER, LEFT, PAUSED = "1", "2", "3"
MEMBERSHIP = ("人员状态", "在队状态", "在册状态", "是否在册", "是否在队")


class Member(Located):
    __tablename__ = "member"
    caption, chapter, index, mark = "队员花名册", "群防群治", "3.2", "DY"
    naming = "name"
    key = ("team_id", "id_number")
    otherwise = ("team_id", "name", "mobile")
    dated = ("joined_on", "left_on")

    team_id = link(
        "队伍", "team", required=True, group="队伍", aliases=("队伍名称", "所在队伍", "组织名称"), width=18
    )
    name = text(
        "姓名", longest=20, required=True, group="本人", aliases=("队员姓名", "成员姓名", "名字"), width=8
    )
    id_type = listed("证件种类", "id_type", group="本人", aliases=("证件类型", "证件代码"), width=10)
    id_number = resident_id(
        "身份证号",
        required=True,
        group="本人",
        aliases=(
            *(
                "身份证号码",
                "公民身份号码",
                "身份证",
                "身份证件号码",
                "公民身份证号码",
                "公民身份证号",
                "居民身份证号码",
            ),
            *("居民身份证号", "居民身份证", "身份号码", "证件号码", "证件号"),
        ),
        width=20,
        help="18 位；录入后自动得出性别、出生日期和年龄",
    )
    gender = listed("性别", "gender", required=True, group="本人", width=6)
    birth_date = day(
        "出生日期",
        required=True,
        group="本人",
        aliases=("出生年月", "出生年月日", "出生时间", "生日", "出生"),
        width=11,
    )
    ethnicity = listed("民族", "ethnicity", group="本人", width=6)
    political = listed(
        "政治面貌", "political", group="本人", aliases=("政治身份", "政治面目", "面貌"), width=10
    )
    education = listed(
        "文化程度",
        "education_simple",
        group="本人",
        aliases=("学历", "学历层次", "最高学历", "文化水平", "受教育程度"),
        width=10,
    )
    duty = listed(
        "职务",
        "member_duty",
        required=True,
        group="队伍",
        aliases=("队内职务", "队伍职务", "担任职务", "职位", "岗位"),
        width=8,
    )
    member_category = listed(
        "人员类别",
        "member_category",
        group="队伍",
        aliases=("人员性质", "类别", "人员分类", "队员类型", "人员类型", "人员身份", "身份类别", "身份"),
        width=12,
    )
    skills = several("专业特长", "skill", group="队伍", aliases=("特长", "个人特长", "技能特长"), width=14)
    mobile = telephone(
        "手机",
        longest=11,
        required=True,
        group="联系",
        aliases=(
            *("手机号", "手机号码", "联系手机", "移动电话", "联系电话", "联系方式", "电话", "电话号码"),
            *("联系号码", "联系电话号码", "手机电话"),
        ),
        width=13,
    )
    phone = telephone(
        "固定电话",
        group="联系",
        aliases=("座机", "固话", "座机号", "办公电话", "住宅电话", "联系电话", "电话"),
        width=13,
    )
    address = text(
        "家庭住址",
        privacy=Privacy.PERSONAL,
        group="联系",
        aliases=("住址", "现住址", "居住地址", "家庭地址", "家庭详细住址", "居住地", "详细地址", "地址"),
        width=20,
    )
    occupation = text(
        "职业（工作单位）",
        group="联系",
        aliases=("职业", "工作单位", "所在单位", "工作单位及职务", "单位及职务", "单位"),
        width=14,
    )
    service_direction = listed(
        "志愿服务方向", "volunteer_team_type", group="志愿者", aliases=("服务方向",), width=14
    )
    volunteer_no = text(
        "注册编号",
        group="志愿者",
        aliases=("志愿者编号", "志愿者注册编号", "注册号"),
        help="全国志愿服务信息系统的编号",
    )
    joined_on = day(
        "入队日期",
        required=True,
        group="状态",
        aliases=("入队时间", "加入时间", "加入日期", "入队年月", "参加时间", "加入队伍时间", "参加队伍时间"),
        width=11,
    )
    status = listed("状态", "member_status", required=True, group="状态", aliases=MEMBERSHIP, width=7)
    left_on = day(
        "退出日期",
        group="状态",
        aliases=("退出时间", "离队日期", "离队时间"),
        help="状态为退出时填写，自这一天起不再计入",
        width=11,
    )
    consent = truth(
        "同意登记",
        group="状态",
        aliases=("是否同意登记", "是否同意"),
        help="本人同意登记个人信息（志愿服务条例第20条、个人信息保护法第29条）",
        width=8,
    )
    consent_on = day("同意日期", group="状态", width=11)

    @worked_out("年龄", Whole(unit="岁"))
    def age(self, on: dt.date) -> int | None:
        """Full years on the day ``on``."""
        if self.birth_date is None:
            return None
        had_birthday = (on.month, on.day) >= (self.birth_date.month, self.birth_date.day)
        return on.year - self.birth_date.year - (not had_birthday)

    def active(self, on: dt.date) -> bool:
        """Whether the person is on the roster on ``on``: ``joined_on <= on < left_on``."""
        joined = self.joined_on is None or self.joined_on <= on
        if self.left_on is not None:
            return joined and on < self.left_on
        return joined and self.status != LEFT

    def settle(self) -> None:
        self.status = self.status or ON_ROSTER
        number = self.id_number or ""
        if len(number) == 18 and self.id_type in (None, RESIDENT_CARD):
            self.id_type = RESIDENT_CARD
            self.gender = self.gender or identity.gender(number)
            self.birth_date = self.birth_date or identity.birth_date(number)
