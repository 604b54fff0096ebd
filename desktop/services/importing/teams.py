"""The team of a member, by its name: one that is there, or one that the file brings with it."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.excel.plan import Outcome, PartPlan
from desktop.excel.understanding.table import Target
from desktop.records import Team
from desktop.records.fields import field
from desktop.services.gazetteer import Gazetteer
from desktop.services.importing.naming import Names
from desktop.services.importing.reading import Reading

NAME, LINK, VILLAGE = "team_name", "team_id", "village_code"
BRACKETS = str.maketrans({"[": "(", "]": ")", "【": "(", "】": ")", "〔": "(", "〕": ")", "<": "(", ">": ")"})

Place = tuple[str | None, str]  # village and name in plain form


@lru_cache(4096)
def plain(name: str) -> str:
    """A team's name without blanks and the width and shape of its brackets."""
    return unicodedata.normalize("NFKC", "".join(name.split())).translate(BRACKETS).casefold()


def place(values: Mapping[str, Any]) -> Place:
    """Where a team stands that these answers name."""
    return values.get(VILLAGE), plain(values.get(NAME) or "")


@dataclass(slots=True)
class Planned:
    """A team that the file names first.

    :param token: stands for its id until it has one: a number below 0.
    """

    token: int
    values: dict[str, Any]
    given: bool = False


class Teams:
    """The teams of the records and those that the file adds, each looked up by village and name."""

    def __init__(self, session: Session, places: Gazetteer, targets: Mapping[str, Target]) -> None:
        self.places = places
        self.answers = {name: one.field for name, one in targets.items() if one.ledger == "team"}
        self.labels = {name: one.label for name, one in targets.items()}
        self.planned: dict[Place, Planned] = {}
        self._saved: dict[int, dict[str, Any]] = {}
        self._at: dict[Place, list[int]] = defaultdict(list)
        self._named: dict[str, list[int]] = defaultdict(list)
        self._numbered: dict[str, int] = {}
        self.names = Names()
        wanted = ("village_code", "record_no", *dict.fromkeys(("team_name", *self.answers.values())))
        columns = [getattr(Team, name) for name in wanted]
        query = select(Team.id, *columns).where(Team.deleted_at.is_(None)).order_by(Team.id)
        for team, *found in session.execute(query):
            values = self._saved[team] = dict(zip(wanted, found, strict=True))
            name, village = plain(values["team_name"] or ""), values["village_code"]
            self._at[village, name].append(team)
            self.names.add(village, name, values["team_name"] or "")
            self._named[name].append(team)
            self._named[plain(places.named(village)) + name].append(team)
            if values["record_no"]:
                self._numbered[values["record_no"]] = team
        self._known: dict[Place, int] = {}

    def link(self, reading: Reading) -> None:
        """Put the team of a row into its values: an id, or the token of a planned one."""
        values = reading.values
        name = values.get(NAME)
        if name is None or values.get(LINK) is not None or reading.said(VILLAGE) or reading.said("town_code"):
            return
        at = place(values)
        team = self._known.get(at)
        if team is None:
            team = self._found(reading, name, at)
            if team is None:
                return
            self._known[at] = team
        values[LINK] = team
        if len(self.answers) > 1 and team > 0:
            self._compare(reading, team)

    def _found(self, reading: Reading, name: str, at: Place) -> int | None:
        village, word = at
        found = self._at.get(at, []) if village else self._named.get(word, [])
        if not found and name.strip() in self._numbered:
            found = [self._numbered[name.strip()]]
        if not found and village:
            front = plain(self.places.named(village))
            found = [one for one in self._named.get(word, ()) if self._saved[one][VILLAGE] == village]
            found = found or self._at.get((village, word.removeprefix(front)), [])
            found = found or self._at.get((None, word), [])  # a team of the town has people of its villages
        if len(found) > 1:
            reading.tell(NAME, self._several(name, found), grave=True)
            return None
        if found:
            return found[0]
        if word.isascii() and not any(map(str.isalpha, word)):
            reading.tell(NAME, f"“队伍”填写为“{name}”，不像队伍的名称，请核对这一栏", grave=True)
            return None
        if at not in self.planned:
            self.planned[at] = Planned(-len(self.planned) - 1, self._values(reading))
        return self.planned[at].token

    def _several(self, name: str, found: list[int]) -> str:
        where = "、".join(dict.fromkeys(self.places.named(self._saved[one][VILLAGE]) for one in found[:4]))
        return (
            f"“{self.labels.get(NAME, '队伍')}”填写为“{name}”，有 {len(found)} 支同名的队伍（{where}），"
            "请同时写明村（社区）"
        )

    def _values(self, reading: Reading) -> dict[str, Any]:
        found = {one: reading.values[name] for name, one in self.answers.items() if name in reading.values}
        for name in ("town_code", VILLAGE):
            if name in reading.values:
                found[name] = reading.values[name]
        return found

    def _compare(self, reading: Reading, team: int) -> None:
        """What the file says otherwise of a team that is there is told, and left as it is."""
        for name, one in self.answers.items():
            value, kept = reading.values.get(name), self._saved[team][one]
            if name != NAME and value is not None and kept is not None and value != kept:
                shown = field(Team, one).kind.show(kept)
                reading.tell(
                    name, f"“{self.labels[name]}”与记录中这支队伍的“{shown}”不同，队伍的记录没有改动"
                )

    def part(self, reading: Reading) -> PartPlan | None:
        """The new team of a row that goes in, where it is the first to name it."""
        at = place(reading.values)
        planned = self.planned.get(at)
        if planned is None or planned.given or reading.values.get(LINK) != planned.token:
            return None
        planned.given = True
        name = planned.values.get(NAME, "")
        where = self.places.named(at[0])
        said = f"记录中没有“{name}”，将随这一行新建（{where}）"
        if near := self.names.near(at[0], at[1], plain(where) if at[0] else ""):
            said += f"；已有名称相近的“{near}”，请核对是不是同一支"
        elif elsewhere := self._named.get(at[1]):
            where = self.places.named(self._saved[elsewhere[0]][VILLAGE])
            said += f"；{where}有同名的队伍，请核对村（社区）"
        self.names.add(*at, name)
        reading.tell(NAME, said)
        return PartPlan("team", "", Outcome.NEW, planned.values, {})
