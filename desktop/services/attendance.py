"""签到表: a sheet to sign in on, from the roster of a team or of a whole village."""

import datetime as dt

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.paper import Column, Form, Grid
from desktop.records import Member, Team
from desktop.records.fields import field
from desktop.records.kinds import masked
from desktop.services import areas, entries, standing

COLUMNS = (
    Column("序号", 12),
    Column("姓名", 22),
    Column("单位／职务", 46, centred=False),
    Column("联系电话", 30),
    Column("签名", 32),
    Column("备注", 20),
)


def of_team(
    session: Session, entry: int, today: dt.date, *, full: bool = False, signed: bool = True, spare: int = 5
) -> Form:
    """The sheet for everyone in the team with the id ``entry`` on the day ``today``.

    :param full: telephone numbers are not masked; the clerk was warned and said so.
    :param signed: with the line for who is in charge.
    :param spare: blank rows at its end.
    :raises Refusal: the team is not there any more.
    """
    team = entries.get(session, Team, entry)
    assert isinstance(team, Team)
    rows = _rows(session, Member.team_id == entry, today, full=full, team=False)
    return _form(session, f"{team.team_name or ''}签到表", rows, signed=signed, spare=spare)


def of_village(
    session: Session, code: str, today: dt.date, *, full: bool = False, signed: bool = True, spare: int = 5
) -> Form:
    """The sheet for everyone in the teams of one village, as :func:`of_team`; a person stands on it once."""
    rows = _rows(session, Member.village_code == code, today, full=full, team=True)
    title = f"{areas.named(session, code)}群防群治队伍签到表"
    return _form(session, title, rows, signed=signed, spare=spare)


def _rows(
    session: Session, which: ColumnElement[bool], today: dt.date, *, full: bool, team: bool
) -> list[tuple[str, ...]]:
    """Name, unit and duty, telephone of each, those in charge first."""
    query = (
        select(Member, Team.team_name, standing.person())
        .outerjoin(Team, Member.team_id == Team.id)
        .where(which, standing.members(today))
        .order_by(Team.team_name, Member.duty.is_(None), Member.duty, Member.id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for member, name, person in session.execute(query):
        duty = field(Member, "duty").kind.show(member.duty)
        place = " ".join(part for part in (name if team else member.occupation, duty) if part)
        number = member.mobile or member.phone or ""
        shown = number if full else masked(field(Member, "phone").kind, number)
        found.setdefault(person or f"#{member.id}", (member.name or "", place, shown))
    return list(found.values())


def _form(session: Session, title: str, people: list[tuple[str, ...]], *, signed: bool, spare: int) -> Form:
    office = areas.own_office(session)
    rows = [(str(number), *one, "", "") for number, one in enumerate(people, 1)]
    rows += [(str(number), *[""] * 5) for number in range(len(rows) + 1, len(rows) + spare + 1)]
    return Form(
        title,
        (Grid(COLUMNS, rows, least=10),),
        left="会议（活动）名称：",
        right="时间：　　　　年　　月　　日",
        foot="负责人签字：　　　　　　　　　　记录人签字：" if signed else "",
        grows=False,
        unit=(office and office.report_unit) or "",
    )
