"""What falls due, and what each village lacks."""

import datetime as dt

from sqlalchemy.orm import Session

from desktop.records import Agreement, Matter, Step, Team, Village
from desktop.records.keeping import JournalRow, Submission
from desktop.services import overview, periods
from desktop.services.overview import CellState

EAST = "341399101200"
NOVEMBER_3 = dt.date(2026, 11, 3)


def _begun(session: Session, on: dt.datetime) -> None:
    session.add(JournalRow(at=on, operation="初始化", ledger="office", entry=1))
    session.flush()


def _sent(session: Session, period: str) -> None:
    made = Submission(
        period=period, version=1, sent_at=dt.datetime(2026, 11, 2), filler="", counts={}, findings={}
    )
    made.files, made.reasons, made.journal_mark = [], [], 0
    session.add(made)
    session.flush()


def test_last_month_stays_due_until_it_is_sent(session: Session) -> None:
    _begun(session, dt.datetime(2026, 9, 1))
    due = overview.agenda(session, NOVEMBER_3)[0]
    assert (due.text, due.date) == ("2026年10月报表上报", dt.date(2026, 10, 23))  # the 25th is a Sunday
    _sent(session, "2026-10")
    assert overview.agenda(session, NOVEMBER_3)[0].text == "2026年11月报表上报"
    _sent(session, "2026-11")
    assert overview.agenda(session, NOVEMBER_3)[0].text == "2026年12月报表上报"


def test_a_unit_that_began_this_month_owes_nothing_for_the_last(session: Session) -> None:
    today = dt.date.today()
    assert overview.agenda(session, today)[0].text == f"{periods.words(periods.of(today))}报表上报"


def test_what_ends_soon_is_told_the_nearest_first(session: Session) -> None:
    start = {"party_a_code": EAST, "valid_from": dt.date(2025, 1, 1)}
    session.add(Agreement(**start, party_b_name="供电所", valid_to=NOVEMBER_3 + dt.timedelta(days=30)))
    session.add(Agreement(**start, party_b_name="小学", valid_to=NOVEMBER_3 + dt.timedelta(days=31)))
    matter = Matter(village_code=EAST, title="修路")
    session.add(matter)
    session.flush()
    session.add(Step(matter_id=matter.id, step_no="5", open_from=dt.date(2026, 10, 28), open_to=NOVEMBER_3))
    session.flush()
    told = [due.text for due in overview.agenda(session, NOVEMBER_3) if due.page != "submit"]
    assert told == ["东湖村 修路：决议公开今天期满", "与供电所的共建协议到期"]


def test_a_cell_is_missing_partial_or_done(session: Session) -> None:
    def cell(ledger: str) -> CellState:
        return overview.grid(session, "2026-11", NOVEMBER_3).cells[EAST, ledger].state

    assert cell("team") == CellState.MISSING
    team = Team(village_code=EAST, team_name="巡逻队", founded_on=dt.date(2026, 1, 1))
    session.add(team)
    session.flush()
    assert cell("team") == CellState.PARTIAL
    for name, value in {
        "team_type": "02",
        "guide_dept": "派出所",
        "leader_name": "甲",
        "leader_phone": "1",
    }.items():
        setattr(team, name, value)
    team.is_patrol_team = True
    session.flush()
    assert cell("team") == CellState.DONE
    assert not overview.grid(session, "2026-11", NOVEMBER_3).cells[EAST, "village"].count


def test_an_empty_folder_has_not_started(session: Session) -> None:
    assert not overview.started(session)
    session.add(Village(village_code=EAST))
    session.flush()
    assert overview.started(session)
