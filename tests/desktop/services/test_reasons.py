"""Reasons for findings: taken, refused, offered again."""

import datetime as dt

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
    reasons.give(session, finding(Grade.C), LAST, "本人自愿报名参加")
    assert reasons.given(session, LAST) == {"队员-05|member|7|birth_date": "本人自愿报名参加"}
    assert reasons.given(session, PERIOD) == {}


def test_the_last_reason_is_offered_again(session: Session) -> None:
    reasons.give(session, finding(Grade.C), "2026-09", "九月说明的原因")
    reasons.give(session, finding(Grade.C), LAST, "十月说明的原因")
    assert reasons.offered(session, finding(Grade.C), PERIOD) == "十月说明的原因"
    assert reasons.offered(session, finding(Grade.C), "2026-09") is None


def test_a_second_reason_replaces_the_first(session: Session) -> None:
    reasons.give(session, finding(Grade.B), PERIOD, "已核")
    reasons.give(session, finding(Grade.B), PERIOD, "已核，属实")
    assert list(reasons.given(session, PERIOD).values()) == ["已核，属实"]


@pytest.mark.parametrize(
    ("grade", "text"),
    [
        (Grade.C, "五个字说明"),
        (Grade.C, "  短  "),
        (Grade.B, " "),
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
    reasons.give(session, found[1], PERIOD, "属实")
    reasons.give(session, found[2], PERIOD, "已与村里核实")
    assert [one.grade for one in checks.stopping(found, reasons.given(session, PERIOD))] == ["A"]
