"""Rules over one agreement and the others of the same partner: code, dates, distinct units, type."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.records import identity
from desktop.records.agreement import PARTNER_OF_PREFIX, Agreement, Standing
from desktop.records.codes import code_list
from desktop.records.kinds import MOBILE
from desktop.records.reading import half_width
from desktop.rules.members import LANDLINE
from desktop.rules.rulebook import Breach, Grade, Mend, Rulebook

GB_32100 = "GB 32100-2015《法人和其他组织统一社会信用代码编码规则》"
REGISTER = "共建协议台账填表要求"
ALSO_FITS = {
    "11": {"10"},
    "12": {"06", "07"},
    "52": {"06", "07"},
}  # schools and hospitals have a type of their own


@dataclass(frozen=True, slots=True)
class Pact:
    """An agreement on a day.

    :param others: other agreements whose partner has the same code or the same name.
    """

    agreement: Agreement
    on: dt.date
    others: Sequence[Agreement] = ()


book = Rulebook[Pact]("agreement", "共建协议")


def unit_name(name: str | None) -> str:
    """A unit's name as it is compared: plain brackets, no blanks."""
    return re.sub(r"\s+", "", half_width(name or ""))


def units(agreements: Iterable[Agreement]) -> int:
    """How many units are partners: one a credit code, and one a name that no coded agreement bears."""
    listed = list(agreements)
    coded = {unit_name(one.party_b_name) for one in listed if one.party_b_uscc}
    names = {unit_name(one.party_b_name) for one in listed if not one.party_b_uscc}
    return len({one.party_b_uscc for one in listed if one.party_b_uscc}) + len(names - coded)


def same_unit(one: Agreement, other: Agreement) -> bool:
    """Whether two agreements have one partner: by their codes where both have one, else by name."""
    if one.party_b_uscc and other.party_b_uscc:
        return one.party_b_uscc == other.party_b_uscc
    return unit_name(one.party_b_name) == unit_name(other.party_b_name) != ""


def last_day(agreement: Agreement) -> dt.date:
    """The last day on which an agreement is valid."""
    ends = [agreement.valid_to or dt.date.max]
    if agreement.terminated_on is not None:
        ends.append(agreement.terminated_on - dt.timedelta(days=1))
    return min(ends)


@book.rule("协议-01", "统一社会信用代码正确", source=GB_32100, grade=Grade.A, remedy="对照登记证书重新录入")
def bad_code(case: Pact) -> Iterator[Breach]:
    code = case.agreement.party_b_uscc
    if code and (fault := identity.credit_fault(code)):
        yield Breach(f"统一社会信用代码{fault}", case.agreement.id, "party_b_uscc")


@book.rule(
    "协议-02",
    "签订、起始、截止、终止日期依次不倒",
    source=REGISTER,
    grade=Grade.A,
    remedy="对照协议文本核对日期",
)
def dates_out_of_order(case: Pact) -> Iterator[Breach]:
    one = case.agreement
    for name, later, word, earlier, earlier_word in (
        ("valid_to", one.valid_to, "截止日期", one.valid_from, "起始日期"),
        ("valid_to", one.valid_to, "截止日期", one.signed_on, "签订日期"),
        ("terminated_on", one.terminated_on, "提前终止日期", one.signed_on, "签订日期"),
    ):
        if later is not None and earlier is not None and later < earlier:
            yield Breach(f"{word} {later} 早于{earlier_word} {earlier}", one.id, name)
            return


@book.rule(
    "协议-03",
    "同一信用代码的单位名称相同",
    source=GB_32100,
    grade=Grade.C,
    remedy="核对名称和代码；更名的请说明",
)
def same_code_other_name(case: Pact) -> Iterator[Breach]:
    one = case.agreement
    for other in case.others:
        same = one.party_b_uscc is not None and other.party_b_uscc == one.party_b_uscc
        if (
            same
            and one.party_b_name
            and unit_name(other.party_b_name) not in ("", unit_name(one.party_b_name))
        ):
            said = f"同一信用代码的另一份协议写的是“{other.party_b_name}”"
            yield Breach(said, one.id, "party_b_name")
            return


