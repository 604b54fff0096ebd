"""One file a ledger; :data:`LEDGERS` is the whole list, in the order a clerk meets it."""

from desktop.records.agreement import Activity, Agreement, Item
from desktop.records.fields import Ledger
from desktop.records.matter import Matter
from desktop.records.member import Member
from desktop.records.office import Office
from desktop.records.region import Region
from desktop.records.step import Step
from desktop.records.team import Team
from desktop.records.village import Village

LEDGERS: dict[str, type[Ledger]] = {
    ledger.__tablename__: ledger
    for ledger in (Region, Village, Team, Member, Matter, Step, Agreement, Item, Activity)
}

__all__ = [
    "LEDGERS",
    "Activity",
    "Agreement",
    "Item",
    "Ledger",
    "Matter",
    "Member",
    "Office",
    "Region",
    "Step",
    "Team",
    "Village",
]
