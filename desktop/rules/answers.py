"""The one rule over any entry: what must be answered is answered. It follows from the declarations."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.records.fields import Field, Ledger, field, fields
from desktop.records.step import Step, StepNo, asked
from desktop.rules.rulebook import Breach, Grade, Rulebook


@dataclass(frozen=True, slots=True)
class Entry:
    """Any entry of any ledger."""

    row: Ledger


book = Rulebook[Entry]("", "必填")


def blank(value: object) -> bool:
    """Whether an answer is missing; no and zero are answers."""
    return value is None or value in ("", [])


def required(row: Ledger) -> list[Field]:
    """The answers that this entry must have: a step's depend on which of the six it is."""
    wanted = [one for one in fields(type(row)) if one.required]
    if isinstance(row, Step) and row.step_no in set(StepNo):
        wanted += [field(Step, name) for name in asked(str(row.step_no))]
    return wanted


@book.rule(
    "必填-01",
    "必填的都填了",
    source="登记表和导入模板的必填栏",
    grade=Grade.A,
    remedy="补填；还不清楚的可以先保存",
)
def missing(case: Entry) -> Iterator[Breach]:
    for one in required(case.row):
        if blank(getattr(case.row, one.name)):
            ledger = type(case.row).__tablename__
            yield Breach(f"“{one.label}”没有填", case.row.id, one.name, ledger=ledger)
