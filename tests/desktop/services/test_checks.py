"""Checking a period and one entry; mending."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import LEDGERS, Agreement, Matter, Member, Step, Team, Village
from desktop.records.fields import Ledger
from desktop.records.keeping import Submission, ZeroReport
from desktop.rules.rulebook import Finding
from desktop.services import areas, checks, entries
from desktop.services.invented import People
from tests.desktop.rules.examples import number

TODAY = dt.date(2026, 11, 23)
PERIOD = "2026-11"


def add(session: Session, ledger: type[Ledger], **values: Any) -> int:
    return entries.write(session, ledger, values)


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def member(session: Session, team: int | None = None, **values: Any) -> int:
    return add(session, Member, team_id=team, joined_on=dt.date(2026, 1, 1), **values)


def test_an_empty_township_is_asked_for_its_villages_in_one_finding(session: Session) -> None:
    (finding,) = checks.check(session, PERIOD, TODAY)
    assert finding.code == "总体-01"
    for region in areas.villages(session, TODAY):
        assert areas.named(session, region.code) in finding.message


def test_a_zero_report_or_a_team_answers_for_a_village(session: Session) -> None:
    first, *others = areas.villages(session, TODAY)
    for region in others:
        zero = {"ledger": "team", "period": PERIOD, "made_at": dt.datetime(2026, 11, 20)}
        session.add(ZeroReport(village_code=region.code, **zero))
    add(session, Team, village_code=first.code, team_name="巡逻队")
    assert "总体-01" not in codes(checks.check(session, PERIOD, TODAY))
    assert "总体-01" in codes(checks.check(session, "2026-10", TODAY))


def test_figures_that_jumped_since_the_last_submission_are_asked_about(session: Session) -> None:
    sent = {"files": [], "findings": {}, "reasons": [], "journal_mark": 0, "filler": "李敏"}
    counts = {"teams": 10, "people": 100}
    session.add(
        Submission(period="2026-10", version=1, sent_at=dt.datetime(2026, 10, 30), counts=counts, **sent)
    )
    session.flush()
    found = [finding for finding in checks.check(session, PERIOD, TODAY) if finding.code == "总体-03"]
    assert {finding.ledger for finding in found} == {"team", "member"}
    assert len({finding.key for finding in found}) == 2
    assert "比 2026年10月 上报的" in found[0].message


def test_villages_without_figures_are_told_apart_and_named_once(session: Session) -> None:
    for region in areas.villages(session, TODAY)[:2]:
        for title in ("修路", "改水"):
            add(session, Matter, village_code=region.code, title=title)
    found = [finding for finding in checks.check(session, PERIOD, TODAY) if finding.code == "总体-02"]
    assert len(found) == 2
    assert len({finding.key for finding in found}) == 2
    assert all(finding.village for finding in found)


def test_the_gravest_come_first_and_then_the_order_of_the_ledgers(session: Session) -> None:
    add(session, Agreement, party_b_name="某单位", party_b_uscc="911")
    member(session, name="陈静", id_number=number(), mobile="1")
    found = checks.check(session, PERIOD, TODAY)
    grades = [finding.grade.value for finding in found]
    assert grades == sorted(grades)
    ledgers = [finding.ledger for finding in found if finding.grade == "A"]
    assert ledgers == sorted(ledgers, key=list(checks.ORDER).index)


def test_progress_ends_at_its_total(session: Session) -> None:
    for person in (People(1).one() for _ in range(3)):
        member(session, name=person.name)
    told: list[tuple[int, int]] = []
    checks.check(session, PERIOD, TODAY, lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


def test_more_members_and_steps_ask_no_more_statements(session: Session) -> None:
    seen: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: seen.append(args[2]))

    def statements() -> int:
        session.flush()
        seen.clear()
        checks.check(session, PERIOD, TODAY)
        return len(seen)

    code = areas.villages(session, TODAY)[0].code
    add(session, Village, village_code=code, as_of=dt.date(2026, 1, 1))
    team = add(session, Team, village_code=code, team_name="巡逻队")
    people, few = People(7), statements()
    for _ in range(40):
        member(session, team, name=people.one().name)
        matter = add(session, Matter, village_code=code, title="修路")
        add(session, Step, matter_id=matter, step_no="1")
        add(session, Agreement, party_b_name="某单位", signed_on=TODAY)
    assert statements() == few


def test_a_safe_correction_is_written_and_the_finding_is_gone(session: Session) -> None:
    entry = member(session, name="陈静", id_number=number(), birth_date=dt.date(1988, 3, 21))
    (finding,) = [one for one in checks.check(session, PERIOD, TODAY) if one.code == "队员-04"]
    checks.mend(session, finding)
    assert session.get_one(Member, entry).birth_date == dt.date(1988, 3, 12)
    assert "队员-04" not in codes(checks.check(session, PERIOD, TODAY))


def test_what_has_no_safe_correction_is_not_mended(session: Session) -> None:
    member(session, name="陈静", id_number=number()[:-1])
    (finding,) = [one for one in checks.check(session, PERIOD, TODAY) if one.code == "队员-01"]
    with pytest.raises(Refusal):
        checks.mend(session, finding)


def test_a_half_typed_member_is_told_what_is_missing_and_who_is_alike(session: Session) -> None:
    team = add(session, Team, team_name="巡逻队")
    member(session, team, name="陈静", id_number=number(), mobile="13800000001")
    typed = {"team_id": team, "name": "陈静", "id_number": number(), "joined_on": TODAY}
    found = checks.of_entry(session, Member, typed, None, TODAY)
    assert {"必填-01", "查重-01"} <= set(codes(found))
    assert "gender" not in {finding.field for finding in found}, "the number says it"
    assert all(finding.entry is None for finding in found)
    session.flush()
    assert not [one for one in session.new if isinstance(one, Member)]


def test_near_duplicates_are_found_while_typing(session: Session) -> None:
    saved, born = number(), dt.date(1988, 3, 12)
    member(session, name="陈静", id_number=saved)
    off = saved[:-1] + ("1" if saved[-1] != "1" else "2")
    typed = {"name": "陈 静", "id_number": off, "joined_on": TODAY}
    assert {"队员-01", "查重-04"} <= set(codes(checks.of_entry(session, Member, typed, None, TODAY)))
    other = {"name": "陈静", "id_number": number(order="004"), "birth_date": born, "joined_on": TODAY}
    assert "查重-03" in codes(checks.of_entry(session, Member, other, None, TODAY))


def test_the_fourth_person_of_a_telephone_is_asked_about(session: Session) -> None:
    people = People(3)
    for _ in range(3):
        one = people.one()
        member(session, name=one.name, id_number=one.id_number, mobile="13800000009")
    typed = {"name": "陈静", "id_number": number(), "mobile": "13800000009"}
    assert "查重-05" in codes(checks.of_entry(session, Member, typed, None, TODAY))


def test_an_entry_is_no_duplicate_of_itself(session: Session) -> None:
    team = add(session, Team, village_code="341399101200", team_name="巡逻队", member_count=1)
    entry = member(session, team, name="陈静", id_number=number())
    assert not [code for code in codes(checks.of_entry(session, Member, {}, entry, TODAY)) if "查重" in code]
    assert not [code for code in codes(checks.of_entry(session, Team, {}, team, TODAY)) if "队伍" in code]
    assert "队伍-01" in codes(
        checks.of_entry(session, Team, {"village_code": "341399101200", "team_name": "巡逻队"}, None, TODAY)
    )


def test_a_typed_meeting_is_judged_with_its_matter_and_its_village(session: Session) -> None:
    code = areas.villages(session, TODAY)[0].code
    add(session, Village, village_code=code, as_of=dt.date(2026, 1, 1), reps=40, village_committee=5)
    matter = add(session, Matter, village_code=code, title="修路")
    add(session, Step, matter_id=matter, step_no="3", held_at=dt.datetime(2026, 11, 20, 9))
    typed = {"matter_id": matter, "step_no": "4", "form": "41", "held_at": dt.datetime(2026, 11, 19, 9)}
    figures = {"n_due": 44, "n_present": 29, "n_yes": 20}
    found = codes(checks.of_entry(session, Step, typed | figures, None, TODAY))
    assert {"程序-01", "程序-02", "会议-01", "会议-09"} <= set(found)


def test_every_ledger_can_be_checked_while_it_is_blank(session: Session) -> None:
    for ledger in LEDGERS.values():
        assert checks.of_entry(session, ledger, {}, None, TODAY)


def test_a_matter_is_told_of_its_namesake_and_an_agreement_of_its_double(session: Session) -> None:
    add(session, Matter, village_code="341399101200", title="修路")
    assert "事项-01" in codes(
        checks.of_entry(session, Matter, {"village_code": "341399101200", "title": "修路"}, None, TODAY)
    )
    terms = {"party_a_code": "341399101200", "party_b_name": "某单位", "valid_from": dt.date(2026, 1, 1)}
    add(session, Agreement, **terms)
    assert "协议-06" in codes(checks.of_entry(session, Agreement, terms, None, TODAY))
    assert "协议-06" not in codes(checks.check(session, PERIOD, TODAY))
    second = add(session, Agreement, **terms)
    assert [one.entry for one in checks.check(session, PERIOD, TODAY) if one.code == "协议-06"] == [second]
