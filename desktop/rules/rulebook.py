"""How a rule is declared and what it yields: ``deliberation.py`` is a full example.

A rule is pure: a frozen case in, breaches out; no session, no clock, no Qt. A
blank answer is never a breach here, because the missing answers are reported
by :mod:`desktop.rules.answers`.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

Case = TypeVar("Case")


class Grade(StrEnum):
    """How hard a finding stops a submission, as on the national statistics platform."""

    A = "A"  # 强制: blocks
    B = "B"  # 准强制: needs the reviewer's reason
    C = "C"  # 核实: needs a reason of six characters or more
    D = "D"  # 提示: a hint

    @property
    def word(self) -> str:
        return {"A": "必须改正", "B": "需审核人说明", "C": "需说明原因", "D": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Mend:
    """A correction that is safe to make: the answers to write, and what the button says."""

    label: str
    answers: Mapping[str, Any]  # field name to clean value


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rule does not hold.

    :param message: what is wrong, with its figures; no full stop at the end.
    :param entry: id of the entry, ``None`` for one not saved yet or for a fact about several.
    :param field: name of the field to jump to.
    :param ledger: where it differs from the rulebook's own ledger.
    :param basis: where it differs from the rule's source (a dated edition).
    :param village: code of the village that a fact without an entry is about.
    """

    message: str
    entry: int | None = None
    field: str = ""
    remedy: str = ""
    mend: Mend | None = None
    ledger: str = ""
    basis: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach with everything a clerk is told about it: what, why, how."""

    code: str
    grade: Grade
    ledger: str
    entry: int | None
    field: str
    message: str
    basis: str
    remedy: str
    mend: Mend | None = None
    village: str = ""

    @property
    def key(self) -> str:
        """What a reason is given for: this place, and what is said about it. Other figures ask again."""
        return f"{self.place}|{hashlib.sha256(self.message.encode()).hexdigest()[:8]}"

    @property
    def place(self) -> str:
        """What names this finding again next time, whatever its figures are then."""
        return f"{self.code}|{self.ledger}|{self.entry or self.village or 0}|{self.field}"


@dataclass(frozen=True, slots=True)
class Rule(Generic[Case]):
    code: str
    demand: str  # in a clerk's words
    source: str  # law, standard or form
    grade: Grade
    remedy: str
    work: Callable[[Case], Iterable[Breach]]


@dataclass(slots=True)
class Rulebook(Generic[Case]):
    """The rules over one kind of case, about one ledger (a table name)."""

    ledger: str
    title: str
    rules: dict[str, Rule[Case]] = field(default_factory=dict)

    def rule(
        self, code: str, demand: str, *, source: str, grade: Grade, remedy: str
    ) -> Callable[[Callable[[Case], Iterable[Breach]]], Callable[[Case], Iterable[Breach]]]:
        """Register the decorated function as a rule; a code is given once."""

        def declare(work: Callable[[Case], Iterable[Breach]]) -> Callable[[Case], Iterable[Breach]]:
            if code in self.rules:
                raise ValueError(f"rule {code} is declared twice")
            self.rules[code] = Rule(code, demand, source, grade, remedy, work)
            return work

        return declare

    def check(self, case: Case) -> Iterator[Finding]:
        """Every finding of every rule on ``case``."""
        for rule in self.rules.values():
            for breach in rule.work(case):
                yield Finding(
                    rule.code,
                    rule.grade,
                    breach.ledger or self.ledger,
                    breach.entry,
                    breach.field,
                    breach.message,
                    breach.basis or rule.source,
                    breach.remedy or rule.remedy,
                    breach.mend,
                    breach.village,
                )
