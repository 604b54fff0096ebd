"""For every rule a case that breaks it and one that keeps it; ``tests/test_every_rule.py`` runs them."""

import datetime as dt
from typing import Any, NamedTuple

from desktop.records import Agreement, Matter, Member, Step, Team, Village
from desktop.records.identity import resident_check
from desktop.records.matter import Course
from desktop.records.team import TeamStatus
from desktop.rules.agreements import Pact
from desktop.rules.answers import Entry
from desktop.rules.coverage import Coverage
from desktop.rules.meetings import Held
from desktop.rules.members import Person
from desktop.rules.procedure import Procedure
from desktop.rules.rosters import Rolls, Sitting
from desktop.rules.standards import at
from desktop.rules.teams import Squad
from desktop.rules.villages import Profile

TODAY = dt.date(2026, 11, 23)
CODE, SCHOOL_CODE = "91341302MA0000015L", "123413000000000271"
DAY = dt.timedelta(days=1)


class Example(NamedTuple):
    """Cases of one rule."""

    breaks: Any
    keeps: Any


def number(born: str = "19880312", order: str = "002") -> str:
    """A sound resident number of a region that does not exist."""
    front = f"341399{born}{order}"
    return front + resident_check(front)


def person(**answers: Any) -> Person:
    """A member who breaks no rule, but for ``answers``."""
    sound = {
        "id": 1,
        "team_id": 1,
        "name": "陈静",
        "id_number": number(),
        "gender": "2",
        "birth_date": dt.date(1988, 3, 12),
        "mobile": "13800000001",
        "joined_on": dt.date(2025, 1, 1),
        "status": "1",
        "consent": True,
    }
    return Person(Member(**sound | answers), TODAY, at(TODAY))


def sitting(entry: int, team: int = 1, name: str = "陈静", **answers: Any) -> Sitting:
    """One person on a roster, with a number and a telephone of her own."""
    known = {
        "village": "341399101201",
        "id_number": number(order=f"{entry:03}"),
        "born": dt.date(1988, 3, 1) + (entry - 1) * DAY,
        "mobile": f"1380000{entry:04}",
    }
    return Sitting(entry, team, name=name, **known | answers)  # type: ignore[arg-type]


def rolls(*sittings: Sitting) -> Rolls:
    return Rolls(sittings, {1: "东湖村巡逻队", 2: "东湖村志愿队"}, at(TODAY))


def squad(rostered: int = 8, twins: int = 0, **answers: Any) -> Squad:
    sound = {
        "id": 1,
        "village_code": "341399101201",
        "team_name": "东湖村巡逻队",
        "leader_phone": "0557-0000000",
        "status": TeamStatus.ACTIVE,
        "founded_on": dt.date(2025, 1, 1),
        "member_count": 8,
    }
    return Squad(Team(**sound | answers), TODAY, rostered, twins)


def village(**answers: Any) -> Village:
    """A village that the law would compose like this."""
    sound = {
        "id": 1,
        "village_code": "341399101201",
        "as_of": dt.date(2026, 1, 1),
        "adults": 1000,
        "households": 400,
        "reps": 40,
        "women_reps": 14,
        "village_committee": 5,
        "branch_committee": 5,
        "cross_holders": 3,
        "party_total": 50,
        "party_formal": 47,
        "party_voting": 45,
        "excluded_sick": 1,
        "excluded_abroad": 2,
        "excluded_note": "镇党委批准，2026 年 3 月党员大会同意",
    }
    return Village(**sound | answers)


def profile(**answers: Any) -> Profile:
    one = village(**answers)
    return Profile(one, at(one.as_of or TODAY))


def step(step_no: str = "4", **answers: Any) -> Step:
    """A meeting of 30 among 45 representatives that passes with 20 votes; of steps 5 and 6, a publicity."""
    meeting = {
        "held_at": dt.datetime(2026, 11, 10, 9),
        "notified_on": dt.date(2026, 11, 5),
        "form": {"3": "31", "4": "41"}.get(step_no),
        "n_due": 45,
        "n_present": 36,
        "n_yes": 30,
        "n_no": 4,
        "n_abstain": 2,
        "result": "1",
    }
    posted = {
        "open_from": dt.date(2026, 11, 1),
        "open_to": dt.date(2026, 11, 7),
        "objections": "无",
        "supervision_opinion": "属实",
    }
    return Step(
        **{"id": int(step_no), "step_no": step_no, **(posted if step_no in "56" else meeting)} | answers
    )


def held(one: Step, *variants: str, figures: Village | None = None) -> Held:
    return Held(one, at(one.date or TODAY, *variants), figures, TODAY)


def on(step_no: str, day: int, **answers: Any) -> Step:
    """A step on a day of November 2026."""
    if step_no in "56":
        answers |= {"open_from": dt.date(2026, 11, day), "open_to": dt.date(2026, 11, day) + 6 * DAY}
    else:
        answers |= {"held_at": dt.datetime(2026, 11, day, 9)}
    return step(step_no, **answers)


