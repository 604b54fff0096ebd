"""Reasons for findings: taken, refused, offered again."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records.keeping import Submission
from desktop.rules.rulebook import Finding, Grade
from desktop.services import checks, reasons

PERIOD, LAST = "2026-11", "2026-10"


def finding(grade: Grade, code: str = "队员-05") -> Finding:
    return Finding(code, grade, "member", 7, "birth_date", "17 周岁", "本程序约定", "核对出生日期")


def test_a_reason_is_kept_for_its_period_only(session: Session) -> None:
    said = finding(Grade.C)
    reasons.give(session, said, LAST, "本人自愿报名参加")
    assert reasons.given(session, LAST) == {said.key: "本人自愿报名参加"}
    assert reasons.given(session, PERIOD) == {}


def test_the_last_reason_is_offered_again(session: Session) -> None:
    reasons.give(session, finding(Grade.C), "2026-09", "九月说明的原因")
    reasons.give(session, finding(Grade.C), LAST, "十月说明的原因")
    assert reasons.offered(session, finding(Grade.C), PERIOD) == "十月说明的原因"
    assert reasons.offered(session, finding(Grade.C), "2026-09") is None


def test_a_second_reason_replaces_the_first(session: Session) -> None:
    reasons.give(session, finding(Grade.B), PERIOD, "已与村里核对")
    reasons.give(session, finding(Grade.B), PERIOD, "已与村里核对，情况属实")
    assert list(reasons.given(session, PERIOD).values()) == ["已与村里核对，情况属实"]


@pytest.mark.parametrize(
    ("grade", "text"),
    [
        (Grade.C, "五个字说明"),
        (Grade.C, "  短  "),
        (Grade.B, " "),
        (Grade.B, "短"),
        (Grade.B, "五个字说明"),
        (Grade.A, "情况属实已经核对"),
        (Grade.D, "情况属实已经核对"),
    ],
)
def test_a_reason_that_does_not_do_is_refused(session: Session, grade: Grade, text: str) -> None:
    with pytest.raises(Refusal):
        reasons.give(session, finding(grade), PERIOD, text)
    assert reasons.given(session, PERIOD) == {}


def test_a_reason_too_long_to_keep_is_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="301 个字"):
        reasons.give(session, finding(Grade.B), PERIOD, "长" * 301)


def test_a_period_that_was_sent_takes_no_more_reasons(session: Session) -> None:
    sent = {"files": [], "counts": {}, "findings": {}, "reasons": [], "journal_mark": 0}
    session.add(Submission(period=LAST, version=1, sent_at=dt.datetime(2026, 10, 30), filler="李敏", **sent))
    session.flush()
    with pytest.raises(Refusal, match="已锁定"):
        reasons.give(session, finding(Grade.C), LAST, "补写的说明文字")


def test_an_a_stops_always_and_b_and_c_without_their_reason(session: Session) -> None:
    found = [finding(grade, f"队员-{grade}") for grade in Grade]
    assert [one.grade for one in checks.stopping(found, {})] == ["A", "B", "C"]
    reasons.give(session, found[1], PERIOD, "审核人核对属实")
    reasons.give(session, found[2], PERIOD, "已与村里核实")
    assert [one.grade for one in checks.stopping(found, reasons.given(session, PERIOD))] == ["A"]


def test_other_figures_ask_again_and_are_offered_the_old_words(session: Session) -> None:
    before = finding(Grade.C)
    after = replace(before, message="还差 27 人")
    reasons.give(session, before, PERIOD, "差一人，已经补签")
    assert checks.stopping([before], reasons.given(session, PERIOD)) == []
    assert checks.stopping([after], reasons.given(session, PERIOD)) == [after]
    assert reasons.offered(session, after, PERIOD) == "差一人，已经补签"
