"""What the tests of services share: a session in which there is something to point to."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from desktop.records import Agreement, Matter, Team
from desktop.services import invented

EAST = invented.area_list(1)[3]["code"]


@pytest.fixture
def entries(session: Session) -> Session:
    """A session with an entry of every ledger that others point to."""
    session.add_all(
        [
            Team(team_name="东湖巡逻队", village_code=EAST),
            Team(team_name="镇志愿队"),
            Matter(title="修路", village_code=EAST),
            Agreement(party_b_name="某学校", party_a_code=EAST, signed_on=dt.date(2026, 1, 5)),
        ]
    )
    session.flush()
    return session