@book.rule(
    "协议-04",
    "同一单位的信用代码相同",
    source=GB_32100,
    grade=Grade.C,
    remedy="核对代码；确是同名的两家单位请说明",
)
def same_name_other_code(case: Pact) -> Iterator[Breach]:
    one = case.agreement
    for other in case.others:
        same = bool(one.party_b_name) and unit_name(other.party_b_name) == unit_name(one.party_b_name)
        if same and one.party_b_uscc and other.party_b_uscc and other.party_b_uscc != one.party_b_uscc:
            yield Breach("同名单位的另一份协议写的是另一个信用代码", one.id, "party_b_uscc")
            return


@book.rule(
    "协议-05", "协议没有到期", source=REGISTER, grade=Grade.D, remedy="续签后录入新协议，或改正截止日期"
)
def expired(case: Pact) -> Iterator[Breach]:
    standing, ends = case.agreement.status(case.on), case.agreement.valid_to
    if standing == Standing.ENDED:
        yield Breach(f"协议已于 {ends} 到期", case.agreement.id, "valid_to")
    elif standing == Standing.ENDING:
        yield Breach(f"协议将于 {ends} 到期", case.agreement.id, "valid_to")


@book.rule(
    "协议-06",
    "同一双方没有重叠的有效协议",
    source=REGISTER,
    grade=Grade.C,
    remedy="重复录入的删去一份；补充协议请说明",
)
def overlapping(case: Pact) -> Iterator[Breach]:
    one = case.agreement
    begun = one.valid_from or one.signed_on
    if begun is None:
        return
    for other in case.others:
        other_begun = other.valid_from or other.signed_on
        if other_begun is None or other.party_a_code != one.party_a_code or not same_unit(one, other):
            continue
        if begun <= last_day(other) and other_begun <= last_day(one):
            yield Breach(f"与 {other_begun} 起的另一份协议时间重叠", one.id, "valid_from")
            return


@book.rule(
    "协议-07",
    "单位类型与信用代码一致",
    source=GB_32100,
    grade=Grade.D,
    remedy="按信用代码改正；以县里口径为准",
)
def other_type(case: Pact) -> Iterator[Breach]:
    code, typed = case.agreement.party_b_uscc or "", case.agreement.partner_type
    told = PARTNER_OF_PREFIX.get(code[:2])
    if (
        told
        and typed
        and typed != told
        and typed not in ALSO_FITS.get(code[:2], ())
        and not identity.credit_fault(code)
    ):
        names = code_list("partner_type").items
        said = f"单位类型填写为{names.get(typed, typed)}，信用代码以 {code[:2]} 开头表示{names[told]}"
        yield Breach(
            said, case.agreement.id, "partner_type", mend=Mend(f"改为{names[told]}", {"partner_type": told})
        )


@book.rule("协议-08", "提前终止的写明原因", source=REGISTER, grade=Grade.D, remedy="填写终止原因")
def terminated_without_reason(case: Pact) -> Iterator[Breach]:
    if case.agreement.terminated_on is not None and not case.agreement.terminated_reason:
        yield Breach(
            f"{case.agreement.terminated_on} 提前终止，没有写明原因", case.agreement.id, "terminated_reason"
        )


@book.rule("协议-09", "联络员电话是电话号码", source="电信网编号计划", grade=Grade.C, remedy="核对号码")
def bad_phone(case: Pact) -> Iterator[Breach]:
    number = case.agreement.liaison_phone
    if number and not MOBILE.fullmatch(number) and not LANDLINE.fullmatch(number):
        said = f"联络员电话有 {len(number)} 位，既不是 11 位手机号，也不是固定电话"
        yield Breach(said, case.agreement.id, "liaison_phone")