def procedure(*steps: Step, twins: tuple[Matter, ...] = (), **answers: Any) -> Procedure:
    sound = {"id": 1, "title": "修建东湖路", "course": Course.OPEN}
    return Procedure(Matter(**sound | answers), steps, TODAY, twins)


def pact(*others: Agreement, **answers: Any) -> Pact:
    return Pact(agreement(**answers), TODAY, others)


def agreement(**answers: Any) -> Agreement:
    sound = {
        "id": 1,
        "party_a_code": "341399101201",
        "party_b_name": "练习（宿州）食品有限公司",
        "party_b_uscc": CODE,
        "partner_type": "04",
        "liaison_phone": "13800000002",
        "signed_on": dt.date(2026, 1, 5),
        "valid_from": dt.date(2026, 1, 5),
        "valid_to": dt.date(2027, 1, 4),
    }
    return Agreement(**sound | answers)


def coverage(**facts: Any) -> Coverage:
    return Coverage(at(TODAY), last_period="2026年10月", **facts)


BEFORE, AFTER = TODAY - DAY, TODAY + DAY
STARTS = {"1": on("1", 1), "2": on("2", 1), "3": on("3", 5), "4": on("4", 9)}
FEW_WOMEN: dict[str, Any] = {"women_due": 9, "women_present": 5}
WRONG = number()[:-2] + ("0" if number()[-2] != "0" else "1") + number()[-1]

