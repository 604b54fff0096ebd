"""Rules over one member of a team: identity number, age, name, telephone, consent, dates."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.records import identity
from desktop.records.codes import code_list
from desktop.records.kinds import MOBILE
from desktop.records.member import LEFT, RESIDENT_CARD, Member
from desktop.rules.rulebook import Breach, Grade, Mend, Rulebook
from desktop.rules.standards import Standards

GB_11643 = "GB 11643-1999《公民身份号码》"
ROSTER = "群防群治队伍花名册填表要求"
BLANK = re.compile(r"\s+")
NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff〇A-Za-z·•．.]{2,}")
OLD_NUMBER = re.compile(r"\d{15}")
LANDLINE = re.compile(r"(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of the roster.

    :param today: the day on which the person's age counts; a later joining has not happened yet.
    """

    member: Member
    today: dt.date
    standards: Standards

    @property
    def number(self) -> str:
        """The resident number, if the answer is one."""
        card = self.member.id_type in (None, RESIDENT_CARD)
        return (self.member.id_number or "") if card else ""

    @property
    def sound(self) -> bool:
        """Whether the resident number holds, so that sex and birth date can be read from it."""
        return bool(self.number) and identity.resident_fault(self.number, self.today) is None


book = Rulebook[Person]("member", "队员")


@book.rule("队员-01", "身份证号正确", source=GB_11643, grade=Grade.A, remedy="对照身份证重新录入")
def bad_number(case: Person) -> Iterator[Breach]:
    if not case.number or OLD_NUMBER.fullmatch(case.number):
        return
    if fault := identity.resident_fault(case.number, case.today):
        yield Breach(f"身份证号{fault}", case.member.id, "id_number")


@book.rule(
    "队员-02", "身份证号为 18 位", source=GB_11643, grade=Grade.C, remedy="请本人提供 18 位号码；不要自行换算"
)
def old_number(case: Person) -> Iterator[Breach]:
    if OLD_NUMBER.fullmatch(case.number):
        yield Breach("身份证号是 15 位的旧号码", case.member.id, "id_number")


@book.rule(
    "队员-03",
    "性别与身份证号一致",
    source=GB_11643,
    grade=Grade.B,
    remedy="按身份证号改正；确有特殊情况的由审核人说明",
)
def other_gender(case: Person) -> Iterator[Breach]:
    told, typed = identity.gender(case.number) if case.sound else None, case.member.gender
    if told and typed and told != typed:
        names = code_list("gender").items
        said = f"性别填写为{names.get(typed, typed)}，身份证号第 17 位表示{names[told]}"
        yield Breach(said, case.member.id, "gender", mend=Mend(f"改为{names[told]}", {"gender": told}))


@book.rule(
    "队员-04",
    "出生日期与身份证号一致",
    source=GB_11643,
    grade=Grade.B,
    remedy="按身份证号改正；证件有误的由审核人说明",
)
def other_birth_date(case: Person) -> Iterator[Breach]:
    told, typed = identity.birth_date(case.number) if case.sound else None, case.member.birth_date
    if told and typed and told != typed:
        said = f"出生日期填写为 {typed}，身份证号表示 {told}"
        yield Breach(said, case.member.id, "birth_date", mend=Mend(f"改为 {told}", {"birth_date": told}))


@book.rule(
    "队员-05",
    "年龄在规定范围内",
    source="本程序约定：18 至 70 周岁",
    grade=Grade.C,
    remedy="核对出生日期；确实在队的请说明",
)
def out_of_age(case: Person) -> Iterator[Breach]:
    age, rules = case.member.age(case.today), case.standards
    if age is not None and case.member.active(case.today) and not rules.age_least <= age <= rules.age_most:
        said = f"{age} 周岁，不在 {rules.age_least} 至 {rules.age_most} 周岁之间"
        yield Breach(said, case.member.id, "birth_date")


