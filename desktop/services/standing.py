"""Which teams, people and agreements count on a day, as SQL; the twins of the records' own methods."""

import datetime as dt

from sqlalchemy import ColumnElement, and_, func, or_

from desktop.records import Agreement, Member, Team
from desktop.records.member import LEFT
from desktop.records.team import TeamStatus


def teams(on: dt.date) -> ColumnElement[bool]:
    """The twin of :meth:`Team.active`, without deleted entries."""
    return and_(
        Team.deleted_at.is_(None),
        or_(Team.founded_on.is_(None), Team.founded_on <= on),
        or_(
            Team.closed_on > on,
            and_(Team.closed_on.is_(None), func.coalesce(Team.status, "") != TeamStatus.CLOSED.value),
        ),
    )


def members(on: dt.date) -> ColumnElement[bool]:
    """The twin of :meth:`Member.active`, without deleted entries."""
    return and_(
        Member.deleted_at.is_(None),
        or_(Member.joined_on.is_(None), Member.joined_on <= on),
        or_(Member.left_on > on, and_(Member.left_on.is_(None), func.coalesce(Member.status, "") != LEFT)),
    )


def agreements(on: dt.date) -> ColumnElement[bool]:
    """Agreements in force (有效 or 30 天内到期), the twin of :meth:`Agreement.status`."""
    begun = func.coalesce(Agreement.valid_from, Agreement.signed_on)
    return and_(
        Agreement.deleted_at.is_(None),
        begun <= on,
        or_(Agreement.valid_to.is_(None), Agreement.valid_to >= on),
        or_(Agreement.terminated_on.is_(None), Agreement.terminated_on > on),
    )


def person() -> ColumnElement[str]:
    """What tells one person from another: the ID number, else name and mobile, else name and village."""
    return func.coalesce(
        Member.id_number,
        Member.name + "|" + Member.mobile,
        Member.name + "@" + func.coalesce(Member.village_code, ""),
    )
