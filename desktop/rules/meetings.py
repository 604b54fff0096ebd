"""Rules over one of the four meetings: who came, how they voted, what was recorded, when it was called."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.records.codes import code_list
from desktop.records.step import MEETINGS, PASSED, VOTED, Step, StepNo
from desktop.records.village import Village
from desktop.rules.deliberation import proposed_due, verdict
from desktop.rules.rulebook import Breach, Grade, Rulebook
from desktop.rules.standards import Standards, Terms

WRITTEN = "《村级重大事务“四议两公开”决策实施登记表》填表说明"
FIGURES = "本程序约定：人数之间不能矛盾"


@dataclass(frozen=True, slots=True)
class Held:
    """One step, the edition in force on its day, and its village's figures of that day.

    :param today: what is later has not happened yet.
    """

    step: Step
    standards: Standards
    village: Village | None
    today: dt.date

    @property
    def terms(self) -> Terms | None:
        return self.standards.terms(self.step.step_no, self.step.form)

    @property
    def meeting(self) -> bool:
        return self.step.step_no in MEETINGS


book = Rulebook[Held]("step", "四议会议")


def undecided(step: Step) -> bool:
    """Whether the paper itself says that nothing was passed, so that no majority was needed."""
    return step.result not in (None, PASSED)


@book.rule(
    "会议-01",
    "到会人数达到规定的比例",
    source="见各版审核标准",
    grade=Grade.B,
    remedy="核对应到、实到；确实不足的由审核人说明，或重新召开会议",
)
def no_quorum(case: Held) -> Iterator[Breach]:
    judged = verdict(case.step, case.standards)
    if case.meeting and judged.quorum_met is False and not undecided(case.step):
        yield Breach(judged.attendance, case.step.id, "n_present", basis=judged.basis)


@book.rule(
    "会议-02",
    "记为通过的，同意票达到规定的半数",
    source="见各版审核标准",
    grade=Grade.B,
    remedy="核对票数和结果；没有通过的请把结果改为“未通过”或“暂缓”",
)
def no_majority(case: Held) -> Iterator[Breach]:
    judged = verdict(case.step, case.standards)
    if case.meeting and judged.passed is False and case.step.result == PASSED:
        yield Breach(f"结果记为通过，但{judged.votes}", case.step.id, "result", basis=judged.basis)


@book.rule(
    "会议-03",
    "票数已够的，结果应为通过",
    source=WRITTEN,
    grade=Grade.C,
    remedy="核对结果；票数够而暂缓决定的请说明原因（双方人数接近时可以暂缓，党章第十七条）",
)
def passed_but_not_recorded(case: Held) -> Iterator[Breach]:
    judged = verdict(case.step, case.standards)
    if case.meeting and undecided(case.step) and judged.passed and judged.quorum_met:
        word = code_list("vote_result").items.get(case.step.result or "", "")
        yield Breach(
            f"同意 {case.step.n_yes} 票已够，结果却记为“{word}”", case.step.id, "result", basis=judged.basis
        )


@book.rule(
    "会议-04",
    "实到大于 0，不多于应到",
    source=WRITTEN,
    grade=Grade.A,
    remedy="核对签到表，改正应到或实到；列席人员不计入",
)
def more_present_than_due(case: Held) -> Iterator[Breach]:
    due, present = case.step.n_due, case.step.n_present
    if not case.meeting or present is None:
        return
    if present == 0:
        yield Breach("实到为 0 人，会议没有开成", case.step.id, "n_present")
    elif due is not None and present > due:
        yield Breach(f"实到 {present} 人，多于应到 {due} 人", case.step.id, "n_present")


@book.rule(
    "会议-05",
    "同意、反对、弃权相加不多于实到",
    source=WRITTEN,
    grade=Grade.C,
    remedy="核对票数；有会前书面意见计入的请说明",
)
def more_votes_than_people(case: Held) -> Iterator[Breach]:
    votes = [
        number for number in (case.step.n_yes, case.step.n_no, case.step.n_abstain) if number is not None
    ]
    present = case.step.n_present
    if case.meeting and present is not None and sum(votes) > present:
        yield Breach(f"共 {sum(votes)} 票，多于实到 {present} 人", case.step.id, "n_yes")


@book.rule(
    "会议-06", "女代表的人数与总人数相符", source=FIGURES, grade=Grade.C, remedy="核对女代表应到、实到"
)
def women_do_not_fit(case: Held) -> Iterator[Breach]:
    step = case.step
    for name, part, word, whole in (
        ("women_present", step.women_present, "女代表应到", step.women_due),
        ("women_present", step.women_present, "实到", step.n_present),
        ("women_due", step.women_due, "应到", step.n_due),
    ):
        if step.step_no == StepNo.RESOLVE and part is not None and whole is not None and part > whole:
            label = "女代表实到" if name == "women_present" else "女代表应到"
            yield Breach(f"{label} {part} 人，多于{word} {whole} 人", step.id, name)
            return


@book.rule(
    "会议-07",
    "女代表到会达到规定的比例",
    source="部分省实施办法（县里选用时才检查）",
    grade=Grade.B,
    remedy="核对女代表人数；确实不足的由审核人说明",
)
def too_few_women(case: Held) -> Iterator[Breach]:
    due, present, share = (
        case.step.women_due,
        case.step.women_present,
        case.terms.women if case.terms else None,
    )
    if share is None or not due or present is None or share.met(present, due):
        return
    needed = share.needed(due)
    yield Breach(
        f"女代表应到 {due} 人、实到 {present} 人，未达到{share.words}（需 {needed} 人）",
        case.step.id,
        "women_present",
    )


@book.rule(
    "会议-08",
    "按规定天数提前通知",
    source="见各版审核标准",
    grade=Grade.C,
    remedy="核对通知日期和会议时间；确实来不及的请说明",
)
def short_notice(case: Held) -> Iterator[Breach]:
    step, terms = case.step, case.terms
    if terms is None or terms.notice is None or step.notified_on is None or step.held_at is None:
        return
    days = (step.held_at.date() - step.notified_on).days
    if days < 0:
        yield Breach(
            f"通知日期 {step.notified_on} 晚于会议时间", step.id, "notified_on", basis=terms.notice_basis
        )
    elif days < terms.notice:
        said = f"只提前 {days} 天通知，{terms.body}应提前 {terms.notice} 天"
        yield Breach(said, step.id, "notified_on", basis=terms.notice_basis)


@book.rule(
    "会议-09",
    "应到与村情算出的人数相符",
    source="《村级重大事务“四议两公开”决策实施登记表》填表说明：应到按规定的参会对象计算",
    grade=Grade.C,
    remedy="核对应到；村情有变化的请先更新村情",
)
def other_due_than_proposed(case: Held) -> Iterator[Breach]:
    proposal = proposed_due(case.step.step_no, case.step.form, case.village, case.standards)
    due = case.step.n_due
    if case.meeting and proposal is not None and due is not None and due != proposal.number:
        said = (
            f"应到填写为 {due}，按 {case.village.as_of if case.village else ''} 的村情应为 {proposal.number}"
        )
        yield Breach(f"{said}（{proposal.sum_text}）", case.step.id, "n_due", basis=proposal.basis)


@book.rule("会议-10", "会议已经开过", source=FIGURES, grade=Grade.C, remedy="核对会议时间的年、月、日")
def not_held_yet(case: Held) -> Iterator[Breach]:
    held_at = case.step.held_at
    if case.meeting and held_at is not None and held_at.date() > case.today:
        yield Breach(f"会议时间 {held_at:%Y-%m-%d} 晚于今天", case.step.id, "held_at")


@book.rule(
    "会议-11",
    "会议形式与步骤相符",
    source=WRITTEN,
    grade=Grade.A,
    remedy="第三步选党员会议，第四步选村民代表会议或村民会议",
)
def form_of_another_step(case: Held) -> Iterator[Breach]:
    step = case.step
    if step.step_no in VOTED and step.form is not None and not step.form.startswith(str(step.step_no)):
        form, number = (
            code_list("syl_form").items.get(step.form, step.form),
            code_list("syl_step").items[step.step_no],
        )
        yield Breach(f"“{form}”不是“{number}”的会议形式", step.id, "form")
