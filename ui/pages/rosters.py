"""The pages of ledgers that need nothing of their own: teams, members, village figures."""

from desktop.records import Member, Team, Village
from ui.pages.ledger import LedgerPage


class TeamPage(LedgerPage):
    ledger = Team
    name, heading, icon = "team", "队伍", "team"


class MemberPage(LedgerPage):
    ledger = Member
    name, heading, icon = "member", "队员", "member"


class VillagePage(LedgerPage):
    ledger = Village
    name, heading, icon = "village", "村情", "village"
