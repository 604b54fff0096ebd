"""What keeps one row out of an import whatever the other rows say, and what is only told."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from desktop.records import identity
from desktop.records.fields import Field, Ledger, fields
from desktop.records.kinds import CreditCode, Link, ResidentId
from desktop.records.member import RESIDENT_CARD, Member
from desktop.services.importing.reading import Reading
from desktop.services.importing.teams import NAME as TEAM

Values = Mapping[str, Any]


class Checks:
    """The checks of a ledger's rows, each field looked up once."""

    def __init__(self, ledger: type[Ledger], today: dt.date) -> None:
        self.today = today
        declared = fields(ledger)
        self.numbers = [one for one in declared if isinstance(one.kind, ResidentId)]
        self.codes = [one for one in declared if isinstance(one.kind, CreditCode)]
        self.required = [one for one in declared if one.required]
        self.needed = [
            one
            for one in declared
            if one.name == ledger.naming or (one.name in ledger.key and isinstance(one.kind, Link))
        ]
        self.born = ledger is Member

    def numbers_hold(self, reading: Reading, before: Values) -> bool:
        """Whether every number passes its check digit; one that does not is said."""
        values, sound = reading.values, True
        for one in self.numbers:
            number = values.get(one.name)
            if number is None or values.get("id_type", before.get("id_type")) not in (None, RESIDENT_CARD):
                continue
            if fault := identity.resident_fault(number, self.today):
                reading.tell(one.name, f"“{one.label}”填写为“{number}”，{fault}", grave=True)
                sound = False
            elif self.born:
                self._born(reading, number)
        for one in self.codes:
            code = values.get(one.name)
            if code is not None and (fault := identity.credit_fault(code)):
                reading.tell(one.name, f"“{one.label}”填写为“{code}”，{fault}", grave=True)
                sound = False
        return sound

    def _born(self, reading: Reading, number: str) -> None:
        """A roster that has only year and month is completed from the number."""
        stated, born = reading.values.get("birth_date"), identity.birth_date(number)
        if stated is None or born is None or stated == born:
            return
        if stated.day == 1 and (stated.year, stated.month) == (born.year, born.month):
            reading.values["birth_date"] = born
        else:
            reading.tell("birth_date", f"“出生日期”填写为 {stated}，身份证号中是 {born}，请核对")

    def named(self, reading: Reading) -> None:
        """An entry must be named, and belong somewhere."""
        for one in self.needed:
            name = TEAM if self.born and one.name == "team_id" else one.name
            if reading.values.get(one.name) is None and not reading.said(name):
                reading.tell(name, f"“{one.label}”没有填写，不知道这一行是谁的", grave=True)

    def missing(self, reading: Reading, after: Values) -> None:
        """What a submission will ask for is told."""
        for one in self.required:
            if after.get(one.name) is None and not reading.said(one.name):
                reading.tell(one.name, f"“{one.label}”没有填写，可以先导入，上报前要补上")


def labels(found: tuple[Field, ...], names: tuple[str, ...]) -> str:
    return "、".join(one.label for one in found if one.name in names)