@book.rule("队员-06", "姓名中没有空格", source=ROSTER, grade=Grade.C, remedy="去掉空格")
def blank_in_name(case: Person) -> Iterator[Breach]:
    name = case.member.name or ""
    if BLANK.search(name):
        plain = BLANK.sub("", name)
        mend = None if re.search(r"[A-Za-z]", name) else Mend(f"改为“{plain}”", {"name": plain})
        yield Breach(f"姓名“{name}”中有空格", case.member.id, "name", mend=mend)


@book.rule(
    "队员-07",
    "姓名为两个以上汉字或字母",
    source=ROSTER,
    grade=Grade.C,
    remedy="按身份证上的姓名改正；少见的字可以说明",
)
def odd_name(case: Person) -> Iterator[Breach]:
    name = BLANK.sub("", case.member.name or "")
    if name and not NAME.fullmatch(name):
        why = "只有一个字" if len(name) == 1 else "含有数字或符号"
        yield Breach(f"姓名“{name}”{why}", case.member.id, "name")


@book.rule(
    "队员-08",
    "手机号为 11 位",
    source="电信网编号计划",
    grade=Grade.C,
    remedy="核对号码；只有固定电话的请说明",
)
def bad_mobile(case: Person) -> Iterator[Breach]:
    number = case.member.mobile
    if number and not MOBILE.fullmatch(number):
        yield Breach(f"手机号有 {len(number)} 位，不是以 13 至 19 开头的 11 位号码", case.member.id, "mobile")


@book.rule(
    "队员-09",
    "本人同意登记个人信息",
    source="《志愿服务条例》第二十条、《个人信息保护法》第二十九条",
    grade=Grade.D,
    remedy="取得本人同意后填“是”",
)
def no_consent(case: Person) -> Iterator[Breach]:
    if not case.member.consent and case.member.active(case.today):
        yield Breach("还没有记下本人同意登记", case.member.id, "consent")


@book.rule("队员-10", "退出的写明退出日期", source=ROSTER, grade=Grade.A, remedy="填写退出日期")
def left_without_date(case: Person) -> Iterator[Breach]:
    if case.member.status == LEFT and case.member.left_on is None:
        yield Breach("状态为退出，没有退出日期", case.member.id, "left_on")


@book.rule(
    "队员-11", "有退出日期的，状态为退出", source=ROSTER, grade=Grade.C, remedy="改正状态，或去掉退出日期"
)
def left_but_listed(case: Person) -> Iterator[Breach]:
    left = case.member.left_on
    if left is not None and left <= case.today and case.member.status not in (None, LEFT):
        mend = Mend("状态改为退出", {"status": LEFT})
        yield Breach(f"{left} 已退出，状态却不是退出", case.member.id, "status", mend=mend)


@book.rule(
    "队员-12", "出生、入队、退出依次不倒", source=ROSTER, grade=Grade.A, remedy="核对入队日期、退出日期"
)
def dates_out_of_order(case: Person) -> Iterator[Breach]:
    member = case.member
    if member.joined_on is not None and member.left_on is not None and member.joined_on > member.left_on:
        yield Breach(f"入队日期 {member.joined_on} 晚于退出日期 {member.left_on}", member.id, "joined_on")
    elif (
        member.joined_on is not None
        and member.birth_date is not None
        and member.joined_on <= member.birth_date
    ):
        yield Breach(
            f"入队日期 {member.joined_on} 不晚于出生日期 {member.birth_date}", member.id, "joined_on"
        )


@book.rule("队员-13", "入队日期不晚于今天", source=ROSTER, grade=Grade.C, remedy="核对入队日期的年、月、日")
def not_joined_yet(case: Person) -> Iterator[Breach]:
    if case.member.joined_on is not None and case.member.joined_on > case.today:
        yield Breach(f"入队日期 {case.member.joined_on} 晚于今天", case.member.id, "joined_on")
