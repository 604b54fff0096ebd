"""Rules over the two publicities: their days, objections to them."""

from collections.abc import Iterator

from desktop.records.step import Step, StepNo
from desktop.rules.deliberation import posted_days
from desktop.rules.meetings import Held
from desktop.rules.rulebook import Breach, Grade, Rulebook

NO_OBJECTION = ("", "无", "没有", "无异议", "没有异议")

book = Rulebook[Held]("step", "两公开")


def publicity(step: Step) -> bool:
    return step.step_no in (StepNo.PUBLISH, StepNo.REPORT)


@book.rule(
    "公开-01",
    "公开达到规定的天数，首尾都算",
    source="见各版审核标准",
    grade=Grade.C,
    remedy="核对公开日期起止；确实不足的请说明",
)
def too_short(case: Held) -> Iterator[Breach]:
    days, terms = posted_days(case.step), case.terms
    if publicity(case.step) and terms and terms.posted and days is not None and days < terms.posted:
        said = f"只公开 {days} 天（首尾都算），不足 {terms.posted} 天"
        yield Breach(said, case.step.id, "open_to", basis=terms.basis)


@book.rule("公开-02", "公开止期不早于起期", source="日历", grade=Grade.A, remedy="核对公开日期起、止")
def ends_before_it_begins(case: Held) -> Iterator[Breach]:
    begun, ended = case.step.open_from, case.step.open_to
    if publicity(case.step) and begun is not None and ended is not None and ended < begun:
        yield Breach(f"公开日期止 {ended} 早于起 {begun}", case.step.id, "open_to")


@book.rule(
    "公开-03",
    "有异议的须有答复",
    source="《村级重大事务“四议两公开”决策实施登记表》表（五）、表（六）",
    grade=Grade.B,
    remedy="填写答复情况；没有异议的把异议情况填为“无”",
)
def unanswered(case: Held) -> Iterator[Breach]:
    said = (case.step.objections or "").strip("。 ")
    if publicity(case.step) and said not in NO_OBJECTION and not case.step.reply:
        yield Breach(f"记有异议“{said[:20]}”，没有答复情况", case.step.id, "reply")


@book.rule("公开-04", "公开已经开始", source="日历", grade=Grade.C, remedy="核对公开日期起的年、月、日")
def not_begun_yet(case: Held) -> Iterator[Breach]:
    begun = case.step.open_from
    if publicity(case.step) and begun is not None and begun > case.today:
        yield Breach(f"公开日期起 {begun} 晚于今天", case.step.id, "open_from")
