"""The six steps of 四议两公开: who should attend, what the figures amount to, which step comes next."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.records.matter import Matter
from desktop.records.step import MEETINGS, PASSED, Form, Step, StepNo
from desktop.records.village import Village
from desktop.rules.standards import Of, Standards, Terms, at

EXCLUSIONS = {
    "excluded_sick": "患病",
    "excluded_abroad": "出国",
    "excluded_penalty": "留党察看或服刑",
    "excluded_away": "组织关系应转未转",
    "excluded_other": "其他",
}
ATTENDANTS: Mapping[Form, tuple[tuple[str, str], ...]] = {
    Form.REPRESENTATIVES: (("村委会成员", "village_committee"), ("村民代表", "reps")),
    Form.VILLAGERS: (("18 周岁以上村民", "adults"),),
    Form.HOUSEHOLDS: (("户数", "households"),),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """应到 as the village's figures have it, with the sum in words and the clause."""

    number: int
    sum_text: str
    basis: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a step's figures amount to; ``None`` where figures are missing or nothing is asked."""

    quorum_met: bool | None
    passed: bool | None
    sentence: str
    basis: str = ""
    attendance: str = ""  # the part of the sentence about who came
    votes: str = ""  # and about who agreed


def proposed_due(
    step_no: str | None, form: str | None, village: Village | None, standards: Standards | None = None
) -> Proposal | None:
    """应到 of a meeting from the figures of its village; ``None`` where they do not tell.

    A 党员议事会 has members of its own that no village figure gives.

    :param standards: whose clause is named; the newest edition if not given.
    """
    terms = (standards or at(dt.date.max)).terms(step_no, form)
    if village is None or terms is None or terms.attend is None:
        return None
    basis = f"{terms.basis}：{terms.note}" if terms.note else terms.basis
    found = _counted(str(step_no), form, village)
    return Proposal(*found, basis) if found else None


def _counted(step_no: str, form: str | None, village: Village) -> tuple[int, str] | None:
    if step_no == StepNo.PROPOSE and village.branch_committee:
        return village.branch_committee, f"村党组织委员 {village.branch_committee}"
    if (step_no == StepNo.PROPOSE and village.branch_committee == 0) or form == Form.PARTY_MEETING:
        return _party(village)
    if step_no == StepNo.CONSULT:
        return _both_committees(village)
    parts = [(word, getattr(village, name)) for word, name in ATTENDANTS.get(Form(form), ())] if form else []
    if not parts or any(number is None for _, number in parts):
        return None
    total = sum(number for _, number in parts)
    words = " + ".join(f"{word} {number}" for word, number in parts)
    return total, words if len(parts) == 1 else f"{words} = {total}"


def _party(village: Village) -> tuple[int, str] | None:
    """Members with a vote, less those whom the branch may leave out (REFERENCE: who counts as 应到)."""
    voting, excluded = village.party_voting, village.excluded(dt.date.max)
    if voting is None or voting < excluded:
        return None
    if not excluded:
        return voting, f"有表决权 {voting}"
    reasons = [f"{word} {number}" for name, word in EXCLUSIONS.items() if (number := getattr(village, name))]
    number = voting - excluded
    return number, f"有表决权 {voting} − 不计入 {excluded}（{'、'.join(reasons)}）= {number}"


def _both_committees(village: Village) -> tuple[int, str] | None:
    village_side, party_side, both = (
        village.village_committee,
        village.branch_committee,
        village.cross_holders,
    )
    if village_side is None or party_side is None or both is None:
        return None
    number = village_side + party_side - both
    words = f"村委会成员 {village_side} + 村党组织委员 {party_side}"
    return number, f"{words} − 交叉任职 {both}（只算一次）= {number}" if both else f"{words} = {number}"


