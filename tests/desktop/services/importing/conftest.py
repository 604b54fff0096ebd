"""People for the rosters of the tests."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from desktop.records.keeping import Submission
from desktop.services import invented


@pytest.fixture
def people() -> invented.People:
    return invented.People(7)


@pytest.fixture
def october(entries: Session) -> None:
    """October was sent."""
    entries.add(
        Submission(
            period="2026-10",
            version=1,
            sent_at=dt.datetime(2026, 10, 25),
            filler="李敏",
            files=[],
            counts={},
            findings={},
            reasons=[],
            journal_mark=0,
        )
    )
    entries.flush()
