"""What keeps one row out of an import whatever the other rows say, and what is only told."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from desktop.records import identity
from desktop.records.fields import Field, Ledger, field, fields
from desktop.records.kinds import MOBILE, CreditCode, Day, Link, Moment, Phone, ResidentId
from desktop.records.member import RESIDENT_CARD, Member
from desktop.services.importing.reading import Reading
from desktop.services.importing.teams import LINK
from desktop.services.importing.teams import NAME as TEAM

NO_DIGIT = re.compile(r"\D")
SIGNS = re.compile(r"[\d、,，;；/／:：()（）*＊&＆+＋]")
DIGITS = 11  # of a mobile number
LONG_AGO = 1920

Values = Mapping[str, Any]


class Checks:
    """The checks of a ledger's rows, each field looked up once."""

    def __init__(self, ledger: type[Ledger], today: dt.date) -> None:
        self.today = today
        declared = fields(ledger)
        self.numbers = [one for one in declared if isinstance(one.kind, ResidentId)]
        self.codes = [one for one in declared if isinstance(one.kind, CreditCode)]
        # with the target that a row answers each with: the team of a member by its name
        asked = {LINK: TEAM} if ledger is Member else {}
        self.required = [(one, one.name, asked.get(one.name, one.name)) for one in declared if one.required]
        self.needed = [
            (one, asked.get(one.name, one.name))
            for one in declared
            if one.name == ledger.naming or (one.name in ledger.key and isinstance(one.kind, Link))
        ]
        self.phones = [(one, one.kind.longest == DIGITS) for one in declared if isinstance(one.kind, Phone)]
        self.days = [one for one in declared if isinstance(one.kind, Day | Moment)]
        self.born = ledger is Member
        self.gender = field(Member, "gender")

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
        for one, mobile in self.phones:
            number = values.get(one.name)
            if number is not None and not MOBILE.fullmatch(number):
                _phone(reading, one, number, mobile=mobile)
        for one in self.codes:
            code = values.get(one.name)
            if code is not None and (fault := identity.credit_fault(code)):
                reading.tell(one.name, f"“{one.label}”填写为“{code}”，{fault}", grave=True)
                sound = False
        return sound

    def _born(self, reading: Reading, number: str) -> None:
        """What the number says otherwise is told; a birth date of year and month is completed from it."""
        stated, gender = reading.values.get("gender"), identity.gender(number)
        if stated is not None and gender is not None and stated != gender:
            said, meant = self.gender.kind.show(stated), self.gender.kind.show(gender)
            reading.tell("gender", f"“性别”填写为“{said}”，身份证号第 17 位表示{meant}，请核对")
        stated, born = reading.values.get("birth_date"), identity.birth_date(number)
        if stated is None or born is None or stated == born:
            return
        if stated.day == 1 and (stated.year, stated.month) == (born.year, born.month):
            reading.values["birth_date"] = born
        else:
            reading.tell("birth_date", f"“出生日期”填写为 {stated}，身份证号中是 {born}，请核对")

    def ages_ago(self, reading: Reading) -> None:
        """A small number in a cell that is formatted as a date is a day of long ago: 500 is 1901-05-14."""
        for one in self.days:
            value = reading.values.get(one.name)
            if value is not None and value.year < LONG_AGO:
                reading.tell(one.name, f"“{one.label}”是 {value:%Y-%m-%d}，年代太早，请核对")

    def named(self, reading: Reading) -> None:
        """An entry must be named, and belong somewhere."""
        person = reading.values.get("name") if self.born else None
        if person is not None and SIGNS.search(person):
            reading.tell("name", f"“姓名”填写为“{person}”，里面有数字或符号，请核对是不是一个人的姓名")
        for one, name in self.needed:
            if reading.values.get(one.name) is None and name not in reading.values and not reading.said(name):
                said = f"“{one.label}”没有填写" if name in reading.letters else f"表里没有“{one.label}”这一栏"
                reading.tell(name, f"{said}，不知道这一行是谁的", grave=True)

    def missing(self, reading: Reading, after: Values) -> None:
        """What a submission will ask for is told, unless the row stays out anyway."""
        if reading.wrong:
            return
        for one, own, name in self.required:
            if after.get(own) is None and after.get(name) is None and not reading.said(name):
                reading.tell(name, f"“{one.label}”没有填写，可以先导入，上报前要补上")


def _phone(reading: Reading, one: Field, number: str, *, mobile: bool) -> None:
    """Tell of what is no mobile number where only one belongs, or nearly looks like one elsewhere."""
    digits = NO_DIGIT.sub("", number)
    if mobile or (digits[:1] == "1" and len(digits) in (DIGITS - 1, DIGITS + 1)):
        said = f"“{one.label}”填写为“{number}”，不是以 13 至 19 开头的 11 位手机号"
        reading.tell(one.name, f"{said}（有 {len(digits)} 位数字），请核对")
