"""The pages of rosters: teams and members, with sheets to sign in on, and village figures."""

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from desktop.records import Member, Team, Village
from desktop.services import papers
from desktop.services.papers import Paper
from ui.desk import Desk
from ui.pages.ledger import LedgerPage
from ui.pages.papers import Papers


class RosterPage(LedgerPage):
    """A roster: of the team or person that is shown, sign-in sheets can be printed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.papers = Papers(self, self._offered, self.notice, self.may_leave)
        self.tools.addWidget(self.papers.button())

    def _offered(self, session: Session) -> tuple[Paper, ...]:
        entry = self.form.entry
        return papers.of_roster(session, self.ledger, entry, self.desk.today()) if entry is not None else ()


class TeamPage(RosterPage):
    ledger = Team
    name, heading, icon = "team", "队伍", "team"


class MemberPage(RosterPage):
    ledger = Member
    name, heading, icon = "member", "队员", "member"


class VillagePage(LedgerPage):
    ledger = Village
    name, heading, icon = "village", "村情", "village"