def verdict(step: Step, standards: Standards) -> Verdict:
    """Whether quorum and majority of a step hold, in a sentence with the figures and the clause.

    :param standards: the edition in force on the day of the step.
    """
    terms = standards.terms(step.step_no, step.form)
    if terms is None:
        return Verdict(None, None, "先选定会议形式，才能判断到会和表决" if step.step_no else "")
    if terms.posted is not None:
        return _posted(step, terms, terms.posted)
    quorum_met, attendance = _attendance(step, terms)
    passed, votes = _votes(step, terms)
    said = "；".join(part for part in (attendance, votes) if part)
    sentence = f"{said}。依据：{terms.basis}" if said else "填写应到、实到后判断"
    return Verdict(quorum_met, passed, sentence, terms.basis, attendance, votes)


def _attendance(step: Step, terms: Terms) -> tuple[bool | None, str]:
    due, present, share = step.n_due, step.n_present, terms.attend
    if share is None or not due:
        return None, ""
    needed, unit = share.needed(due), terms.unit
    if present is None:
        return None, f"应到 {due} {unit}，到会须{share.words}（{needed} {unit}）"
    met = share.met(present, due)
    told = (
        f"达到{share.words}（需 {needed} {unit}）"
        if met
        else _short(share.words, needed, needed - present, unit)
    )
    return met, f"应到 {due} {unit}，到会 {present} {unit}，{told}"


def _votes(step: Step, terms: Terms) -> tuple[bool | None, str]:
    whole = step.n_due if terms.agree_of is Of.DUE else step.n_present
    share, yes = terms.agree, step.n_yes
    if share is None or not whole or yes is None:
        return None, ""
    base, needed = ("应到" if terms.agree_of is Of.DUE else "到会"), share.needed(whole)
    met = share.met(yes, whole)
    words = share.words.removeprefix("过").removeprefix("超过")
    if met:
        told = f"{'超过' if share.strict else '达到'}{base}的{words}（需 {needed} 票）"
    else:
        told = (
            f"{'未过' if share.strict else '未达到'}{base}的{words}（需 {needed} 票，还差 {needed - yes} 票）"
        )
    return met, f"同意 {yes} 票，{told}"


def _short(words: str, needed: int, missing: int, unit: str) -> str:
    return f"未达到{words}（需 {needed} {unit}，还差 {missing} {unit}）"


def posted_days(step: Step) -> int | None:
    """Days of publicity, both ends counted; ``None`` while an end is missing or they are out of order."""
    if step.open_from is None or step.open_to is None or step.open_to < step.open_from:
        return None
    return (step.open_to - step.open_from).days + 1


def _posted(step: Step, terms: Terms, least: int) -> Verdict:
    days = posted_days(step)
    if days is None:
        if step.open_from is None:
            return Verdict(None, None, f"公开不少于 {least} 天，首尾都算。依据：{terms.basis}", terms.basis)
        last = step.open_from + dt.timedelta(days=least - 1)
        return Verdict(
            None, None, f"自 {step.open_from} 公开，至少到 {last}。依据：{terms.basis}", terms.basis
        )
    span = f"{step.open_from} 至 {step.open_to} 公开，首尾都算共 {days} 天"
    if days < least:
        said = f"{span}，不足 {least} 天，还差 {least - days} 天"
    else:
        said = f"{span}，达到 {least} 天"
        if step.step_no == StepNo.PUBLISH and step.open_to is not None:
            said += f"；第 {days + 1} 日（{step.open_to + dt.timedelta(days=1)}）起可实施"
    return Verdict(None, days >= least, f"{said}。依据：{terms.basis}", terms.basis)


def concluded(step: Step, standards: Standards) -> bool:
    """Whether a step on file lets the next one open: what the clerk recorded, else what the figures say."""
    if step.step_no in MEETINGS:
        return step.result == PASSED if step.result else bool(verdict(step, standards).passed)
    return posted_days(step) is not None


def next_step(matter: Matter, steps: Iterable[Step]) -> StepNo | None:
    """The first step not yet passed; ``None`` when all six are.

    Worked out from the records each time, never stored, so a corrected
    figure moves a matter back by itself. One person who is secretary and
    director may merge the second step into the first.
    """
    held = {step.step_no: step for step in steps}
    for number in StepNo:
        step = held.get(number)
        if step is None and number == StepNo.CONSULT and matter.merge_1_2:
            continue
        if step is None or not concluded(step, at(step.date or dt.date.max)):
            return number
    return None
