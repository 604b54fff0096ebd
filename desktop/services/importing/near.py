"""What a new row may be a second time: the same person, unit or matter, written a little differently."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from operator import ne
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.records import Agreement, Matter, Member, Team, identity
from desktop.records.fields import Ledger
from desktop.services import areas
from desktop.services.importing.naming import Names
from desktop.services.importing.teams import plain

MOST_SHARED = 3  # people of one telephone
MOST_LOOKED_AT = 50  # people of one name and half a number
HALF = 9  # digits of a number
RECORDS = "记录中"

Said = Iterator[tuple[str, str]]  # field and sentence
Values = Mapping[str, Any]


class Near(Protocol):
    """Remembers what it has seen, and tells what a new row is near to."""

    def look(self, values: Values, place: str) -> Said:
        """What ``values`` of the row at ``place`` are near to; they are remembered."""

    def doubt(self, values: Values, place: str, *, sound: bool) -> Said:
        """What a number may be but for one digit; ``sound`` tells that it passes its check."""


class People:
    """Members: the same name and birth date, the same telephone, a number one digit off."""

    def __init__(self, session: Session) -> None:
        self._persons: dict[tuple[Any, Any], tuple[str, str, str]] = {}
        self._phones: dict[str, tuple[str, str, str]] = {}
        self._shared: dict[str, set[str]] = {}
        self._seen: list[tuple[str, str, str]] = []
        self._sound, self._unsound = _Halves(), _Halves()
        query = select(Member.name, Member.birth_date, Member.id_number, Member.mobile)
        for name, born, number, mobile in session.execute(query.where(Member.deleted_at.is_(None))):
            if number and _misses_check(number):
                self._unsound.add(name or "", number, RECORDS)
            for _ in self._compare(name or "", born, number or "", mobile or "", RECORDS):
                pass

    def look(self, values: Values, place: str) -> Said:
        get = values.get
        return self._compare(
            get("name") or "", get("birth_date"), get("id_number") or "", get("mobile") or "", place
        )

    def _compare(self, name: str, born: Any, number: str, mobile: str, place: str) -> Said:
        who = name, number, place
        if number:
            self._seen.append(who)
            if born:
                before = self._persons.setdefault((name, born), who)
                if before[1] != number:
                    said = f"与{before[2]}的“{name}”姓名、出生日期相同，身份证号不同，请核对是不是同一个人"
                    yield "id_number", said
        if mobile:
            first = self._phones.setdefault(mobile, who)
            if first[0] != name:
                sharing = self._shared.setdefault(mobile, {first[0]})
                sharing.add(name)
                if len(sharing) > MOST_SHARED:
                    yield "mobile", f"这个手机号已有 {len(sharing)} 个姓名不同的人使用，请核对"
            elif number and first[1] and first[1] != number:
                yield "id_number", f"与{first[2]}的“{name}”姓名、手机相同，身份证号不同，请核对是不是同一个人"

    def doubt(self, values: Values, place: str, *, sound: bool) -> Said:
        """Where one digit differs, one of the two numbers is unsound: only those are compared."""
        name, number = values.get("name") or "", values.get("id_number") or ""
        found = self._unsound.near(name, number)
        if not sound:
            while self._seen:
                self._sound.add(*self._seen.pop())
            found = found or self._sound.near(name, number)
            self._unsound.add(name, number, place)
        if found:
            yield "id_number", f"与{found}的“{name}”身份证号只差一位，请核对"


def _misses_check(number: str) -> bool:
    """Whether it is a resident number with a digit wrong; the number of another card is not judged."""
    return bool(identity.RESIDENT.fullmatch(number)) and identity.resident_check(number) != number[-1]


class _Halves:
    """Numbers by name and half: one wrong digit leaves one half as it is."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)

    def add(self, name: str, number: str, place: str) -> None:
        self._found[name, number[:HALF]].append((number, place))
        self._found[name, number[HALF:]].append((number, place))

    def near(self, name: str, number: str) -> str:
        """Where a number stands that differs in one place; empty if none is known."""
        if not self._found or not number:
            return ""
        for half in (number[:HALF], number[HALF:]):
            for other, place in self._found.get((name, half), ())[:MOST_LOOKED_AT]:
                if len(other) == len(number) and sum(map(ne, other, number)) == 1:
                    return place
        return ""


class Partners:
    """Agreements: one credit code under two names of a unit, one unit's name written in two ways."""

    def __init__(self, session: Session) -> None:
        self._names: dict[str, tuple[str, str]] = {}
        self._spelled: dict[str, tuple[str, str]] = {}
        query = select(Agreement.party_b_uscc, Agreement.party_b_name).where(Agreement.deleted_at.is_(None))
        for code, name in session.execute(query.order_by(Agreement.id)):
            for _ in self._compare(code, name or "", RECORDS):
                pass

    def look(self, values: Values, place: str) -> Said:
        return self._compare(values.get("party_b_uscc"), values.get("party_b_name") or "", place)

    def _compare(self, code: str | None, name: str, place: str) -> Said:
        if not name:
            return
        spelled = plain(name)
        if code:
            first, where = self._names.setdefault(code, (name, place))
            if plain(first) != spelled:
                yield "party_b_uscc", f"与{where}的“{first}”统一社会信用代码相同，单位名称不同，请核对"
        first, where = self._spelled.setdefault(spelled, (name, place))
        if first != name:
            yield "party_b_name", f"与{where}的“{first}”只差空格、括号或全角半角，请核对是不是同一家单位"

    def doubt(self, values: Values, place: str, *, sound: bool) -> Said:
        yield from ()


class Squads:
    """Teams: a name of one village that is nearly that of another team there."""

    def __init__(self, session: Session) -> None:
        self._named = cache(partial(areas.named, session))
        self._names = Names()
        query = select(Team.village_code, Team.team_name).where(Team.deleted_at.is_(None))
        for village, name in session.execute(query.order_by(Team.id)):
            self._names.add(village, plain(name or ""), name or "")

    def look(self, values: Values, place: str) -> Said:
        village, name = values.get("village_code"), values.get("team_name") or ""
        word = plain(name)
        if near := self._names.near(village, word, plain(self._named(village)) if village else ""):
            yield "team_name", f"与“{near}”名称相近，请核对是不是同一支"
        self._names.add(village, word, name)

    def doubt(self, values: Values, place: str, *, sound: bool) -> Said:
        yield from ()


class Titles:
    """Matters: the same title in one village and year, but for blanks, width and brackets."""

    def __init__(self, session: Session) -> None:
        self._titles: dict[tuple[Any, str], list[tuple[str, Any, str]]] = defaultdict(list)
        query = select(Matter.village_code, Matter.title, Matter.year).where(Matter.deleted_at.is_(None))
        for village, title, year in session.execute(query.order_by(Matter.id)):
            self._titles[village, plain(title or "")].append((title or "", year, RECORDS))

    def look(self, values: Values, place: str) -> Said:
        title, year = values.get("title") or "", values.get("year")
        same = self._titles[values.get("village_code"), plain(title)]
        for other, then, where in same[:MOST_LOOKED_AT]:
            if other != title and (then == year or None in (then, year)):
                yield "title", f"与{where}的“{other}”几乎同名，请核对是不是同一件事"
                break
        same.append((title, year, place))

    def doubt(self, values: Values, place: str, *, sound: bool) -> Said:
        yield from ()


KINDS: Mapping[type[Ledger], Callable[[Session], Near]] = {
    Member: People,
    Agreement: Partners,
    Matter: Titles,
    Team: Squads,
}
