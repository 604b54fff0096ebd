"""Rules over a village's figures: whether they hold together, and how the law composes its bodies."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.records.village import Village
from desktop.rules.rulebook import Breach, Grade, Rulebook
from desktop.rules.standards import Standards

SUM = "本程序约定：部分不多于整体"
PARTY = "《中国共产党支部工作条例（试行）》第十一条；不计入应到须经上级批准和党员大会同意"
LAW = "《村民委员会组织法》第二十五条，见各版审核标准"


@dataclass(frozen=True, slots=True)
class Profile:
    """A village's figures and the edition in force on their day."""

    village: Village
    standards: Standards


book = Rulebook[Profile]("village", "村情")


@book.rule(
    "村情-01",
    "有表决权不多于正式党员，正式党员不多于党员总数",
    source=SUM,
    grade=Grade.A,
    remedy="核对党员人数",
)
def party_numbers(case: Profile) -> Iterator[Breach]:
    village = case.village
    for name, part, part_word, whole, whole_word in (
        ("party_voting", village.party_voting, "有表决权", village.party_formal, "正式党员"),
        ("party_formal", village.party_formal, "正式党员", village.party_total, "党员总数"),
    ):
        if part is not None and whole is not None and part > whole:
            yield Breach(f"{part_word} {part} 人，多于{whole_word} {whole} 人", village.id, name)


@book.rule(
    "村情-02", "不计入应到的不多于有表决权的", source=SUM, grade=Grade.A, remedy="核对不计入应到的各项人数"
)
def excluded_too_many(case: Profile) -> Iterator[Breach]:
    excluded, voting = case.village.excluded(dt.date.max), case.village.party_voting
    if voting is not None and excluded > voting:
        yield Breach(f"不计入应到共 {excluded} 人，多于有表决权 {voting} 人", case.village.id, "party_voting")


@book.rule(
    "村情-03",
    "不计入应到的写明说明",
    source=PARTY,
    grade=Grade.C,
    remedy="填写不计入的说明：谁批准、哪次大会同意",
)
def excluded_without_note(case: Profile) -> Iterator[Breach]:
    excluded = case.village.excluded(dt.date.max)
    if excluded and not case.village.excluded_note:
        yield Breach(f"不计入应到 {excluded} 人，没有说明", case.village.id, "excluded_note")


@book.rule(
    "村情-04", "交叉任职的不多于村委会、村党组织任何一方", source=SUM, grade=Grade.A, remedy="核对两委人数"
)
def cross_holders(case: Profile) -> Iterator[Breach]:
    both = case.village.cross_holders
    for word, number in (
        ("村委会成员", case.village.village_committee),
        ("村党组织委员", case.village.branch_committee),
    ):
        if both is not None and number is not None and both > number:
            yield Breach(f"两委交叉任职 {both} 人，多于{word} {number} 人", case.village.id, "cross_holders")
            return


@book.rule("村情-05", "女代表不多于村民代表", source=SUM, grade=Grade.A, remedy="核对村民代表人数")
def women_reps(case: Profile) -> Iterator[Breach]:
    women, reps = case.village.women_reps, case.village.reps
    if women is not None and reps is not None and women > reps:
        yield Breach(f"女代表 {women} 人，多于村民代表 {reps} 人", case.village.id, "women_reps")


@book.rule(
    "村情-06", "每 5 至 15 户推选村民代表一人", source=LAW, grade=Grade.D, remedy="核对户数和村民代表人数"
)
def households_a_representative(case: Profile) -> Iterator[Breach]:
    households, reps, rules = case.village.households, case.village.reps, case.standards
    if not households or not reps:
        return
    if not rules.households_least * reps <= households <= rules.households_most * reps:
        least, most = -(-households // rules.households_most), households // rules.households_least
        said = f"{households} 户有村民代表 {reps} 人，应在 {least} 至 {most} 人之间"
        yield Breach(said, case.village.id, "reps", basis=rules.village_basis)


@book.rule(
    "村情-07",
    "村民代表占代表会议组成人员五分之四以上",
    source=LAW,
    grade=Grade.C,
    remedy="核对村民代表、村委会成员人数",
)
def too_few_representatives(case: Profile) -> Iterator[Breach]:
    reps, committee, share = case.village.reps, case.village.village_committee, case.standards.reps_share
    if reps is None or committee is None or not reps + committee or share.met(reps, reps + committee):
        return
    whole, part = reps + committee, share.words.removesuffix("以上")
    said = f"村民代表 {reps} 人，占代表会议 {whole} 人不到{part}（需 {share.needed(whole)} 人）"
    yield Breach(said, case.village.id, "reps", basis=case.standards.village_basis)


@book.rule(
    "村情-08",
    "女代表占村民代表三分之一以上",
    source=LAW,
    grade=Grade.C,
    remedy="核对女代表人数；确实不足的请说明",
)
def too_few_women(case: Profile) -> Iterator[Breach]:
    women, reps, share = case.village.women_reps, case.village.reps, case.standards.women_share
    if women is None or not reps or share.met(women, reps):
        return
    part = share.words.removesuffix("以上")
    said = f"女代表 {women} 人，占村民代表 {reps} 人不到{part}（需 {share.needed(reps)} 人）"
    yield Breach(said, case.village.id, "women_reps", basis=case.standards.village_basis)
