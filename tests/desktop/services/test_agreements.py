"""An agreement is counted under the status of the day, and its term is told in days."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from desktop.records import Agreement
from desktop.records.agreement import Standing
from desktop.services import agreements, entries
from tests.conftest import TODAY

CASES = {
    "有效": ({"valid_from": "2026-01-01", "valid_to": "2026-12-24"}, "2026-12-24 到期，还有 31 天"),
    "30 天内到期": ({"valid_from": "2026-01-01", "valid_to": "2026-12-23"}, "2026-12-23 到期，还有 30 天"),
    "已到期": ({"valid_from": "2026-01-01", "valid_to": "2026-11-22"}, "2026-11-22 到期，已过 1 天"),
    "已终止": ({"valid_from": "2026-01-01", "terminated_on": "2026-11-23"}, "2026-11-23 起终止"),
    "未生效": ({"valid_from": "2026-11-24"}, "2026-11-24 起生效"),
}


@pytest.mark.parametrize("standing", CASES)
def test_an_agreement_stands_as_its_dates_say(session: Session, standing: str) -> None:
    answers, told = CASES[standing]
    entry = entries.save(session, Agreement, {"party_b_name": "练习银行", **answers})
    counted = agreements.by_standing(session, TODAY)
    assert counted[Standing(standing)] == {entry}
    assert sum(len(found) for found in counted.values()) == 1
    assert agreements.term_left(session.get_one(Agreement, entry), TODAY) == told


def test_the_last_day_is_a_day_of_the_term(session: Session) -> None:
    entry = entries.save(session, Agreement, {"valid_from": "2026-01-01", "valid_to": TODAY.isoformat()})
    row = session.get_one(Agreement, entry)
    assert agreements.term_left(row, TODAY).endswith("还有 0 天")
    assert row.status(TODAY) == Standing.ENDING
    assert row.status(TODAY + dt.timedelta(days=1)) == Standing.ENDED


def test_an_open_end_is_told_as_such(session: Session) -> None:
    entry = entries.save(session, Agreement, {"signed_on": "2026-01-01"})
    assert agreements.term_left(session.get_one(Agreement, entry), TODAY) == "长期有效"
