"""Months, due days and the lock of a submission."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop.errors import Refusal
from desktop.records import Activity, Member, Step, Team
from desktop.records.keeping import Submission
from desktop.services import entries, periods

months = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)).map(periods.of)


@given(months)
def test_the_month_before_the_month_after_is_the_month(period: str) -> None:
    assert periods.before(periods.after(period)) == period
    assert periods.first_day(periods.after(period)) - periods.last_day(period) == dt.timedelta(days=1)


def test_a_due_day_on_a_holiday_moves_to_the_working_day_before() -> None:
    assert periods.due("2026-06", 20) == dt.date(2026, 6, 18)
    assert periods.due("2026-06", 20, shift=False) == dt.date(2026, 6, 20)


@given(months, st.integers(1, 31))
def test_a_due_day_is_a_working_day_of_any_year(period: str, day: int) -> None:
    assert periods.is_workday(periods.due(period, day))


def test_a_year_that_the_holiday_table_lacks_is_monday_to_friday() -> None:
    assert periods.is_workday(dt.date(2031, 1, 1))  # a Wednesday
    assert not periods.is_workday(dt.date(2031, 1, 4))


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "11月", "", "1999-01"])
def test_a_period_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="2026-11 这样"):
        periods.parse(text)


def _october() -> Submission:
    empty: dict[str, int] = {}
    when = dt.datetime(2026, 11, 3)
    made = Submission(period="2026-10", version=1, sent_at=when, filler="李敏", counts={}, findings=empty)
    made.files, made.reasons, made.journal_mark = [], [], 0
    return made


@pytest.fixture
def sent(session: Session) -> Submission:
    made = _october()
    session.add(made)
    session.flush()
    return made


@pytest.mark.usefixtures("sent")
def test_a_meeting_in_a_sent_month_cannot_be_added_or_changed(session: Session) -> None:
    with pytest.raises(Refusal, match="2026年10月已于 2026-11-03 上报（第 1 版）"):
        entries.save(session, Step, {"step_no": "1", "held_at": "2026-10-08"})
    step = entries.save(session, Step, {"step_no": "1", "held_at": "2026-11-08"})
    with pytest.raises(Refusal, match="已锁定"):
        entries.save(session, Step, {"held_at": "2026-10-08"}, entry=step)


def test_what_happened_in_a_sent_month_is_held_as_a_whole(session: Session) -> None:
    activity = entries.save(session, Activity, {"title": "宣传", "date": "2026-10-08"})
    session.add(_october())
    session.flush()
    with pytest.raises(Refusal, match="已锁定"):
        entries.save(session, Activity, {"people": "9"}, entry=activity)
    with pytest.raises(Refusal, match="已锁定"):
        entries.delete(session, Activity, activity)


@pytest.mark.usefixtures("sent")
def test_a_roster_goes_on_but_for_its_dates(session: Session) -> None:
    member = entries.save(session, Member, {"name": "张三", "joined_on": "2026-11-02"})
    entries.save(session, Member, {"mobile": "19900000001"}, entry=member)
    with pytest.raises(Refusal, match="已锁定"):
        entries.save(session, Member, {"joined_on": "2026-10-02"}, entry=member)
    with pytest.raises(Refusal, match="已锁定"):
        entries.save(session, Team, {"team_name": "新队", "founded_on": "2026-10-01"})


def test_a_returned_month_is_open_again(session: Session, sent: Submission) -> None:
    sent.returned_at = dt.datetime(2026, 11, 5)
    session.flush()
    assert entries.save(session, Step, {"step_no": "1", "held_at": "2026-10-08"})


def test_what_happens_after_the_sending_is_free_in_the_same_month(session: Session) -> None:
    sent = _october()
    sent.sent_at = dt.datetime(2026, 10, 25, 16)
    session.add(sent)
    session.flush()
    assert entries.save(session, Step, {"step_no": "1", "held_at": "2026-10-28"})
    with pytest.raises(Refusal, match="已锁定"):
        entries.save(session, Step, {"step_no": "2", "held_at": "2026-10-25"})