EXAMPLES: dict[str, Example] = {
    "必填-01": Example(
        Entry(Matter(title="修建东湖路")),
        Entry(Matter(village_code="341399101200", title="甲", source="01", matter_type="01")),
    ),
    "村情-01": Example(profile(party_voting=48), profile(party_voting=47)),
    "村情-02": Example(profile(excluded_sick=44), profile(excluded_sick=43)),
    "村情-03": Example(profile(excluded_note=None), profile()),
    "村情-04": Example(profile(cross_holders=6), profile(cross_holders=5)),
    "村情-05": Example(profile(women_reps=41), profile(women_reps=40)),
    "村情-06": Example(profile(households=601), profile(households=600)),
    "村情-07": Example(profile(reps=19, women_reps=9), profile(reps=20, women_reps=9)),
    "村情-08": Example(profile(women_reps=13), profile(women_reps=14)),
    "队伍-01": Example(squad(twins=1), squad()),
    "队伍-02": Example(squad(status=TeamStatus.CLOSED), squad(status=TeamStatus.CLOSED, closed_on=BEFORE)),
    "队伍-03": Example(squad(closed_on=TODAY), squad(closed_on=AFTER)),
    "队伍-04": Example(squad(closed_on=dt.date(2024, 12, 31)), squad(closed_on=dt.date(2025, 1, 1))),
    "队伍-05": Example(squad(leader_phone="138000"), squad(leader_phone="13800000003")),
    "队伍-06": Example(squad(rostered=0), squad()),
    "队伍-07": Example(squad(rostered=7), squad(rostered=8)),
    "队伍-08": Example(squad(rostered=0, member_count=None), squad(rostered=0)),
    "队员-01": Example(person(id_number=WRONG), person()),
    "队员-02": Example(person(id_number="341399880312002"), person()),
    "队员-03": Example(person(gender="1"), person(gender="2")),
    "队员-04": Example(person(birth_date=dt.date(1988, 3, 21)), person()),
    "队员-05": Example(person(birth_date=dt.date(2008, 11, 24)), person(birth_date=dt.date(2008, 11, 23))),
    "队员-06": Example(person(name="陈 静"), person()),
    "队员-07": Example(person(name="陈"), person(name="阿依·古丽")),
    "队员-08": Example(person(mobile="1380000000"), person()),
    "队员-09": Example(person(consent=False), person()),
    "队员-10": Example(person(status="2"), person(status="2", left_on=BEFORE)),
    "队员-11": Example(person(left_on=TODAY), person(left_on=AFTER)),
    "队员-12": Example(person(joined_on=TODAY, left_on=BEFORE), person(joined_on=TODAY, left_on=TODAY)),
    "队员-13": Example(person(joined_on=AFTER), person(joined_on=TODAY)),
    "查重-01": Example(
        rolls(sitting(1), sitting(2, id_number=number(order="001"))), rolls(sitting(1), sitting(2))
    ),
    "查重-02": Example(
        rolls(sitting(1), sitting(2, team=2, id_number=number(order="001"))),
        rolls(sitting(1), sitting(2, team=2)),
    ),
    "查重-03": Example(
        rolls(sitting(1), sitting(2, team=2, born=dt.date(1988, 3, 1))),
        rolls(sitting(1), sitting(2, team=2, born=dt.date(1988, 3, 1), id_number=number(order="001"))),
    ),
    "查重-04": Example(
        rolls(sitting(1, id_number=number()), sitting(2, id_number=WRONG)), rolls(sitting(1), sitting(2))
    ),
    "查重-05": Example(
        rolls(*(sitting(entry, mobile="13800000009") for entry in range(1, 5))),
        rolls(*(sitting(entry, mobile="13800000009") for entry in range(1, 4))),
    ),
    "程序-01": Example(procedure(STARTS["1"], on("2", 3), on("3", 2)), procedure(*STARTS.values())),
    "程序-02": Example(procedure(on("1", 1), on("3", 5)), procedure(on("1", 1), on("3", 5), merge_1_2=True)),
    "程序-03": Example(procedure(on("1", 1), on("2", 1), on("3", 1)), procedure(*STARTS.values())),
    "程序-04": Example(procedure(on("1", 1), on("1", 2, id=9)), procedure(*STARTS.values())),
    "程序-05": Example(procedure(on("1", 1), on("5", 21)), procedure(on("1", 1), on("5", 20))),
    "程序-06": Example(procedure(due_on=BEFORE), procedure(on("6", 20), due_on=BEFORE)),
    "事项-01": Example(procedure(twins=(Matter(title="修建东湖路"),)), procedure()),
    "事项-02": Example(
        procedure(course=Course.STOPPED), procedure(course=Course.STOPPED, stopped_reason="停")
    ),
    "会议-01": Example(
        held(step(n_present=29, n_yes=29, n_no=0, n_abstain=0)), held(step(n_present=30, n_yes=20))
    ),
    "会议-02": Example(held(step(n_present=30, n_yes=15)), held(step(n_present=30, n_yes=16))),
    "会议-03": Example(held(step(result="2")), held(step(result="2", n_yes=18))),
    "会议-04": Example(held(step(n_present=46)), held(step(n_present=45))),
    "会议-05": Example(held(step(n_no=5)), held(step())),
    "会议-06": Example(
        held(step(women_due=14, women_present=15)), held(step(women_due=14, women_present=14))
    ),
    "会议-07": Example(held(step(**FEW_WOMEN), "women_attend"), held(step(**FEW_WOMEN))),
    "会议-08": Example(
        held(step(notified_on=dt.date(2026, 11, 8))), held(step(notified_on=dt.date(2026, 11, 7)))
    ),
    "会议-09": Example(held(step(n_due=44), figures=village()), held(step(), figures=village())),
    "会议-10": Example(held(step(held_at=dt.datetime(2026, 11, 24))), held(step())),
    "会议-11": Example(held(step(form="31")), held(step())),
    "公开-01": Example(held(step("5", open_to=dt.date(2026, 11, 6))), held(step("5"))),
    "公开-02": Example(held(step("6", open_to=dt.date(2026, 10, 31))), held(step("6"))),
    "公开-03": Example(
        held(step("5", objections="补偿偏低")), held(step("5", objections="偏低", reply="已解释"))
    ),
    "公开-04": Example(held(step("5", open_from=AFTER, open_to=None)), held(step("5"))),
    "协议-01": Example(pact(party_b_uscc=CODE[:-1] + "M"), pact()),
    "协议-02": Example(pact(valid_to=dt.date(2026, 1, 4)), pact(valid_to=dt.date(2026, 1, 5))),
    "协议-03": Example(
        pact(agreement(party_b_name="另一家")), pact(agreement(party_b_name="练习(宿州)食品有限公司"))
    ),
    "协议-04": Example(pact(agreement(party_b_uscc=SCHOOL_CODE)), pact(agreement(party_b_uscc=None))),
    "协议-05": Example(pact(valid_to=BEFORE), pact(valid_to=None)),
    "协议-06": Example(
        pact(agreement(valid_from=dt.date(2027, 1, 4), valid_to=None)),
        pact(agreement(valid_from=dt.date(2027, 1, 5), valid_to=None)),
    ),
    "协议-07": Example(
        pact(party_b_uscc=SCHOOL_CODE, partner_type="04"), pact(party_b_uscc=SCHOOL_CODE, partner_type="06")
    ),
    "协议-08": Example(pact(terminated_on=BEFORE), pact(terminated_on=BEFORE, terminated_reason="搬迁")),
    "协议-09": Example(pact(liaison_phone="12345"), pact(liaison_phone="0557-0000000")),
    "总体-01": Example(coverage(silent=["东湖村"]), coverage()),
    "总体-02": Example(coverage(unprofiled={"341399101201": "东湖村"}), coverage(unprofiled={})),
    "总体-03": Example(
        coverage(counts={"people": 121}, last={"people": 100}),
        coverage(counts={"people": 120}, last={"people": 100}),
    ),
}
